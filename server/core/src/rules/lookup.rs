//! What is taken of figures when relations are judged: what they print, or what repairs print instead.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::relation::Term;
use crate::reading::{Figure, FigureId};

/// What a repair prints in place of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instead {
    /// The value in 元.
    pub value: Decimal,
    /// Printed decimals, in the figure's own unit.
    pub decimals: u32,
    /// It is no guess: the evidence leaves no other repair.
    pub sure: bool,
}

/// Looks figures up, some of them with other values than they print.
pub struct Lookup<'a> {
    /// The figure of an id.
    pub figure: &'a dyn Fn(FigureId) -> &'a Figure,
    /// What is to be taken instead of what is printed.
    pub instead: BTreeMap<FigureId, Instead>,
}

impl<'a> Lookup<'a> {
    /// Of figures as they are printed.
    pub fn printed(figure: &'a dyn Fn(FigureId) -> &'a Figure) -> Self {
        Self { figure, instead: BTreeMap::new() }
    }
}

impl Lookup<'_> {
    /// The value of a term in 元, without its sign.
    pub fn value(&self, term: &Term) -> Decimal {
        match term.figure {
            Some(id) => self.value_of(id),
            None => term.constant,
        }
    }

    /// The same with the sign of the term.
    pub fn signed(&self, term: &Term) -> Decimal {
        signed(self.value(term), term.sign)
    }

    /// The value of a figure in 元.
    pub fn value_of(&self, id: FigureId) -> Decimal {
        self.instead.get(&id).map_or_else(|| (self.figure)(id).value(), |instead| instead.value)
    }

    pub(super) fn half_ulp(&self, term: &Term) -> Decimal {
        term.figure.map_or(Decimal::ZERO, |id| self.half_ulp_of(id))
    }

    /// Half a unit of the last printed place of a figure, in 元.
    pub fn half_ulp_of(&self, id: FigureId) -> Decimal {
        let figure = (self.figure)(id);
        match self.instead.get(&id) {
            Some(instead) => Decimal::new(5, instead.decimals + 1) * figure.unit.yuan(),
            None => figure.half_ulp(),
        }
    }
}

/// A value as a term of this sign has it, 1 or -1; nothing has no sign.
pub fn signed(value: Decimal, sign: i8) -> Decimal {
    if sign < 0 && !value.is_zero() { -value } else { value }
}
