//! Tables whose columns are known.

use super::figure::Figure;
use super::header::{self, Holds};
use super::number::{Printed, printed};
use super::table::{Column, Label, Row, RowKind, Side, Slot, Table, TableReading};
use crate::catalog::name::{bare, bared, fold, folded};
use crate::catalog::{Form, Shape, Unit, subjects};
use crate::layout::grid::Cell;
use crate::layout::line::{Numbering, numbering};
use crate::text::Span;

/// Reads the rows of a table; `rows` are without caption rows.
pub fn read(form: &'static Form, title: Label, unit: Option<Unit>, rows: &[Vec<Cell>]) -> TableReading {
    read_rows(form, title, unit, rows, false)
}

/// Reads rows that are lines: a cell that was wrapped stands in several of them.
pub fn read_wrapped(form: &'static Form, title: Label, unit: Option<Unit>, rows: &[Vec<Cell>]) -> TableReading {
    read_rows(form, title, unit, rows, true)
}

fn read_rows(form: &'static Form, title: Label, unit: Option<Unit>, rows: &[Vec<Cell>], wrapped: bool) -> TableReading {
    let head = header::read(form, rows);
    let unit = unit.or_else(|| head.labels.iter().flatten().find_map(|label| Unit::stated(label)));
    let mut builder = Builder::new(form, title, unit, &head);
    builder.wrapped = wrapped && form.shape == Shape::Subject;
    let heads: Vec<Vec<String>> =
        rows[..head.rows.min(rows.len())].iter().map(|row| row.iter().map(|cell| fold(&cell.text)).collect()).collect();
    let again = |row: &[Cell]| {
        heads.iter().any(|head| {
            head.len() == row.len() && head.iter().zip(row).all(|(printed, cell)| *printed == folded(&cell.text))
        })
    };
    for row in rows.iter().skip(head.rows) {
        // Headers come again at page breaks.
        if !header::numbers_columns(row) && !again(row) && row.iter().any(|cell| !cell.is_blank()) {
            builder.row(row);
        }
    }
    builder.finish()
}

struct Builder {
    table: Table,
    figures: Vec<Figure>,
    holds: Vec<Holds>,
    /// For each printed column, the column of the table it fills (by side for two-sided tables).
    fills: Vec<Option<usize>>,
    /// Rows are lines, and a wrapped name stands around its row.
    wrapped: bool,
    /// The line before was a part of a name.
    scrap: bool,
    /// The latest 小计.
    subtotal: Option<usize>,
}

impl Builder {
    fn new(form: &'static Form, title: Label, unit: Option<Unit>, head: &header::Header) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        let mut fills = Vec::new();
        let mut sides = 0;
        for (index, holds) in head.columns.iter().enumerate() {
            sides += usize::from(form.shape == Shape::Sided && *holds == Holds::Name);
            let Holds::Figures(name) = holds else {
                fills.push(None);
                continue;
            };
            let name = name.as_ref().map(|name| sided_name(form, name, sides));
            let header = head.labels[index].concat();
            let known =
                columns.iter().position(|column| form.shape == Shape::Sided && name.is_some() && column.name == name);
            fills.push(Some(known.unwrap_or_else(|| {
                // The same name twice would make every cell ambiguous: the second is not understood.
                let twice = columns.iter().any(|column| column.name.is_some() && column.name == name);
                columns.push(Column { name: if twice { None } else { name }, header });
                columns.len() - 1
            })));
        }
        let table = Table {
            form,
            title,
            unit,
            columns,
            rows: Vec::new(),
            flow: false,
            columns_sure: true,
            unread: false,
            declared_empty: false,
        };
        Self {
            table,
            figures: Vec::new(),
            holds: head.columns.clone(),
            fills,
            wrapped: false,
            scrap: false,
            subtotal: None,
        }
    }

    fn row(&mut self, row: &[Cell]) {
        match self.table.form.shape {
            Shape::Sided => self.sided(row),
            Shape::Procurement => self.purchase(row),
            _ => self.plain(row),
        }
    }

