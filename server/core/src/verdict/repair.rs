//! The smallest repair of a knot of contradictions: which figure, changed to which value, makes its relations hold and
//! breaks none.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::balance::Balances;
use super::looking::Looking;
use super::slip::{Slip, undone};
use super::style::Figures;
use super::ties::Ties;
use crate::catalog::Unit;
use crate::finding::Message;
use crate::reading::FigureId;
use crate::rules::Relation;
use crate::rules::formula::Op;
use crate::rules::lookup::{Instead, Lookup};
use crate::rules::misprint;
use crate::rules::numbers::Numbers;
use crate::rules::relation::Gap;

/// A change of one figure, or of several that one slip made wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Which figure.
    pub figure: FigureId,
    /// Its new value in 元.
    pub value: Decimal,
    /// What changes with it: cells exchanged with it, cells moved with it.
    pub also: Vec<(FigureId, Decimal)>,
    /// The contradictions it ends, by their numbers.
    pub ends: Vec<usize>,
    /// How many relations ask for just this value less those it breaks or leaves contradicted.
    pub weight: i64,
    /// It leaves none of its relations contradicted and breaks none.
    pub clean: bool,
    /// It makes a relation contradicted that was not.
    pub breaks: bool,
    /// How many of the contradictions it ends agree with it to the last digit.
    pub exact: usize,
    /// How much the change looks like a slip of the hand.
    pub slip: i64,
    /// The slip in words, where it can be told.
    pub words: Option<Message>,
    /// False where only a bound asks for it: other values would do as well.
    pub determined: bool,
    /// It can be written in the text: no blank cell and no word has to change.
    pub writable: bool,
    /// Typed by hand.
    pub by_hand: bool,
}

impl Repair {
    /// One fact that is printed in several cells, wrong in all of them?
    pub fn is_joint(&self) -> bool {
        !self.also.is_empty() && self.also.iter().all(|(_, value)| *value == self.value)
    }

    /// All that it changes.
    pub fn changes(&self) -> Vec<(FigureId, Decimal)> {
        std::iter::once((self.figure, self.value)).chain(self.also.iter().copied()).collect()
    }

    /// Would another value of the same figure do as well?
    pub fn is_matched_by(&self, other: &Self) -> bool {
        let same = other.figure == self.figure && other.also.is_empty() && other.value != self.value;
        let beaten = self.exact > other.exact && self.slip >= other.slip || self.slip >= other.slip + 2;
        same && !beaten && other.weight >= self.weight && other.ends.len() >= self.ends.len()
    }
}

/// Relations weighed in the search for changes of several figures, in one disclosure: what is not found by then is
/// told as single repairs.
pub const STEPS: usize = 20_000;

/// So many values are tried for a figure that one slip may have turned into what it prints.
const MEANT: usize = 6;

/// What a search for repairs looks at.
pub struct Knot<'k, 'a> {
    /// All relations.
    pub relations: &'k [Arc<Relation>],
    /// Their gaps as things stand; none for those whose guard fails.
    pub gaps: &'k [Option<Gap>],
    /// The relations of each figure.
    pub ties: &'k Ties,
    /// The contradictions still to be explained.
    pub open: &'k Numbers,
    /// The figures with their neighbours.
    pub figures: Figures<'a>,
    /// Each cell was rounded by itself: what sums ask for is known within their roundings only.
    pub by_cell: bool,
    /// The sums that were added up, and what is on trial.
    pub balances: &'k Balances,
    /// Takes down what is looked at.
    pub looking: &'k Looking<'k>,
    /// Steps left.
    pub steps: &'k Cell<usize>,
    /// The usual decimals of figures that have been asked for.
    pub usual: &'k RefCell<BTreeMap<FigureId, u32>>,
}

