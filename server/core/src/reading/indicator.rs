//! The indicators of a project sheet: kind, name, description and value by grid or by the order of words.

use std::borrow::Cow;

use super::figure::Figure;
use super::number::Amount;
use super::table::Label;
use super::target::{Aim, Target, Voice};
use crate::catalog::name::{fold, fold_char, folded};
use crate::catalog::{Unit, targets};
use crate::layout::Kept;
use crate::layout::grid::Cell;
use crate::text::rest::is_digit;
use crate::text::{Rest, Span};

/// One indicator of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its kind: 数量指标, 成本指标 …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its name and description, joined.
    pub words: String,
    /// Its value as printed.
    pub value: Label,
    /// The number in it.
    pub number: Option<Amount>,
    /// Where the number is printed.
    pub number_span: Span,
    /// What the number is counted in: 万元, 人, %.
    pub unit: String,
    /// Which way it is meant.
    pub aim: Aim,
    /// The figure of the number, by its number in the section.
    pub figure: Option<u32>,
}

/// The figure of an indicator that rules compare: caps on money, heads, and the standard for each head.
pub fn figure_of(indicator: &Indicator, what: &str) -> Option<Figure> {
    let money = indicator.kind == "成本指标";
    let (unit, column, what) = match indicator.unit.as_str() {
        "万元" if money => (Unit::TenThousand, format!("成本指标 {}", indicator.name), what),
        "人" if indicator.kind == "数量指标" => (Unit::Count, "人数".to_owned(), what),
        unit if money && unit.starts_with('元') && unit.contains('人') => (Unit::Yuan, "人均标准".to_owned(), what),
        unit if !money => (Unit::Count, format!("指标值 {unit}"), indicator.words.as_str()),
        unit => (Unit::Count, format!("费用标准 {unit}"), indicator.words.as_str()),
    };
    let printed = fold(&indicator.value.text);
    let text: String = printed.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    Some(Figure {
        span: indicator.number_span,
        text: text.into(),
        amount: indicator.number?,
        unit,
        sign: 1,
        what: what.into(),
        column: column.into(),
        by_hand: true,
    })
}

const KINDS: [&str; 12] = [
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "社会效益指标",
    "经济效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "满意度指标",
    "效益指标",
    "产出指标",
];

/// Reads the table of indicators.
pub fn read(rows: &[Vec<Cell>]) -> Vec<Indicator> {
    let Some(head) = rows.iter().position(|row| row.iter().any(|cell| fold(&cell.text) == "指标值")) else {
        return Vec::new();
    };
    let mut out: Vec<Indicator> = Vec::new();
    let mut kind = String::new();
    let mut name = String::new();
    let mut words = String::new();
    let mut taken = true;
    for row in &rows[head + 1..] {
        let mut cells = row.iter().filter(|cell| !cell.is_blank()).peekable();
        while let Some(cell) = cells.next() {
            let text = folded(&cell.text);
            if KINDS.contains(&&*text) {
                kind = text.into_owned();
                name.clear();
                words.clear();
                taken = false;
                continue;
            }
            let begins = |cell: &Cell| cell.text.chars().find_map(fold_char);
            let unit_behind = cells.peek().filter(|next| matches!(begins(next), Some('元' | '%')));
            let with_unit =
                unit_behind.map_or(Cow::Borrowed(&*text), |next| Cow::Owned(format!("{text}{}", folded(&next.text))));
            let valued = with_unit.contains(is_digit);
            match valued.then(|| value_of(&with_unit)).flatten() {
                // In a grid each row has one value; in PDF text the first value behind a kind is its own.
                Some((amount, unit)) if !taken || row.len() > 4 && !kind.is_empty() && !name.is_empty() => {
                    let digits =
                        cell.text.find(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).unwrap_or(0);
                    let length = cell.text[digits..]
                        .find(|c: char| {
                            !(c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '.' | '．' | ',' | '，'))
                        })
                        .unwrap_or(cell.text.len() - digits);
                    let number_span = Span::new(cell.span.start + digits, cell.span.start + digits + length);
                    let value = Label { text: cell.text.clone(), span: cell.span };
                    out.push(Indicator {
                        kind: kind.clone(),
                        name: std::mem::take(&mut name),
                        words: std::mem::take(&mut words),
                        value,
                        number: Some(amount),
                        number_span,
                        unit,
                        aim: Aim::of(
                            &text[..text.find(|c: char| c.is_ascii_digit()).unwrap_or(0)],
                            after_number(&with_unit),
                        ),
                        figure: None,
                    });
                    taken = true;
                }
                _ if name.is_empty() => {
                    words.push_str(&text);
                    name = text.into_owned();
                }
                _ => words.push_str(&text),
            }
        }
        if row.len() > 4 {
            name.clear();
            words.clear();
        }
    }
    out
}

/// An indicator as a target, where its unit is one that targets count in.
pub fn target_of(indicator: &Indicator, clause: u32) -> Option<Target> {
    let tail = indicator.words.strip_prefix(&indicator.name).unwrap_or(&indicator.words);
    Some(Target {
        figure: indicator.figure?,
        aim: indicator.aim,
        unit: targets::unit_kind(&indicator.unit)?,
        lead: indicator.name.clone(),
        tail: tail.to_owned(),
        clause,
        voice: Voice::Indicator,
        part: String::new(),
        kept: Kept::default(),
    })
}

fn after_number(text: &str) -> &str {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.trim_start_matches(|c: char| !matches!(c, '以' | '及' | '之'))
}

/// Longest unit behind a number, in characters.
const UNIT: usize = 8;

/// ≤450万元, ≥95%, 48万元, 150元每人每年: the number and what it is counted in.
fn value_of(text: &str) -> Option<(Amount, String)> {
    let mut rest = Rest(text);
    if rest.take_up_to(2, |c| "≥≤≧≦=＝<>＜＞".contains(c)).is_empty() {
        rest.take(&[
            "不超过",
            "不低于",
            "不少于",
            "不高于",
            "不晚于",
            "大于等于",
            "小于等于",
            "大于",
            "小于",
            "至少",
            "达到",
            "约",
            "共",
        ]);
    }
    if !rest.0.starts_with(is_digit) {
        return None;
    }
    let number = rest.take_while(|c| is_digit(c) || matches!(c, '.' | ','));
    if rest.0.contains(is_digit) || rest.0.chars().count() > UNIT {
        return None;
    }
    Some((Amount::parse(number)?, targets::without_bounds(rest.0).to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const VALUES: [&str; 16] = [
        "≥",
        "＝",
        "不超过",
        "大于等于",
        "大于",
        "达到",
        "达",
        "约",
        "4",
        "９",
        "50",
        ".",
        ",",
        "万元",
        "每人每年",
        "以上",
    ];

    proptest! {
        #[test]
        fn values_are_read_as_a_pattern_would(text in of(&VALUES)) {
            let form = pattern!(concat!(
                r"^(?:[≥≤≧≦=＝<>＜＞]{1,2}|不超过|不低于|不少于|不高于|不晚于|大于等于|小于等于|大于|小于|至少|达到|约|共)?",
                r"(\d[\d.,]*)(\D{0,8})$"
            ));
            let expected = form.captures(&text).and_then(|found| {
                let tails = ["及以上", "以上", "以内", "以下", "左右"];
                let unit = tails.iter().fold(&found[2], |unit, tail| unit.trim_end_matches(tail));
                Some((Amount::parse(&found[1])?, unit.to_owned()))
            });
            prop_assert_eq!(value_of(&text), expected, "{}", text);
        }
    }
}