    fn sided(&mut self, row: &[Cell]) {
        let starts: Vec<usize> = (0..self.holds.len()).filter(|&c| self.holds[c] == Holds::Name).collect();
        for (number, &start) in starts.iter().enumerate() {
            let end = starts.get(number + 1).copied().unwrap_or(self.holds.len()).min(row.len());
            let Some(cell) = row.get(start) else { continue };
            let label = Label { text: cell.text.clone(), span: cell.span };
            let side = [Side::Income, Side::Outlay].get(number).copied().unwrap_or(Side::Other);
            if cell.is_blank() && row[start..end].iter().all(Cell::is_blank) {
                continue;
            }
            let index = self.push(RowKind::Item, side, label);
            self.fill(index, row, start..end);
        }
    }

    fn plain(&mut self, row: &[Cell]) {
        let economic = self.table.form.is_economic();
        let mut code = Label::default();
        let mut parts = Label::default();
        let mut name = Label::default();
        for (holds, cell) in self.holds.iter().zip(row) {
            if cell.is_blank() {
                continue;
            }
            match holds {
                Holds::Code if code.text.is_empty() => code = label(cell),
                Holds::CodePart => {
                    let (digits, words) = split_part(cell);
                    if !digits.text.is_empty() {
                        let (known, own) = (parts.text, digits.text);
                        // The parents' codes may be repeated in the columns before: 208 20805 2080505.
                        parts.text = if own.starts_with(&known) && own.len() > 3 { own } else { known + &own };
                        parts.span = if parts.span.is_empty() { digits.span } else { parts.span.cover(digits.span) };
                    }
                    if name.text.is_empty() {
                        name = words;
                    }
                }
                Holds::Name => name = label(cell),
                _ => {}
            }
        }
        if code.text.is_empty() && !parts.text.is_empty() {
            code = parts;
        }
        if code.text.is_empty() && self.table.form.shape == Shape::Subject {
            (code, name) = split_code(name, economic);
        } else if name.text.is_empty() {
            (code, name) = split_code(code, economic);
        }
        code.text = fold(&code.text);
        if !code.text.is_empty() && !header::is_code(&code.text, economic) {
            // 合计 printed in the column of codes.
            if name.text.is_empty() && !code.text.bytes().any(|b| b.is_ascii_digit()) {
                name = std::mem::take(&mut code);
            }
        }
        let total = matches!(bare(&name.text).as_str(), "合计" | "总计") || fold(&name.text) == "类款项合计";
        let kind = match code.text.len() {
            _ if total => RowKind::Total,
            3 | 5 | 7 if header::is_code(&code.text, economic) => RowKind::Subject((code.text.len() as u8 - 1) / 2),
            _ if name.text.is_empty() && code.text.is_empty() && self.table.form.shape == Shape::Subject => {
                RowKind::Total
            }
            _ => RowKind::Item,
        };
        // A row without label and figures, and a second total, say nothing.
        let figures = row
            .iter()
            .zip(&self.fills)
            .any(|(cell, fill)| fill.is_some() && matches!(printed(&cell.text), Printed::Number(_)));
        if kind == RowKind::Total && !code.text.bytes().any(|b| b.is_ascii_digit()) {
            code = Label::default();
        }
        if self.wrapped && kind == RowKind::Item && code.text.is_empty() && self.table.form.row(&name.text).is_none() {
            // A line of a wrapped name, before or behind the row it belongs to.
            let last = self.table.rows.last_mut().filter(|row| matches!(row.kind, RowKind::Subject(_)));
            let waits = |row: &Row| row.cells.iter().all(|cell| *cell == Slot::Blank);
            self.scrap = !figures;
            match last {
                // The code stood in the line above.
                Some(open) if figures && waits(open) => {
                    if open.name.text.is_empty() {
                        open.name = Label { text: bare(&name.text), span: name.span };
                    }
                    open.name_sure = false;
                    self.fill(self.table.rows.len() - 1, row, 0..row.len());
                    return;
                }
                Some(open) if !figures => {
                    open.name_sure = false;
                    return;
                }
                None if !figures => return,
                _ => {}
            }
        }
        if kind == RowKind::Total
            && (!figures && name.text.is_empty() || self.table.total().is_some() && name.text.is_empty())
        {
            return;
        }
        let index = self.push(kind, Side::Outlay, name);
        if !code.text.is_empty() {
            self.table.rows[index].code = Some(code);
        }
        self.table.rows[index].name_sure &= !std::mem::take(&mut self.scrap);
        self.fill(index, row, 0..row.len());
    }

