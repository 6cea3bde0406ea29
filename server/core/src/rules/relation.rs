//! A relation: two sides over figures, and whether they agree.

use rust_decimal::Decimal;

use super::formula::{Op, Relative};
use super::lookup::{Lookup, signed};
use super::page::Tolerance;
use super::rate;
use crate::catalog::Unit;
use crate::finding::Severity;
use crate::reading::FigureId;

/// A term of a relation: a figure, or a constant.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The figure; none for a constant.
    pub figure: Option<FigureId>,
    /// A constant in 元.
    pub constant: Decimal,
    /// 1 or -1.
    pub sign: i8,
    /// What it is called in this relation.
    pub label: String,
}

/// Two sides compared; the guard of a relation, or the relation itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Sides {
    /// Left terms; of a product, its factors.
    pub left: Vec<Term>,
    /// Right terms.
    pub right: Vec<Term>,
    /// = or ≤.
    pub op: Op,
    /// The left side is a product.
    pub product: bool,
    /// What a rate is a share of: left = 100 × right ÷ base, left being one percentage. Empty where nothing is divided.
    pub base: Vec<Term>,
}

/// A relation laid by a formula.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// The page, by its number in the book.
    pub page: usize,
    /// What is compared.
    pub sides: Sides,
    /// What must hold, or the relation says nothing.
    pub guards: Vec<Sides>,
    /// How the sides are compared.
    pub tolerance: Tolerance,
    /// Where it stands, for messages: 部门预算支出总表 2080109 社会保险经办机构.
    pub place: String,
    /// How loudly a contradiction is said.
    pub severity: Severity,
    /// Its left side may be published in part: falling short proves nothing by itself.
    pub partial: bool,
    /// Both ends of the relation are printed by a system: a gap that rounding would explain is doubtful there.
    pub system: bool,
    /// Where it has figures of another disclosure.
    pub across: Option<Across>,
}

/// How a relation reaches beyond the disclosure that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Across {
    /// To whose disclosure.
    pub relative: Relative,
    /// It is surely that.
    pub sure: bool,
    /// Figures of sections from this number on are not of the disclosure that is checked.
    pub from: u32,
}

/// What became of a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Holds to the last digit.
    Exact,
    /// Holds within rounding.
    Rounded,
    /// No rounding explains the gap.
    Contradicted,
    /// A figure is missing.
    Unchecked,
}

impl Verdict {
    /// The word of the JSON contract.
    pub const fn word(self) -> &'static str {
        match self {
            Verdict::Exact => "exact",
            Verdict::Rounded => "rounded",
            Verdict::Contradicted => "contradicted",
            Verdict::Unchecked => "unchecked",
        }
    }
}

/// How far the two sides are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Not at all.
    None,
    /// Within the soft bound: three standard deviations of the rounding errors.
    Soft,
    /// Within the hard bound: what rounding can make at the most.
    Hard,
    /// Beyond any rounding.
    Beyond,
}

impl Gap {
    /// The verdict that goes with it.
    pub fn verdict(self) -> Verdict {
        match self {
            Gap::None => Verdict::Exact,
            Gap::Soft | Gap::Hard => Verdict::Rounded,
            Gap::Beyond => Verdict::Contradicted,
        }
    }
}

