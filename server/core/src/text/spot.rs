//! A span as lines and columns, for those who have the text no longer: a place in another file.

use super::position::{Encoding, Position};
use super::{Span, Text};

/// Where a span begins and ends, counted in every encoding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    start: [Position; 3],
    end: [Position; 3],
}

impl Spot {
    /// The place of a span.
    pub fn new(text: &Text, span: Span) -> Self {
        let at = |offset| [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].map(|one| text.position(offset, one));
        Self { start: at(span.start), end: at(span.end) }
    }

    /// Its first position.
    pub fn start(&self, encoding: Encoding) -> Position {
        self.start[index(encoding)]
    }

    /// The position behind it.
    pub fn end(&self, encoding: Encoding) -> Position {
        self.end[index(encoding)]
    }
}

fn index(encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => 0,
        Encoding::Utf16 => 1,
        Encoding::Utf32 => 2,
    }
}