    fn purchase(&mut self, row: &[Cell]) {
        let cell_of = |wanted: Holds| {
            self.holds
                .iter()
                .zip(row)
                .find(|(holds, cell)| **holds == wanted && !cell.is_blank())
                .map(|(_, cell)| label(cell))
        };
        let (project, name, code) = (cell_of(Holds::Project), cell_of(Holds::Name), cell_of(Holds::Code));
        let first = row.iter().find(|cell| !cell.is_blank()).map(|cell| fold(&cell.text)).unwrap_or_default();
        let kind = match first.as_str() {
            "合计" | "总计" => RowKind::Total,
            text if text.ends_with("小计") => RowKind::Subtotal,
            _ => RowKind::Item,
        };
        if kind == RowKind::Item && name.is_none() && code.is_none() && project.is_none() {
            return;
        }
        let named = match kind {
            RowKind::Item => name.unwrap_or_default(),
            _ => row.iter().find(|cell| !cell.is_blank()).map(label).unwrap_or_default(),
        };
        let index = self.push(kind, Side::Outlay, named);
        let parent = self.subtotal;
        let row_read = &mut self.table.rows[index];
        if row_read.kind == RowKind::Subtotal {
            self.subtotal = Some(index);
        }
        if kind == RowKind::Item {
            row_read.code = code.map(|code| Label { text: fold(&code.text), ..code });
            row_read.group = project;
            row_read.parent = parent;
        }
        self.fill(index, row, 0..row.len());
    }

    fn push(&mut self, kind: RowKind, side: Side, raw: Label) -> usize {
        let row = named_row(&self.table, kind, side, raw);
        self.table.rows.push(row);
        self.table.rows.len() - 1
    }

    fn fill(&mut self, index: usize, row: &[Cell], range: std::ops::Range<usize>) {
        for column in range {
            let (Some(cell), Some(&Some(slot))) = (row.get(column), self.fills.get(column)) else { continue };
            let amount = match printed(&cell.text) {
                Printed::Number(amount) => amount,
                Printed::Words => {
                    self.table.rows[index].cells[slot] = Slot::Unknown;
                    continue;
                }
                _ => continue,
            };
            self.table.rows[index].cells[slot] = Slot::Figure(self.figures.len() as u32);
            let figure = figure_of(&self.table, index, slot, cell, amount);
            self.figures.push(figure);
        }
    }

    fn finish(mut self) -> TableReading {
        self.table.link_parents();
        if self.table.columns.is_empty() {
            self.table.unread = true;
        }
        (self.table, self.figures)
    }
}

/// The left side of 财政拨款收支总表 has one amount column, the right side a 合计 and three funds.
fn sided_name(form: &Form, name: &str, side: usize) -> String {
    if form.shape == Shape::Sided && form.columns.len() > 1 {
        match (side, name) {
            (1, "合计") => return "金额".to_owned(),
            (2, "金额") => return "合计".to_owned(),
            _ => {}
        }
    }
    name.to_owned()
}

fn label(cell: &Cell) -> Label {
    Label { text: cell.text.clone(), span: cell.span }
}

/// What stands before and behind a place in a printed text, white space between them apart.
fn cut(text: &str, span: Span, at: usize) -> (Label, Label) {
    let (before, behind) = (text[..at].trim_end(), text[at..].trim_start());
    let start = span.end - behind.len().min(span.len());
    (
        Label { text: before.to_owned(), span: Span::new(span.start, span.start + before.len()) },
        Label { text: behind.to_owned(), span: Span::new(start, span.end) },
    )
}

/// A part of a code, as it is folded, and the words behind it or in its place: `01行政运行`, `合计`.
fn split_part(cell: &Cell) -> (Label, Label) {
    let is_digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
    let end = cell.text.find(|c: char| !is_digit(c) && !c.is_whitespace()).unwrap_or(cell.text.len());
    let (digits, words) = cut(&cell.text, cell.span, end);
    (Label { text: fold(&digits.text), ..digits }, words)
}

