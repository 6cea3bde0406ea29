//! A project sheet as one text: its labels and values follow each other, whatever cells and lines they were cut into.

use super::super::source::Folded;
use crate::layout::grid::Cell;

/// Ends a cell.
pub const CELL: char = '\u{1}';
/// Ends a row.
pub const ROW: char = '\n';

/// Does it end a cell or a row?
pub fn is_end(c: char) -> bool {
    matches!(c, CELL | ROW)
}

/// The text of a sheet's cells one after another, without the white space inside, that knows where it stands.
pub fn tape(rows: &[Vec<Cell>]) -> Folded {
    let cells = || rows.iter().flatten().filter(|cell| !cell.is_blank());
    let mut tape = Folded::default();
    tape.text.reserve(cells().map(|cell| cell.text.len() + CELL.len_utf8()).sum::<usize>() + rows.len());
    for row in rows {
        for cell in row.iter().filter(|cell| !cell.is_blank()) {
            tape.push(&cell.text, cell.span.start);
            tape.mark(CELL, cell.span.end);
        }
        tape.mark(ROW, row.last().map_or(0, |cell| cell.span.end));
    }
    tape
}
