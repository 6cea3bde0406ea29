//! The components of 机关运行经费.

use super::{relation, term};
use crate::reading::FigureId;
use crate::reading::fact_table::CellFact;
use crate::reading::statement::{Aspect, Statement};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;

/// NT08: a component is the 款 of that name in the table of basic expenditure. One row of the table may be told as
/// several items: sums of at most three neighbours are tried first.
pub fn components(context: &Context, page: usize, laid: &mut Laid) {
    let Some(table) = context.disclosure.table("基本支出表") else { return };
    let Some(column) = table.column("公用经费").or_else(|| table.column("合计")) else { return };
    for (section, node, whole) in context.disclosure.statements() {
        if whole.measure != Some("机关运行经费") || whole.aspect != Aspect::Level {
            continue;
        }
        let all = &context.sections[section as usize].statements;
        let items: Vec<&Statement> =
            all.iter().filter(|item| item.parent == Some(node) && item.aspect == Aspect::Level).collect();
        for (index, item) in items.iter().enumerate() {
            let mut rows = table
                .rows
                .iter()
                .filter(|fact| matches!(fact.row.kind, RowKind::Subject(2)) && fact.row.name.text == item.label.text);
            let (Some(row), None) = (rows.next(), rows.next()) else { continue };
            let CellFact::Figure(id) = row.cells[column] else { continue };
            let value = |item: &&Statement| context.figure(FigureId { section, index: item.figure }).value();
            let wanted = context.figure(id).value();
            let windows = (1..=3).flat_map(|width| {
                let first = (index + 1).saturating_sub(width);
                (first..=index).map(move |from| from..from + width)
            });
            let fits = windows
                .into_iter()
                .filter(|window| window.end <= items.len())
                .find(|window| items[window.clone()].iter().map(value).sum::<rust_decimal::Decimal>() == wanted);
            let chosen = fits.unwrap_or(index..index + 1);
            let left = items[chosen]
                .iter()
                .map(|item| term(FigureId { section, index: item.figure }, format!("说明{}", item.label.text)))
                .collect();
            let right = vec![term(id, format!("{}{}", table.form.name, row.row.what()))];
            laid.relations.push(relation(context, page, left, Op::Equal, right, row.row.what()));
        }
    }
}
