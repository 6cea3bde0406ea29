//! The causes that a sentence gives for a change: 增加 A，主要原因是 K 增加 B.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use super::{MOST, Passage, passages};
use crate::finding::Severity;
use crate::reading::quantity::{Kind, Role, key};
use crate::reading::statement::Aspect;
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::Note;
use crate::rules::page::Tolerance;
use crate::text::Rest;

/// Longest stretch behind a change that is looked at for its cause, in bytes.
const REACH: usize = 600;

/// NN20: what a change is said to come from goes the same way, and has grown by no more than it is.
pub fn causes(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for told in &passage.section.kept.get(|| Causes::of(passage.section)).0 {
            if passage.value(told.at).is_zero() {
                continue;
            }
            match told.amount {
                None => passage.outgrown(page, told, laid),
                Some(cause) => passage.amount_of_cause(page, told, cause, laid),
            }
        }
    }
}

/// A change that is given a cause.
struct Told {
    /// The change, by its number among the quantities.
    at: usize,
    /// Where the words of the cause begin and end in the section's prose.
    from: usize,
    to: usize,
    /// The one amount that they name.
    amount: Option<usize>,
}

/// The changes of a section that are given a cause, of one amount or none.
struct Causes(Vec<Told>);

impl Causes {
    fn of(section: &Section) -> Self {
        if !["原因", "主要", "由于"].iter().any(|word| section.prose.contains(word)) {
            return Self(Vec::new());
        }
        Self((0..section.quantities.len().min(MOST)).filter_map(|at| told(section, at)).collect())
    }
}

fn told(section: &Section, at: usize) -> Option<Told> {
    let all = &section.quantities;
    let own = &all[at];
    if own.kind != Kind::Money || own.role != Role::Change || own.way == 0 || own.vague || own.chained {
        return None;
    }
    let rated = all.get(at + 1).is_some_and(|next| next.role == Role::Growth && next.sentence == own.sentence);
    let last = if rated { at + 1 } else { at };
    let (from, to) = words_of_cause(section, all[last].end)?;
    let amounts: Vec<usize> = (last + 1..all.len())
        .take_while(|&other| all[other].start < to)
        .filter(|&other| all[other].kind == Kind::Money)
        .collect();
    let amount = match amounts.as_slice() {
        [] => None,
        [only] => Some(*only),
        _ => return None,
    };
    Some(Told { at, from, to, amount })
}

/// Where the words stand that give the cause of what ends at a place: to the end of the clauses, and not into the next
/// quantity that has a name of its own.
fn words_of_cause(section: &Section, end: usize) -> Option<(usize, usize)> {
    let (prose, all) = (section.prose.as_str(), &section.quantities);
    let mut to = prose.len().min(end + REACH);
    while !prose.is_char_boundary(to) {
        to -= 1;
    }
    let rest = prose.get(end..to)?;
    let body = behind_the_reason(rest)?;
    let from = end + rest.len() - body.len();
    let stop = from + body.find(['。', '；', '\n']).unwrap_or(body.len());
    let named = |at: &usize| {
        let statement = all[*at].statement.map(|own| &section.statements[own]);
        statement.is_some_and(|own| own.measure.is_some() && own.aspect != Aspect::Reason)
    };
    let first = all.partition_point(|other| other.start < from);
    let next = (first..all.len()).take_while(|&other| all[other].start < stop).find(named);
    let to = next.map_or(stop, |next| next.checked_sub(1).map_or(from, |before| all[before].end).clamp(from, stop));
    (from < to).then_some((from, to))
}

/// What is said behind 主要原因是由于; none where no reason is given.
fn behind_the_reason(words: &str) -> Option<&str> {
    let mut rest = Rest(words);
    rest.take_up_to(2, |c| matches!(c, '，' | '。' | '；' | '、' | '）'));
    let mut change = rest;
    change.take(&["其"]);
    if change.take(&["增减", "变动", "增长", "减少", "增加", "下降"]) {
        change.take(&["变化", "变动"]);
        change.take(&["的"]);
        rest = change;
    }
    if !rest.take(&["主要原因", "主要是", "主要为", "主要系", "主要由于", "原因", "由于"]) {
        return None;
    }
    rest.take(&["是", "为", "在于", "系"]);
    rest.take(&["由于", "因为", "因"]);
    rest.take(&["："]);
    Some(rest.0)
}

