//! UF01: every table states its unit, and the unit it states is that of its figures.

use rust_decimal::Decimal;

use super::{at, note, place};
use crate::catalog::Unit;
use crate::finding::{Message, Severity};
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::source::states_unit;
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::text::Span;

/// So many tables of a disclosure make its habit.
const HABIT: usize = 3;

/// A table without a unit among tables that have one; a table whose total has the same digits as that of others and
/// another unit.
pub fn stated(context: &Context, page: usize, laid: &mut Laid) {
    let official = context.disclosure.tables(|form| form.id.starts_with(['B', 'F']));
    let tables: Vec<&FactTable> = official.filter(|table| !table.is_empty()).collect();
    let Some(usual) = context.disclosure.unit else { return };
    let others = |unit: Unit| tables.iter().filter(|table| table.unit == Some(unit)).count();
    if others(usual) < HABIT {
        return;
    }
    for table in &tables {
        match table.unit {
            None if !speaks_of_money(context, table) => laid.notes.push(missing(page, table)),
            Some(own) if own != usual => {
                let Some(total) = total(context, table) else { continue };
                let same = tables
                    .iter()
                    .filter(|other| other.unit == Some(usual) && printed(context, other) == printed(context, table));
                if same.count() >= 2 {
                    laid.notes.push(wrong(context, page, table, own, usual, total));
                }
            }
            _ => {}
        }
    }
}

/// The total of a table, where it is plainly one.
fn total(context: &Context, table: &FactTable) -> Option<FigureId> {
    let row = ["收入总计", "合计"].iter().find_map(|name| table.row(name))?;
    table.rows[row].cells.iter().find_map(|cell| match cell {
        CellFact::Figure(id) if !context.figure(*id).value().is_zero() => Some(*id),
        _ => None,
    })
}

/// The total as printed, where it has digits enough to be told from others by.
fn printed(context: &Context, table: &FactTable) -> Option<Decimal> {
    let value = context.figure(total(context, table)?).amount.value;
    (value.mantissa().abs() >= 10_000).then(|| value.normalize())
}

/// Is there a unit of money anywhere near the head of the table, before its title too?
fn speaks_of_money(context: &Context, table: &FactTable) -> bool {
    let number = table.section as usize;
    let money = |section: &Section, last: bool| {
        let from = if last { section.lines().count().saturating_sub(4) } else { 0 };
        section.lines().skip(from).any(|line| line.text.contains('元') || line.text.contains("单位"))
    };
    let before = number.checked_sub(1).filter(|before| context.disclosure.sections().contains(before));
    money(&context.sections[number], false) || before.is_some_and(|before| money(&context.sections[before], true))
}

fn missing(page: usize, table: &FactTable) -> crate::rules::note::Note {
    let message = Message::new(
        format!("{}没有注明金额单位", table.form.name),
        format!("The table {} does not state its unit", table.form.name),
    );
    note(page, Severity::Info, place(table.section, &table.title, message), format!("{}/缺单位", table.form.name))
}

fn wrong(
    context: &Context,
    page: usize,
    table: &FactTable,
    own: Unit,
    usual: Unit,
    total: FigureId,
) -> crate::rules::note::Note {
    let text = &context.figure(total).text;
    let message = Message::new(
        format!(
            "{}注明单位为{}，合计 {text} 与以{}为单位的各表相同，单位有误",
            table.form.name,
            own.word(),
            usual.word()
        ),
        format!(
            "{} is said to be in {}, but its total {text} is that of the tables in {}",
            table.form.name,
            own.word(),
            usual.word()
        ),
    );
    let span = word_of(&context.sections[table.section as usize], own);
    let at = match span {
        Some(span) => at(table.section, span, message),
        None => place(table.section, &table.title, message),
    };
    let mut found = note(page, Severity::Warning, at, format!("{}/单位", table.form.name));
    found.related.push(super::figure_place(context, total, Message::new("本表合计", "The total of this table")));
    if span.is_some() {
        found.fixes.push(super::change(usual.word()));
        found.certain = true;
    }
    found
}

/// Where a table states its unit: the word alone.
fn word_of(section: &Section, unit: Unit) -> Option<Span> {
    let line = section.lines().find(|line| states_unit(line.text) && Unit::stated(line.text) == Some(unit))?;
    let from = line.text.find("单位")?;
    let start = from + line.text[from..].find(unit.word())?;
    Some(Span::new(line.span.start + start, line.span.start + start + unit.word().len()))
}
