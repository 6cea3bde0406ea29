//! Is a table to be believed, once its figures have columns?

use rust_decimal::Decimal;

use crate::catalog::Shape;
use crate::hash::Map;
use crate::reading::figure::Figure;
use crate::reading::table::{Row, RowKind, Side, Slot, Table};

/// A wrong figure breaks the sum of its column. Where the children of a row fall short in several columns at once, a row
/// was lost or is out of step with its label: the page was not read as it was meant.
pub fn lost_a_row(table: &Table, figures: &[Figure]) -> bool {
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
pub fn is_side_broken(table: &Table, figures: &[Figure], side: Side) -> bool {
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
