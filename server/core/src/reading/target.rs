//! Targets: numbers that the narrative, a sheet's purpose and goals, and its indicators promise to reach.

use std::ops::Range;

use super::number::{Amount, numbers};
use super::told::Words;
use crate::catalog::targets;
use crate::layout::Kept;
use crate::text::Rest;
use crate::text::rest::is_numeral;
use crate::text::script::is_han;

/// Which way a target is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Aim {
    /// ≥, 不低于, 以上.
    AtLeast,
    /// ≤, 不超过, 以内.
    AtMost,
    /// Neither is said.
    Exactly,
}

impl Aim {
    /// By the words before and behind a number.
    pub fn of(before: &str, after: &str) -> Self {
        const LEAST: [&str; 11] = ["≥", "≧", ">=", ">", "＞", "不低于", "不少于", "至少", "大于", "超过", "大于等于"];
        const MOST: [&str; 11] =
            ["≤", "≦", "<=", "<", "＜", "不超过", "不高于", "小于", "小于等于", "不晚于", "不多于"];
        let ends = |words: &[&str]| words.iter().any(|word| before.ends_with(word));
        let starts = |words: &[&str]| words.iter().any(|word| after.starts_with(word));
        // 不超过 ends with 超过.
        if ends(&MOST) || starts(&["以内", "以下", "及以下", "之内"]) {
            Aim::AtMost
        } else if ends(&LEAST) || starts(&["以上", "及以上"]) {
            Aim::AtLeast
        } else {
            Aim::Exactly
        }
    }
}

/// Where a target is stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Voice {
    /// An indicator of a project sheet.
    Indicator,
    /// 绩效目标 of a project sheet.
    Goal,
    /// 资金用途 of a project sheet.
    Purpose,
    /// The narrative.
    Narrative,
}

/// One target.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Target {
    /// The figure, by its number in the section.
    pub figure: u32,
    /// Which way.
    pub aim: Aim,
    /// The kind of its unit: %, 人, 万人, 家.
    pub unit: String,
    /// Words of its clause before it, from the clause's start or from the number before.
    pub lead: String,
    /// Words of its clause behind its unit, up to the next number.
    pub tail: String,
    /// The clause it stands in; targets of one clause have the same number.
    pub clause: u32,
    /// Who says it.
    pub voice: Voice,
    /// For the narrative, the words of its part (（二）…) up to its clause: what it is all about.
    pub part: String,
    /// What was found out about it.
    pub kept: Kept,
}

impl Target {
    /// Its words, ready to be compared; cut when they are asked for, as most targets are compared with no other after an
    /// edit.
    pub fn words(&self) -> &Words {
        self.kept.get(|| Words::of(&self.lead, &self.tail, self.voice))
    }
}

/// A number with its unit in a text, before its place in the section is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where the number stands in the text.
    pub number: Range<usize>,
    /// Its value, in its own unit.
    pub amount: Amount,
    /// As in `Target`.
    pub aim: Aim,
    /// As in `Target`.
    pub unit: String,
    /// As in `Target`.
    pub lead: String,
    /// As in `Target`.
    pub tail: String,
    /// As in `Target`.
    pub clause: u32,
    /// Where the clause begins in the text.
    pub start: usize,
}

/// Most targets of one section that are looked at.
const MOST: usize = 400;

/// Longest stretch before a target that names its part, in bytes.
const PART: usize = 1800;

/// The targets of a folded text. Clauses end with ，。；： and line ends; the numbers of list items are none of them.
pub fn find(text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    for (number, clause) in clauses(text).into_iter().enumerate() {
        if out.len() >= MOST {
            break;
        }
        in_clause(text, clause, u32::try_from(number).unwrap_or(u32::MAX), &mut out);
    }
    out
}

fn clauses(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut rest = Rest(text);
    while !rest.is_empty() {
        let at = rest.at(text);
        let mut number = rest;
        let item = !number.take_digits(2).is_empty() && number.take(&["、", "．", "."]);
        if item {
            rest = number;
        } else if !matches!(rest.take_char(), Some('，' | '。' | '；' | '：' | '！' | '\n')) {
            continue;
        }
        // 2.5% is a number, and so is 1、2 in 1、2号楼: an item stands behind a mark or words, before words or a year.
        let mut year = rest;
        let year = year.take_year().is_some() && year.take(&["年"]);
        let glued = text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
        if item && (glued || rest.0.starts_with(|c: char| c.is_ascii_digit()) && !year) {
            continue;
        }
        out.push(start..at);
        start = rest.at(text);
    }
    out.push(start..text.len());
    out
}

