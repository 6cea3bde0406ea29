//! What tables, rows and relations are called in messages.

use super::Place;
use crate::catalog::forms;
use crate::reading::fact_table::FactTable;
use crate::reading::table::RowKind;
use crate::rules::relation::Sides;

/// A cell's row and column with the name of its table: what it is called from elsewhere.
pub fn long_label(table: &FactTable, row: usize, column: &str) -> String {
    let fact = &table.rows[row];
    let name = fact.row.what();
    let row = if fact.row.kind == RowKind::Total { "合计" } else { name.as_str() };
    if matches!(column, "预算数" | "金额" | "价值" | "决算数") || column == row {
        format!("{}{row}", table.form.name)
    } else {
        format!("{}{row}的{column}", table.form.name)
    }
}

/// Where all figures of a relation stand, taken off their labels: 固定资产表, or 说明.
pub(super) fn common_place(sides: &mut Sides) -> Option<String> {
    let first = sides.terms().next()?.label.clone();
    let names = forms::forms().iter().map(|form| form.name.as_str()).chain(["说明"]);
    let name = names.filter(|name| first.starts_with(name)).max_by_key(|name| name.len())?;
    let labels = || sides.terms().filter(|term| term.figure.is_some()).map(|term| term.label.as_str());
    if !labels().all(|label| label.starts_with(name) && label.len() > name.len()) {
        return None;
    }
    for term in sides.left.iter_mut().chain(&mut sides.right) {
        term.label = term.label.strip_prefix(name).unwrap_or(&term.label).to_owned();
    }
    Some(name.to_owned())
}

/// The table, row and column where a formula was laid.
pub(super) fn place_name(place: Place) -> Option<String> {
    let table = place.table?;
    let row = place.row.map(|row| {
        let fact = &table.rows[row];
        if fact.row.kind == RowKind::Total { "合计行".to_owned() } else { fact.row.what() }
    });
    let column = place.column.and_then(|column| table.columns[column].as_deref()).map(|name| format!("{name}栏"));
    Some([Some(table.form.name.clone()), row, column].into_iter().flatten().collect::<Vec<_>>().join(" "))
}
