//! XT14: which projects make up the 项目支出 of which 科目, where the amounts leave one answer.

use std::hash::{Hash, Hasher};

use rust_decimal::Decimal;

use super::project::{Budgeted, budgeted};
use super::{relation, term};
use crate::hash::hasher;
use crate::reading::FigureId;
use crate::reading::fact_table::CellFact;
use crate::reading::table::{Row, RowKind};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::relation::Term;

/// Most 科目 and projects that are tried.
const ROWS: usize = 16;
const SHEETS: usize = 24;

/// Most steps of the search; past them nothing is said.
const STEPS: usize = 40_000;

struct Part<'a> {
    id: FigureId,
    value: Decimal,
    of: Of<'a>,
}

/// Whose figure it is.
enum Of<'a> {
    Subject(&'a Row),
    Project(&'a str),
}

impl Part<'_> {
    fn term(&self) -> Term {
        let label = match self.of {
            Of::Subject(row) => format!("{}的项目支出", row.what()),
            Of::Project(name) => name.to_owned(),
        };
        term(self.id, label)
    }
}

impl Hash for Part<'_> {
    fn hash<H: Hasher>(&self, hash: &mut H) {
        (self.id, self.value).hash(hash);
        match self.of {
            Of::Subject(Row { name, code, .. }) => (&name.text, code.as_ref().map(|code| &code.text)).hash(hash),
            Of::Project(name) => name.hash(hash),
        }
    }
}

/// Lays, for each 项 of the expenditure table, its 项目支出 as the sum of the projects that only it can hold.
pub fn allocate(context: &Context, page: usize, laid: &mut Laid) {
    let Some(table) = context.disclosure.table("支出总表").filter(|table| !table.repeated_codes) else { return };
    let Some(column) = table.column("项目支出") else { return };
    let rows: Vec<Part> = table
        .rows
        .iter()
        .filter(|fact| fact.row.kind == RowKind::Subject(3))
        .filter_map(|fact| match fact.cells[column] {
            CellFact::Figure(id) => Some(Part { id, value: context.figure(id).value(), of: Of::Subject(&fact.row) }),
            _ => None,
        })
        .filter(|row| row.value > Decimal::ZERO)
        .collect();
    let sheets: Vec<Part> = budgeted(context)
        .map(|Budgeted { project, budget: id, value, .. }| Part { id, value, of: Of::Project(&project.name) })
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
        let left = vec![rows[row].term()];
        let right = own.iter().map(|&sheet| sheets[sheet].term()).collect();
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
    // The smallest first: few sheets are small enough for it. The largest is what is left of all others.
    let mut order: Vec<usize> = (0..rows.len()).collect();
    order.sort_by_key(|&row| left[row]);
    let (nothing_yet, same) = (vec![0; rows.len()], vec![true; rows.len()]);
    let mut search = Search { order, values, rows: left, of: nothing_yet, first: None, same, steps: 0 };
    search.fill(0, (1 << sheets.len()) - 1);
    let Some(first) = search.first.filter(|_| search.steps < STEPS) else { return nothing() };
    let of = |row: usize| (0..sheets.len()).filter(|&sheet| has(first[row], sheet)).collect::<Vec<_>>();
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

/// Sheets, one bit for each.
type Sheets = u32;

fn has(sheets: Sheets, sheet: usize) -> bool {
    sheets & (1 << sheet) != 0
}

struct Search {
    /// The rows in the order they are filled.
    order: Vec<usize>,
    /// The values of the sheets.
    values: Vec<i64>,
    /// The values of the rows, which the sheets add up to.
    rows: Vec<i64>,
    /// The sheets of each row filled so far.
    of: Vec<Sheets>,
    first: Option<Vec<Sheets>>,
    /// Rows whose sheets are the same in all ways found.
    same: Vec<bool>,
    steps: usize,
}

impl Search {
    /// Fills the rows from one on with the sheets that are left, in all ways.
    fn fill(&mut self, number: usize, left: Sheets) {
        let Some(&row) = self.order.get(number) else {
            self.found();
            return;
        };
        for own in self.filling(self.rows[row], left) {
            // Where no row is left that is told for sure, there is nothing to be found.
            if self.steps >= STEPS || !self.same.contains(&true) {
                return;
            }
            self.of[row] = own;
            self.fill(number + 1, left & !own);
        }
    }

    /// The choices among some sheets that add up to an amount: sums of one half of them beside those of the other.
    fn filling(&mut self, amount: i64, left: Sheets) -> Vec<Sheets> {
        let fitting: Vec<usize> =
            (0..self.values.len()).filter(|&sheet| has(left, sheet) && self.values[sheet] <= amount).collect();
        let (one, other) = fitting.split_at(fitting.len() / 2);
        let (mut one, other) = (self.sums(one, amount), self.sums(other, amount));
        one.sort_unstable();
        let beside = |&(sum, sheets): &(i64, Sheets)| {
            let from = one.partition_point(|(own, _)| own + sum < amount);
            one[from..].iter().take_while(move |(own, _)| own + sum == amount).map(move |(_, own)| own | sheets)
        };
        let found: Vec<Sheets> = other.iter().flat_map(beside).collect();
        self.steps += found.len();
        found
    }

    /// All sums of some sheets up to an amount.
    fn sums(&mut self, sheets: &[usize], amount: i64) -> Vec<(i64, Sheets)> {
        let mut sums = vec![(0, 0)];
        for &sheet in sheets {
            let with = |&(sum, own): &(i64, Sheets)| (sum + self.values[sheet], own | 1 << sheet);
            let more: Vec<(i64, Sheets)> = sums.iter().map(with).filter(|(sum, _)| *sum <= amount).collect();
            sums.extend(more);
        }
        self.steps += sums.len();
        sums
    }

    fn found(&mut self) {
        // The totals are equal, so that no sheet is left.
        match &self.first {
            None => self.first = Some(self.of.clone()),
            Some(first) => {
                for (same, (before, now)) in self.same.iter_mut().zip(first.iter().zip(&self.of)) {
                    *same &= before == now;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(values: &[i64]) -> Vec<Part<'static>> {
        let id = FigureId { section: 0, index: 0 };
        values.iter().map(|&value| Part { id, value: Decimal::from(value), of: Of::Project("") }).collect()
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
