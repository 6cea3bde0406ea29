//! How sure it is that two targets speak of the same thing.

use std::collections::BTreeSet;

use crate::catalog::targets;
use crate::reading::target::{Target, Voice};

/// How alike two targets are said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// Nothing tells that they are the same.
    None,
    /// They share a word.
    Weak,
    /// They share most of their words, or the one's name is the other's head.
    Alike,
    /// They share a whole phrase.
    Same,
}

/// The words of a target, ready to be compared.
#[derive(Clone, Debug)]
pub struct Words {
    /// Phrases it is told by, without empty words: of an indicator its name, its description and both.
    phrases: Vec<(Vec<char>, BTreeSet<[char; 2]>)>,
    /// The words before its number.
    head: String,
    /// An indicator's name.
    name: Option<String>,
    aspects: Vec<&'static str>,
    /// What each of it is for: 每月, 人均.
    each: Option<String>,
    /// What was, not what is to be: 上年, 累计.
    past: bool,
}

/// Words of what was, not of what is to be.
const PAST: [&str; 7] = ["上年", "去年", "累计", "截至", "已经", "十三五", "十四五"];

/// What a number is meant for each of: 每月, 人均.
fn each(text: &str) -> Option<String> {
    let every = text.find('每').map(|at| text[at..].chars().take(2).collect());
    every.or_else(|| {
        ["人均", "户均", "月均", "日均", "年均"].into_iter().find(|word| text.contains(word)).map(str::to_owned)
    })
}

/// Most characters of a phrase that are compared.
const LONGEST: usize = 60;

impl Words {
    /// The words of a target.
    pub fn of(target: &Target) -> Self {
        let (lead, tail) = (last(&target.lead), first(&target.tail));
        let indicator = target.voice == Voice::Indicator;
        let both = format!("{lead} {tail}");
        let texts = if indicator { vec![lead.clone(), tail, both.clone()] } else { vec![both.clone()] };
        let phrases = texts
            .iter()
            .filter(|text| !text.is_empty())
            .map(|text| {
                let chars: Vec<char> =
                    targets::bare(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
                let pairs =
                    chars.windows(2).filter(|pair| !pair.contains(&' ')).map(|pair| [pair[0], pair[1]]).collect();
                (chars, pairs)
            })
            .collect();
        Self {
            phrases,
            head: tight(&lead),
            name: indicator.then(|| tight(&lead)),
            aspects: targets::aspects(&both),
            each: each(&both),
            past: PAST.iter().any(|word| both.contains(word)),
        }
    }

    /// How alike they are, and by how much, to choose between several. Within one sheet (`near`) fewer words tell.
    pub fn likeness(&self, other: &Self, unit: &str, near: bool) -> (Likeness, usize) {
        if self.each != other.each || self.past || other.past {
            return (Likeness::None, 0);
        }
        if !self.aspects.is_empty() && !other.aspects.is_empty() {
            let shared = self.aspects.iter().any(|own| other.aspects.contains(own));
            if !shared {
                return (Likeness::None, 0);
            }
        }
        let mut best = (Likeness::None, 0);
        for (chars, pairs) in &self.phrases {
            for (others, other_pairs) in &other.phrases {
                let common = pairs.intersection(other_pairs).count();
                let least = pairs.len().min(other_pairs.len()).max(1);
                let own = Phrase { chars, pairs };
                let (run, clash) =
                    run(own, Phrase { chars: others, pairs: other_pairs }, if unit == "%" { 4 } else { 5 });
                let alike = match (unit, near) {
                    ("%", _) => common >= 4 && common * 10 >= least * 6 || run >= 5 && common >= 6,
                    (_, true) => common >= 2 && common * 10 >= least * 3 || common >= 4,
                    (_, false) => common >= 3 && common * 10 >= least * 4 || common >= 5,
                };
                // 义务教育阶段入学率 and 学前教育阶段入学率 share much and mean two things.
                let grade = if run >= 8 && !clash {
                    Likeness::Same
                } else if alike && !clash {
                    Likeness::Alike
                } else if common >= 1 {
                    Likeness::Weak
                } else {
                    Likeness::None
                };
                best = best.max((grade, run * 4 + common));
            }
        }
        let named = self.heads(other) || other.heads(self);
        if named { best.max((Likeness::Alike, best.1 + 8)) } else { best }
    }

    /// Do both speak of the same side of a thing?
    pub fn same_side(&self, other: &Self) -> bool {
        self.aspects.iter().any(|own| other.aspects.contains(own))
    }

    /// How many pairs of characters they have in common at the most; none where they speak of two sides of a thing.
    pub fn shared(&self, other: &Self) -> usize {
        if self.likeness(other, "", true).0 == Likeness::None {
            return 0;
        }
        let of = |(_, pairs): &(Vec<char>, BTreeSet<[char; 2]>)| {
            other.phrases.iter().map(|(_, others)| pairs.intersection(others).count()).max().unwrap_or(0)
        };
        self.phrases.iter().map(of).max().unwrap_or(0)
    }

    /// Does what this one says end with the other's name?
    fn heads(&self, other: &Self) -> bool {
        let name = other.name.as_deref().unwrap_or(&other.head);
        name.chars().count() >= 3 && !targets::is_generic(name) && self.head.ends_with(name)
    }
}

/// Words right before a number without what says no more than that it comes: 参保率达到 → 参保率.
fn tight(lead: &str) -> String {
    let mut rest = lead;
    for head in ["年度", "全年", "本年", "力争", "确保", "实现"] {
        rest = rest.strip_prefix(head).unwrap_or(rest);
    }
    loop {
        let before = rest;
        for tail in ["达到", "达", "稳定在", "保持在", "控制在", "在", "为", "约", "不低于", "不少于", "≥", "≤", "的"]
        {
            rest = rest.strip_suffix(tail).unwrap_or(rest);
        }
        if rest == before {
            return rest.to_owned();
        }
    }
}

fn last(text: &str) -> String {
    let count = text.chars().count();
    text.chars().skip(count.saturating_sub(LONGEST)).collect()
}

fn first(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

#[derive(Clone, Copy)]
struct Phrase<'a> {
    chars: &'a [char],
    pairs: &'a BTreeSet<[char; 2]>,
}

impl Phrase<'_> {
    /// Does a word end at `at` that the other does not have?
    fn own_word(self, at: usize, other: Self) -> bool {
        let pair = at.checked_sub(1).map(|before| [self.chars[before], self.chars[at]]);
        self.chars[at] != ' ' && pair.is_none_or(|pair| !other.pairs.contains(&pair))
    }
}