impl Sides {
    /// All terms.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.left.iter().chain(&self.right).chain(&self.base)
    }

    /// All figures.
    pub fn figures(&self) -> impl Iterator<Item = FigureId> + '_ {
        self.terms().filter_map(|term| term.figure)
    }

    /// The value of the left side (product or sum).
    pub fn left_value(&self, lookup: &Lookup) -> Decimal {
        if self.product {
            return self.left.iter().map(|term| lookup.value(term)).product();
        }
        sum(&self.left, lookup)
    }

    /// The value of the right side; of a rate, the percentage that its amounts make (0 where the base is).
    pub fn right_value(&self, lookup: &Lookup) -> Decimal {
        if self.is_rate() {
            return rate::percentage(sum(&self.right, lookup), sum(&self.base, lookup)).unwrap_or_default();
        }
        sum(&self.right, lookup)
    }

    /// Is it a percentage of two amounts?
    pub fn is_rate(&self) -> bool {
        !self.base.is_empty()
    }

    /// Does the relation leave this value, and no other, for a figure? An amount behind a rounded percentage is known
    /// within bounds only, unless one slip of the hand leads to it.
    pub fn determines(&self, id: FigureId, value: Decimal, lookup: &Lookup) -> bool {
        self.op == Op::Equal && (!self.is_rate() || rate::determines(self, id, value, lookup))
    }

    /// How likely a slip the relation alone may make of a figure at the most (see `verdict::slip`): a rounded percentage
    /// tells an amount within bounds only. None where it sets no bound.
    pub fn slip_at_most(&self, id: FigureId, value: Decimal, lookup: &Lookup) -> Option<i64> {
        if self.is_rate() { rate::slip_at_most(self, id, value, lookup) } else { None }
    }

    /// The gap between the sides, graded.
    pub fn gap(&self, lookup: &Lookup, tolerance: Tolerance) -> Gap {
        if self.is_rate() {
            return rate::gap(self, lookup);
        }
        let off = self.left_value(lookup) - self.right_value(lookup);
        self.graded(off, || self.coarsest(lookup), lookup, tolerance)
    }

    /// The gap between sides that are so far apart (in 元); `coarsest` is no less than what roundings can make of a sum.
    pub fn graded(
        &self,
        off: Decimal,
        coarsest: impl FnOnce() -> Decimal,
        lookup: &Lookup,
        tolerance: Tolerance,
    ) -> Gap {
        if off.is_zero() || self.op == Op::AtMost && off.is_sign_negative() {
            return Gap::None;
        }
        let off = off.abs();
        // Most gaps are none or larger than the coarsest figures could leave.
        if !self.product && off > coarsest() {
            return Gap::Beyond;
        }
        let halves = self.half_ulps(lookup, tolerance);
        let pair = self.left.len() == 1 && self.right.len() == 1 && !self.product;
        if pair && matches!(tolerance, Tolerance::Copy | Tolerance::Sum) {
            // The finer of the two rounds to the coarser.
            let (least, most) = (halves.iter().min().copied(), halves.iter().max().copied());
            if least != most && Some(off) <= most {
                return Gap::None;
            }
            if tolerance == Tolerance::Copy {
                return Gap::Beyond;
            }
        }
        let hard: Decimal = if self.product { self.product_bound(lookup, &halves) } else { halves.iter().sum() };
        if off > hard {
            return Gap::Beyond;
        }
        if self.product || within(off, &halves, SOFT) { Gap::Soft } else { Gap::Hard }
    }

    /// Is the gap of a sum larger than the roundings of a whole disclosure leave anywhere, cell by cell?
    pub fn is_far(&self, lookup: &Lookup, tolerance: Tolerance) -> bool {
        let off = self.left_value(lookup) - self.right_value(lookup);
        !within(off, &self.half_ulps(lookup, tolerance), FAR)
    }

    /// How far from what an equation asks for a figure of it may be for the gap to be graded soft, in 元: whole units of
    /// the last place.
    pub fn slack(&self, lookup: &Lookup, tolerance: Tolerance) -> Decimal {
        let halves = self.half_ulps(lookup, tolerance);
        let (half, hard) = (halves.iter().max().copied().unwrap_or_default(), halves.iter().sum::<Decimal>());
        let (mut slack, unit) = (Decimal::ZERO, half * Decimal::TWO);
        while !unit.is_zero() && slack + unit <= hard && within(slack + unit, &halves, SOFT) {
            slack += unit;
        }
        slack
    }

    /// No less than the halves of the last places of all terms make, in 元.
    pub fn coarsest(&self, lookup: &Lookup) -> Decimal {
        let halves = self.figures().map(|id| lookup.half_ulp_of(id));
        let count = Decimal::from(self.left.len() + self.right.len());
        halves.max().unwrap_or_default() * count
    }

    /// Half a unit of the last place of each term. In a sum a hand that writes 15万元 beside 18.50万元 left off zeros, it
    /// did not round: its figures are as fine as the finest of the same unit.
    fn half_ulps(&self, lookup: &Lookup, tolerance: Tolerance) -> Vec<Decimal> {
        let known = |id| ((lookup.figure)(id), lookup.half_ulp_of(id));
        // There are few units.
        let mut finest: Vec<(Unit, Decimal)> = Vec::new();
        if tolerance == Tolerance::Sum {
            for (figure, half) in self.figures().map(known) {
                match finest.iter_mut().find(|(unit, _)| *unit == figure.unit) {
                    Some((_, least)) => *least = half.min(*least),
                    None => finest.push((figure.unit, half)),
                }
            }
        }
        let of = |unit: Unit| finest.iter().find(|(own, _)| *own == unit).map(|(_, half)| *half).unwrap_or_default();
        let half = |term: &Term| match term.figure.map(known) {
            Some((figure, _)) if figure.by_hand && tolerance == Tolerance::Sum => of(figure.unit),
            Some((_, half)) => half,
            None => Decimal::ZERO,
        };
        self.terms().map(half).collect()
    }

    fn product_bound(&self, lookup: &Lookup, halves: &[Decimal]) -> Decimal {
        let [first, second] = self.left.as_slice() else { return halves.iter().sum() };
        // A count has no rounding error of its own.
        let of = |term: &Term| {
            if lookup.value(term).fract().is_zero()
                && (term.figure.map(|id| (lookup.figure)(id).amount.decimals)) == Some(0)
            {
                Decimal::ZERO
            } else {
                lookup.half_ulp(term)
            }
        };
        lookup.value(first).abs() * of(second)
            + lookup.value(second).abs() * of(first)
            + halves.last().copied().unwrap_or_default()
    }

    /// The value (元) that a figure would need for the sides to agree; none where none would do.
    pub fn wanted(&self, id: FigureId, lookup: &Lookup) -> Option<Decimal> {
        if self.is_rate() {
            return rate::wanted(self, id, lookup);
        }
        if self.terms().filter(|term| term.figure == Some(id)).count() != 1 {
            return None;
        }
        let off = self.left_value(lookup) - self.right_value(lookup);
        if self.product {
            if let Some(term) = self.right.iter().find(|term| term.figure == Some(id)) {
                return Some(lookup.value(term) + signed(off, term.sign));
            }
            return self.wanted_factor(id, lookup);
        }
        let left = self.left.iter().find(|term| term.figure == Some(id));
        let right = self.right.iter().find(|term| term.figure == Some(id));
        match (left, right) {
            (Some(term), None) => Some(lookup.value(term) - signed(off, term.sign)),
            (None, Some(term)) => Some(lookup.value(term) + signed(off, term.sign)),
            _ => None,
        }
    }
}

