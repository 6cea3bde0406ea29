//! Gaps that rounding explains.

use std::collections::{BTreeSet, HashMap};

use super::judge::{Judge, Judgement, explained};
use super::message::{equation, name_of, placed};
use super::repair::{Knot, Repair, undo};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::rules::note::Note;
use crate::rules::page::Tolerance;
use crate::rules::relation::{Gap, Lookup, Verdict};

/// From how many small gaps on the cells of a disclosure count as rounded each by itself.
const BY_CELL: usize = 5;

impl Judge<'_, '_> {
    /// Gaps that rounding explains are hints, unless two sums of system-printed tables agree on another value for one
    /// figure: a system does not round twice to the same wrong cent.
    pub(super) fn roundings(&mut self, notes: &[Note]) {
        let said: BTreeSet<usize> = self.out.iter().flat_map(|judgement| judgement.explains.iter().copied()).collect();
        let repaired: BTreeSet<FigureId> = self.lookup.instead.keys().copied().collect();
        let mut rounded: BTreeSet<usize> = (0..self.relations.len())
            .filter(|&number| {
                let relation = &self.relations[number];
                matches!(self.gaps[number], Some(Gap::Soft | Gap::Hard))
                    && relation.tolerance == Tolerance::Sum
                    && !said.contains(&number)
                    && !explained(relation, notes)
                    && !relation.sides.figures().any(|id| repaired.contains(&id))
            })
            .collect();
        // Where many sums of the system's tables are off by a cent, each cell was rounded by itself.
        let soft = |number: &&usize| self.relations[**number].system && self.gaps[**number] == Some(Gap::Soft);
        let by_cell = rounded.iter().filter(soft).count() >= BY_CELL;
        let exact = self.gaps.iter().filter(|gap| **gap == Some(Gap::None)).count();
        for number in rounded.clone() {
            if !rounded.contains(&number) || !self.relations[number].system || exact < 10 * rounded.len() {
                continue;
            }
            let (relations, gaps, of, open) = (self.relations, &self.gaps, &self.of, &rounded);
            let knot =
                Knot { relations, gaps, of, open, figures: self.figures, beyond: self.beyond, steps: &self.steps };
            let repairs: Vec<Repair> = knot.repairs(&mut self.lookup, number);
            let Some(best) = repairs.into_iter().find(|repair| {
                repair.ends.len() >= 2 && repair.weight >= 2 * repair.ends.len() as i64 && self.exactly(repair)
            }) else {
                continue;
            };
            let fixes = vec![self.offer(&best, best.figure)];
            let mut judgement = self.judgement(best.figure, Some(&best), &best.ends.clone(), fixes, true);
            judgement.severity = judgement.severity.max(Severity::Warning);
            best.ends.iter().for_each(|end| {
                rounded.remove(end);
            });
            self.out.push(judgement);
        }
        for number in rounded {
            let relation = &self.relations[number];
            let total = if relation.sides.left.len() <= relation.sides.right.len() {
                relation.sides.left.first()
            } else {
                relation.sides.right.first()
            };
            let at = total.and_then(|term| term.figure).or_else(|| relation.sides.figures().next());
            let Some(at) = at.filter(|id| self.is_own(*id)) else {
                continue;
            };
            let printed = Lookup { figure: self.figures.of, instead: HashMap::new() };
            let sentence = placed(relation, equation(relation, &printed, Verdict::Rounded));
            let grave = self.gaps[number] == Some(Gap::Hard) && !(relation.system && by_cell);
            let (zh, en) =
                if grave { ("尾差偏大", "larger than rounding usually leaves") } else { ("尾差", "rounding") };
            self.out.push(Judgement {
                page: relation.page,
                severity: if grave { relation.severity.max(Severity::Warning) } else { Severity::Hint },
                figure: at,
                message: Message::new(format!("{}（{zh}）", sentence.zh), format!("{} ({en})", sentence.en)),
                related: relation
                    .sides
                    .figures()
                    .filter(|id| *id != at)
                    .take(16)
                    .map(|id| {
                        (id, {
                            let name = name_of(relation, id);
                            Message::new(name.clone(), name)
                        })
                    })
                    .collect(),
                fixes: Vec::new(),
                certain: false,
                explains: vec![number],
            });
        }
    }

    /// Does the repair make its relations hold to the last digit?
    fn exactly(&mut self, repair: &Repair) -> bool {
        self.search(|knot, lookup| {
            let before = knot.make(&[(repair.figure, repair.value)], lookup);
            let exact = repair.ends.iter().all(|&end| knot.relations[end].gap(lookup) == Gap::None);
            undo(before, lookup);
            exact
        })
    }
}
