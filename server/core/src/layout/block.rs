//! Blocks: where one begins and where it ends.

use super::heal::heal;
use super::kept::Kept;
use super::line::{LineKind, titles_a_table};
use super::markup::Frame;
use crate::text::{Span, Text, TextLine};

/// The family of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// One cell a line, each with a leading tab; a blank line ends the row.
    Cells,
    /// One row a line, cells parted by tabs.
    Tabbed,
    /// One row a line, cells between pipes (Markdown) or each closed by one; one `cell |` a line.
    Piped,
    /// One row a line, cells parted by commas (CSV).
    Commas,
    /// A table of HTML tags.
    Html,
    /// Anything else: prose, headings, the rows of PDF text.
    Text,
}

/// A line of a block, relative to the block's first byte, without its line break.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    start: u32,
    end: u32,
    /// What it looks like.
    pub kind: LineKind,
}

impl Line {
    fn new(span: Span, kind: LineKind) -> Self {
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { start: place(span.start), end: place(span.end), kind }
    }

    /// Where, in the block.
    pub const fn span(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }
}

/// A block that is longer ends with the line, in bytes: places in it are kept in 32 bits.
const LONGEST: usize = 1 << 30;

/// A stretch of lines that reads on its own. It holds its own text; all places in it are relative to its start.
#[derive(Debug, PartialEq, Eq)]
pub struct Block {
    /// Its family.
    pub kind: BlockKind,
    /// Its text, line breaks included, as long as the printed one but healed ([`super::heal`]).
    pub text: Box<str>,
    /// Its lines: there are as many as in the text, so that each is kept small.
    pub lines: Box<[Line]>,
    /// What was found out about it.
    pub kept: Kept,
}

impl Block {
    /// Length in bytes.
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Never true of a block that was formed: it holds at least one line.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Forms the block that begins at `start`, the first byte of a line.
    pub(super) fn form(text: &Text, start: usize) -> Self {
        let mut lines: Vec<Line> = Vec::new();
        let mut kept = 0; // lines that surely belong to the block; blank ones after them are decided by what follows
        let mut kind = None;
        let mut frame = Frame::default();
        let mut own = String::new();
        for TextLine { span, text, ending } in text.lines_from(start) {
            let words = heal(&text);
            let line = Line::new(Span::new(span.start - start, span.end - start), LineKind::of(&words));
            if line.kind != LineKind::Blank {
                let joins = match (kind, lines[..kept].iter().rfind(|l| l.kind != LineKind::Blank)) {
                    (Some(BlockKind::Html), _) => frame.joins(&words, line.kind, lines.len() > kept),
                    (Some(kind), Some(last)) => joins(kind, *last, line, &words, lines.len() > kept),
                    _ => true,
                };
                if !joins || own.len() > LONGEST {
                    break;
                }
                if *kind.get_or_insert(line.kind.family()) == BlockKind::Html {
                    frame.take(&words);
                }
                kept = lines.len() + 1;
            }
            lines.push(line);
            // Healing moves no byte.
            let healed = line.kind != LineKind::Blank && words.len() == text.len();
            own += if healed { &words } else { &text };
            own += ending;
        }
        let text = own.into_boxed_str();
        let kind = kind.unwrap_or(BlockKind::Text);
        // A single line with commas is a sentence, not a table.
        let rows = lines.iter().filter(|line| line.kind != LineKind::Blank).count();
        let kind = if kind == BlockKind::Commas && rows < 2 { BlockKind::Text } else { kind };
        Self { kind, text, lines: lines.into_boxed_slice(), kept: Kept::default() }
    }
}

/// Does the next line that is not blank go on with the block?
fn joins(kind: BlockKind, last: Line, next: Line, words: &str, blank_between: bool) -> bool {
    match kind {
        // A line without a tab right behind a cell is the next line of that cell.
        BlockKind::Cells => next.kind == LineKind::Cell || (!blank_between && next.kind.continues_a_cell()),
        // A blank line ends a table of rows; the next may be another.
        BlockKind::Tabbed => !blank_between && matches!(next.kind, LineKind::Tabbed | LineKind::Cell),
        BlockKind::Piped => !blank_between && next.kind == LineKind::Piped && !titles_a_table(words),
        BlockKind::Commas => !blank_between && next.kind == LineKind::Commas,
        // A table of tags ends where its tags say so.
        BlockKind::Html => false,
        BlockKind::Text => {
            next.kind.family() == BlockKind::Text
                && !matches!(next.kind, LineKind::Heading | LineKind::Caption)
                && (last.kind == next.kind || !matches!((last.kind, next.kind), (_, LineKind::Prose)))
                && last.kind != LineKind::ProseEnd
        }
    }
}
