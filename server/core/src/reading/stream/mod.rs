//! Tables that a page flattened: one cell a line (FORMATS L2, L7), or rows between bars of which blank cells were
//! dropped (L6). Rows are found anew by what begins one: a serial number, a code, a label of the form. Where all cells
//! of a row are there, each of its figures knows its column; the others are placed as those of PDF text are.

mod columns;
mod rows;
mod shape;

use super::flow_header::{self, FlowHeader};
use super::flow_table;
use super::header::is_code;
use super::source::{SourceLine, is_surely_a_page};
use super::table::{Label, TableReading};
use crate::catalog::name::fold;
use crate::catalog::{Form, Shape, Unit};
use crate::hash::Map;
use crate::layout::BlockKind;
use crate::layout::grid::Cell;
use crate::layout::line::{BARS, LineKind};
use crate::text::Span;
use columns::{hints, printed_columns};
use rows::{begins, split};
pub use shape::{has_short_rows, is_endless, is_one_cell_a_line, is_one_cell_a_row, is_whole};
use shape::{is_decimal, is_number, is_words, sided_width};

/// Cells of a header at most, and rows of one cell that make a table one cell a line.
const HEADER: usize = 60;

/// More cells than this are no row.
const ENDLESS: usize = 24;

/// The column of a figure, by the place where it is printed.
pub type Hints = Map<usize, usize>;

/// The cells of such lines. A blank cell is a blank line with the blank line that parts it from the next.
pub fn cells(lines: &[SourceLine], text: &str) -> Vec<Cell> {
    let breaks = |pair: &[SourceLine]| text.get(pair[0].span.end..pair[1].span.start).map_or(1, line_breaks);
    let lines: Vec<SourceLine> = lines.iter().filter(|line| !is_surely_a_page(&fold(line.text))).copied().collect();
    let gaps: Vec<usize> = lines.windows(2).map(breaks).collect();
    let usual = gaps.iter().copied().min().unwrap_or(1).max(1);
    // One blank line or none beside each cell; other gaps tell nothing.
    let regular = gaps.iter().all(|gap| gap % usual == 0);
    let mut out = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        out.push(cell(line.text, line.span));
        if let Some(gap) = gaps.get(index).filter(|_| regular) {
            let blanks = (gap / usual).saturating_sub(1).min(HEADER);
            out.extend(
                (0..blanks).map(|_| Cell { span: Span::new(line.span.end, line.span.end), text: String::new() }),
            );
        }
    }
    out
}

/// How often a line ends: at an LF, and at a CR without one.
fn line_breaks(text: &str) -> usize {
    let next = text.bytes().skip(1).chain([0]);
    text.bytes().zip(next).filter(|pair| matches!(pair, (b'\n', _)) || pair.0 == b'\r' && pair.1 != b'\n').count()
}

fn cell(text: &str, span: Span) -> Cell {
    let trimmed = text.trim();
    let start = span.start + (text.len() - text.trim_start().len());
    Cell { span: Span::new(start, start + trimmed.len()), text: trimmed.to_owned() }
}

/// The text of a section with nothing in it but these cells: bars, and lines that are no part of the table, are spaces.
fn only(rows: &[Vec<Cell>], text: &str) -> String {
    let mut out = vec![b' '; text.len()];
    for span in rows.iter().flatten().map(|cell| cell.span) {
        if let (Some(place), Some(own)) = (out.get_mut(span.start..span.end), text.get(span.start..span.end)) {
            place.copy_from_slice(own.as_bytes());
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Reads a flattened table; `rows` are those printed, or a single one of all the cells where row ends are lost. `text`
/// is that of the section.
pub fn read(form: &'static Form, title: Label, unit: Option<Unit>, rows: Vec<Vec<Cell>>, text: &str) -> TableReading {
    let (rows, torn) = if is_one_cell_a_row(&rows) || rows.len() == 1 {
        split(form, rows.into_iter().flatten().collect())
    } else {
        (rows, false)
    };
    let parted = only(&rows, text);
    let lines: Vec<SourceLine> = rows.iter().filter_map(|row| line(row, &parted)).collect();
    let mut head = flow_header::read(form, &lines);
    if let Some(printed) = printed_columns(form, &rows) {
        head.columns = printed;
    }
    // Without a header, a list of labels with one figure each has the form's first column.
    let alone = |row: &Vec<Cell>| row.iter().filter(|cell| is_number(cell)).count() <= 1;
    if form.shape == Shape::Label && head.lines == 0 && head.columns.is_empty() && rows.iter().all(alone) {
        head.columns = form.columns.iter().take(1).map(|item| item.name.clone()).collect();
    }
    head.unit = unit.or(head.unit);
    let (hints, mixed) = hints(form, &rows, &head);
    let (mut table, figures) = flow_table::read_with(form, title, &lines, &head, &hints);
    table.unread |= torn || mixed || is_out_of_step(form, &rows, &head);
    // A name that was pieced together from several cells may be wrong.
    for row in &mut table.rows {
        let printed = text.get(row.name.span.start..row.name.span.end).unwrap_or_default();
        row.name_sure &= !printed.contains(BARS) && !printed.contains(['\n', '\r']);
    }
    (table, figures)
}

/// Rows that cannot be: with more figures than columns, with a second code, with the number of the next row at the end.
fn is_out_of_step(form: &Form, rows: &[Vec<Cell>], head: &FlowHeader) -> bool {
    let sided = form.shape == Shape::Sided;
    let most = if sided { sided_width(form).0 + 1 } else { head.columns.len() };
    rows.iter().any(|row| {
        let Some(first) = row.iter().position(is_decimal) else { return false };
        let numbers = || row[first..].iter().filter(|cell| is_number(cell));
        let serial: Option<u32> = row.first().and_then(|cell| fold(&cell.text).parse().ok());
        let next = numbers().next_back().and_then(|cell| fold(&cell.text).parse::<u32>().ok());
        let code = |cell: &Cell| form.shape == Shape::Subject && is_code(&cell.text, form.is_economic());
        let unnamed = form.shape == Shape::Subject && !row[..first].iter().any(is_words);
        numbers().count() > most.max(1)
            || sided && row.iter().filter(|cell| begins(form, cell)).count() > 2
            || unnamed && row[..first].iter().any(code)
            || row[first..].iter().any(code)
            || serial.is_some() && next == serial.map(|serial| serial + 1)
    })
}

/// A row as a line of text.
fn line<'a>(row: &[Cell], text: &'a str) -> Option<SourceLine<'a>> {
    let mut used = row.iter().filter(|cell| !cell.is_blank());
    let first = used.next()?;
    let span = Span::new(first.span.start, used.next_back().unwrap_or(first).span.end);
    let text = text.get(span.start..span.end)?;
    Some(SourceLine { span, text, kind: LineKind::Row, family: BlockKind::Text, block: 0 })
}
