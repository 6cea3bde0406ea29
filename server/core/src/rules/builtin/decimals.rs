//! UF05: the figures of a column have the same number of decimals.

use std::collections::BTreeMap;

use super::{figure_place, note};
use crate::catalog::Unit;
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::reading::fact_table::CellFact;
use crate::rules::context::{Context, Laid};

/// Fewest figures of a column that make a habit.
const HABIT: usize = 3;

/// One finding a column, at the first figure that differs.
pub fn uniform(context: &Context, page: usize, laid: &mut Laid) {
    for table in context.disclosure.tables(|_| true) {
        for (column, name) in table.columns.iter().enumerate() {
            let figures: Vec<FigureId> = table
                .rows
                .iter()
                .filter_map(|fact| match fact.cells.get(column) {
                    Some(CellFact::Figure(id)) => Some(*id),
                    _ => None,
                })
                .filter(|id| context.figure(*id).unit != Unit::Count && !context.figure(*id).value().is_zero())
                .collect();
            let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
            for id in &figures {
                *counts.entry(context.figure(*id).amount.decimals).or_default() += 1;
            }
            let Some((usual, most)) = counts.iter().max_by_key(|(_, count)| **count).map(|(d, n)| (*d, *n)) else {
                continue;
            };
            let other = figures.iter().find(|id| context.figure(**id).amount.decimals != usual);
            let (Some(id), true) = (other, most >= HABIT && most * 2 > figures.len()) else { continue };
            let column = name.as_deref().unwrap_or("金额");
            let text = &context.figure(*id).text;
            let message = Message::new(
                format!("{}“{column}”栏其余各数保留 {usual} 位小数，此处为 {text}", table.form.name),
                format!("The other figures of this column have {usual} decimals; printed here: {text}"),
            );
            let key = format!("{}/{column}", table.form.name);
            laid.notes.push(note(page, Severity::Hint, figure_place(context, *id, message), key));
        }
    }
}
