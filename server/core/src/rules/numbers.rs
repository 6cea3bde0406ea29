//! Sets of things that have numbers, and what takes down which of them are looked at.

use std::cell::Cell;

use smallvec::SmallVec;

/// A set of things that have numbers: of sections, mostly, and few disclosures have more than there is room for in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers(SmallVec<[u64; 2]>);

impl Numbers {
    /// Those of which this is true, of so many.
    pub fn of(count: usize, is: impl Fn(usize) -> bool) -> Self {
        Self::these(count, (0..count).filter(|&number| is(number)))
    }

    /// These, of so many.
    pub fn these(count: usize, numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut words: SmallVec<[u64; 2]> = SmallVec::from_elem(0, count.div_ceil(64));
        for number in numbers {
            if let Some(word) = words.get_mut(number / 64) {
                *word |= 1 << (number % 64);
            }
        }
        Self(words)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Those that have a bit in these words.
    pub fn from_words(words: &[u64]) -> Self {
        Self(words.into())
    }

    /// Have both sets a number in common?
    pub fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(a, b)| a & b != 0)
    }

    /// Is this one in it?
    pub fn has(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word & (1 << (number % 64)) != 0)
    }

    /// This one is not in it any more.
    pub fn remove(&mut self, number: usize) {
        if let Some(word) = self.0.get_mut(number / 64) {
            *word &= !(1 << (number % 64));
        }
    }

    /// Those that are not among others.
    pub fn without(&self, others: &Self) -> Self {
        let others = others.0.iter().copied().chain(std::iter::repeat(0));
        Self(self.0.iter().zip(others).map(|(own, other)| own & !other).collect())
    }

    /// Those that are among others too.
    pub fn among(&self, others: &Self) -> Self {
        Self(self.0.iter().zip(&others.0).map(|(own, other)| own & other).collect())
    }

    /// Are these just those that are among others too?
    pub fn are_just(&self, these: &Self, others: &Self) -> bool {
        self.0.iter().zip(&these.0).zip(&others.0).all(|((own, one), other)| *own == one & other)
    }

    /// A bit for each number, 64 in a word.
    pub fn words(&self) -> &[u64] {
        &self.0
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(at, word)| {
            let mut rest = *word;
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros() as usize)?;
                rest &= rest - 1;
                Some(at * 64 + bit)
            })
        })
    }

    /// Is there none in it?
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }
}

/// A set of few numbers that many other sets are asked for: of its words only those that have any, with their places, so
/// that no more than these is looked at of the others.
#[derive(Clone, Debug, Default)]
pub struct Few(SmallVec<[(usize, u64); 4]>);

impl Few {
    /// These.
    pub fn these(numbers: impl IntoIterator<Item = usize>) -> Self {
        let mut few = Self::default();
        numbers.into_iter().for_each(|number| few.insert(number));
        few
    }

    /// This one is in it too.
    pub fn insert(&mut self, number: usize) {
        let (at, bit) = (number / 64, 1 << (number % 64));
        match self.0.binary_search_by_key(&at, |(own, _)| *own) {
            Ok(known) => self.0[known].1 |= bit,
            Err(place) => self.0.insert(place, (at, bit)),
        }
    }

    /// Is this one in it?
    pub fn has(&self, number: usize) -> bool {
        let known = self.0.binary_search_by_key(&(number / 64), |(own, _)| *own);
        known.is_ok_and(|known| self.0[known].1 & (1 << (number % 64)) != 0)
    }

    /// Have both sets a number in common?
    pub fn meets(&self, other: &Numbers) -> bool {
        self.0.iter().any(|(at, word)| other.0.get(*at).is_some_and(|other| other & word != 0))
    }

    /// Is there none in it?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Takes down which of some numbered things are looked into.
#[derive(Debug, Default)]
pub struct Seen(Vec<Cell<u64>>);

impl Seen {
    /// For so many.
    pub fn new(count: usize) -> Self {
        Self(vec![Cell::new(0); count.div_ceil(64)])
    }

    /// This one is looked into.
    pub fn note(&self, number: usize) {
        if let Some(word) = self.0.get(number / 64) {
            word.set(word.get() | 1 << (number % 64));
        }
    }

    /// All of these are looked into.
    pub fn add(&self, numbers: &Numbers) {
        self.0.iter().zip(&numbers.0).for_each(|(word, more)| word.set(word.get() | more));
    }

    /// What has been looked into up to now; begins anew.
    pub fn taken(&self) -> Numbers {
        Numbers(self.0.iter().map(Cell::take).collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn few_numbers_are_a_set_like_any_other(
            few in prop::collection::vec(0usize..300, 0..8),
            many in prop::collection::vec(0usize..300, 0..40),
            one in 0usize..400,
        ) {
            let set = Few::these(few.iter().copied());
            let (same, other) = (Numbers::these(300, few.iter().copied()), Numbers::these(300, many));
            prop_assert_eq!(set.meets(&other), same.meets(&other));
            prop_assert_eq!(set.has(one), same.has(one));
            prop_assert_eq!(set.is_empty(), same.is_empty());
        }
    }
}
