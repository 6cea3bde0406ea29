//! A project sheet as one text: its labels and values follow each other, whatever cells and lines they were cut into.

use crate::layout::grid::Cell;
use crate::text::Span;

/// Ends a cell.
pub const CELL: char = '\u{1}';
/// Ends a row.
pub const ROW: char = '\n';

/// Does it end a cell or a row?
pub fn is_end(c: char) -> bool {
    matches!(c, CELL | ROW)
}

/// The text of a sheet's cells one after another, without the white space inside, and where each byte of it stands.
pub struct Tape {
    pub text: String,
    pub places: Vec<usize>,
    ends: Vec<usize>,
}

impl Tape {
    /// Of some rows.
    pub fn of(rows: &[Vec<Cell>]) -> Self {
        let cells = || rows.iter().flatten().filter(|cell| !cell.is_blank());
        let room = cells().map(|cell| cell.text.len() + CELL.len_utf8()).sum::<usize>() + rows.len();
        let (text, places, ends) = (String::with_capacity(room), Vec::with_capacity(room), Vec::with_capacity(room));
        let mut tape = Self { text, places, ends };
        for row in rows {
            for cell in row.iter().filter(|cell| !cell.is_blank()) {
                for (at, c) in cell.text.char_indices() {
                    if let Some(folded) = crate::catalog::name::fold_char(c) {
                        tape.push(folded, cell.span.start + at, cell.span.start + at + c.len_utf8());
                    }
                }
                tape.push(CELL, cell.span.end, cell.span.end);
            }
            let end = row.last().map_or(0, |cell| cell.span.end);
            tape.push(ROW, end, end);
        }
        tape
    }

    fn push(&mut self, c: char, place: usize, end: usize) {
        self.text.push(c);
        self.places.resize(self.text.len(), place);
        self.ends.resize(self.text.len(), end);
    }

    /// Where a part of it stands.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.places[range.start], self.ends[range.end - 1])
    }
}
