//! The text of a section: its blocks laid end to end.

use std::sync::Arc;

use crate::catalog::name::{fold, fold_char, without_brackets};
use crate::layout::grid::Cell;
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

/// Words parted by white space, with their places.
pub fn words(line: &SourceLine) -> Vec<Cell> {
    let mut out = Vec::new();
    let mut start = None;
    for (at, c) in line.text.char_indices().chain([(line.text.len(), ' ')]) {
        match (c.is_whitespace(), start) {
            (true, Some(from)) => {
                let span = Span::new(line.span.start + from, line.span.start + at);
                out.push(Cell { span, text: line.text[from..at].to_owned() });
                start = None;
            }
            (false, None) => start = Some(at),
            _ => {}
        }
    }
    out
}

/// Does the line state a unit or a year, as the line under a title does? It comes again on each page.
pub fn states_unit(text: &str) -> bool {
    // A unit in brackets belongs to the column it stands behind.
    let folded = fold(text);
    let plain = without_brackets(&folded);
    let folded = if plain.is_empty() { folded } else { plain };
    ["单位：万元", "单位：元", "单位：亿元", "预算年度：", "截止时间", "单位：人民币"]
        .iter()
        .any(|mark| folded.contains(mark))
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
