//! How sure it is that two targets speak of the same thing.

use crate::catalog::targets;
use crate::reading::told::{Phrase, Words};

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

impl Words {
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
        let mut two = false;
        let least_run = if unit == "%" { 4 } else { 5 };
        for own in &self.phrases {
            for others in &other.phrases {
                let common = own.common(others);
                let least = own.pairs.len().min(others.pairs.len()).max(1);
                // Without a pair in common no run is longer than one.
                let alone = || Run { length: usize::from(own.touches(others)), ..Run::default() };
                let run = if common == 0 { alone() } else { run(own, others, least_run) };
                let alike = match (unit, near) {
                    ("%", _) => common >= 4 && common * 10 >= least * 6 || run.length >= 5 && common >= 6,
                    (_, true) => common >= 2 && common * 10 >= least * 3 || common >= 4,
                    (_, false) => common >= 3 && common * 10 >= least * 4 || common >= 5,
                };
                // 义务教育阶段入学率 and 学前教育阶段入学率 share much and mean two things.
                two |= run.clash;
                let grade = if run.length >= 8 && !run.narrower {
                    Likeness::Same
                } else if alike {
                    Likeness::Alike
                } else if common >= 1 {
                    Likeness::Weak
                } else {
                    Likeness::None
                };
                best = best.max((grade, run.length * 4 + common));
            }
        }
        if two {
            return best.min((Likeness::Weak, best.1));
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
        let of = |own: &Phrase| other.phrases.iter().map(|others| own.common(others)).max().unwrap_or(0);
        self.phrases.iter().map(of).max().unwrap_or(0)
    }

    /// Does what this one says end with the other's name?
    fn heads(&self, other: &Self) -> bool {
        let name = other.name.as_deref().unwrap_or(&other.head);
        self.head.ends_with(name) && name.chars().count() >= 3 && !targets::is_generic(name)
    }
}

/// Does a word end at `at` that the other does not have?
fn own_word(own: &Phrase, at: usize, other: &Phrase) -> bool {
    let pair = at.checked_sub(1).map(|before| [own.chars[before], own.chars[at]]);
    own.chars[at] != ' ' && pair.is_none_or(|pair| !other.has(pair))
}

/// The longest run of characters that two phrases have in common.
#[derive(Clone, Copy, Debug, Default)]
struct Run {
    length: usize,
    /// Before some run of the least length each has a word that the other has not.
    clash: bool,
    /// Before the longest, one of them has.
    narrower: bool,
}

fn run(one: &Phrase, two: &Phrase, least: usize) -> Run {
    let mut best = Run::default();
    // The runs that end at the character before, by their ends in `two`; and those that end at this one.
    let (mut before, mut here) = (Vec::new(), Vec::new());
    for (at, c) in one.chars.iter().enumerate() {
        let mut known = before.iter().peekable();
        for index in two.places_of(*c) {
            while known.next_if(|(end, _)| end + 1 < index).is_some() {}
            let length = known.peek().filter(|(end, _)| end + 1 == index).map_or(0, |(_, length)| *length) + 1;
            here.push((index, length));
            if length != least && length <= best.length {
                continue;
            }
            let first = at >= length && own_word(one, at - length, two);
            let second = index >= length && own_word(two, index - length, one);
            best.clash |= length == least && first && second;
            if length > best.length {
                (best.length, best.narrower) = (length, first != second);
            }
        }
        std::mem::swap(&mut before, &mut here);
        here.clear();
    }
    best
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
    use crate::reading::target::Voice;

    fn told(lead: &str, tail: &str, voice: Voice) -> Words {
        Words::of(lead, tail, voice)
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
