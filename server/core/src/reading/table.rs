//! A table that has been read: columns, rows, and which figure stands in which cell.

use super::figure::Figure;
use crate::catalog::{Form, Unit};
use crate::hash::Map;
use crate::layout::line::Numbering;
use crate::text::Span;

/// The sides of a two-sided table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// 收入
    Income,
    /// 支出
    Outlay,
    /// A third side (支出经济分类): read, but no rule speaks of it.
    Other,
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowKind {
    /// The 合计 row.
    Total,
    /// A 科目: 1 类, 2 款, 3 项.
    Subject(u8),
    /// A named line, a project, an item bought.
    Item,
    /// 小计 of one unit in a procurement table.
    Subtotal,
}

/// What a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Slot {
    /// Nothing is printed, which counts as zero.
    Blank,
    /// A figure, by its number in the section.
    Figure(u32),
    /// Whether a figure stands here cannot be told.
    Unknown,
}

/// A printed code or name.
#[derive(Clone, Debug, PartialEq, Eq, Default, Hash)]
pub struct Label {
    /// Tidied text.
    pub text: String,
    /// Where, in the section.
    pub span: Span,
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// The side it stands on.
    pub side: Side,
    /// Its code (科目, 品目, project), if any.
    pub code: Option<Label>,
    /// Its name without numbering; the form's own name for it where the form knows the row.
    pub name: Label,
    /// False where the name was pieced together from several lines and may be wrong.
    pub name_sure: bool,
    /// The depth of its numbering, where it is numbered.
    pub depth: Option<Numbering>,
    /// The project an item is bought for.
    pub group: Option<Label>,
    /// The row it is a part of.
    pub parent: Option<usize>,
    /// One slot for each column of the table.
    pub cells: Vec<Slot>,
    /// Figures of a row whose columns are not known yet, in order.
    pub loose: Vec<u32>,
}

impl Row {
    /// An empty row.
    pub fn new(kind: RowKind, side: Side, name: Label, columns: usize) -> Self {
        Self {
            kind,
            side,
            code: None,
            name,
            name_sure: true,
            depth: None,
            group: None,
            parent: None,
            cells: vec![Slot::Blank; columns],
            loose: Vec::new(),
        }
    }

    /// What the row is about, as a person would say it: 2080109 社会保险经办机构.
    pub fn what(&self) -> String {
        self.words().concat()
    }

    /// The same in pieces, some of them empty.
    pub fn words(&self) -> [&str; 3] {
        match &self.code {
            Some(code) if !code.text.is_empty() => [&code.text, " ", &self.name.text],
            _ => ["", "", &self.name.text],
        }
    }
}

/// A row identity with its columns resolved: total = Σ parts − Σ less.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The column of the total.
    pub total: usize,
    /// The columns of the parts that are there.
    pub parts: Vec<usize>,
    /// The columns that are taken off.
    pub less: Vec<usize>,
}

/// Gives each 款 and 项 the first row that has its parent's code.
pub fn link_by_code(rows: Vec<&mut Row>) {
    let mut places: Map<String, usize> = Map::default();
    for (index, row) in rows.iter().enumerate() {
        if let Some(code) = &row.code {
            places.entry(code.text.clone()).or_insert(index);
        }
    }
    for row in rows {
        if let (RowKind::Subject(level), Some(code)) = (row.kind, &row.code)
            && level > 1
        {
            row.parent = places.get(&code.text[..code.text.len() - 2]).copied();
        }
    }
}

/// A column of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// The form's name for it; none where the header is not understood.
    pub name: Option<String>,
    /// Its header as printed, folded.
    pub header: String,
}

/// A table that has been read.
#[derive(Clone, Debug)]
pub struct Table {
    /// Which form it is.
    pub form: &'static Form,
    /// Its title as printed.
    pub title: Label,
    /// Its unit; none where it states none.
    pub unit: Option<Unit>,
    /// Its columns of figures.
    pub columns: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// True while the figures of its rows are loose: PDF text that lost its columns.
    pub flow: bool,
    /// False where the names of the columns are a guess (a flow table placed without outside evidence).
    pub columns_sure: bool,
    /// True where the rows could not be read with certainty: nothing is said of it.
    pub unread: bool,
    /// The table says in a note that it is empty.
    pub declared_empty: bool,
}

impl Table {
    /// The index of a column by the form's name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name.as_deref() == Some(name))
    }

    /// The 合计 row.
    pub fn total(&self) -> Option<usize> {
        self.rows.iter().position(|row| row.kind == RowKind::Total)
    }

    /// True where no figure is printed in it.
    pub fn is_empty(&self) -> bool {
        self.rows.iter().all(|row| row.loose.is_empty() && row.cells.iter().all(|slot| matches!(slot, Slot::Blank)))
    }

    /// The row identities of the form that this table has the columns for.
    pub fn identities(&self) -> Vec<Identity> {
        let column = |name: &str| self.column(name.trim().trim_end_matches('?'));
        let each = self.form.identity.iter().filter_map(|text| {
            let (total, parts) = text.split_once('=')?;
            let (parts, less) = parts.split_once(" - ").unwrap_or((parts, ""));
            let names = |text: &'static str| text.split('+').filter(|part| !part.trim().is_empty());
            // A part that is not optional and not there makes it another form's identity.
            let there = |part: &str| part.trim().ends_with('?') || column(part).is_some();
            let whole = names(parts).chain(names(less)).all(there);
            whole.then_some(Identity {
                total: column(total)?,
                parts: names(parts).filter_map(column).collect(),
                less: names(less).filter_map(column).collect(),
            })
        });
        each.collect()
    }

    /// Do most rows satisfy the identities of the form? Columns that were found by their place on the screen are
    /// believed only then.
    pub fn adds_up(&self, figures: &[Figure]) -> bool {
        self.flow || self.most_rows_add_up(figures)
    }

    /// Do most rows satisfy the identities, with their figures where they stand now?
    pub fn most_rows_add_up(&self, figures: &[Figure]) -> bool {
        let value = |row: &Row, column: usize| match row.cells[column] {
            Slot::Figure(index) => figures[index as usize].amount.value,
            _ => rust_decimal::Decimal::ZERO,
        };
        let (mut held, mut all) = (0usize, 0usize);
        for Identity { total, parts, less } in self.identities() {
            for row in self.rows.iter().filter(|row| matches!(row.cells[total], Slot::Figure(_))) {
                let sum: rust_decimal::Decimal = parts.iter().map(|&part| value(row, part)).sum();
                let sum = sum - less.iter().map(|&part| value(row, part)).sum::<rust_decimal::Decimal>();
                all += 1;
                held += usize::from((sum - value(row, total)).abs() <= rust_decimal::Decimal::new(2, 2));
            }
        }
        held * 10 >= all * 6
    }

    /// The children of a row.
    pub fn children(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.rows.len()).filter(move |&index| self.rows[index].parent == Some(row))
    }

    /// Gives each 科目 its parent by code, each named line by the order of the form.
    pub fn link_parents(&mut self) {
        link_by_code(self.rows.iter_mut().collect());
    }

    /// A code printed twice means rows by unit: the tree of codes is no tree of sums.
    pub fn has_repeated_codes(&self) -> bool {
        let mut seen = crate::hash::Set::default();
        self.rows
            .iter()
            .filter(|row| matches!(row.kind, RowKind::Subject(_)))
            .filter_map(|row| row.code.as_ref())
            .any(|code| !seen.insert(code.text.as_str()))
    }
}

/// What reading a table gives: the table and its figures.
pub type TableReading = (Table, Vec<Figure>);
