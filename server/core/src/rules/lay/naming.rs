//! What tables, rows and relations are called in messages.

use super::Place;
use crate::catalog::forms;
use crate::reading::fact_table::FactTable;
use crate::reading::table::RowKind;
use crate::rules::relation::Sides;

/// A cell's row and column with the name of its table: what it is called from elsewhere.
pub fn long_label(table: &FactTable, row: usize, column: &str) -> String {
    let [code, space, name] = words(table, row, "合计");
    let alone = matches!(column, "预算数" | "金额" | "价值" | "决算数") || code.is_empty() && name == column;
    let (of, column) = if alone { ("", "") } else { ("的", column) };
    [&table.form.name, code, space, name, of, column].concat()
}

/// What a row is called, in pieces; the 合计 row by this word.
fn words<'a>(table: &'a FactTable, row: usize, total: &'a str) -> [&'a str; 3] {
    let own = &table.rows[row].row;
    if own.kind == RowKind::Total { ["", "", total] } else { own.words() }
}

/// Where all figures of a relation stand, taken off their labels: 固定资产表, or 说明.
pub(super) fn common_place(sides: &mut Sides) -> Option<String> {
    let first = &sides.terms().next()?.label;
    let names = forms::forms().iter().map(|form| form.name.as_str()).chain(["说明"]);
    let name = names.filter(|name| first.starts_with(name)).max_by_key(|name| name.len())?;
    let labels = || sides.terms().filter(|term| term.figure.is_some()).map(|term| term.label.as_str());
    if !labels().all(|label| label.starts_with(name) && label.len() > name.len()) {
        return None;
    }
    for term in sides.left.iter_mut().chain(&mut sides.right) {
        if term.label.starts_with(name) {
            term.label.drain(..name.len());
        }
    }
    Some(name.to_owned())
}

/// The table, row and column where a formula was laid.
pub(super) fn place_name(place: Place) -> Option<String> {
    let table = place.table?;
    let [code, space, name] = place.row.map_or(["", "", ""], |row| words(table, row, "合计行"));
    let column = place.column.and_then(|column| table.columns[column].as_deref());
    let (behind, last) = (if place.row.is_some() { " " } else { "" }, if column.is_some() { "栏" } else { "" });
    let before = if column.is_some() { " " } else { "" };
    Some([&table.form.name, behind, code, space, name, before, column.unwrap_or_default(), last].concat())
}