impl Sides {
    /// The factor that makes a product right, where it can be printed in the precision of the figure.
    fn wanted_factor(&self, id: FigureId, lookup: &Lookup) -> Option<Decimal> {
        let others: Decimal =
            self.left.iter().filter(|term| term.figure != Some(id)).map(|term| lookup.value(term)).product();
        let figure = (lookup.figure)(id);
        let value = self.right_value(lookup).checked_div(others)?;
        let own = value / figure.unit.yuan();
        (own.normalize().scale() <= figure.amount.decimals).then_some(value)
    }
}

/// Standard deviations of rounding that one sum stays within.
const SOFT: u32 = 3;

/// Standard deviations that all of the hundreds of sums of a disclosure stay within.
const FAR: u32 = 4;

/// Is a gap within so many standard deviations of the rounding errors of these halves of a last place? An error within
/// ±half has the variance half²/3; squared, so that no root is needed.
fn within(off: Decimal, halves: &[Decimal], deviations: u32) -> bool {
    let half = halves.iter().max().copied().unwrap_or_default();
    let terms = Decimal::from(halves.iter().filter(|half| !half.is_zero()).count());
    off * off * Decimal::from(3) <= Decimal::from(deviations * deviations) * half * half * terms
}

pub(super) fn sum(terms: &[Term], lookup: &Lookup) -> Decimal {
    terms.iter().map(|term| lookup.signed(term)).sum()
}

impl Relation {
    /// Does every guard hold?
    pub fn applies(&self, lookup: &Lookup) -> bool {
        self.guards.iter().all(|guard| guard.gap(lookup, Tolerance::Sum) <= Gap::Soft)
    }

    /// The gap between its sides.
    pub fn gap(&self, lookup: &Lookup) -> Gap {
        self.sides.gap(lookup, self.tolerance)
    }
}
