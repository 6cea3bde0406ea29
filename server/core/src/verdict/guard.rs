//! Guards against misreading: a table of which most ties are broken was misread, or is of another scope or unit. A
//! person has not mistyped half of it. Nothing is said of it, and its relations count as unchecked.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::Judge;
use crate::reading::{Figure, FigureId};
use crate::rules::formula::Op;
use crate::rules::numbers::Numbers;
use crate::rules::relation::Gap;

/// So many broken ties, if they are most of a section's, are no slips.
const ALIEN: usize = 10;

/// In a table that a system printed fewer prove it, where hardly any holds: the rows stand beside the wrong labels.
const SHIFTED: usize = 6;

/// More contradictions than this in one disclosure are no slips either, and would take long to untie.
const KNOTS: usize = 300;

/// So many wrong figures may break most of a small table.
const CULPRITS: usize = 2;

/// Ties of other rows that hold where one row alone is at fault.
const HOLDING: usize = 4;

/// A section of which ties are broken.
#[derive(Debug, Default)]
struct Suspect {
    broken: Vec<usize>,
    holding: Vec<usize>,
}

impl Judge<'_, '_> {
    /// Takes out what was most probably misread.
    pub(super) fn set_misread_aside(&mut self) {
        let aliens = self.misread();
        if !aliens.is_empty() {
            self.set_aside(&aliens);
        }
        if self.open.count() > KNOTS {
            for number in std::mem::take(&mut self.open).iter() {
                self.gaps.set(number, None);
                self.aside.insert(number);
            }
        }
    }

    fn set_aside(&mut self, aliens: &BTreeSet<u32>) {
        for number in 0..self.relations.len() {
            let alien = self.relations[number].sides.figures().any(|id| aliens.contains(&id.section));
            if alien && self.gaps[number].is_some() {
                self.gaps.set(number, None);
                self.aside.insert(number);
                self.open.remove(number);
            }
        }
    }

    /// The sections of which most ties are broken.
    pub(super) fn aliens(&mut self) -> BTreeSet<u32> {
        let mut suspects: BTreeMap<u32, Suspect> = BTreeMap::new();
        for (number, _) in self.gaps.iter().enumerate().filter(|(_, gap)| **gap == Some(Gap::Beyond)) {
            self.note(number, true, |section, _| suspects.entry(section).or_default().broken.push(number));
        }
        suspects.retain(|section, suspect| suspect.broken.len() >= SHIFTED && self.is_mostly_broken(*section, suspect));
        let mut aliens = BTreeSet::new();
        for (section, Suspect { broken, holding }) in &suspects {
            if !self.few_figures(broken, holding)
                && !self.one_row(*section, broken, holding)
                && !self.moved_column(*section, broken)
            {
                aliens.insert(*section);
            }
        }
        aliens
    }

    /// Are so many ties of a section broken that it was misread? Finds those that hold, but no more of them than prove
    /// that it was not.
    fn is_mostly_broken(&self, section: u32, suspect: &mut Suspect) -> bool {
        let figures = (self.figures.section)(section);
        let (broken, printed) = (suspect.broken.len(), figures.iter().all(|figure| !figure.by_hand));
        let misread = |strong: usize| broken >= ALIEN && broken > strong || printed && 2 * broken >= 3 * strong;
        let ties = self.figures.all(section).flat_map(|id| self.ties.own(id)).copied();
        let ties = Numbers::these(self.relations.len(), ties);
        let holds = |number: &usize| self.gaps[*number].is_some_and(|gap| gap < Gap::Beyond);
        let mut strong = 0;
        for number in ties.iter().filter(holds) {
            if !misread(strong) {
                return false;
            }
            self.note(number, false, |named, weak| {
                if named == section {
                    suspect.holding.push(number);
                    strong += usize::from(!weak);
                }
            });
        }
        misread(strong)
    }

