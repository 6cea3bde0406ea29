//! XT14: which projects make up the 项目支出 of which 科目, where the amounts leave one answer.

use std::hash::{Hash, Hasher};

use rust_decimal::Decimal;

use super::{relation, term};
use crate::hash::hasher;
use crate::reading::FigureId;
use crate::reading::fact_table::CellFact;
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;

/// Most 科目 and projects that are tried.
const ROWS: usize = 16;
const SHEETS: usize = 24;

/// Most steps of the search; past them nothing is said.
const STEPS: usize = 40_000;

#[derive(Hash)]
struct Part {
    id: FigureId,
    value: Decimal,
    label: String,
}

/// Lays, for each 项 of the expenditure table, its 项目支出 as the sum of the projects that only it can hold.
pub fn allocate(context: &Context, page: usize, laid: &mut Laid) {
    let Some(table) = context.disclosure.table("支出总表").filter(|table| !table.repeated_codes) else { return };
    let Some(column) = table.column("项目支出") else { return };
    let part = |id: FigureId, label: String| Part { id, value: context.figure(id).value(), label };
    let rows: Vec<Part> = table
        .rows
        .iter()
        .filter(|fact| fact.row.kind == RowKind::Subject(3))
        .filter_map(|fact| match fact.cells[column] {
            CellFact::Figure(id) => Some(part(id, format!("{}的项目支出", fact.row.what()))),
            _ => None,
        })
        .filter(|row| row.value > Decimal::ZERO)
        .collect();
    let sheets: Vec<Part> = context
        .disclosure
        .sheets()
        .filter_map(|(section, sheet)| {
            let id = FigureId { section, index: sheet.budget? };
            Some(part(id, sheet.name.text.clone()))
        })
        .filter(|sheet| sheet.value > Decimal::ZERO)
        .collect();
    if rows.is_empty() || rows.len() > ROWS || sheets.is_empty() || sheets.len() > SHEETS {
        return;
    }
    let mut hash = hasher();
    (&rows, &sheets).hash(&mut hash);
    if context.recalls(hash.finish(), laid) {
        return;
    }
    for (row, own) in forced(&rows, &sheets).into_iter().enumerate() {
        if own.is_empty() {
            continue;
        }
        let left = vec![term(rows[row].id, rows[row].label.clone())];
        let right = own.iter().map(|&sheet| term(sheets[sheet].id, sheets[sheet].label.clone())).collect();
        laid.relations.push(relation(context, page, left, Op::Equal, right, ""));
    }
}

/// For each row its sheets, where every way to part the sheets among the rows gives it the same; else where the rest is
/// told by amounts that stand once on either side.
fn forced(rows: &[Part], sheets: &[Part]) -> Vec<Vec<usize>> {
    let nothing = || vec![Vec::new(); rows.len()];
    let (Some(left), Some(values)) = (whole(rows, sheets, rows), whole(rows, sheets, sheets)) else { return nothing() };
    if left.iter().sum::<i64>() != values.iter().sum::<i64>() {
        return by_value(rows, sheets);
    }
    // The largest first: they have the fewest places.
    let mut order: Vec<usize> = (0..sheets.len()).collect();
    order.sort_by_key(|&sheet| std::cmp::Reverse(values[sheet]));
    let same = vec![true; rows.len()];
    let mut search = Search { order, values, left, of: vec![0; sheets.len()], first: None, same, steps: 0 };
    search.place(0);
    let Some(first) = search.first.filter(|_| search.steps < STEPS) else { return nothing() };
    let of = |row: usize| (0..sheets.len()).filter(|&sheet| first[sheet] == row).collect::<Vec<_>>();
    (0..rows.len()).map(|row| if search.same[row] { of(row) } else { Vec::new() }).collect()
}

