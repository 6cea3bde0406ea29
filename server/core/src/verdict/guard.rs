//! Guards against misreading: a table of which most ties are broken was misread, or is of another scope or unit. A
//! person has not mistyped half of it. Nothing is said of it, and its relations count as unchecked.

use std::collections::{BTreeMap, BTreeSet};

use super::judge::Judge;
use crate::reading::FigureId;
use crate::rules::formula::Op;
use crate::rules::relation::Gap;

/// So many broken ties, if they are most of a section's, are no slips.
const ALIEN: usize = 10;

/// More contradictions than this in one disclosure are no slips either, and would take long to untie.
const KNOTS: usize = 300;

/// So many wrong figures may break most of a small table.
const CULPRITS: usize = 2;

/// Ties of other rows that hold where one row alone is at fault.
const HOLDING: usize = 4;

impl Judge<'_, '_> {
    /// Takes out what was most probably misread.
    pub(super) fn set_misread_aside(&mut self) {
        let mut ties: BTreeMap<u32, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
        for (number, (relation, gap)) in self.relations.iter().zip(&self.gaps).enumerate() {
            let Some(gap) = gap.filter(|_| relation.across.is_none()) else { continue };
            let sections: BTreeSet<u32> = relation.sides.figures().map(|id| id.section).collect();
            for section in sections {
                let (broken, holding) = ties.entry(section).or_default();
                if gap == Gap::Beyond { broken.push(number) } else { holding.push(number) }
            }
        }
        let mut aliens: BTreeSet<u32> = BTreeSet::new();
        for (section, (broken, holding)) in &ties {
            if broken.len() >= ALIEN
                && broken.len() > holding.len()
                && !self.few_figures(broken, holding)
                && !self.one_row(*section, broken, holding)
                && !self.moved_column(*section, broken)
            {
                aliens.insert(*section);
            }
        }
        for number in 0..self.relations.len() {
            let alien = self.relations[number].sides.figures().any(|id| aliens.contains(&id.section));
            if alien && self.gaps[number].take().is_some() {
                self.aside.insert(number);
                self.open.remove(&number);
            }
        }
        if self.open.len() > KNOTS {
            for number in std::mem::take(&mut self.open) {
                self.gaps[number] = None;
                self.aside.insert(number);
            }
        }
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
            own.map(|id| &*(self.figures.of)(id).what).filter(|what| !what.is_empty()).collect()
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
            .filter(|number| self.open.contains(number))
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
        if moved.ends.len() * 5 < broken.iter().filter(|number| self.open.contains(number)).count() * 4 {
            return false;
        }
        self.say(&moved, &[], true);
        true
    }
}
