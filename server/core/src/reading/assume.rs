//! The unit of tables that state none, where the user knows it: a folder whose tables are all in 元.

use super::Section;
use super::table::Slot;
use crate::catalog::Unit;

impl Section {
    /// Takes the figures of a table that states no unit as counted in this one.
    pub fn assume(&mut self, unit: Unit) {
        let Some(table) = self.table.as_mut().filter(|table| table.unit.is_none()) else { return };
        table.unit = Some(unit);
        let cells = table.rows.iter().flat_map(|row| {
            let placed =
                row.cells.iter().filter_map(|slot| if let Slot::Figure(index) = slot { Some(*index) } else { None });
            placed.chain(row.loose.iter().copied())
        });
        for index in cells {
            if let Some(figure) = self.figures.get_mut(index as usize)
                && figure.unit == Unit::default()
            {
                figure.unit = unit;
            }
        }
    }
}
