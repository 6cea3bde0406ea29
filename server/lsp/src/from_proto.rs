//! From the protocol's types to the engine's. Everything is clamped: a client may send any position.

use gouji_core::text::{Encoding, Position, Span, Text};
use tower_lsp::ls_types;

/// The byte offset of a position.
pub fn offset(text: &Text, position: ls_types::Position, encoding: Encoding) -> usize {
    text.offset(Position { line: position.line, column: position.character }, encoding)
}

/// The bytes of a range; its ends may come in either order.
pub fn span(text: &Text, range: ls_types::Range, encoding: Encoding) -> Span {
    let (start, end) = (offset(text, range.start, encoding), offset(text, range.end, encoding));
    Span::new(start.min(end), start.max(end))
}
