//! How much two names are alike.

use crate::reading::told::shared;
use crate::rules::rowset::project_key;

/// Likeness in thousandths: 1000 the same, 900 one is in the other.
pub fn likeness(a: &str, b: &str) -> u32 {
    Core::of(a).likeness(&Core::of(b), 0)
}

/// A name without what is often left off, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Core {
    chars: Vec<char>,
    /// The same characters in their own order.
    sorted: Vec<char>,
    /// A bit for each of 64 kinds of characters that are among them.
    kinds: u64,
}

impl Core {
    /// The core of a name.
    pub fn of(name: &str) -> Self {
        let chars: Vec<char> = core(name).chars().collect();
        let mut sorted = chars.clone();
        sorted.sort_unstable();
        let kinds = chars.iter().fold(0, |kinds, c| kinds | 1 << (u32::from(*c) % u64::BITS));
        Self { chars, sorted, kinds }
    }

    /// They have no more in common than this, whatever their order. Of each kind that only one of them has, it has one at
    /// least that the other has not.
    fn at_most(&self, other: &Self) -> usize {
        let own = |a: &Self, b: &Self| a.chars.len() - (a.kinds & !b.kinds).count_ones() as usize;
        own(self, other).min(own(other, self))
    }

    /// How much two names are alike; 0 where it is less than `least`.
    pub fn likeness(&self, other: &Self, least: u32) -> u32 {
        let (a, b) = (&self.chars, &other.chars);
        if a.is_empty() || b.is_empty() {
            return 0;
        }
        if a == b {
            return 1000;
        }
        let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
        let grade = |common: usize| {
            let common = common as u32;
            let whole = 2 * common * 1000 / (a.len() + b.len()) as u32;
            let inside = if short.len() >= 8 { common * 880 / short.len() as u32 } else { 0 };
            whole.max(inside)
        };
        let bound = self.at_most(other);
        if bound < short.len() && grade(bound) < least {
            return 0;
        }
        // In whatever order, they have no more in common than this.
        let most = shared(&self.sorted, &other.sorted);
        let whole = short.len() >= 4 && most == short.len();
        if whole && long.windows(short.len()).any(|window| window == short.as_slice()) {
            // The shorter one may be a general word within the longer: the longer the rest, the less it says.
            return if short.len() * 2 >= long.len() { 900 } else { 760 };
        }
        if grade(most) < least { 0 } else { grade(common(a, b)) }
    }
}

/// A name without what is often left off: 经费, 资金, 项目 at its end.
pub fn core(name: &str) -> String {
    let mut key = project_key(name);
    for tail in ["绩效目标表", "专项经费", "项目经费", "经费", "资金", "项目", "费用", "费"] {
        if let Some(rest) = key.strip_suffix(tail)
            && rest.chars().count() >= 3
        {
            key = rest.to_owned();
            break;
        }
    }
    key
}

/// Length of the longest common subsequence.
fn common(a: &[char], b: &[char]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (index, y) in b.iter().enumerate() {
            let above = row[index + 1];
            row[index + 1] = if x == y { diagonal + 1 } else { above.max(row[index]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// Where two names of equal length differ in one or two characters, all others being the same: the first and one past
/// the last of them.
pub fn slip(a: &str, b: &str) -> Option<(usize, usize)> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() != b.len() || a.len() < 4 {
        return None;
    }
    let off: Vec<usize> = (0..a.len()).filter(|&index| a[index] != b[index]).collect();
    let words = off.iter().all(|&index| !a[index].is_ascii() && !b[index].is_ascii() && a[index].is_alphabetic());
    let few = off.len() == 1 || off.len() == 2 && a.len() >= 8;
    (few && words).then(|| (off[0], off[off.len() - 1] + 1))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_alike_enough_is_found_as_if_nothing_had_been_ruled_out(a in "[甲乙丙丁a经费]{0,24}", b in "[乙丙丁戊a经费]{0,24}") {
            let (a, b) = (Core::of(&a), Core::of(&b));
            let (whole, enough) = (a.likeness(&b, 0), a.likeness(&b, 500));
            prop_assert!(enough == whole || enough == 0 && whole < 500, "{} for {}", enough, whole);
        }
    }

    #[test]
    fn names_that_mean_the_same_are_alike() {
        assert_eq!(likeness("[13073021T6Q]某字【2025】7号救助配套资金", "某字〔2025〕7号救助配套"), 1000);
        assert!(likeness("河道清淤专项经费", "河道清淤") >= 900);
        assert!(likeness("河道清淤", "水库除险加固") < 500);
        assert_eq!(slip("某字【2025】7号巡行经费", "某字【2025】7号运行经费"), Some((10, 11)));
        assert_eq!(slip("20万元", "30万元"), None);
    }
}
