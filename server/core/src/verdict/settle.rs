//! Settling one contradiction: which of its repairs is said, what else is offered, and what holds from then on.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judge::{Judge, gap_of};
use super::repair::{Repair, rank};
use super::ties::figures;
use crate::finding::Severity;
use crate::reading::FigureId;
use crate::rules::formula::Op;
use crate::rules::lookup::Lookup;
use crate::rules::relation::Gap;

/// So many figures of a sum are looked at for one that was exchanged with its neighbour.
const MANY: usize = 60;

impl Judge<'_, '_> {
    /// Says one finding, or two where two slips hide each other; returns the figures it takes as repaired.
    pub(super) fn settle(&mut self, seed: usize, mut repairs: Vec<Repair>) -> Vec<FigureId> {
        self.looking.relation(seed);
        if let Some(first) = repairs.first().cloned().filter(|_| self.steps.get() > 0) {
            let exchanged = self.search(|knot, lookup| {
                let all = || knot.relations[seed].sides.figures();
                let mut out: Vec<Repair> = match first.determined {
                    true => knot.exchanged(first.figure, None, lookup),
                    false => all().flat_map(|id| knot.exchanged(id, None, lookup)).collect(),
                };
                if first.determined && first.ends.len() == 1 {
                    // One relation speaks for any of its figures.
                    let sums = !knot.relations[seed].sides.is_rate() && !knot.relations[seed].sides.product;
                    let others = all().filter(|id| sums && *id != first.figure).take(MANY);
                    let asking = (seed, knot.relations[seed].sides.slack(lookup, knot.relations[seed].tolerance));
                    out.extend(others.flat_map(|id| knot.exchanged(id, Some(asking), lookup)));
                }
                out
            });
            for one in exchanged.into_iter().filter(|one| one.weight >= first.weight) {
                if !repairs.iter().any(|known| known.figure == one.figure && known.also == one.also) {
                    repairs.push(Repair { determined: first.determined, ..one });
                }
            }
            repairs.sort_by_key(rank);
        }
        let own = repairs.iter().find(|repair| self.is_own(repair.figure));
        let Some(first) = own.filter(|first| first.weight > 0 && first.ends.contains(&seed)).cloned() else {
            return self.hidden(seed, &repairs).unwrap_or_else(|| self.undecided(seed, &repairs));
        };
        let rivals: Vec<Repair> = repairs
            .iter()
            .filter(|other| {
                other.figure != first.figure && other.weight >= first.weight && other.ends.len() >= first.ends.len()
            })
            .cloned()
            .collect();
        let by_slip = first.weight >= 2 && rivals.iter().all(|other| other.slip + 2 <= first.slip);
        let by_hand = first.by_hand && rivals.iter().all(|other| !other.by_hand);
        // Another file alone proves nothing of this one.
        let backed = first.ends.iter().any(|&end| self.relations[end].across.is_none());
        let alone = !repairs.iter().any(|other| first.is_matched_by(other));
        let certain = backed && alone && !first.breaks && (rivals.is_empty() || by_slip || by_hand);
        if !(certain && first.clean)
            && first.determined
            && backed
            && let Some(touched) = self.hidden(seed, &repairs)
        {
            return touched;
        }
        let others: Vec<Repair> = if first.determined && certain {
            Vec::new()
        } else {
            let likely = |repair: &&Repair| repair.determined || repair.slip >= 3 && repair.weight >= first.weight;
            repairs.iter().filter(|other| *other != &first).filter(likely).cloned().collect()
        };
        self.say(&first, &others, certain)
    }

    /// A repair of several figures where no single one makes everything hold.
    fn hidden(&mut self, seed: usize, singles: &[Repair]) -> Option<Vec<FigureId>> {
        if self.steps.get() == 0 || self.relations[seed].across.is_some() {
            return None;
        }
        let least = singles.first().map_or(0, |first| first.weight).max(0);
        if let Some(several) = self.search(|knot, lookup| knot.several(lookup, seed, least)) {
            return Some(self.say(&several, &[], true));
        }
        let (one, two) = self.search(|knot, lookup| knot.two(lookup, seed, singles))?;
        let mut touched = self.say(&one, &[], true);
        touched.extend(self.say(&two, &[], true));
        Some(touched)
    }

