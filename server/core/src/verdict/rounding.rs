//! Gaps that rounding explains.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rust_decimal::Decimal;

use super::gaps::Gaps;
use super::judge::{Judge, Judgement, Offer};
use super::message::{equation, name_of, placed};
use super::repair::{Repair, usual};
use super::slip::Slip;
use super::style::{Figures, is_padded};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::rules::Relation;
use crate::rules::formula::Op;
use crate::rules::lookup::Lookup;
use crate::rules::numbers::Numbers;
use crate::rules::page::Tolerance;
use crate::rules::relation::{Gap, Term, Verdict};

/// So many figures of a sum, and relations of a figure, are looked at for what is printed oddly.
const WIDE: usize = 40;

/// So many values that do equally well are offered for a figure that is printed oddly.
const RESTORED: usize = 2;

/// Where each cell is rounded by itself, a sum of two parts or more is off in one of four at least. Where the figures
/// are what they are, it is off by a slip only, once in hundreds. One in so many that are not is the even chance of
/// both: log(0.25 ÷ 0.005) to log(1 ÷ 0.7).
const ODDS: usize = 12;

/// Was each cell of the tables rounded by itself (kept in 元, printed in 万元)? Told by how many of the sums that a system
/// printed are off by what rounding leaves. Of a budget, those of one figure count once: one slip may be their cause.
/// Accounts mostly are rounded so: less proves it.
pub(super) fn rounded_by_cell(relations: &[Arc<Relation>], gaps: &Gaps, figures: Figures) -> bool {
    let sum = |relation: &Relation| {
        let sides = &relation.sides;
        let equation = sides.op == Op::Equal && !sides.product && !sides.is_rate() && relation.across.is_none();
        equation && relation.tolerance == Tolerance::Sum && !sides.figures().any(|id| (figures.of)(id).by_hand)
    };
    let mut shared: BTreeMap<FigureId, usize> = BTreeMap::new();
    let (mut off, mut accounts) = (0, false);
    for relation in gaps.rounded().iter().map(|number| &*relations[number]) {
        if sum(relation) {
            off += 1;
            accounts |= !relation.system;
            relation.sides.figures().for_each(|id| *shared.entry(id).or_default() += 1);
        }
    }
    if off == 0 {
        return false;
    }
    let causes = off + 1 - shared.values().max().copied().unwrap_or(1);
    let most = if accounts { 2 * off * ODDS } else { causes * ODDS };
    // A sum of one part that is not nothing is a copy: it is never off.
    let telling = |relation: &Relation| {
        let nonzero = relation.sides.figures().filter(|id| !(figures.of)(*id).amount.value.is_zero());
        nonzero.take(3).count() == 3
    };
    let held = relations.iter().zip(&**gaps).filter(|(_, gap)| **gap == Some(Gap::None)).map(|(relation, _)| relation);
    (accounts || causes > 1) && held.filter(|relation| sum(relation) && telling(relation)).take(most).count() < most
}

impl Judge<'_, '_> {
    /// Gaps that rounding explains are hints, unless two sums of system-printed tables agree on another value for one
    /// figure: a system does not round twice to the same wrong cent.
    pub(super) fn roundings(&mut self, explained: &Numbers) {
        let said: BTreeSet<usize> = self.out.iter().flat_map(|judgement| judgement.explains.iter().copied()).collect();
        let repaired: BTreeSet<FigureId> = self.lookup.instead.keys().copied().collect();
        let mut rounded = self.gaps.rounded();
        for number in rounded.clone().iter() {
            let relation = &self.relations[number];
            let open = relation.tolerance == Tolerance::Sum
                && !said.contains(&number)
                && !explained.has(number)
                && !relation.sides.figures().any(|id| repaired.contains(&id));
            if !open {
                rounded.remove(number);
            }
        }
        for number in rounded.clone().iter() {
            if !rounded.has(number) || !self.relations[number].system || self.by_cell {
                continue;
            }
            let repairs: Vec<Repair> = self.search_among(&rounded, |knot, lookup| knot.repairs(lookup, number));
            let Some(best) = repairs.into_iter().find(|repair| {
                repair.ends.len() >= 2 && repair.weight >= 2 * repair.ends.len() as i64 && self.exactly(repair)
            }) else {
                continue;
            };
            let fixes = vec![self.offer(&best, best.figure)];
            let mut judgement = self.judgement(best.figure, Some(&best), &best.ends.clone(), fixes, true);
            judgement.severity = judgement.severity.max(Severity::Warning);
            best.ends.iter().for_each(|end| rounded.remove(*end));
            self.out.push(Arc::new(judgement));
        }
        for number in rounded.iter() {
            let told = self.told(number);
            self.out.extend(told.map(Arc::new));
        }
    }

