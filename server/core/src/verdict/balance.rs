//! What the two sides of a sum are apart, known without adding all of it up for each change that is tried: a sum of a
//! thousand projects is added up once.

use std::cell::RefCell;
use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::repair::Knot;
use super::ties::{Part, Ties};
use crate::reading::FigureId;
use crate::rules::lookup::{Lookup, signed};
use crate::rules::relation::Gap;

/// A sum as things stand, without what is on trial.
#[derive(Clone, Copy, Debug)]
struct Balance {
    /// Left less right, in 元.
    off: Decimal,
    /// No less than what rounding can make of it, in 元.
    coarsest: Decimal,
}

/// A change that is tried.
#[derive(Clone, Copy, Debug)]
struct Trial {
    figure: FigureId,
    /// By how much the figure changes, in 元.
    by: Decimal,
    /// Half a unit of its last place, in 元.
    half: Decimal,
}

/// The sums that were added up, and what is on trial.
#[derive(Debug, Default)]
pub struct Balances {
    known: RefCell<BTreeMap<usize, Balance>>,
    trials: RefCell<Vec<Trial>>,
}

impl Balances {
    /// A figure is changed on trial.
    pub fn try_out(&self, figure: FigureId, by: Decimal, half: Decimal) {
        self.trials.borrow_mut().push(Trial { figure, by, half });
    }

    /// The last change on trial is taken back.
    pub fn take_back(&self) {
        self.trials.borrow_mut().pop();
    }

    /// What is on trial, if anything, is no longer: figures stand changed.
    pub fn settle(&self, changed: impl Iterator<Item = FigureId>, ties: &Ties) {
        self.trials.borrow_mut().clear();
        let mut known = self.known.borrow_mut();
        for number in changed.flat_map(|id| ties.own(id)) {
            known.remove(number);
        }
    }
}

impl Knot<'_, '_> {
    /// The gap of a relation as things stand, with what is on trial.
    pub fn gap(&self, number: usize, lookup: &Lookup) -> Gap {
        let relation = &self.relations[number];
        match self.balance(number, lookup) {
            Some(Balance { off, coarsest }) => relation.sides.graded(off, || coarsest, lookup, relation.tolerance),
            None => relation.gap(lookup),
        }
    }

    /// The value (元) that a relation asks for a figure of it, as things stand, with what is on trial.
    pub fn wanted_by(&self, number: usize, id: FigureId, lookup: &Lookup) -> Option<Decimal> {
        match (self.balance(number, lookup), self.ties.part(id, number)) {
            (Some(balance), Part::Once(sign)) => Some(lookup.value_of(id) - signed(balance.off, sign)),
            (Some(_), _) => None,
            (None, _) => self.relations[number].sides.wanted(id, lookup),
        }
    }

    /// What the sides of a relation are apart, in 元; of a rate, in hundredths.
    pub fn off(&self, number: usize, lookup: &Lookup) -> Decimal {
        let sides = &self.relations[number].sides;
        let anew = || sides.left_value(lookup) - sides.right_value(lookup);
        self.balance(number, lookup).map_or_else(anew, |balance| balance.off)
    }

    /// The balance of a sum, with what is on trial; none of what is no sum, nor where more is on trial than it has terms.
    fn balance(&self, number: usize, lookup: &Lookup) -> Option<Balance> {
        let sides = &self.relations[number].sides;
        let (trials, terms) = (self.balances.trials.borrow(), sides.left.len() + sides.right.len());
        if sides.product || sides.is_rate() || trials.len() > terms {
            return None;
        }
        // Whoever knows the sum has looked at all of its figures.
        self.looking.sum(number);
        let (mut moved, mut half) = (Decimal::ZERO, Decimal::ZERO);
        for trial in trials.iter() {
            match self.ties.part(trial.figure, number) {
                Part::Once(sign) => {
                    moved += signed(trial.by, sign);
                    half = half.max(trial.half);
                }
                Part::Often => return None,
                Part::Beside => {}
            }
        }
        let add_up = || Balance {
            off: sides.left_value(lookup) - sides.right_value(lookup) - moved,
            coarsest: sides.coarsest(lookup),
        };
        let known = *self.balances.known.borrow_mut().entry(number).or_insert_with(add_up);
        Some(Balance { off: known.off + moved, coarsest: known.coarsest.max(half * Decimal::from(terms)) })
    }
}