    /// Names each section that a relation ties once. That what a row says of itself (合计 = 基本支出 + 项目支出) holds is
    /// no sign that the table was read as it was meant: it holds as well beside a wrong label. A weak sign is that two
    /// rows of one table say the same: so do their neighbours, where 类, 款 and 项 are one.
    fn note(&self, number: usize, broken: bool, mut note: impl FnMut(u32, bool)) {
        let relation = &self.relations[number];
        let mut ids = relation.sides.figures();
        let Some(first) = ids.next().filter(|_| relation.across.is_none()) else { return };
        let row = |id: FigureId| &*self.label(id).what;
        let (mut others, mut within, mut inside) = (0, true, true);
        for id in ids {
            others += 1;
            inside &= id.section == first.section;
            within &= inside && row(id) == row(first);
        }
        // Nor is a bound that leaves room: most figures are less than others.
        let within = within && others > 0 && !row(first).is_empty();
        if !broken && (within || relation.sides.op == Op::AtMost && !self.is_even(number)) {
            return;
        }
        let mut previous = None;
        for (at, id) in relation.sides.figures().enumerate() {
            let changed = previous.replace(id.section) != Some(id.section);
            if changed && !relation.sides.figures().take(at).any(|before| before.section == id.section) {
                note(id.section, inside && others == 1);
            }
        }
    }

    /// A figure of which only the label is looked at.
    fn label(&self, id: FigureId) -> &Figure {
        &(self.figures.section)(id.section)[id.index as usize]
    }

    fn is_even(&self, number: usize) -> bool {
        let sides = &self.relations[number].sides;
        sides.left_value(&self.lookup) == sides.right_value(&self.lookup)
    }

    /// One or two figures are in all broken ties, and in no equation that holds: a copy of many others was mistyped. A
    /// table of another scope holds in itself.
    fn few_figures(&self, broken: &[usize], holding: &[usize]) -> bool {
        let equal = holding.iter().filter(|&&number| self.relations[number].sides.op == Op::Equal);
        let proved: BTreeSet<FigureId> = equal.flat_map(|&number| self.relations[number].sides.figures()).collect();
        let mut rest: Vec<usize> = broken.to_vec();
        for _ in 0..CULPRITS {
            let mut count: BTreeMap<FigureId, usize> = BTreeMap::new();
            for id in rest.iter().flat_map(|&number| self.relations[number].sides.figures()) {
                if !proved.contains(&id) {
                    *count.entry(id).or_default() += 1;
                }
            }
            let culprit = count.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)));
            let Some((culprit, _)) = culprit else { break };
            rest.retain(|&number| !self.relations[number].sides.figures().any(|id| id == culprit));
        }
        rest.is_empty()
    }

    /// One row is in all broken ties and in none that holds, and the other rows hold among themselves.
    fn one_row(&self, section: u32, broken: &[usize], holding: &[usize]) -> bool {
        let rows = |number: usize| -> BTreeSet<&str> {
            let own = self.relations[number].sides.figures().filter(|id| id.section == section);
            own.map(|id| &*self.label(id).what).filter(|what| !what.is_empty()).collect()
        };
        let mut common = rows(broken[0]);
        for &number in &broken[1..] {
            let own = rows(number);
            common.retain(|row| own.contains(row));
        }
        common.iter().any(|row| {
            let others = holding.iter().filter(|&&number| !rows(number).contains(row)).count();
            others >= HOLDING && others == holding.len()
        })
    }

    /// A column that stands one row too high or too low explains the broken ties, and is told.
    fn moved_column(&mut self, section: u32, broken: &[usize]) -> bool {
        let figures: BTreeSet<FigureId> = broken
            .iter()
            .filter(|number| self.open.has(**number))
            .flat_map(|&number| self.relations[number].sides.figures())
            .filter(|id| id.section == section)
            .collect();
        let mut best = None;
        for id in figures {
            if let Some(moved) = self.column_moved(id)
                && best.as_ref().is_none_or(|best: &super::repair::Repair| best.weight < moved.weight)
            {
                best = Some(moved);
            }
        }
        let Some(moved) = best else { return false };
        if moved.ends.len() * 5 < broken.iter().filter(|number| self.open.has(**number)).count() * 4 {
            return false;
        }
        self.say(&moved, &[], true);
        true
    }
}
