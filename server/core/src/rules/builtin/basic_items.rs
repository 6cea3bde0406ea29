//! The economic items that the narrative tells under basic outlay: 人员经费 A，主要包括：基本工资 B、津贴补贴 C.

use rust_decimal::Decimal;

use super::{relation, term};
use crate::reading::FigureId;
use crate::reading::fact_table::{CellFact, FactRow, FactTable};
use crate::reading::statement::{Aspect, Statement};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;

/// The wholes that are split by economic subject, each with the row and column of its table that it is.
const WHOLES: [(&str, &[(&str, &str)]); 6] = [
    ("基本支出", &[("合计", "合计"), ("合计", "金额")]),
    ("人员经费", &[("合计", "人员经费"), ("人员经费合计", "金额")]),
    ("公用经费", &[("合计", "公用经费"), ("公用经费合计", "金额")]),
    ("财政拨款基本支出", &[("合计", "合计"), ("合计", "金额")]),
    ("财政拨款基本支出.人员经费", &[("合计", "人员经费"), ("人员经费合计", "金额")]),
    ("财政拨款基本支出.公用经费", &[("合计", "公用经费"), ("公用经费合计", "金额")]),
];

/// Most neighbours that may be told for one row, and rows that may be told as one.
const NEIGHBOURS: usize = 3;

/// NT15: an item told by the name of an economic subject is its row of the table. Said only where the whole is that of the
/// table: else both speak of other outlay.
pub fn items(context: &Context, page: usize, laid: &mut Laid) {
    let name = if context.disclosure.accounts { "基本支出决算表" } else { "基本支出表" };
    let Some(table) = context.disclosure.table(name).filter(|table| !table.repeated_codes) else { return };
    let Some(column) = table.column("金额").or_else(|| table.column("合计")) else { return };
    for (section, own) in context.sections.of(|class| class.statements) {
        for (node, whole) in own.statements.iter().enumerate() {
            let cells = WHOLES.iter().find(|(name, _)| whole.measure == Some(*name)).map(|(_, cells)| cells);
            let Some(cells) = cells.filter(|_| whole.aspect == Aspect::Level) else { continue };
            let value = |index: u32| context.figure(FigureId { section, index }).value();
            let total = value(whole.figure);
            let of_table = cells
                .iter()
                .any(|(row, column)| cell(table, row, column).is_some_and(|id| context.figure(id).value() == total));
            if !of_table {
                continue;
            }
            let items: Vec<&Statement> = own.statements[node..]
                .iter()
                .take(80)
                .filter(|item| item.parent == Some(node) && item.aspect == Aspect::Level && item.measure.is_none())
                .collect();
            let sum: Decimal = items.iter().map(|item| value(item.figure)).sum();
            for (index, item) in items.iter().enumerate() {
                let Some((row, id)) = row(table, column, &item.label.text) else { continue };
                let wanted = context.figure(id).value();
                let fits = windows(index, items.len()).find(|window| {
                    items[window.clone()].iter().map(|item| value(item.figure)).sum::<Decimal>() == wanted
                });
                // A list that makes its whole with what it says was split in another way than the table.
                if fits.is_none() && sum == total {
                    continue;
                }
                let chosen = fits.unwrap_or(index..index + 1);
                let left = items[chosen]
                    .iter()
                    .map(|item| term(FigureId { section, index: item.figure }, format!("说明{}", item.label.text)))
                    .collect();
                let what = row.row.what();
                let right = vec![term(id, format!("{name}{what}"))];
                laid.relations.push(relation(context, page, left, Op::Equal, right, what));
            }
        }
    }
}

/// The stretches of at most three items that hold one of them, itself first.
fn windows(index: usize, length: usize) -> impl Iterator<Item = std::ops::Range<usize>> {
    let all = (1..=NEIGHBOURS)
        .flat_map(move |width| ((index + 1).saturating_sub(width)..=index).map(move |from| from..from + width));
    all.filter(move |window| window.end <= length)
}

fn cell(table: &FactTable, row: &str, column: &str) -> Option<FigureId> {
    match table.rows[table.row(row)?].cells[table.column(column)?] {
        CellFact::Figure(id) => Some(id),
        _ => None,
    }
}

/// The one row of an economic subject that has a name, with its figure.
fn row<'t>(table: &'t FactTable, column: usize, name: &str) -> Option<(&'t FactRow, FigureId)> {
    let name = name.trim_end_matches(['为', '是']);
    let mut rows = table.rows.iter().filter(|fact| {
        matches!(fact.row.kind, RowKind::Subject(1 | 2)) && fact.row.name_sure && fact.row.name.text == name
    });
    match (rows.next(), rows.next()) {
        (Some(row), None) => match row.cells[column] {
            CellFact::Figure(id) => Some((row, id)),
            _ => None,
        },
        _ => None,
    }
}