    /// Says a contradiction by a repair; `others` are repairs that may be meant as well.
    pub(super) fn say(&mut self, first: &Repair, others: &[Repair], certain: bool) -> Vec<FigureId> {
        let at = first.figure;
        let mut fixes = Vec::new();
        if (first.determined || first.slip >= 3) && first.writable {
            fixes.push(self.offer(first, at));
        }
        let short = first.ends.iter().all(|&end| self.relations[end].sides.terms().count() <= 3);
        let mine = |other: &&Repair| other.writable && self.is_own(other.figure);
        for other in others.iter().filter(mine).take(if short { 3 } else { 1 }) {
            let fix = self.offer(other, at);
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        let sure = certain && first.determined && !self.rests_on_a_guess(first);
        let judgement = self.judgement(at, Some(first), &first.ends, fixes, sure);
        self.out.push(Arc::new(judgement));
        for number in &first.ends {
            self.open.remove(*number);
        }
        if first.ends.iter().all(|&end| self.relations[end].across.is_some()) {
            return Vec::new();
        }
        let changed = first.changes();
        self.search(|knot, lookup| {
            knot.make(&changed, lookup);
            for (id, _) in &changed {
                lookup.instead.entry(*id).and_modify(|instead| instead.sure = sure);
            }
        });
        self.repair(changed.iter().map(|(id, _)| *id));
        changed.iter().for_each(|(id, _)| self.reopen(*id, &first.ends));
        changed.into_iter().map(|(id, _)| id).collect()
    }

    /// Would a repair not hold, or break anything, if the figures were left as printed whose own repair is a guess? Whoever
    /// makes only what is sure makes it without them.
    fn rests_on_a_guess(&mut self, repair: &Repair) -> bool {
        let guessed: BTreeSet<FigureId> =
            self.lookup.instead.iter().filter(|(_, instead)| !instead.sure).map(|(id, _)| *id).collect();
        if guessed.is_empty() {
            return false;
        }
        let printed = Lookup::printed(self.lookup.figure);
        let mut made = Lookup { instead: self.lookup.instead.clone(), ..Lookup::printed(self.lookup.figure) };
        made.instead.retain(|_, instead| instead.sure);
        let changes = repair.changes();
        self.search(|knot, _| made.instead.extend(changes.iter().map(|&(id, value)| (id, knot.instead(id, value)))));
        changes.iter().flat_map(|(id, _)| self.own(*id)).any(|&number| {
            let relation = &self.relations[number];
            if relation.severity == Severity::Hint || !figures(relation).any(|id| guessed.contains(&id)) {
                return false;
            }
            self.looking.relation(number);
            match repair.ends.contains(&number) {
                true => gap_of(relation, &made) > Some(Gap::Soft),
                false => gap_of(relation, &printed) < Some(Gap::Beyond) && gap_of(relation, &made) == Some(Gap::Beyond),
            }
        })
    }

    /// No repair does more good than harm: the ends are named, that typed by hand first.
    fn undecided(&mut self, seed: usize, repairs: &[Repair]) -> Vec<FigureId> {
        self.open.remove(seed);
        let sides = &self.relations[seed].sides;
        let mut figures: Vec<FigureId> = sides.figures().filter(|id| self.is_own(*id)).collect();
        let bound = sides
            .right
            .iter()
            .filter_map(|term| term.figure)
            .next()
            .filter(|_| sides.op == Op::AtMost && sides.left.len() > 1);
        figures.sort_by_key(|id| (bound != Some(*id), !(self.figures.of)(*id).by_hand));
        let Some(&at) = figures.first() else { return Vec::new() };
        let short = sides.terms().count() <= 3;
        let mut fixes = Vec::new();
        let mine = |other: &&Repair| other.determined && other.writable && self.is_own(other.figure);
        for other in repairs.iter().filter(mine).take(if short { 3 } else { 1 }) {
            let fix = self.offer(other, at);
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        let judgement = self.judgement(at, None, &[seed], fixes, false);
        self.out.push(Arc::new(judgement));
        Vec::new()
    }

    /// With a figure repaired, its other relations may be contradicted by what is still wrong.
    fn reopen(&mut self, figure: FigureId, explained: &[usize]) {
        for &number in self.own(figure) {
            if self.aside.contains(&number) {
                continue;
            }
            let gap = gap_of(&self.relations[number], &self.lookup);
            self.gaps.set(number, gap);
            if gap == Some(Gap::Beyond) && !explained.contains(&number) {
                // Said once is enough: only what was open before stays open.
                continue;
            }
            self.open.remove(number);
        }
    }
}
