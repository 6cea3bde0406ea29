//! One fact that a row prints in several cells, wrong in all of them.

use rust_decimal::Decimal;

use super::repair::{Knot, Repair};
use super::slip::Slip;
use crate::reading::FigureId;
use crate::rules::lookup::Lookup;

/// At most so many cells of a row print one fact; so many values are tried for them.
const EQUAL: usize = 8;

impl Knot<'_, '_> {
    /// One fact that a row prints in several cells (合计 = 小计 = 财政拨款) is wrong in all of them: they are changed
    /// together, where that makes everything hold and no single figure does.
    pub fn joint(&self, id: FigureId, singles: &[Repair], lookup: &mut Lookup) -> Option<Repair> {
        let own = (self.figures.of)(id);
        let value = own.value();
        let alone = singles.iter().any(|one| one.figure == id && one.also.is_empty() && one.clean);
        if own.column.is_empty() || value.is_zero() || alone || id.section >= self.figures.own || self.steps.get() == 0
        {
            return None;
        }
        let mut cells = self.run(id, |figure, own| figure.what == own.what);
        cells.retain(|other| {
            let figure = (self.figures.of)(*other);
            figure.value() == value && figure.unit == own.unit && !self.own(*other).is_empty()
        });
        // One that is contradicted beside others that are not is a figure of its own.
        if cells.len() > EQUAL || cells.iter().filter(|cell| self.is_open(**cell)).count() < 2 {
            return None;
        }
        let mut asked: Vec<Decimal> = Vec::new();
        for cell in &cells {
            let wanted = self.wanted(*cell, lookup);
            asked.extend(wanted.into_iter().filter(|value| !asked.contains(value)).collect::<Vec<_>>());
        }
        let mut best: Option<Repair> = None;
        for value in asked.into_iter().take(EQUAL) {
            let changes: Vec<(FigureId, Decimal)> = cells.iter().map(|cell| (*cell, value)).collect();
            let Some(weighed) = self.weigh_clean(&changes, lookup).filter(|weighed| !weighed.breaks) else {
                continue;
            };
            if !weighed.determined || best.as_ref().is_some_and(|best| best.weight >= weighed.weight) {
                continue;
            }
            let decimals = self.figures.printed_decimals(cells[0], value, self.usual(cells[0]));
            let slip = Slip::of(self.figures, cells[0], value, decimals);
            best = Some(weighed.by(&changes, slip.likelihood(), slip.words(), own.by_hand));
        }
        best
    }
}