    /// A gap that rounding explains, at the total of its sum, or at the figure that is the likely cause.
    fn told(&mut self, number: usize) -> Option<Judgement> {
        let filled = self.filled(number);
        let suspect = self.odd(number).or(filled);
        let relation = &self.relations[number];
        let total = if relation.sides.left.len() <= relation.sides.right.len() {
            relation.sides.left.first()
        } else {
            relation.sides.right.first()
        };
        let at = suspect.or_else(|| total.and_then(|term| term.figure)).or_else(|| relation.sides.figures().next());
        let at = at.filter(|id| self.is_own(*id))?;
        let fixes = suspect.map_or(Vec::new(), |suspect| self.restored(suspect, number));
        let relation = &self.relations[number];
        let printed = Lookup::printed(self.figures.of);
        let mut sentence = placed(relation, equation(relation, &printed, Verdict::Rounded));
        if let Some(hint) = filled.and_then(|_| self.counted_wrong(number)) {
            sentence.zh += &format!("；{}", hint.zh);
            sentence.en += &format!("; {}", hint.en);
        }
        let far = || relation.sides.is_far(&printed, relation.tolerance);
        let grave = self.gaps[number] == Some(Gap::Hard) && (!self.by_cell || far());
        let (zh, en) =
            if grave { ("尾差偏大", "larger than rounding usually leaves") } else { ("尾差", "rounding") };
        let named = |id: FigureId| {
            let name = name_of(relation, id);
            (id, Message::new(name.clone(), name))
        };
        Some(Judgement {
            page: relation.page,
            severity: if grave { relation.severity.max(Severity::Warning) } else { Severity::Hint },
            figure: at,
            message: Message::new(format!("{}（{zh}）", sentence.zh), format!("{} ({en})", sentence.en)),
            related: relation.sides.figures().filter(|id| *id != at).take(16).map(named).collect(),
            fixes,
            certain: false,
            explains: vec![number],
        })
    }

    /// The part of a sum that is just what is over, where rounding hardly leaves as much and nothing else would be
    /// printed as zeros.
    fn filled(&self, number: usize) -> Option<FigureId> {
        let sides = &self.relations[number].sides;
        let (parts, total) = match (sides.left.as_slice(), sides.right.as_slice()) {
            ([total], parts) | (parts, [total]) if self.gaps[number] == Some(Gap::Hard) => (parts, total),
            _ => return None,
        };
        let value = |term: &Term| self.lookup.signed(term);
        let over = parts.iter().map(value).sum::<Decimal>() - value(total);
        let mut same = parts.iter().filter(|part| over > Decimal::ZERO && value(part) == over);
        let id = same.next().and_then(|part| part.figure).filter(|_| same.next().is_none())?;
        self.figures.prints_zeros(id).then_some(id)
    }

    /// The figure of a sum that is printed with other decimals than what stands beside it: it was mistyped.
    fn odd(&self, number: usize) -> Option<FigureId> {
        let figures = || self.relations[number].sides.figures().take(WIDE);
        let printed = |id: FigureId| (self.figures.of)(id);
        let first = printed(figures().next()?).amount.decimals;
        if figures().all(|id| printed(id).amount.decimals == first && !is_padded(&printed(id).text)) {
            return None;
        }
        let usual = |id: FigureId| usual(self.figures, self.relations, self.own(id), id);
        figures().find(|id| self.is_own(*id) && self.figures.is_odd(*id, usual(*id)))
    }

    /// What an oddly printed figure should be: of the values that its relations ask for and that one slip turns into
    /// what is printed, those that most of them agree with.
    fn restored(&mut self, id: FigureId, sum: usize) -> Vec<Offer> {
        let mut known: Vec<(usize, Decimal)> = self.search(|knot, lookup| {
            let mut values: Vec<Decimal> = knot.meant_by(sum, id, lookup);
            for &number in knot.own(id).iter().take(WIDE) {
                let sides = &knot.relations[number].sides;
                let value =
                    if sides.op == Op::Equal && !sides.is_rate() { knot.wanted_by(number, id, lookup) } else { None };
                values.extend(value.filter(|value| !values.contains(value)));
            }
            let printed = (knot.figures.of)(id).value();
            let tried = values.into_iter().filter(|value| *value != printed).filter_map(|value| {
                let decimals = knot.figures.printed_decimals(id, value, knot.usual(id));
                if Slip::of(knot.figures, id, value, decimals).likelihood() < 4 {
                    return None;
                }
                let before = knot.make(&[(id, value)], lookup);
                let gaps = || knot.own(id).iter().map(|&number| knot.gap(number, lookup));
                let agree = gaps().filter(|gap| *gap == Gap::None).count();
                let broken = gaps().any(|gap| gap == Gap::Beyond);
                knot.undo(before, lookup);
                (!broken).then_some((agree, value))
            });
            tried.collect()
        });
        known.sort_by_key(|(agree, value)| (Reverse(*agree), *value));
        let most = known.first().map_or(0, |(agree, _)| *agree);
        known.retain(|(agree, _)| *agree == most);
        known.dedup();
        let offers = known.into_iter().take(RESTORED).map(|(_, value)| {
            let new = self.printed(id, value);
            let title = Message::new(format!("改为 {new}"), format!("Change to {new}"));
            Offer { title, edits: vec![(id, new)] }
        });
        offers.collect()
    }

    /// Does the repair make its relations hold to the last digit?
    fn exactly(&mut self, repair: &Repair) -> bool {
        self.search(|knot, lookup| {
            let before = knot.make(&[(repair.figure, repair.value)], lookup);
            let exact = repair.ends.iter().all(|&end| knot.gap(end, lookup) == Gap::None);
            knot.undo(before, lookup);
            exact
        })
    }
}
