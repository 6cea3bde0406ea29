//! The rows of a table that are none of its own: whose it is, in what unit, which number it has.

use smallvec::SmallVec;

use super::number::Amount;
use super::source;
use crate::catalog::name::folded;
use crate::catalog::{Form, Unit, forms};
use crate::layout::grid::Cell;

/// The rows of a table that say whose it is and in what unit; a title may be among them.
pub struct Captions {
    /// Of each row, is it one of them?
    pub own: Vec<bool>,
    /// The form that a title among them names.
    pub form: Option<&'static Form>,
    /// The unit that one of them states.
    pub unit: Option<Unit>,
}

impl Captions {
    /// Of a table.
    pub fn of(rows: &[Vec<Cell>]) -> Self {
        let mut captions = Self { own: Vec::with_capacity(rows.len()), form: None, unit: None };
        for row in rows {
            let own = captions.takes(row);
            captions.own.push(own);
        }
        captions
    }

    fn takes(&mut self, row: &[Cell]) -> bool {
        let mut used: SmallVec<[&Cell; 8]> = row.iter().filter(|cell| !cell.is_blank()).collect();
        // A merged cell stands in every column that it covers.
        used.dedup_by_key(|cell| cell.span);
        let amounts = || used.iter().any(|cell| Amount::parse(&cell.text).is_some());
        let states = used.iter().any(|cell| source::states_unit(&cell.text));
        if states && used.len() <= 5 && !amounts() && !used.iter().any(|cell| folded(&cell.text) == "项目") {
            let stated = |cell: &&Cell| source::states_unit(&cell.text).then(|| Unit::stated(&cell.text)).flatten();
            self.unit = self.unit.or_else(|| used.iter().find_map(stated));
            return true;
        }
        let numbers = |cell: &&Cell| cell.text.contains('公') && forms::is_number_of_table(&folded(&cell.text));
        if used.iter().any(numbers) && !amounts() {
            return true;
        }
        if let [only] = used.as_slice()
            && let Some((found, _)) = forms::by_title(&only.text)
        {
            self.form = self.form.or(Some(found));
            return true;
        }
        used.is_empty()
    }
}

/// Rows without those of which this is true.
pub fn without(rows: Vec<Vec<Cell>>, these: &[bool]) -> Vec<Vec<Cell>> {
    rows.into_iter().zip(these).filter(|(_, own)| !**own).map(|(row, _)| row).collect()
}
