//! Figures without columns: PDF text loses empty cells, so `8 2101502 一般行政管理事务 121.00 121.00` has two figures
//! for six columns. They are placed by the form's own identities, in two steps.
//!
//! First the *used* columns: the 合计 row has a figure in every column that any row has one in, so its figures choose
//! them. The choice must satisfy the row identity, agree with what other tables say of each column, and let most rows
//! satisfy the identity too. Then the rows: of all placements in the used columns that satisfy the row identity, those
//! which make the children of a row add up to it. Where several remain, the figures that differ stay unplaced; where
//! none is left, the one that breaks the fewest sums is read, so that one wrong figure does not scramble its
//! neighbours.

use rust_decimal::Decimal;

use super::figure::Figure;
use super::table::{Identity, Row, RowKind, Side, Slot, Table};
use crate::catalog::Shape;
use crate::hash::Map;

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

/// A wrong figure breaks the sum of its column. Where the children of a row fall short in several columns at once, a row
/// was lost or is out of step with its label: the page was not read as it was meant.
fn lost_a_row(table: &Table, figures: &[Figure]) -> bool {
    if !matches!(table.form.shape, Shape::Subject | Shape::Label) || table.form.id == "A" {
        return false;
    }
    let value = |row: usize, column: usize| match table.rows[row].cells[column] {
        Slot::Figure(index) => Some(figures[index as usize].amount.value),
        Slot::Blank => Some(Decimal::ZERO),
        Slot::Unknown => None,
    };
    let mut children: Map<usize, Vec<usize>> = Map::default();
    for (index, row) in table.rows.iter().enumerate() {
        let above = match row.kind {
            RowKind::Subject(1) => table.total(),
            RowKind::Subject(_) => row.parent,
            RowKind::Item if table.form.shape == Shape::Label => row.parent,
            _ => None,
        };
        if let Some(above) = above {
            children.entry(above).or_default().push(index);
        }
    }
    let total = table.column("合计");
    children.iter().any(|(&parent, children)| {
        let slack = Decimal::new(children.len() as i64 + 1, 2);
        let off = |column: usize| {
            let sum: Option<Decimal> = children.iter().map(|&child| value(child, column)).sum();
            Some(value(parent, column)? - sum?).filter(|off| off.abs() > slack)
        };
        let broken: Vec<(usize, Decimal)> =
            (0..table.columns.len()).filter_map(|column| Some((column, off(column)?))).collect();
        // What one column has too much another lacks: two cells of a row were exchanged.
        if let [(_, one), (_, other)] = broken.as_slice()
            && (one + other).is_zero()
        {
            return false;
        }
        let parts = broken.iter().filter(|(column, _)| Some(*column) != total).count();
        parts >= 2 || parts >= 1 && broken.len() > parts
    })
}

/// Does 本年收入合计 or 收入总计 (支出 likewise) differ from what stands above it? On both sides at once no single slip
/// does that: labels and figures are out of step.
fn is_side_broken(table: &Table, figures: &[Figure], side: Side) -> bool {
    let value = |row: &Row| row.loose.first().map(|&index| figures[index as usize].amount.value);
    let mut sum = Decimal::ZERO;
    let mut items = 0i64;
    let rows = table.rows.iter().filter(|row| row.side == side && row.parent.is_none());
    for row in rows {
        let Some(own) = value(row) else {
            // The sum of what stands above it is always printed.
            if row.name.text.starts_with("本年") && row.name.text.ends_with("合计") && !sum.is_zero() {
                return true;
            }
            continue;
        };
        if row.name.text.ends_with("合计") || row.name.text.ends_with("总计") {
            if (own - sum).abs() > Decimal::new(items + 1, 2) && items > 0 {
                return true;
            }
            (sum, items) = (own, 1);
        } else {
            sum += own;
            items += 1;
        }
    }
    false
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

    fn rows_under(&mut self, rows: &[usize], head: usize, used: &[usize]) {
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