impl Knot<'_, '_> {
    /// All repairs of single figures that end at least one open contradiction, the best first.
    pub fn repairs(&self, lookup: &mut Lookup, seed: usize) -> Vec<Repair> {
        let mut out = Vec::new();
        self.looking.relation(seed);
        let figures: BTreeSet<FigureId> = self.relations[seed].sides.figures().collect();
        for figure in figures {
            for value in self.wanted(figure, lookup) {
                let exact = self.single(figure, value, lookup);
                // A copy in a coarser unit is printed at its own decimals, not at those of what it copies.
                let short = self.figures.rounded(figure, value, self.usual(figure));
                let rounded = short.and_then(|short| self.single(figure, short, lookup));
                let better = rounded.filter(|short| exact.as_ref().is_none_or(|exact| short.weight >= exact.weight));
                out.extend(better.or(exact));
            }
            out.extend(self.guessed(figure, lookup));
            if self.by_cell {
                out.extend(self.meant(figure, lookup));
            }
            if let Some(joint) = self.joint(figure, &out, lookup).filter(|joint| !out.contains(joint)) {
                out.push(joint);
            }
            if self.figures.is_odd(figure, self.usual(figure)) {
                // Printed as nothing beside it is: the slip is plain, even if sums that are rounded ask for a cent more.
                let likely =
                    undone(self.figures, figure).into_iter().filter_map(|value| self.single(figure, value, lookup));
                let likely: Vec<Repair> = likely.filter(|repair| repair.clean && repair.determined).collect();
                let new =
                    |repair: &Repair| !out.iter().any(|known| known.figure == figure && known.value == repair.value);
                let new: Vec<Repair> = likely.into_iter().filter(new).collect();
                out.extend(new);
            }
        }
        out.sort_by_key(rank);
        out
    }

    /// The values that the open relations of a figure ask for.
    pub fn wanted(&self, figure: FigureId, lookup: &Lookup) -> Vec<Decimal> {
        let mut values: Vec<Decimal> = Vec::new();
        for &relation in self.own(figure).iter().filter(|relation| self.open.has(**relation)) {
            if let Some(value) = self.wanted_by(relation, figure, lookup)
                && !values.contains(&value)
            {
                values.push(value);
            }
        }
        values
    }

    /// Where each cell was rounded by itself: the values within the roundings of what the open relations of a figure ask
    /// for, that one slip may have turned into what is printed.
    fn meant(&self, figure: FigureId, lookup: &mut Lookup) -> Vec<Repair> {
        let (mut asked, mut values): (Vec<Decimal>, Vec<Decimal>) = (Vec::new(), Vec::new());
        for &number in self.own(figure).iter().filter(|number| self.open.has(**number)) {
            let Some(value) = self.wanted_by(number, figure, lookup).filter(|value| !asked.contains(value)) else {
                continue;
            };
            asked.push(value);
            for value in self.meant_by(number, figure, lookup) {
                if !values.contains(&value) {
                    values.push(value);
                }
            }
        }
        values.retain(|value| !asked.contains(value));
        let tried = values.into_iter().filter_map(|value| self.single(figure, value, lookup));
        tried.filter(|repair| repair.clean && repair.determined && repair.slip >= 3).collect()
    }

    /// The values within the roundings of what a sum asks for a figure of it, that one slip may have turned into what is
    /// printed.
    pub fn meant_by(&self, number: usize, figure: FigureId, lookup: &Lookup) -> Vec<Decimal> {
        let (own, relation) = ((self.figures.of)(figure), &self.relations[number]);
        let sides = &relation.sides;
        if sides.is_rate() || sides.product || sides.op != Op::Equal || own.value().is_sign_negative() {
            return Vec::new();
        }
        let Some(value) = self.wanted_by(number, figure, lookup) else { return Vec::new() };
        let unit = own.unit.yuan() * Decimal::from(own.sign);
        let slack = sides.slack(lookup, relation.tolerance);
        let (one, other) = ((value - slack) / unit, (value + slack) / unit);
        let meant = misprint::meant(&own.text, one.min(other), one.max(other));
        meant.plain.into_iter().chain(meant.possible).take(MEANT).map(|value| value * unit).collect()
    }

    /// Where only bounds are broken no value is asked for: what a slip makes likely, and what lies just between its
    /// neighbours in a chain of bounds, is offered.
    fn guessed(&self, figure: FigureId, lookup: &mut Lookup) -> Vec<Repair> {
        let open = || self.own(figure).iter().filter(|relation| self.open.has(**relation));
        let chain = |number: usize| {
            let sides = &self.relations[number].sides;
            sides.op == Op::AtMost && sides.left.len() == 1 && sides.right.len() == 1
        };
        if open().next().is_none() || !open().all(|&number| chain(number)) {
            return Vec::new();
        }
        let (mut least, mut most) = (Decimal::ZERO, None::<Decimal>);
        for &number in self.own(figure).iter().filter(|number| chain(**number)) {
            let sides = &self.relations[number].sides;
            if sides.left[0].figure == Some(figure) {
                let bound = lookup.value(&sides.right[0]);
                most = Some(most.map_or(bound, |most| most.min(bound)));
            } else {
                least = least.max(lookup.value(&sides.left[0]));
            }
        }
        let middle = most.filter(|most| *most >= least).map(|most| (least + most) / Decimal::TWO);
        let mut values = undone(self.figures, figure);
        values.extend(middle.filter(|middle| !values.contains(middle)));
        let mut out = Vec::new();
        for value in values {
            if let Some(mut repair) = self.single(figure, value, lookup).filter(|repair| repair.clean) {
                repair.slip += if middle == Some(value) { 2 } else { 0 };
                repair.determined = false;
                out.push(repair);
            }
        }
        out
    }

