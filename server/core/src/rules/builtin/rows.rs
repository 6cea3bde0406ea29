//! IN17: values that no row may have: less than nothing, or printed twice.

use std::collections::{BTreeMap, BTreeSet};

use super::{figure_place, note, place};
use crate::finding::{Message, Severity};
use crate::reading::fact_table::{CellFact, FactRow, FactTable};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};

/// Fewest codes of a table in which one that is printed twice is a slip: a table by units repeats many.
const CODES: usize = 5;

/// Negative amounts in the tables of a budget, and one row of a 科目 too many.
pub fn values(context: &Context, page: usize, laid: &mut Laid) {
    for table in context.disclosure.tables(|form| form.id.starts_with(['B', 'F'])) {
        if table.columns_sure && !context.disclosure.accounts {
            negative(context, page, table, laid);
        }
        if table.repeated_codes {
            twice(context, page, table, laid);
        }
    }
}

fn negative(context: &Context, page: usize, table: &FactTable, laid: &mut Laid) {
    let below = |fact: &FactRow| {
        fact.cells.iter().find_map(|cell| match cell {
            CellFact::Figure(id) if context.figure(*id).amount.value.is_sign_negative() => Some(*id),
            _ => None,
        })
    };
    // A sum may be negative by its parts: the part is at fault.
    let parents: BTreeSet<usize> =
        table.rows.iter().filter(|fact| below(fact).is_some()).filter_map(|fact| fact.row.parent).collect();
    let lowest = table.rows.iter().enumerate().filter(|(_, fact)| fact.row.kind != RowKind::Total);
    let all: Vec<_> = lowest.filter_map(|(index, fact)| Some((index, fact, below(fact)?))).collect();
    let mut parts = all.iter().filter(|(index, ..)| !parents.contains(index));
    // Several of them are a table of changes, or a convention of this body's.
    let (Some((_, fact, id)), None) = (parts.next(), parts.next()) else { return };
    let figure = context.figure(*id);
    if figure.value().is_zero() {
        return;
    }
    let message = Message::new(
        format!("{}“{}”为负数 {}", table.form.name, fact.row.what(), figure.text),
        format!("“{}” is negative: {}", fact.row.what(), figure.text),
    );
    let key = format!("{}/{}", table.form.name, fact.row.what());
    laid.notes.push(note(page, Severity::Hint, figure_place(context, *id, message), key));
}

fn twice(context: &Context, page: usize, table: &FactTable, laid: &mut Laid) {
    let mut by_code: BTreeMap<&str, Vec<&FactRow>> = BTreeMap::new();
    for fact in table.rows.iter().filter(|fact| matches!(fact.row.kind, RowKind::Subject(_))) {
        if let Some(code) = &fact.row.code {
            by_code.entry(&code.text).or_default().push(fact);
        }
    }
    let mut repeated = by_code.iter().filter(|(_, rows)| rows.len() > 1);
    let (Some((code, rows)), None) = (repeated.next(), repeated.next()) else { return };
    let (true, [first, second]) = (by_code.len() >= CODES, rows.as_slice()) else { return };
    let totals = table.rows.iter().filter(|fact| fact.row.kind == RowKind::Total).count();
    let values = |fact: &FactRow| -> Vec<Option<rust_decimal::Decimal>> {
        let value = |cell: &CellFact| match cell {
            CellFact::Figure(id) => Some(context.figure(*id).value()),
            _ => None,
        };
        fact.cells.iter().map(value).collect()
    };
    // The row once more, figure for figure, under one total: not the same 科目 of another unit.
    if totals > 1 || first.row.name.text != second.row.name.text || values(first) != values(second) {
        return;
    }
    let Some(label) = &second.row.code else { return };
    let message = Message::new(
        format!("{}中 {} 列了两次，各栏数字相同", table.form.name, second.row.what()),
        format!("{} stands twice in this table, with the same figures", second.row.what()),
    );
    let mut found =
        note(page, Severity::Warning, place(second.section, label, message), format!("{}/{code}", table.form.name));
    if let Some(label) = &first.row.code {
        found.related.push(place(first.section, label, Message::new("前一次", "The first time")));
    }
    laid.notes.push(found);
}
