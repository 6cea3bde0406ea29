//! The gaps of all relations as they stand.

use std::ops::Deref;

use crate::rules::numbers::Numbers;
use crate::rules::relation::Gap;

/// The gap of each relation, by its number; none where its guard does not hold. Those of some relations can be compared at
/// once with what they were.
#[derive(Clone, Debug)]
pub struct Gaps {
    each: Vec<Option<Gap>>,
    bits: Bits,
}

/// The gaps of relations as numbers, one bit of them after the other, for 64 relations in a word.
type Bits = [Vec<u64>; 3];

/// The gaps of some relations as they were.
#[derive(Debug)]
pub struct SomeGaps(Bits);

/// As a number below 8; most gaps are 0.
const fn number(gap: Option<Gap>) -> u64 {
    match gap {
        Some(Gap::None) => 0,
        None => 1,
        Some(Gap::Soft) => 2,
        Some(Gap::Hard) => 3,
        Some(Gap::Beyond) => 4,
    }
}

impl Gaps {
    /// These.
    pub fn of(each: &[Option<Gap>]) -> Self {
        let words = each.len().div_ceil(64);
        let none = vec![Some(Gap::None); each.len()];
        let mut gaps = Self { each: none, bits: std::array::from_fn(|_| vec![0; words]) };
        for (number, gap) in each.iter().enumerate().filter(|(_, gap)| **gap != Some(Gap::None)) {
            gaps.set(number, *gap);
        }
        gaps
    }

    /// One of them is another now.
    pub fn set(&mut self, relation: usize, gap: Option<Gap>) {
        self.each[relation] = gap;
        let (word, place) = (relation / 64, relation % 64);
        for (bit, words) in self.bits.iter_mut().enumerate() {
            words[word] = words[word] & !(1 << place) | (number(gap) >> bit & 1) << place;
        }
    }

    /// The relations with a gap that rounding explains, soft or hard.
    pub fn rounded(&self) -> Numbers {
        let [_, rounded, _] = &self.bits;
        Numbers::from_words(rounded)
    }

    /// Those with a gap beyond any rounding.
    pub fn beyond(&self) -> Numbers {
        let [_, _, beyond] = &self.bits;
        Numbers::from_words(beyond)
    }

    /// Those of some relations.
    pub fn some(&self, relations: &Numbers) -> SomeGaps {
        let some = |words: &Vec<u64>| words.iter().zip(relations.words()).map(|(word, own)| word & own).collect();
        SomeGaps(self.bits.each_ref().map(some))
    }

    /// Are those of some relations what they were?
    pub fn are(&self, were: &SomeGaps, relations: &Numbers) -> bool {
        let same = |(now, were): (&Vec<u64>, &Vec<u64>)| {
            now.iter().zip(were).zip(relations.words()).all(|((now, were), own)| now & own == *were)
        };
        self.bits.iter().zip(&were.0).all(same)
    }
}

impl Deref for Gaps {
    type Target = [Option<Gap>];

    fn deref(&self) -> &Self::Target {
        &self.each
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gap() -> impl Strategy<Value = Option<Gap>> {
        prop::option::of(prop::sample::select(vec![Gap::None, Gap::Soft, Gap::Hard, Gap::Beyond]))
    }

    proptest! {
        #[test]
        fn gaps_of_some_relations_are_compared_as_one_by_one(
            before in prop::collection::vec(gap(), 1..200),
            changes in prop::collection::vec((0usize..200, gap()), 0..6),
            some in prop::collection::vec(0usize..200, 0..20),
        ) {
            let count = before.len();
            let mut gaps = Gaps::of(&before);
            let some = Numbers::these(count, some.into_iter().filter(|number| *number < count));
            let were = gaps.some(&some);
            for (number, gap) in changes.into_iter().filter(|(number, _)| *number < count) {
                gaps.set(number, gap);
            }
            prop_assert_eq!(gaps.are(&were, &some), some.iter().all(|number| gaps[number] == before[number]));
            prop_assert!(gaps.are(&gaps.some(&some), &some));
            let rounded = Numbers::of(count, |number| matches!(gaps[number], Some(Gap::Soft | Gap::Hard)));
            let beyond = Numbers::of(count, |number| gaps[number] == Some(Gap::Beyond));
            prop_assert_eq!((gaps.rounded(), gaps.beyond()), (rounded, beyond));
        }
    }
}