    /// The relations of a figure.
    pub fn own(&self, figure: FigureId) -> &[usize] {
        self.looking.own(figure)
    }

    /// A change of one figure, if it ends anything.
    pub fn single(&self, id: FigureId, value: Decimal, lookup: &mut Lookup) -> Option<Repair> {
        let figure = (self.figures.of)(id);
        let printed = figure.value();
        let reversed = value == -printed && &*figure.column == "增减";
        let negative = value.is_sign_negative() != printed.is_sign_negative() && !value.is_zero();
        let negative = negative && (!printed.is_zero() || value.is_sign_negative() && &*figure.column != "增减");
        if figure.unit == Unit::Count && value.is_sign_negative() || negative && !reversed {
            return None;
        }
        let weighed = self.weigh(&[(id, value)], lookup)?;
        let usual = self.usual(id);
        let slip = Slip::of(self.figures, id, value, self.figures.printed_decimals(id, value, usual));
        // Where only percentages ask for an amount, it is less likely at fault than they are.
        let bounds: Option<Vec<i64>> =
            weighed.ends.iter().map(|&end| self.relations[end].sides.slip_at_most(id, value, lookup)).collect();
        let most = bounds.and_then(|bounds| bounds.into_iter().min()).unwrap_or(i64::MAX);
        // What is printed as nothing beside it is printed was mistyped more likely than what is.
        let odd = self.figures.is_odd(id, usual) && slip.likelihood() > 2;
        let likelihood = (slip.likelihood() + if odd { 2 } else { 0 }).min(most);
        let repair = weighed.by(&[(id, value)], likelihood, slip.words(), figure.by_hand);
        Some(Repair { writable: !reversed, ..repair })
    }

    /// The decimals that are usual where a figure stands, and for what it is tied to.
    pub fn usual(&self, id: FigureId) -> u32 {
        let own = || usual(self.figures, self.relations, self.own(id), id);
        *self.usual.borrow_mut().entry(id).or_insert_with(own)
    }

    /// What would be printed for a value.
    pub fn instead(&self, id: FigureId, value: Decimal) -> Instead {
        Instead { value, decimals: self.figures.printed_decimals(id, value, self.usual(id)), sure: true }
    }

    /// Takes changes as made; what stood there before is for `undo`.
    pub fn make(&self, changes: &[(FigureId, Decimal)], lookup: &mut Lookup) -> Vec<(FigureId, Option<Instead>)> {
        let make = |&(id, value): &(FigureId, Decimal)| {
            self.looking.figure(id);
            let was = lookup.value_of(id);
            let before = lookup.instead.insert(id, self.instead(id, value));
            self.balances.try_out(id, value - was, lookup.half_ulp_of(id));
            (id, before)
        };
        changes.iter().map(make).collect()
    }

    /// Takes changes back, those that were made last.
    pub fn undo(&self, before: Vec<(FigureId, Option<Instead>)>, lookup: &mut Lookup) {
        for (id, old) in before.into_iter().rev() {
            self.balances.take_back();
            match old {
                Some(old) => lookup.instead.insert(id, old),
                None => lookup.instead.remove(&id),
            };
        }
    }
}

/// The decimals that are usual where a figure stands, and for what its relations tie it to.
pub fn usual(figures: Figures, relations: &[Arc<Relation>], own: &[usize], id: FigureId) -> u32 {
    figures.decimals(id, own.iter().flat_map(|&number| relations[number].sides.figures()).filter(|other| *other != id))
}

/// The best repair first.
pub fn rank(repair: &Repair) -> (i64, i64, bool, Reverse<usize>, FigureId) {
    (-repair.weight, -repair.slip, !repair.by_hand, Reverse(repair.exact), repair.figure)
}
