//! The text of a document: a rope, its lines, and the ways to name a place in it.
//!
//! Inside the engine a place is a byte offset; a [`Span`] is a half-open byte range. Only LF, CRLF and CR end
//! lines: a form feed stands in every page of PDF text and must not shift a line number.

mod lines;
mod position;
pub mod rest;
pub mod script;
mod span;
mod spot;

use std::borrow::Cow;

use ropey::Rope;

pub use lines::{Lines, TextLine};
pub use position::{Encoding, Position};
pub use rest::Rest;
pub use span::Span;
pub use spot::Spot;

/// The text of one document. Cloning is O(1): a clone is a snapshot.
#[derive(Clone, Debug, Default)]
pub struct Text {
    rope: Rope,
}

impl Text {
    /// The text as given; a byte order mark is an ordinary character here (callers that decode files remove it).
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text) }
    }

    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    /// True where there is no character at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of lines, at least one: a text that ends in a line break has an empty last line.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The span of a line (from 0) without its line break; lines past the end are empty spans at the end.
    pub fn line_span(&self, line: usize) -> Span {
        if line >= self.line_count() {
            return Span::new(self.len(), self.len());
        }
        let start = self.rope.line_to_byte(line);
        let slice = self.rope.line(line);
        let mut last = slice.chars_at(slice.len_chars()).reversed();
        let ending = match last.next() {
            Some('\n') => 1 + usize::from(last.next() == Some('\r')),
            Some('\r') => 1,
            _ => 0,
        };
        Span::new(start, start + slice.len_bytes() - ending)
    }

    /// The line (from 0) that a byte offset stands on; offsets past the end name the last line.
    pub fn line_of(&self, offset: usize) -> usize {
        self.rope.byte_to_line(offset.min(self.len()))
    }

    /// The byte offset where a line begins; past the last line it is the end of the text.
    pub fn line_start(&self, line: usize) -> usize {
        if line >= self.line_count() { self.len() } else { self.rope.line_to_byte(line) }
    }

    /// The lines from `start` on, the first byte of one.
    pub fn lines_from(&self, start: usize) -> Lines<'_> {
        Lines::of(&self.rope, start.min(self.len()))
    }

    /// The text of a span; it is clamped to the text and to character boundaries.
    pub fn slice(&self, span: Span) -> Cow<'_, str> {
        let (start, end) = (self.floor_char(span.start), self.floor_char(span.end));
        self.rope.byte_slice(start.min(end)..end).into()
    }

    /// Replaces a span by `with`. The span is clamped to the text and to character boundaries; the span that was
    /// really replaced is returned.
    pub fn edit(&mut self, span: Span, with: &str) -> Span {
        let (start, end) = (self.floor_char(span.start.min(span.end)), self.floor_char(span.end));
        let (from, to) = (self.rope.byte_to_char(start), self.rope.byte_to_char(end));
        self.rope.remove(from..to);
        self.rope.insert(from, with);
        Span::new(start, end)
    }

    fn floor_char(&self, offset: usize) -> usize {
        let offset = offset.min(self.len());
        self.rope.char_to_byte(self.rope.byte_to_char(offset))
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| f.write_str(chunk))
    }
}