/// Values as whole numbers of the finest decimal that any has; none where one is too large.
fn whole(rows: &[Part], sheets: &[Part], wanted: &[Part]) -> Option<Vec<i64>> {
    let scale = rows.iter().chain(sheets).map(|part| part.value.normalize().scale()).max().unwrap_or_default();
    let exact = |part: &Part| {
        let mut value = part.value.normalize();
        value.rescale(scale);
        (value.scale() == scale).then(|| i64::try_from(value.mantissa()).ok()).flatten()
    };
    // So many of the largest add up without going over.
    let value = |part| exact(part).filter(|value| value.abs() < i64::MAX / 64);
    wanted.iter().map(value).collect()
}

/// Pairs by amounts that stand once on either side; what is left of both, if it is one of each, belongs together.
fn by_value(rows: &[Part], sheets: &[Part]) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); rows.len()];
    let once = |parts: &[Part], value: Decimal| parts.iter().filter(|part| part.value == value).count() == 1;
    let mut used = vec![false; sheets.len()];
    for (row, own) in rows.iter().enumerate().filter(|(_, row)| once(rows, row.value) && once(sheets, row.value)) {
        for (sheet, _) in sheets.iter().enumerate().filter(|(_, sheet)| sheet.value == own.value) {
            out[row].push(sheet);
            used[sheet] = true;
        }
    }
    let paired = used.iter().filter(|used| **used).count();
    let open: Vec<usize> = (0..rows.len()).filter(|&row| out[row].is_empty()).collect();
    let spare: Vec<usize> = (0..sheets.len()).filter(|&sheet| !used[sheet]).collect();
    if let ([row], [sheet], true) = (open.as_slice(), spare.as_slice(), paired >= 2) {
        out[*row].push(*sheet);
    }
    out
}

struct Search {
    /// The sheets in the order they are placed, the largest first.
    order: Vec<usize>,
    /// Their values.
    values: Vec<i64>,
    /// What each row has room for.
    left: Vec<i64>,
    /// The row of each sheet placed so far.
    of: Vec<usize>,
    first: Option<Vec<usize>>,
    /// Rows whose sheets are the same in all ways found.
    same: Vec<bool>,
    steps: usize,
}

impl Search {
    fn place(&mut self, number: usize) {
        self.steps += 1;
        // Where no row is left that is told for sure, there is nothing to be found.
        if self.steps >= STEPS || !self.same.contains(&true) {
            return;
        }
        let Some(&sheet) = self.order.get(number) else {
            self.found();
            return;
        };
        let own = self.values[sheet];
        let smallest = self.order.last().map_or(0, |&last| self.values[last]);
        for row in 0..self.left.len() {
            let rest = self.left[row] - own;
            // Room that not even the smallest fills.
            if rest < 0 || rest > 0 && rest < smallest {
                continue;
            }
            self.left[row] = rest;
            self.of[sheet] = row;
            self.place(number + 1);
            self.left[row] = rest + own;
        }
    }

    fn found(&mut self) {
        // The totals are equal, so that every row is full.
        match &self.first {
            None => self.first = Some(self.of.clone()),
            Some(first) => {
                for (before, now) in first.iter().zip(&self.of).filter(|(before, now)| before != now) {
                    self.same[*before] = false;
                    self.same[*now] = false;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(values: &[i64]) -> Vec<Part> {
        let id = FigureId { section: 0, index: 0 };
        values.iter().map(|&value| Part { id, value: Decimal::from(value), label: String::new() }).collect()
    }

    #[test]
    fn only_what_the_amounts_force_is_placed() {
        // 30 is 10+20 and nothing else; 7 is 7.
        assert_eq!(forced(&parts(&[30, 7]), &parts(&[10, 7, 20])), [vec![0, 2], vec![1]]);
        // 18 is 8+10 or the other 8 and 10: the two are not told apart.
        assert_eq!(forced(&parts(&[18, 8, 5]), &parts(&[8, 8, 10, 5])), [vec![], vec![], vec![3]]);
        // One amount was mistyped: the others are paired, and so is the rest.
        assert_eq!(forced(&parts(&[30, 7, 12]), &parts(&[30, 12, 70])), [vec![0], vec![2], vec![1]]);
        assert_eq!(forced(&parts(&[30, 7]), &parts(&[3, 9])), [Vec::<usize>::new(), vec![]]);
    }
}
