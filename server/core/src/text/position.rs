//! Lines and columns in the three encodings of the language server protocol.

use super::{Span, Text};

/// What a column counts (LSP 3.17 `PositionEncodingKind`). `Utf32` counts Unicode scalar values, which is also what
/// the command line prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// UTF-16 code units; what a client means that does not negotiate.
    #[default]
    Utf16,
    /// Characters (Unicode scalar values).
    Utf32,
}

/// A place as line and column, both from 0; the column counts what the [`Encoding`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Position {
    /// Line, from 0.
    pub line: u32,
    /// Column, from 0.
    pub column: u32,
}

impl Text {
    /// The position of a byte offset; offsets past the end or inside a character are moved down to the nearest one.
    pub fn position(&self, offset: usize, encoding: Encoding) -> Position {
        let offset = self.floor_char(offset);
        let line = self.rope.byte_to_line(offset);
        let start = self.rope.line_to_byte(line);
        let before = self.rope.byte_slice(start..offset);
        let column = match encoding {
            Encoding::Utf8 => before.len_bytes(),
            Encoding::Utf16 => before.len_utf16_cu(),
            Encoding::Utf32 => before.len_chars(),
        };
        Position { line: line as u32, column: column as u32 }
    }

    /// The byte offset of a position. Every position has one: a line past the end is the end of the text, a column
    /// past the end of its line is the end of that line (before its line break), a column inside a character is its
    /// beginning.
    pub fn offset(&self, position: Position, encoding: Encoding) -> usize {
        let line = position.line as usize;
        if line >= self.line_count() {
            return self.len();
        }
        let Span { start, end } = self.line_span(line);
        let column = position.column as usize;
        let offset = match encoding {
            Encoding::Utf8 => self.floor_char(start.saturating_add(column).min(end)),
            Encoding::Utf16 => {
                let first = self.rope.char_to_utf16_cu(self.rope.byte_to_char(start));
                let wanted = first.saturating_add(column).min(self.rope.len_utf16_cu());
                self.rope.char_to_byte(self.rope.utf16_cu_to_char(wanted))
            }
            Encoding::Utf32 => {
                let wanted = self.rope.byte_to_char(start).saturating_add(column).min(self.rope.len_chars());
                self.rope.char_to_byte(wanted)
            }
        };
        offset.min(end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_position_is_clamped(source in "[预a\u{10000}\r\n]{0,20}", line in 0u32..9, column in 0u32..90) {
            let text = Text::new(&source);
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let offset = text.offset(Position { line, column }, encoding);
                prop_assert!(source.is_char_boundary(offset));
            }
            let far = Position { line: u32::MAX, column: u32::MAX };
            prop_assert_eq!(text.offset(far, Encoding::Utf16), source.len());
        }
    }

    #[test]
    fn only_lf_crlf_and_cr_end_lines() {
        assert_eq!(Text::new("一\n二\r\n三\r四\u{c}五\u{2028}六\u{85}七").line_count(), 4);
    }

    /// Every conversion goes down the rope's tree, whose nodes know their bytes, characters, units and line breaks, to a
    /// leaf, and counts in that alone. So its work is the leaves' size, times the few leaves it asks for: whatever the
    /// size of the text, the length of its lines and the edits before.
    #[test]
    fn what_is_counted_character_by_character_is_never_more_than_a_leaf() {
        const LEAF: usize = 1 << 10;
        let largest = |text: &Text| text.rope.chunks().map(str::len).max().unwrap_or_default();
        for line in ["预算公开", "预算𠀀e\u{301}", "预算\n", "\r\n", "a"] {
            for bytes in [1 << 10, 1 << 16, 1 << 20] {
                let mut text = Text::new(&line.repeat(bytes / line.len()));
                assert!(largest(&text) <= LEAF, "{bytes} of {line:?}");
                for edit in 0..200 {
                    let at = edit * 7919 % text.len();
                    text.edit(Span::new(at, at + edit % 5 * 100), &"预".repeat(edit % 7 * 300));
                }
                assert!(largest(&text) <= LEAF, "{bytes} of {line:?}, edited");
            }
        }
    }
}