fn in_clause(text: &str, clause: Range<usize>, number: u32, out: &mut Vec<Found>) {
    let own = &text[clause.clone()];
    let first = out.len();
    let mut from = 0;
    for found in numbers(own, &[","]) {
        let (before, after) = (&own[..found.start], &own[found.end..]);
        let part = before.ends_with(|c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '第' | '〔' | '【' | '[' | '-' | '~' | '～' | '/' | '之' | '.')
        }) || after.starts_with(['-', '~', '～', '/']);
        let Some((unit, end)) = (!part).then(|| unit_of(after)).flatten() else { continue };
        let Some(amount) = Amount::parse(&own[found.clone()]) else { continue };
        // 30天/月 is a rate.
        if after[end..].starts_with(['/', '／', '每']) {
            continue;
        }
        if let Some(last) = out.get_mut(first..).and_then(|own| own.last_mut()) {
            last.tail = own[from..found.start].to_owned();
        }
        out.push(Found {
            number: clause.start + found.start..clause.start + found.end,
            amount,
            aim: Aim::of(before, &after[end..]),
            unit,
            lead: own[from..found.start].to_owned(),
            tail: own[found.end + end..].to_owned(),
            clause: number,
            start: clause.start,
        });
        from = found.end + end;
    }
}

/// The unit behind a number and its length. `38万参保人` counts people, though its unit is only heard.
fn unit_of(after: &str) -> Option<(String, usize)> {
    let (scale, rest) = after.strip_prefix('万').map_or(("", after), |rest| ("万", rest));
    let much = usize::from(rest.starts_with(['余', '多'])) * '余'.len_utf8();
    if let Some((kind, printed)) = targets::leading_unit(&rest[much..]) {
        return Some((format!("{scale}{kind}"), scale.len() + much + printed.len()));
    }
    let named: String = rest.chars().take(8).take_while(|&c| is_han(c)).collect();
    let people = ["人", "群众", "居民", "学生", "职工"].iter().any(|word| named.contains(word));
    (!scale.is_empty() && people && !named.starts_with('元')).then(|| ("万人".to_owned(), scale.len()))
}

/// The words of the part of a narrative in which `at` stands.
pub fn part_of(text: &str, at: usize) -> String {
    let mut from = at.saturating_sub(PART);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = &text[from..at];
    let numbered = |at: &usize| {
        let mut rest = Rest(&before[at + '（'.len_utf8()..]);
        !rest.take_up_to(3, is_numeral).is_empty() && rest.take(&["）"])
    };
    let start = before.rmatch_indices('（').map(|(at, _)| at).find(numbered).unwrap_or(before.len());
    before[start..].to_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    fn read(text: &str) -> Vec<(String, String, Aim)> {
        find(text).into_iter().map(|f| (text[f.number.clone()].to_owned(), f.unit, f.aim)).collect()
    }

    #[test]
    fn numbers_that_are_counted_are_targets() {
        assert_eq!(
            read("1.对6座水库和13处塘坝巡查全覆盖；2.2025年12月底前完成；3.为26万灌区群众供水，水温达到12.5摄氏度以上"),
            [
                ("6".into(), "座".into(), Aim::Exactly),
                ("13".into(), "座".into(), Aim::Exactly),
                ("26".into(), "万人".into(), Aim::Exactly),
                ("12.5".into(), "度".into(), Aim::AtLeast)
            ]
        );
        assert_eq!(
            read("演练不超过3次，第2次在〔2023〕208号文件之后，1-7月份"),
            [("3".into(), "次".into(), Aim::AtMost)]
        );
    }

    #[test]
    fn a_clause_knows_the_words_between_its_numbers() {
        let found = find("实现对6座大型水库和13座小型水库巡查全覆盖");
        assert_eq!((found[0].lead.as_str(), found[0].tail.as_str()), ("实现对", "大型水库和"));
        assert_eq!((found[1].lead.as_str(), found[1].tail.as_str()), ("大型水库和", "小型水库巡查全覆盖"));
        assert_eq!(found[0].clause, found[1].clause);
    }

    const SPOKEN: [&str; 17] =
        ["1", "34", "、", "．", ".", "，", "。", "！", "\n", "20", "25", "年", "培训", "（", "一", "十", "）"];

    proptest! {
        #[test]
        fn clauses_and_parts_are_read_as_patterns_would(text in of(&SPOKEN)) {
            let mut expected = Vec::new();
            let mut start = 0;
            for found in pattern!(r"[，。；：！\n]|\d{1,2}(?:[、．]|\.)").find_iter(&text) {
                let item = found.as_str().starts_with(|c: char| c.is_ascii_digit());
                let rest = &text[found.end()..];
                let year = pattern!(r"^20\d\d年").is_match(rest);
                let glued = text[..found.start()].ends_with(|c: char| c.is_ascii_digit() || c == '.');
                if !(item && (glued || rest.starts_with(|c: char| c.is_ascii_digit()) && !year)) {
                    expected.push(start..found.start());
                    start = found.end();
                }
            }
            expected.push(start..text.len());
            prop_assert_eq!(clauses(&text), expected, "{}", text);
            let part = pattern!(r"（[一二三四五六七八九十]{1,3}）").find_iter(&text).last();
            prop_assert_eq!(part_of(&text, text.len()), &text[part.map_or(text.len(), |part| part.start())..]);
        }
    }
}
