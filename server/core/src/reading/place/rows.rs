//! The rows below the one that chose the columns: placements by which the children of a row add up to it.

use super::{Placer, STEPS, choices};
use crate::catalog::Shape;
use crate::reading::table::RowKind;

impl Placer<'_> {
    /// All placements of a row of which none satisfies its identity. The total is printed in any case; and where a zero
    /// stands among the parts says nothing.
    fn broken(&self, row: usize, used: &[usize]) -> Vec<Vec<usize>> {
        let values = &self.values[row];
        let mut all = choices(used, values.len());
        let totals: Vec<usize> = self.identities.iter().map(|identity| identity.total).collect();
        let whole = |columns: &Vec<usize>| totals.iter().all(|total| !used.contains(total) || columns.contains(total));
        if all.iter().any(whole) {
            all.retain(whole);
        }
        let placed = |columns: &[usize]| -> Vec<(usize, i64)> {
            columns.iter().copied().zip(values.iter().copied()).filter(|(_, value)| *value != 0).collect()
        };
        let mut seen: Vec<Vec<(usize, i64)>> = Vec::new();
        all.retain(|columns| {
            let own = placed(columns);
            let new = !seen.contains(&own);
            seen.push(own);
            new
        });
        all
    }

    /// Places these rows, all but the head, in the columns that it uses.
    pub(super) fn rows_under(&mut self, rows: &[usize], head: usize, used: &[usize]) {
        for &row in rows {
            if self.fixed.contains_key(&row) {
                continue;
            }
            if self.values[row].len() == used.len() {
                self.fixed.insert(row, used.to_vec());
            } else if let [only] = self.candidates(row, used).as_slice() {
                self.fixed.insert(row, only.clone());
            }
        }
        // From the total downward: the children of a placed row must add up to it.
        let mut queue = vec![(head, self.top(rows, head))];
        queue.extend(
            rows.iter().map(|&row| (row, self.table.children(row).filter(|child| rows.contains(child)).collect())),
        );
        for (parent, children) in queue {
            if children.iter().any(|child| !self.fixed.contains_key(child)) {
                self.group(parent, &children, used);
            }
        }
    }

    /// The rows that the head is the sum of.
    fn top(&self, rows: &[usize], head: usize) -> Vec<usize> {
        if self.table.rows[head].kind != RowKind::Total && self.table.form.shape != Shape::Sided {
            return Vec::new();
        }
        let classes = |row: &usize| matches!(self.table.rows[*row].kind, RowKind::Subject(1));
        let items = |row: &usize| {
            *row != head && self.table.rows[*row].parent.is_none() && self.table.rows[*row].kind == RowKind::Item
        };
        let subjects: Vec<usize> = rows.iter().copied().filter(classes).collect();
        if subjects.is_empty() && self.table.form.shape == Shape::Sided {
            rows.iter().copied().filter(items).collect()
        } else {
            subjects
        }
    }

    /// Places the children of a row so that they add up to it in every column.
    fn group(&mut self, parent: usize, children: &[usize], used: &[usize]) {
        let Some(columns) = self.fixed.get(&parent) else { return };
        let mut target: Vec<i64> = used
            .iter()
            .map(|column| columns.iter().position(|c| c == column).map_or(0, |at| self.values[parent][at]))
            .collect();
        let mut open: Vec<(usize, Vec<Vec<usize>>)> = Vec::new();
        for &child in children {
            match self.fixed.get(&child) {
                Some(columns) => take(&mut target, used, columns, &self.values[child]),
                None => {
                    let sound = self.candidates(child, used);
                    let all = if sound.is_empty() { self.broken(child, used) } else { sound };
                    open.push((child, all));
                }
            }
        }
        let mut search = Search { placer: self, used, open: &open, best: usize::MAX, found: Vec::new(), steps: 0 };
        search.go(&mut Vec::new(), &target);
        let (found, exhausted) = (std::mem::take(&mut search.found), search.steps >= STEPS);
        if exhausted {
            return;
        }
        for (index, (child, all)) in open.iter().enumerate() {
            let mut picks = found.iter().map(|picks| picks[index]);
            if let Some(first) = picks.next()
                && picks.all(|pick| pick == first)
            {
                self.fixed.insert(*child, all[first].clone());
            }
        }
    }
}

/// Looks for the placements of a group that leave the fewest columns not adding up.
struct Search<'a, 'b> {
    placer: &'a Placer<'b>,
    used: &'a [usize],
    open: &'a [(usize, Vec<Vec<usize>>)],
    best: usize,
    found: Vec<Vec<usize>>,
    steps: usize,
}

impl Search<'_, '_> {
    fn go(&mut self, picks: &mut Vec<usize>, target: &[i64]) {
        self.steps += 1;
        if self.steps >= STEPS {
            return;
        }
        let Some((child, all)) = self.open.get(picks.len()) else {
            let slack = self.open.len() as i64 / 2 + 1;
            let off = target.iter().filter(|rest| rest.abs() > slack).count();
            if off < self.best {
                self.best = off;
                self.found.clear();
            }
            if off == self.best {
                self.found.push(picks.clone());
            }
            return;
        };
        for (pick, columns) in all.iter().enumerate() {
            let mut rest = target.to_vec();
            take(&mut rest, self.used, columns, &self.placer.values[*child]);
            // Amounts are not negative: a column that has run over stays over.
            let over = rest.iter().filter(|left| **left < -(self.open.len() as i64)).count();
            if over > self.best {
                continue;
            }
            picks.push(pick);
            self.go(picks, &rest);
            picks.pop();
        }
    }
}

fn take(target: &mut [i64], used: &[usize], columns: &[usize], values: &[i64]) {
    for (column, value) in columns.iter().zip(values) {
        if let Some(at) = used.iter().position(|c| c == column) {
            target[at] -= value;
        }
    }
}
