//! What a repair is worth: which contradictions it ends, what it breaks.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::repair::{Knot, Repair};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::rules::lookup::Lookup;
use crate::rules::relation::Gap;

/// What a change does to the relations of what it changes.
pub struct Weighed {
    /// The contradictions it ends, by their numbers.
    pub ends: Vec<usize>,
    /// See [`Repair::weight`].
    pub weight: i64,
    /// See [`Repair::clean`].
    pub clean: bool,
    /// See [`Repair::breaks`].
    pub breaks: bool,
    /// See [`Repair::exact`].
    pub exact: usize,
    /// See [`Repair::determined`].
    pub determined: bool,
    /// A relation that held to the last digit holds only within rounding.
    pub loosens: bool,
}

impl Weighed {
    /// As a repair by these changes, which a slip explains; `by_hand` was typed what changes first.
    pub fn by(self, changes: &[(FigureId, Decimal)], slip: i64, words: Option<Message>, by_hand: bool) -> Repair {
        let Self { ends, weight, clean, breaks, exact, determined, loosens: _ } = self;
        let ((figure, value), also, writable) = (changes[0], changes[1..].to_vec(), true);
        Repair { figure, value, also, ends, weight, clean, breaks, exact, slip, words, determined, writable, by_hand }
    }
}

impl Knot<'_, '_> {
    /// Weighs changes made together; none where they end nothing.
    pub fn weigh(&self, changes: &[(FigureId, Decimal)], lookup: &mut Lookup) -> Option<Weighed> {
        self.weighed(changes, false, lookup)
    }

    /// The same; none either where something is left contradicted.
    pub fn weigh_clean(&self, changes: &[(FigureId, Decimal)], lookup: &mut Lookup) -> Option<Weighed> {
        self.weighed(changes, true, lookup).filter(|weighed| weighed.clean)
    }

    fn weighed(&self, changes: &[(FigureId, Decimal)], clean: bool, lookup: &mut Lookup) -> Option<Weighed> {
        let before = self.make(changes, lookup);
        let joined: Vec<usize>;
        let own = match changes {
            [(only, _)] => self.own(*only),
            many => {
                let all: BTreeSet<usize> = many.iter().flat_map(|(id, _)| self.own(*id)).copied().collect();
                joined = all.into_iter().collect();
                joined.as_slice()
            }
        };
        self.steps.set(self.steps.get().saturating_sub(if changes.len() > 1 { own.len() } else { 0 }));
        let mut out = Weighed {
            ends: Vec::new(),
            weight: 0,
            clean: true,
            breaks: false,
            exact: 0,
            determined: false,
            loosens: false,
        };
        let goes_on = |out: &Weighed| out.clean || !clean;
        // What ends no contradiction is no repair, whatever else it does.
        for &number in own.iter().filter(|number| self.open.has(**number)) {
            if goes_on(&out) {
                self.weigh_open(number, changes, lookup, &mut out);
            }
        }
        if !out.ends.is_empty() {
            for &number in own.iter().filter(|number| !self.open.has(**number)) {
                if goes_on(&out) {
                    self.weigh_closed(number, lookup, &mut out);
                }
            }
        }
        self.undo(before, lookup);
        (!out.ends.is_empty()).then_some(out)
    }

    /// The gap of a relation before and after changes; none where it says nothing, or no longer applies.
    fn gaps_of(&self, number: usize, lookup: &Lookup, out: &mut Weighed) -> Option<(Gap, Gap)> {
        let relation = &self.relations[number];
        let old = self.gaps[number]?;
        // A guard that no longer holds takes the relation away: neither ended nor broken.
        if !relation.applies(lookup) {
            out.weight -= 1;
            return None;
        }
        let new = self.gap(number, lookup);
        out.loosens |= old == Gap::None && new > Gap::None;
        Some((old, new))
    }

    /// What is only a habit is no evidence for or against a repair, but ends with it.
    fn is_habit(&self, number: usize) -> bool {
        self.relations[number].severity == Severity::Hint
    }

    /// What changes do to a contradiction that is still to be explained.
    fn weigh_open(&self, number: usize, changes: &[(FigureId, Decimal)], lookup: &Lookup, out: &mut Weighed) {
        let (relation, habit) = (&self.relations[number], self.is_habit(number));
        match self.gaps_of(number, lookup, out) {
            None => {}
            Some((_, new @ (Gap::None | Gap::Soft))) => {
                out.ends.push(number);
                out.exact += usize::from(new == Gap::None);
                out.weight += if habit { 1 } else { 2 };
                out.determined |= changes.iter().any(|(id, value)| relation.sides.determines(*id, *value, lookup));
            }
            _ if habit => {}
            // Where another file says something else again, that is no evidence against a repair.
            _ if relation.across.is_some() => {}
            _ => {
                out.weight -= 2;
                // A list that may be published in part may go on falling short.
                out.clean &= relation.partial;
            }
        }
    }

    /// What changes do to a relation that holds, or is explained.
    fn weigh_closed(&self, number: usize, lookup: &Lookup, out: &mut Weighed) {
        match self.gaps_of(number, lookup, out) {
            _ if self.is_habit(number) => {}
            Some((old, Gap::Beyond)) if old < Gap::Beyond => {
                out.weight -= 2;
                out.clean = false;
                out.breaks = true;
            }
            Some((old, Gap::Hard)) if old < Gap::Hard => out.weight -= 1,
            _ => {}
        }
    }
}
