//! Figures without columns: PDF text loses empty cells, so `8 2101502 一般行政管理事务 121.00 121.00` has two figures
//! for six columns. They are placed by the form's own identities, in two steps.
//!
//! First the *used* columns: the 合计 row has a figure in every column that any row has one in, so its figures choose
//! them. The choice must satisfy the row identity, agree with what other tables say of each column, and let most rows
//! satisfy the identity too. Then the rows: of all placements in the used columns that satisfy the row identity, those
//! which make the children of a row add up to it. Where several remain, the figures that differ stay unplaced; where
//! none is left, the one that breaks the fewest sums is read, so that one wrong figure does not scramble its
//! neighbours.

mod believed;
mod rows;

use rust_decimal::Decimal;

use super::figure::Figure;
use super::table::{Identity, Row, RowKind, Side, Slot, Table};
use crate::catalog::Shape;
use crate::hash::Map;
use believed::{is_side_broken, lost_a_row};

/// What other tables say of the total of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Nothing may stand in it.
    Nil,
    /// It must be this (元).
    Exactly(Decimal),
    /// It must be this at least (元).
    AtLeast(Decimal),
}

/// Bounds by the form's name of the column.
pub type Bounds = Map<String, Bound>;

/// Most steps that one group of rows is worth.
const STEPS: usize = 20_000;

/// Fills the cells of a flow table.
pub fn settle(table: &mut Table, figures: &[Figure], bounds: &Bounds) {
    if !table.flow || table.unread {
        return;
    }
    if table.form.id == "A" {
        place_by_kind(table, figures);
        return;
    }
    let scale = figures.iter().map(|figure| figure.amount.decimals).max().unwrap_or(0);
    let whole = |index: u32| -> i64 {
        let value = figures[index as usize].amount.value * Decimal::from(10i64.pow(scale));
        i64::try_from(value.trunc()).unwrap_or(i64::MAX / 1024)
    };
    let values: Vec<Vec<i64>> =
        table.rows.iter().map(|row| row.loose.iter().map(|&index| whole(index)).collect()).collect();
    let identities = table.identities();
    // Rows of which every figure's column is known.
    let known = |row: &Row| -> Option<Vec<usize>> {
        let place = |&index: &u32| row.cells.iter().position(|slot| *slot == Slot::Figure(index));
        row.loose.iter().map(place).collect::<Option<Vec<usize>>>().filter(|columns| !columns.is_empty())
    };
    let fixed: Map<usize, Vec<usize>> =
        table.rows.iter().enumerate().filter_map(|(index, row)| Some((index, known(row)?))).collect();
    let hinted = !fixed.is_empty();
    let mut placer = Placer { table, values, identities, fixed };
    let sides: &[Side] =
        if placer.table.form.shape == Shape::Sided { &[Side::Income, Side::Outlay] } else { &[Side::Outlay] };
    for &side in sides {
        placer.side(side, figures, bounds, scale);
    }
    placer.write();
    // Columns that were told by counting cells are believed only where the rows add up.
    table.unread |= hinted && !table.most_rows_add_up(figures);
    table.unread |= match table.form.shape {
        Shape::Sided => [Side::Income, Side::Outlay].iter().all(|&side| is_side_broken(table, figures, side)),
        _ => lost_a_row(table, figures),
    };
}

struct Placer<'a> {
    table: &'a mut Table,
    /// The figures of each row as whole numbers of the smallest printed place.
    values: Vec<Vec<i64>>,
    identities: Vec<Identity>,
    /// The columns of a row's figures, once known.
    fixed: Map<usize, Vec<usize>>,
}

