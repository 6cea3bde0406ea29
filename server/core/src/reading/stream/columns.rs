//! The columns of figures whose rows are whole.

use super::Hints;
use super::shape::{is_decimal, is_sided_row, is_words, sided_width};
use crate::catalog::{Form, Shape};
use crate::hash::{Map, Set};
use crate::layout::grid::Cell;
use crate::reading::flow_header::FlowHeader;
use crate::reading::header::numbers_columns;
use crate::reading::source::states_unit;

/// The columns as the header prints them, where it is a single row with one cell for each.
pub fn printed_columns(form: &Form, rows: &[Vec<Cell>]) -> Option<Vec<String>> {
    let body = rows.iter().position(|row| row.iter().any(is_decimal))?;
    let width = widest(rows)?;
    let heads = || rows[..body].iter().filter(|row| !numbers_columns(row));
    let cells: Vec<&Cell> = match heads().rfind(|row| row.len() == width) {
        Some(row) => row.iter().collect(),
        None => heads().flatten().filter(|cell| !states_unit(&cell.text)).collect(),
    };
    let labels = cells.iter().position(|cell| form.column(&cell.text).is_some())?;
    let names: Vec<String> =
        cells[labels..].iter().filter_map(|cell| form.column(&cell.text)).map(str::to_owned).collect();
    let mut distinct = Set::default();
    let whole = names.len() + labels == width && cells.len() == width && labels <= 4;
    let told = whole && names.len() >= 2 && names.iter().all(|name| distinct.insert(name.as_str()));
    (form.shape != Shape::Sided && told).then_some(names)
}

/// The width of most rows with figures.
fn widest(rows: &[Vec<Cell>]) -> Option<usize> {
    let mut counts: Map<usize, usize> = Map::default();
    for row in rows.iter().filter(|row| row.iter().any(is_decimal)) {
        *counts.entry(row.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map(|(width, _)| width)
}

/// The columns of the figures of whole rows. True where words stand behind figures: then rows and text are out of step.
pub fn hints(form: &Form, rows: &[Vec<Cell>], head: &FlowHeader) -> (Hints, bool) {
    let mut hints = Hints::default();
    let body: Vec<&Vec<Cell>> = rows.iter().filter(|row| row.iter().any(is_decimal)).collect();
    let Some(width) = widest(rows) else { return (hints, false) };
    if form.shape == Shape::Sided {
        let (right, plain) = sided_width(form);
        let lead = match width.checked_sub(plain) {
            Some(lead @ 0..=1) if head.columns.len() == form.columns.len() && right > 1 => lead,
            _ => return (hints, false),
        };
        let column = |name: &str| head.columns.iter().position(|column| column == name);
        for row in body.iter().filter(|row| row.len() == width && is_sided_row(&row[lead..])) {
            let left = row.get(lead + 1).zip(column("金额"));
            let rest = row[lead + 3..].iter().zip(form.official.iter().filter_map(|name| column(name)));
            hints.extend(left.into_iter().chain(rest).map(|(cell, column)| (cell.span.start, column)));
        }
        return (hints, false);
    }
    // Words behind an amount belong to no row that can be told.
    let mixed = body.iter().any(|row| {
        let first = row.iter().position(is_decimal).unwrap_or(row.len());
        row[first..].iter().any(is_words)
    });
    let Some(labels) = width.checked_sub(head.columns.len()).filter(|labels| (1..=5).contains(labels)) else {
        return (hints, mixed);
    };
    let whole = |row: &&&Vec<Cell>| row.len() == width;
    let sound = |row: &Vec<Cell>| {
        row[..labels].iter().any(is_words)
            && !row[..labels].iter().any(is_decimal)
            && !row[labels..].iter().any(is_words)
    };
    if head.columns.is_empty() || !body.iter().filter(whole).all(|row| sound(row)) {
        return (hints, mixed);
    }
    for row in body.iter().filter(whole) {
        hints.extend(row[labels..].iter().enumerate().map(|(column, cell)| (cell.span.start, column)));
    }
    (hints, mixed)
}
