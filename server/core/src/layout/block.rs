//! Blocks: where one begins and where it ends.

use std::borrow::Cow;

use super::heal::heal;
use super::kept::Kept;
use super::line::{LineKind, titles_a_table};
use super::markup::Frame;
use super::signs::Signs;
use crate::text::{Lines, Span, Text, TextLine};

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
}

/// Forms blocks one after another.
pub(super) struct Forming<'a> {
    lines: Lines<'a>,
    /// The line that ended a block: the next one begins with it.
    ahead: Option<Told<'a>>,
    /// Room for the lines and the text of a block, used for one after the other.
    own: Vec<Line>,
    text: String,
}

/// A line of which is told how it reads and what it looks like.
struct Told<'a> {
    line: TextLine<'a>,
    /// How it reads, where that is not as printed.
    healed: Option<String>,
    kind: LineKind,
}

impl<'a> Told<'a> {
    fn of(line: TextLine<'a>) -> Self {
        let signs = Signs::of(&line.text);
        let (healed, kind) = match heal(&line.text, signs) {
            Cow::Borrowed(text) => (None, LineKind::of(text, signs)),
            Cow::Owned(text) => {
                let kind = LineKind::of(&text, Signs::of(&text));
                (Some(text), kind)
            }
        };
        Self { line, healed, kind }
    }

    fn words(&self) -> &str {
        self.healed.as_deref().unwrap_or(&self.line.text)
    }
}

impl<'a> Forming<'a> {
    /// From `start` on, the first byte of a line.
    pub fn from(text: &'a Text, start: usize) -> Self {
        Self {
            lines: text.lines_from(start),
            ahead: None,
            own: Vec::with_capacity(64),
            text: String::with_capacity(2048),
        }
    }
}

impl Iterator for Forming<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let (lines, own) = (&mut self.own, &mut self.text);
        lines.clear();
        own.clear();
        let mut kept = 0_usize; // lines that surely belong to the block; blank ones after them are decided by what follows
        let mut kind = None;
        let mut frame = Frame::default();
        let mut start = None;
        while let Some(told) = self.ahead.take().or_else(|| self.lines.next().map(Told::of)) {
            let span = told.line.span;
            let start = *start.get_or_insert(span.start);
            let line = Line::new(Span::new(span.start - start, span.end - start), told.kind);
            if line.kind != LineKind::Blank {
                let joins = match (kind, kept.checked_sub(1).map(|last| lines[last])) {
                    (Some(BlockKind::Html), _) => frame.joins(told.words(), line.kind, lines.len() > kept),
                    (Some(kind), Some(last)) => joins(kind, last, line, told.words(), lines.len() > kept),
                    _ => true,
                };
                if !joins || own.len() > LONGEST {
                    self.ahead = Some(told);
                    break;
                }
                if *kind.get_or_insert(line.kind.family()) == BlockKind::Html {
                    frame.take(told.words());
                }
                kept = lines.len() + 1;
            }
            lines.push(line);
            // Healing moves no byte.
            let healed = line.kind != LineKind::Blank && told.words().len() == told.line.text.len();
            own.push_str(if healed { told.words() } else { &told.line.text });
            own.push_str(told.line.ending);
        }
        if lines.is_empty() {
            return None;
        }
        let kind = kind.unwrap_or(BlockKind::Text);
        // A single line with commas is a sentence, not a table.
        let rows = lines.iter().filter(|line| line.kind != LineKind::Blank).count();
        let kind = if kind == BlockKind::Commas && rows < 2 { BlockKind::Text } else { kind };
        Some(Block { kind, text: own.as_str().into(), lines: lines.as_slice().into(), kept: Kept::default() })
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