impl Placer<'_> {
    fn side(&mut self, side: Side, figures: &[Figure], bounds: &Bounds, scale: u32) {
        let rows: Vec<usize> = (0..self.table.rows.len())
            .filter(|&row| self.table.rows[row].side == side && !self.values[row].is_empty())
            .collect();
        let open = self.open_columns(side);
        let Some(most) = rows.iter().map(|&row| self.values[row].len()).max() else { return };
        if most > open.len() {
            self.table.unread = true;
            return;
        }
        if open.len() == 1 {
            for row in rows {
                self.fixed.insert(row, open.clone());
            }
            self.table.columns_sure = true;
            return;
        }
        // The row that has a figure in every used column.
        let head = rows
            .iter()
            .copied()
            .filter(|&row| self.values[row].len() == most)
            .max_by_key(|&row| (self.table.rows[row].kind == RowKind::Total, row));
        let Some(head) = head else { return };
        let unit = figures.first().map_or(Decimal::ONE, |figure| figure.unit.yuan());
        let wanted = |bound: Decimal| -> i64 {
            i64::try_from((bound / unit * Decimal::from(10i64.pow(scale))).round()).unwrap_or(i64::MAX / 1024)
        };
        let mut told: Vec<usize> = rows.iter().filter_map(|row| self.fixed.get(row)).flatten().copied().collect();
        told.sort_unstable();
        told.dedup();
        if let Some(columns) = self.fixed.get(&head) {
            told.extend(columns);
            told.sort_unstable();
            told.dedup();
            self.table.columns_sure = true;
            self.rows_under(&rows, head, &told);
            return;
        }
        // 合计 is printed wherever anything is.
        let total = self.table.column("合计").filter(|total| open.contains(total));
        let mut best: Vec<(Vec<usize>, i64, i64)> = choices(&open, most)
            .into_iter()
            .filter(|used| total.is_none_or(|total| used.contains(&total)))
            .filter(|used| told.iter().all(|column| used.contains(column)))
            .map(|used| {
                let agreed = self.agrees(&used, head, bounds, &wanted);
                let sound = rows.iter().filter(|&&row| !self.candidates(row, &used).is_empty()).count();
                let whole = i64::from(self.satisfies(&self.values[head], &used));
                let rare = used.iter().filter(|&&column| self.is_rare(column)).count();
                // Two rows' worth for the head: it is the row all others add up to.
                let score = agreed * 1000 + (sound as i64 + 2 * whole) * 10;
                (used, score, rare as i64)
            })
            .collect();
        best.sort_by_key(|(_, score, rare)| (-score, *rare));
        let Some((used, score, rare)) = best.first().cloned() else { return };
        let tied = best.get(1).is_some_and(|(_, other, other_rare)| *other == score && *other_rare == rare);
        let evident = best.get(1).is_none_or(|(_, other, _)| *other < score);
        self.table.columns_sure = evident || !tied;
        self.fixed.insert(head, used.clone());
        self.rows_under(&rows, head, &used);
    }

    /// The columns that a side has.
    fn open_columns(&self, side: Side) -> Vec<usize> {
        let all = 0..self.table.columns.len();
        match (self.table.form.shape, side) {
            (Shape::Sided, Side::Income) if self.table.columns.len() > 1 => {
                all.filter(|&c| self.table.columns[c].name.as_deref() == Some("金额")).collect()
            }
            (Shape::Sided, Side::Outlay) if self.table.columns.len() > 1 => {
                all.filter(|&c| self.table.columns[c].name.as_deref() != Some("金额")).collect()
            }
            _ => all.collect(),
        }
    }

    fn is_rare(&self, column: usize) -> bool {
        self.table.columns[column].name.as_deref().is_some_and(|name| self.table.form.is_rare(name))
    }

    /// How many bounds a choice of columns meets, less those it breaks.
    fn agrees(&self, used: &[usize], head: usize, bounds: &Bounds, wanted: &dyn Fn(Decimal) -> i64) -> i64 {
        let mut agreed = 0;
        for (column, item) in self.table.columns.iter().enumerate() {
            let Some(bound) = item.name.as_ref().and_then(|name| bounds.get(name)) else { continue };
            let printed = used.iter().position(|&c| c == column).map(|at| self.values[head][at]);
            let met = match *bound {
                Bound::Nil => printed.is_none_or(|value| value == 0),
                Bound::Exactly(value) => printed.unwrap_or(0) == wanted(value),
                Bound::AtLeast(value) => printed.unwrap_or(0) >= wanted(value),
            };
            agreed += if met { 1 } else { -1 };
        }
        agreed
    }

    /// Does a row's identity hold with its figures in these columns?
    fn satisfies(&self, values: &[i64], columns: &[usize]) -> bool {
        let at = |column: usize| columns.iter().position(|&c| c == column).map(|index| values[index]);
        self.identities.iter().all(|identity| {
            let sum_of = |columns: &[usize]| -> (i64, i64) {
                columns.iter().filter_map(|&part| at(part)).fold((0, 0), |(sum, count), value| (sum + value, count + 1))
            };
            let (parts, less) = (sum_of(&identity.parts), sum_of(&identity.less));
            let slack = (parts.1 + less.1 + 1) / 2;
            (at(identity.total).unwrap_or(0) - parts.0 + less.0).abs() <= slack
        })
    }

    /// All placements of a row in the used columns that satisfy its identity.
    fn candidates(&self, row: usize, used: &[usize]) -> Vec<Vec<usize>> {
        let values = &self.values[row];
        choices(used, values.len()).into_iter().filter(|columns| self.satisfies(values, columns)).collect()
    }

    fn write(self) {
        let width = self.table.columns.len();
        for (index, row) in self.table.rows.iter_mut().enumerate() {
            if row.loose.is_empty() {
                continue;
            }
            row.cells = match self.fixed.get(&index) {
                Some(columns) => {
                    let mut cells = vec![Slot::Blank; width];
                    for (&figure, &column) in row.loose.iter().zip(columns) {
                        cells[column] = Slot::Figure(figure);
                    }
                    cells
                }
                None => vec![Slot::Unknown; width],
            };
        }
    }
}

/// All ways to choose `count` of `from`, in order.
fn choices(from: &[usize], count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for (index, &first) in from.iter().enumerate() {
        if from.len() - index < count {
            break;
        }
        for mut rest in choices(&from[index + 1..], count - 1) {
            rest.insert(0, first);
            all.push(rest);
        }
    }
    all
}

/// 数量 and 价值 are told apart by their decimals.
fn place_by_kind(table: &mut Table, figures: &[Figure]) {
    let (Some(count), Some(value)) = (table.column("数量"), table.column("价值")) else {
        table.unread = true;
        return;
    };
    table.columns_sure = true;
    let width = table.columns.len();
    for row in &mut table.rows {
        let mut cells = vec![Slot::Blank; width];
        match row.loose.as_slice() {
            [] => continue,
            [only] if figures[*only as usize].amount.decimals > 0 => cells[value] = Slot::Figure(*only),
            [_] => cells = vec![Slot::Unknown; width],
            [first, second] => {
                cells[count] = Slot::Figure(*first);
                cells[value] = Slot::Figure(*second);
            }
            _ => cells = vec![Slot::Unknown; width],
        }
        row.cells = cells;
    }
}
