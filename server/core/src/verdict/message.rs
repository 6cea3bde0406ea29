//! Relations as sentences, figures filled in.

use rust_decimal::Decimal;

use crate::finding::Message;
use crate::reading::{Figure, FigureId};
use crate::rules::formula::Op;
use crate::rules::lookup::Lookup;
use crate::rules::relation::{Relation, Term, Verdict};

/// Longest sum that is written out.
const WRITTEN_OUT: usize = 7;

/// The relation with its figures: 合计 603.57 = 基本支出 595.57 + 项目支出 8.00.
pub fn equation(relation: &Relation, lookup: &Lookup, verdict: Verdict) -> Message {
    let sides = &relation.sides;
    let sign = match (sides.op, verdict) {
        (Op::Equal, Verdict::Contradicted) => "≠",
        (Op::Equal, Verdict::Rounded) => "≈",
        (Op::Equal, _) => "=",
        (Op::AtMost, Verdict::Contradicted) => ">",
        (Op::AtMost, _) => "≤",
    };
    if sides.is_rate() {
        return rate(relation, lookup, sign);
    }
    let unit = if sides.product { sides.right.first().and_then(|term| term.figure) } else { sides.figures().next() };
    let unit = unit.map(|id| (lookup.figure)(id));
    let left = side(&sides.left, lookup, sides.product, unit, sides.left_value(lookup));
    let right = side(&sides.right, lookup, false, unit, sides.right_value(lookup));
    let text = format!("{left} {sign} {right}");
    Message::new(text.clone(), text)
}

/// A percentage with the division behind it: 增长率 9.80% ≠ 增减 162.85 ÷（收入总计 1859.38 - 增减 162.85）= 9.60%.
fn rate(relation: &Relation, lookup: &Lookup, sign: &str) -> Message {
    let sides = &relation.sides;
    let Some((term, figure)) = sides.left.first().and_then(|term| Some((term, (lookup.figure)(term.figure?)))) else {
        return Message::new("", "");
    };
    let joined = |terms: &[Term]| {
        let mut text = String::new();
        for (index, term) in terms.iter().enumerate() {
            let minus = (term.sign < 0) != term.figure.is_some_and(|id| (lookup.figure)(id).sign < 0);
            text += match (index, minus) {
                (0, false) => "",
                (0, true) => "-",
                (_, false) => " + ",
                (_, true) => " - ",
            };
            text += &one(term, lookup, false);
        }
        if terms.len() > 1 { format!("（{text}）") } else { text }
    };
    let signed = |value: Decimal| if term.sign < 0 { -value } else { value };
    let value = signed(sides.right_value(lookup))
        .round_dp_with_strategy(figure.amount.decimals, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
    let zero = sides.base.iter().map(|term| lookup.signed(term)).sum::<Decimal>().is_zero();
    let made = if zero { String::new() } else { format!(" = {}%", figure.reprint(value)) };
    let text =
        format!("{} {sign} {} ÷ {}{made}", one(term, lookup, false) + "%", joined(&sides.right), joined(&sides.base),);
    Message::new(text.clone(), text)
}

fn side(terms: &[Term], lookup: &Lookup, product: bool, unit: Option<&Figure>, value: Decimal) -> String {
    let print = |value: Decimal| unit.map_or_else(|| value.normalize().to_string(), |figure| plain(figure, value));
    match terms {
        [] => "空白（按 0 计）".to_owned(),
        [only] => one(only, lookup, true),
        many if many.len() > WRITTEN_OUT => format!("各项（{} 项）之和 {}", many.len(), print(value)),
        many => {
            let joint = if product { " × " } else { " + " };
            let mut text = String::new();
            for (index, term) in many.iter().enumerate() {
                let minus = term.sign < 0 || !product && term.figure.is_some_and(|id| (lookup.figure)(id).sign < 0);
                match (index, minus) {
                    (0, true) => text += "-",
                    (0, false) => {}
                    (_, true) => text += " - ",
                    (_, false) => text += joint,
                }
                text += &one(term, lookup, false);
            }
            format!("{text} = {}", print(value))
        }
    }
}

fn one(term: &Term, lookup: &Lookup, signed: bool) -> String {
    match term.figure {
        Some(id) => {
            let figure = (lookup.figure)(id);
            let minus = if signed && (figure.sign < 0) != (term.sign < 0) { "-" } else { "" };
            format!("{} {minus}{}", term.label, figure.text)
        }
        None => term.label.clone(),
    }
}

/// A sentence about a relation with where the relation stands before it.
pub fn placed(relation: &Relation, sentence: Message) -> Message {
    match relation.place.as_str() {
        "" => sentence,
        place => Message::new(format!("{place}：{}", sentence.zh), format!("{place}：{}", sentence.en)),
    }
}

/// A value in the unit and precision of a figure.
pub fn plain(like: &Figure, value: Decimal) -> String {
    let own = value / like.unit.yuan();
    crate::reading::number::printed_like(own, &like.text)
}

/// What a figure is, in a few words.
pub fn name_of(relation: &Relation, id: FigureId) -> String {
    relation.sides.terms().find(|term| term.figure == Some(id)).map_or(String::new(), |term| term.label.clone())
}