/// `30207邮电费` is a code with its name.
fn split_code(glued: Label, economic: bool) -> (Label, Label) {
    let digits = glued.text.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 || !header::is_code(&glued.text[..digits], economic) {
        return (Label::default(), glued);
    }
    cut(&glued.text, glued.span, digits)
}

/// The 类 that a line of a two-sided table names.
pub fn class_named(label: &str) -> Option<&'static subjects::Subject> {
    subjects::subjects(subjects::List::Functional).class_by_name(&bared(label))
}

/// A row with the form's own name for it and the row it is a part of (其中 …, and what follows it without a number).
pub fn named_row(table: &Table, kind: RowKind, side: Side, raw: Label) -> Row {
    named_row_behind(table, &table.rows, kind, side, raw)
}

/// The same behind some of the table's rows.
pub fn named_row_behind(table: &Table, rows: &[Row], kind: RowKind, side: Side, raw: Label) -> Row {
    let known = match (table.form.shape, side) {
        _ if kind == RowKind::Subtotal => None,
        (Shape::Sided, Side::Income) => table.form.row_on(&raw.text, "收入"),
        (Shape::Sided, _) => table.form.row_on(&raw.text, "支出"),
        _ => table.form.row(&raw.text),
    };
    let name = match known {
        Some(item) => item.name.clone(),
        None if table.form.shape == Shape::Sided && side == Side::Outlay => {
            class_named(&raw.text).map_or_else(|| bare(&raw.text), |class| class.name.to_owned())
        }
        None => bare(&raw.text),
    };
    let kind = if kind == RowKind::Item && name == "合计" { RowKind::Total } else { kind };
    let depth = numbering(raw.text.trim()).map(|(depth, _)| depth);
    let sums = name.ends_with("合计") || name.ends_with("总计") || name.ends_with("小计") || kind == RowKind::Total;
    let nested = matches!(table.form.shape, Shape::Label | Shape::Sided | Shape::Crossed) && !sums;
    let parent = if nested { parent_of(table.form, rows, side, &raw.text, &name, depth) } else { None };
    let mut row = Row::new(kind, side, Label { text: name, span: raw.span }, table.columns.len());
    row.parent = parent;
    row.depth = depth;
    row
}

/// The row that a line is a part of: by 其中, by deeper numbering, or by having none beside numbered lines.
fn parent_of(form: &Form, rows: &[Row], side: Side, raw: &str, name: &str, depth: Option<Numbering>) -> Option<usize> {
    let last = rows.iter().rposition(|row| row.side == side)?;
    let top = rows[last].parent.unwrap_or(last);
    if folded(raw).starts_with("其中") {
        return Some(top);
    }
    // The three funds stand a second time under what was carried over.
    if form.shape == Shape::Sided && rows[top].name.text.starts_with("年初") {
        return Some(top);
    }
    let head = &rows[top];
    let sums = head.name.text.ends_with("合计") || head.name.text.ends_with("总计");
    match (depth, head.depth) {
        (Some(own), Some(above)) if own > above => Some(top),
        (Some(_), _) => None,
        (None, Some(_)) if form.shape == Shape::Sided && !sums && !name.contains("结转") && !name.contains("结余") => {
            Some(top)
        }
        (None, _) => rows[last].parent,
    }
}

/// A figure of a table cell with its meaning.
pub fn figure_of(table: &Table, row: usize, column: usize, cell: &Cell, amount: super::number::Amount) -> Figure {
    let own = table.columns.get(column);
    let column_name = own.map_or("", |column| column.name.as_deref().unwrap_or(&column.header));
    let unit = if column_name == "数量" { Unit::Count } else { table.unit.unwrap_or_default() };
    Figure {
        span: cell.span,
        text: cell.text.as_str().into(),
        amount,
        unit,
        sign: 1,
        what: table.rows.get(row).map(Row::what).unwrap_or_default().into(),
        column: column_name.into(),
        by_hand: matches!(table.form.id.as_str(), "G" | "A" | "P"),
    }
}
