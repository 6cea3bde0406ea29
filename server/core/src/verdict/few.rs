//! A few of many things that have numbers.

use crate::rules::seen::Numbers;

/// A few numbers, in order. Most searches look at dozens of a disclosure's thousand figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Few(Box<[u32]>);

impl Few {
    /// These.
    pub fn of(numbers: &Numbers) -> Self {
        Self(numbers.iter().map(|number| number as u32).collect())
    }

    /// Is this one among them?
    pub fn has(&self, number: usize) -> bool {
        u32::try_from(number).is_ok_and(|number| self.0.binary_search(&number).is_ok())
    }

    /// Is any of them among the others?
    pub fn meets(&self, others: &Numbers) -> bool {
        self.iter().any(|number| others.has(number))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().map(|number| *number as usize)
    }
}
