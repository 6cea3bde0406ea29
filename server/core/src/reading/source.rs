//! The text of a section: its blocks laid end to end.

use std::sync::Arc;

use crate::catalog::name::fold_char;
use crate::layout::line::LineKind;
use crate::layout::{Block, BlockKind};
use crate::text::Span;

/// A line of a section.
#[derive(Clone, Copy, Debug)]
pub struct SourceLine<'a> {
    /// Where, in the section.
    pub span: Span,
    /// Its text.
    pub text: &'a str,
    /// What it looks like.
    pub kind: LineKind,
    /// The family of its block.
    pub family: BlockKind,
    /// The number of its block in the section.
    pub block: usize,
}

/// The lines of some blocks that are not blank.
pub fn lines(blocks: &[Arc<Block>]) -> Vec<SourceLine<'_>> {
    let mut out = Vec::new();
    let mut base = 0;
    for (number, block) in blocks.iter().enumerate() {
        for line in block.lines.iter().filter(|line| line.kind != LineKind::Blank) {
            out.push(SourceLine {
                span: line.span.shifted(base),
                text: &block.text[line.span.start..line.span.end],
                kind: line.kind,
                family: block.kind,
                block: number,
            });
        }
        base += block.len();
    }
    out
}

/// Text without white space and quotes, in one width, that knows where each character came from. Sentences of PDF text
/// are broken anywhere, inside a number and its unit too: reading this instead heals them.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the byte of the section it came from.
    places: Vec<usize>,
    end: usize,
}

impl Folded {
    /// Adds a piece of the section that begins at `base`.
    pub fn push(&mut self, text: &str, base: usize) {
        for (at, c) in text.char_indices() {
            if let Some(folded) = fold_char(c) {
                self.text.push(folded);
                self.places.resize(self.text.len(), base + at);
            }
            self.end = base + at + c.len_utf8();
        }
    }

    /// Adds the mark of a sentence that ends with its line.
    pub fn mark(&mut self, place: usize) {
        self.text.push('\n');
        self.places.resize(self.text.len(), place);
    }

    /// The place in the section of a range of the folded text, from its first to its last character.
    pub fn span(&self, start: usize, end: usize, section: &dyn Fn(usize) -> usize) -> Span {
        let from = self.places.get(start).copied().unwrap_or(self.end);
        let last = end.checked_sub(1).and_then(|at| self.places.get(at).copied()).unwrap_or(from);
        Span::new(from, last + section(last))
    }
}