impl Passage<'_> {
    /// The one amount of a cause: beside others that offset it, it may be more than the change or less.
    fn amount_of_cause(&self, page: usize, cause: &Told, amount: usize, laid: &mut Laid) {
        let Told { at, from, to, .. } = *cause;
        let (body, cause) = (self.section.prose.get(from..to).unwrap_or_default(), amount);
        let told = self.section.prose.get(from..self.all[cause].start).unwrap_or_default();
        let way = if self.all[cause].role == Role::Change { self.all[cause].way } else { way_of(told) };
        if way == self.all[at].way {
            let (left, op, right) = match self.value(at).cmp(&self.value(cause)) {
                Ordering::Equal => (at, Op::Equal, cause),
                Ordering::Less => (at, Op::AtMost, cause),
                Ordering::Greater => (cause, Op::AtMost, at),
            };
            let (left, right) = (self.term(left, 1), self.term(right, 1));
            let mut relation = super::relation(self.context, page, vec![left], op, vec![right], "增减原因");
            relation.tolerance = Tolerance::Sum;
            laid.relations.push(relation);
            return;
        }
        // Of one clause, that names an outlay: more of it is no cause of less.
        let single = !told.contains(['，', '、', '和', '及', '与']) && !body.contains("抵");
        // 上年新增设备购置: what came last year is gone now.
        let gone = ["上年", "去年", "20", "上一年", "以前", "往年", "一次性", "完成", "完工", "结束", "到期"];
        let single = single && !gone.iter().any(|word| told.contains(word));
        let subject = self.subject(at).map_or("", |level| key(&self.all[level].name));
        let outlay = |words: &str| {
            let of = |all: &[&str]| all.iter().any(|word| words.contains(word));
            of(&["支出", "费", "补助", "项目"]) && !of(&["结余", "结转", "赤字", "收入", "上缴", "退", "收回", "盘活"])
        };
        if way == -self.all[at].way && single && outlay(told) && outlay(subject) {
            laid.notes.push(self.note_opposite(page, at, cause));
        }
    }

    fn note_opposite(&self, page: usize, at: usize, cause: usize) -> Note {
        let text = |at: usize| &self.context.figure(self.id(at)).text;
        let (word, other) = if self.all[at].way < 0 { ("减少", "增加") } else { ("增加", "减少") };
        Note {
            page,
            severity: Severity::Warning,
            at: self.at(
                cause,
                format!("{word} {} 的原因却是{other} {}", text(at), text(cause)),
                "The cause goes the other way".to_owned(),
            ),
            related: vec![self.at(at, "增减额".to_owned(), "The change".to_owned())],
            fixes: Vec::new(),
            certain: false,
            key: "增减原因".to_owned(),
            explains: Vec::new(),
        }
    }

    /// 三公经费…增加 A，主要原因是公务接待费有所增加: of the parts of what grew one is named; it has grown by no more than
    /// it is now. Others may have grown as well, but most of the growth is its own.
    fn outgrown(&self, page: usize, cause: &Told, laid: &mut Laid) {
        let at = cause.at;
        let body = self.section.prose.get(cause.from..cause.to).unwrap_or_default();
        let grows = ["增加", "增长", "上升", "提高"].iter().any(|word| body.contains(word));
        let falls = ["减少", "下降", "降低", "压减"].iter().any(|word| body.contains(word));
        let statement = self.all[at].statement.map(|own| &self.section.statements[own]);
        let Some(whole) = statement.and_then(|own| own.about).filter(|_| self.all[at].way > 0 && grows && !falls)
        else {
            return;
        };
        let named: Vec<_> = self.section.statements[whole..]
            .iter()
            .take(40)
            .filter(|part| part.parent == Some(whole) && part.aspect == Aspect::Level)
            .filter(|part| {
                let name = part.label.text.trim_end_matches(['为', '是']);
                name.chars().count() >= 4 && body.contains(name)
            })
            .collect();
        let [part] = named.as_slice() else { return };
        let id = FigureId { section: self.number, index: part.figure };
        let level = self.context.figure(id).value();
        let change = self.value(at);
        if change > level && change <= level * Decimal::TWO {
            return;
        }
        let name = part.label.text.trim_end_matches(['为', '是']).to_owned();
        let right = vec![super::term(id, name)];
        let mut relation = super::relation(self.context, page, vec![self.term(at, 1)], Op::AtMost, right, "增减原因");
        relation.tolerance = Tolerance::Sum;
        laid.relations.push(relation);
    }
}

/// The way that the last word of direction in a text says: 1 up, -1 down, 0 none.
fn way_of(text: &str) -> i8 {
    let last = |words: &[&str]| words.iter().filter_map(|word| text.rfind(word)).max();
    let up = last(&["增加", "增长", "新增", "提高", "增支", "上升", "追加", "上调"]);
    let down = last(&["减少", "压减", "压缩", "减支", "下降", "核减", "削减", "缩减", "调减", "降低"]);
    match up.cmp(&down) {
        Ordering::Greater => 1,
        Ordering::Less => -1,
        Ordering::Equal => 0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    #[test]
    fn the_last_word_of_direction_counts() {
        assert_eq!(way_of("与上年相比减少了水库清淤费用"), -1);
        assert_eq!(way_of("压减后新增水库维修"), 1);
        assert_eq!(way_of("严格控制"), 0);
    }

    const REASONS: [&str; 19] = [
        "，",
        "）",
        "其",
        "增加",
        "减少",
        "变动",
        "变化",
        "的",
        "主要原因",
        "主要是",
        "主要由于",
        "原因",
        "由于",
        "是",
        "在于",
        "因为",
        "因",
        "：",
        "人员",
    ];

    proptest! {
        #[test]
        fn reasons_are_read_as_a_pattern_would(text in of(&REASONS)) {
            let form = pattern!(
                r"^[，。；、）]{0,2}(?:其?(?:增减|变动|增长|减少|增加|下降)(?:变化|变动)?的?)?(?:主要原因|主要是|主要为|主要系|主要由于|原因|由于)(?:是|为|在于|系)?(?:由于|因为|因)?：?"
            );
            prop_assert_eq!(behind_the_reason(&text), form.find(&text).map(|found| &text[found.end()..]), "{}", text);
        }
    }
}
