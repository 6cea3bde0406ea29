//! A table of a disclosure as the rules see it: every figure in its column, the pages of one table joined.

use std::hash::{Hash, Hasher};
use std::sync::{Arc, OnceLock};

use super::figure::FigureId;
use super::table::{Label, Row, RowKind, Slot, Table, link_by_code};
use crate::catalog::{Form, Unit};
use crate::hash::Map;

/// What a cell holds, for the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CellFact {
    /// Nothing, which counts as zero.
    Blank,
    /// A figure.
    Figure(FigureId),
    /// It cannot be told.
    Unknown,
}

/// A row of a table of the disclosure.
#[derive(Clone, Debug)]
pub struct FactRow {
    /// The row as read; the cells are in `cells`.
    pub row: Row,
    /// The section it is printed in.
    pub section: u32,
    /// One for each column.
    pub cells: Vec<CellFact>,
}

/// A table of the disclosure; the pages of one table are joined.
#[derive(Clone, Debug)]
pub struct FactTable {
    /// Which form it is.
    pub form: &'static Form,
    /// The form's names of its columns; none where a header is not understood.
    pub columns: Vec<Option<String>>,
    /// Its rows.
    pub rows: Vec<FactRow>,
    /// False where the names of the columns are a guess.
    pub columns_sure: bool,
    /// A code stands in it twice: its rows are no tree of sums.
    pub repeated_codes: bool,
    /// Its note says that it is empty.
    pub declared_empty: bool,
    /// The section of its title.
    pub section: u32,
    /// Its title.
    pub title: Label,
    /// Its unit, where stated.
    pub unit: Option<Unit>,
    /// The sections that its rows and its title stand in.
    pub sections: Vec<u32>,
    /// A hash of what its cells mean, without their values: while it is the same, the same formulas fall on its figures.
    pub meaning: u64,
    /// What its rows are looked up by.
    pub index: RowIndex,
}

/// What the rows of a table are looked up by, each made when it is first asked for.
#[derive(Clone, Debug, Default)]
pub struct RowIndex {
    /// The first row of each 科目, by its code.
    pub subjects: OnceLock<Map<String, usize>>,
    /// The rows whose code goes on from a code, with no other printed one between.
    pub children: OnceLock<Map<String, Vec<usize>>>,
    /// The items bought for one project by one unit.
    pub groups: OnceLock<Groups>,
    /// The names of rows as projects are compared by.
    pub projects: OnceLock<Vec<String>>,
}

/// Rows that belong together.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    /// The rows of each group, in order.
    pub rows: Vec<Vec<usize>>,
    /// The group of each row.
    pub of: Vec<usize>,
}

impl FactTable {
    /// The index of a column by the form's name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.as_deref() == Some(name))
    }

    /// The first row of a name or code, on whichever side.
    pub fn row(&self, name: &str) -> Option<usize> {
        self.rows
            .iter()
            .position(|fact| {
                fact.row.parent.is_none() && fact.row.name.text == name
                    || fact.row.code.as_ref().is_some_and(|code| code.text == name)
                    || name == "合计" && fact.row.kind == RowKind::Total
            })
            .or_else(|| self.rows.iter().position(|fact| fact.row.name.text == name))
    }

    /// True where no figure is printed in it.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|fact| fact.cells.iter().all(|cell| matches!(cell, CellFact::Blank)))
    }
}
/// The pages of one form as one table; none where none of them can be read.
pub fn join(pages: &[(u32, Arc<Table>)]) -> Option<Arc<FactTable>> {
    let mut whole: Option<FactTable> = None;
    for (section, table) in pages.iter().filter(|(_, table)| !table.unread) {
        // A list without a title is no further page of a table that has one.
        if table.form.id == "B9" && table.title.span.is_empty() && whole.is_some() {
            continue;
        }
        match &mut whole {
            None => whole = Some(FactTable::of(*section, table)),
            Some(whole) => whole.add(*section, table),
        }
    }
    whole.map(|table| Arc::new(table.finished()))
}

impl FactTable {
    fn of(section: u32, table: &Table) -> Self {
        Self {
            form: table.form,
            columns: names(table),
            rows: rows(section, table),
            columns_sure: table.columns_sure,
            repeated_codes: table.has_repeated_codes(),
            declared_empty: table.declared_empty,
            section,
            title: table.title.clone(),
            unit: table.unit,
            sections: vec![section],
            meaning: 0,
            index: RowIndex::default(),
        }
    }

    /// The title came again: another page of the same table, or the table of another unit.
    fn add(&mut self, section: u32, table: &Table) {
        let (columns, mut rows) = (names(table), rows(section, table));
        if self.columns == columns && !rows.is_empty() {
            let shift = self.rows.len();
            for fact in &mut rows {
                fact.row.parent = fact.row.parent.map(|parent| parent + shift);
            }
            self.rows.extend(rows);
            self.index = RowIndex::default();
            let mut seen = crate::hash::Set::default();
            let twice = self.rows.iter().any(|fact| {
                let code = fact.row.code.as_ref().map(|code| code.text.as_str());
                !seen.insert((fact.row.side, fact.row.kind, code, fact.row.name.text.as_str(), fact.row.parent))
            });
            self.repeated_codes |= twice;
            link_by_code(self.rows.iter_mut().map(|fact| &mut fact.row).collect());
        } else if !rows.is_empty() {
            self.repeated_codes = true;
            self.columns_sure = false;
        }
        self.sections.push(section);
    }

    /// With all its rows: what is found out of the whole.
    pub(super) fn finished(mut self) -> Self {
        self.sections.extend(self.rows.iter().map(|fact| fact.section).chain([self.section]));
        self.sections.sort_unstable();
        self.sections.dedup();
        self.meaning = self.hash_of_meaning();
        self
    }

    fn hash_of_meaning(&self) -> u64 {
        let mut hash = crate::hash::hasher();
        (&self.form.id, &self.columns, self.columns_sure, self.repeated_codes, self.section).hash(&mut hash);
        (self.declared_empty, self.unit).hash(&mut hash);
        for fact in &self.rows {
            let row = &fact.row;
            (row.kind, row.side, text(&row.code), &row.name.text, text(&row.group), row.parent, &fact.cells)
                .hash(&mut hash);
        }
        hash.finish()
    }
}

fn text(label: &Option<Label>) -> Option<&str> {
    label.as_ref().map(|label| label.text.as_str())
}

/// The form's names of the columns.
fn names(table: &Table) -> Vec<Option<String>> {
    table.columns.iter().map(|column| column.name.clone()).collect()
}

fn rows(section: u32, table: &Table) -> Vec<FactRow> {
    let cell = |slot: &Slot| match *slot {
        Slot::Blank => CellFact::Blank,
        Slot::Figure(index) => CellFact::Figure(FigureId { section, index }),
        Slot::Unknown => CellFact::Unknown,
    };
    let row = |row: &Row| FactRow { row: row.clone(), section, cells: row.cells.iter().map(cell).collect() };
    table.rows.iter().map(row).collect()
}
/// Is this row a line that the 合计 above or below is the sum of?
pub fn is_top_item(fact: &FactRow) -> bool {
    fact.row.parent.is_none() && fact.row.kind == RowKind::Item
}