/// The length of the longest run of characters that both have, and whether before a run of `least` each has a word that
/// the other has not.
fn run(one: Phrase, two: Phrase, least: usize) -> (usize, bool) {
    let (a, b) = (one.chars, two.chars);
    let (mut best, mut clash) = (0, false);
    let mut row = vec![0usize; b.len() + 1];
    for (at, x) in a.iter().enumerate() {
        let mut diagonal = 0;
        for (index, y) in b.iter().enumerate() {
            let above = row[index + 1];
            let own = if x == y && *x != ' ' { diagonal + 1 } else { 0 };
            row[index + 1] = own;
            best = best.max(own);
            if own == least && at >= own && index >= own {
                clash |= one.own_word(at - own, two) && two.own_word(index - own, one);
            }
            diagonal = above;
        }
    }
    (best, clash)
}

/// What an enumeration before a number lists, in order: 对离休干部、伤残军人等 → two.
pub fn items(lead: &str) -> Vec<&str> {
    const LEADS: [&str; 12] = ["确保", "保障", "实现对", "实现", "解决", "落实", "覆盖", "对", "为", "向", "给", "使"];
    let mut rest = lead.trim_end_matches(['等', '共', '约', '的']);
    let mut changed = true;
    while changed {
        changed = false;
        for word in LEADS {
            if let Some(shorter) = rest.strip_prefix(word).filter(|shorter| shorter.chars().count() >= 2) {
                rest = shorter;
                changed = true;
            }
        }
    }
    let mut out: Vec<&str> = rest.split(['、', '和', '及', '与']).filter(|item| item.chars().count() >= 2).collect();
    out.sort_unstable();
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::target::Aim;

    fn told(lead: &str, tail: &str, voice: Voice) -> Words {
        Words::of(&Target {
            figure: 0,
            aim: Aim::AtLeast,
            unit: String::new(),
            lead: lead.into(),
            tail: tail.into(),
            clause: 0,
            voice,
            part: String::new(),
        })
    }

    #[test]
    fn the_same_thing_is_known_in_other_words() {
        let goal = told("机房温度达到", "", Voice::Goal);
        assert_eq!(
            goal.likeness(&told("室内温度", "机房温度符合规范", Voice::Indicator), "度", true).0,
            Likeness::Alike
        );
        let rate = told("城乡居民自来水普及率达", "", Voice::Narrative);
        assert_eq!(rate.likeness(&told("普及率", "普及率", Voice::Indicator), "%", false).0, Likeness::Alike);
    }

    #[test]
    fn two_sides_of_a_thing_are_two_things() {
        let paid = told("补助资金发放的及时性达到", "", Voice::Narrative);
        assert_eq!(
            paid.likeness(&told("补助资金足额到位的准确性", "", Voice::Indicator), "%", false).0,
            Likeness::None
        );
        let content = told("群众满意度达到", "", Voice::Narrative);
        assert!(content.likeness(&told("满意度", "受训人员满意度", Voice::Indicator), "%", false).0 < Likeness::Alike);
    }

    #[test]
    fn another_word_before_makes_another_thing() {
        let school = told("义务教育阶段困难学生资助覆盖率达到", "", Voice::Narrative);
        let other = told("学前教育阶段困难学生资助覆盖率", "", Voice::Indicator);
        assert!(school.likeness(&other, "%", false).0 < Likeness::Alike);
        let pension = told("城乡居民养老保险参保率达到", "", Voice::Narrative);
        assert!(
            pension.likeness(&told("城乡居民医疗保险参保率", "", Voice::Indicator), "%", false).0 < Likeness::Alike
        );
        let monthly = told("每月巡查小型水库", "", Voice::Goal);
        assert_eq!(monthly.likeness(&told("巡查小型水库次数", "", Voice::Indicator), "次", true).0, Likeness::None);
    }

    #[test]
    fn enumerations_are_taken_apart() {
        assert_eq!(items("确保对护林员、巡河员和管水员等"), ["巡河员", "护林员", "管水员"]);
    }
}
