//! Positions as the contract counts them.

use gouji_core::text::{Encoding, Position, Span, Spot, Text};
use serde::Serialize;

/// Line and column, from 1; the column counts Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

impl Place {
    /// The place of a byte offset.
    pub fn new(text: &Text, offset: usize) -> Self {
        text.position(offset, Encoding::Utf32).into()
    }
}

impl From<Position> for Place {
    /// The place of a position that counts Unicode scalar values.
    fn from(position: Position) -> Self {
        Self { line: position.line + 1, column: position.column + 1 }
    }
}

/// Start and exclusive end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Where it begins.
    pub start: Place,
    /// Where it is over.
    pub end: Place,
}

impl Range {
    /// The range of a span.
    pub fn new(text: &Text, span: Span) -> Self {
        Self { start: Place::new(text, span.start), end: Place::new(text, span.end) }
    }

    /// The range of a spot of another file.
    pub fn elsewhere(spot: &Spot) -> Self {
        Self { start: spot.start(Encoding::Utf32).into(), end: spot.end(Encoding::Utf32).into() }
    }
}
