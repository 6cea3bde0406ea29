//! What an editor does with a server's ranges and edits.

use std::path::Path;

use gouji_core::text::{Encoding, Position, Span, Text};
use serde_json::{Value, json};

/// A text in an editor.
#[derive(Clone)]
pub struct Editor {
    /// The text.
    pub text: Text,
    /// What its columns count.
    pub encoding: Encoding,
}

impl Editor {
    /// A text whose columns count UTF-16 units.
    pub fn new(text: &str) -> Self {
        Self { text: Text::new(text), encoding: Encoding::Utf16 }
    }

    /// The text at a range.
    pub fn at(&self, range: &Value) -> String {
        self.text.slice(self.span(range)).into_owned()
    }

    /// Where a place of the text is, as a position.
    pub fn position(&self, offset: usize) -> Value {
        let position = self.text.position(offset, self.encoding);
        json!({"line": position.line, "character": position.column})
    }

    /// A span as a range.
    pub fn range(&self, span: Span) -> Value {
        json!({"start": self.position(span.start), "end": self.position(span.end)})
    }

    /// Applies text edits, none of which overlap.
    pub fn apply(&mut self, edits: &Value) {
        let edits = edits.as_array().expect("edits").iter();
        let mut edits: Vec<(Span, &str)> =
            edits.map(|edit| (self.span(&edit["range"]), edit["newText"].as_str().expect("a text"))).collect();
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(*span));
        for (span, with) in edits {
            self.text.edit(span, with);
        }
    }

    /// The bytes of a range, whose ends may come in either order.
    pub fn span(&self, range: &Value) -> Span {
        let offset = |position: &Value| {
            let number = |name: &str| u32::try_from(position[name].as_u64().expect("a number")).expect("a column");
            self.text.offset(Position { line: number("line"), column: number("character") }, self.encoding)
        };
        let (start, end) = (offset(&range["start"]), offset(&range["end"]));
        Span::new(start.min(end), start.max(end))
    }
}

/// The text of a fixture.
pub fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures").join(name);
    std::fs::read_to_string(path).expect("the fixture is there")
}
