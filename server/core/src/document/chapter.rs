//! A disclosure in its place: its sections, what is known of it, and its findings as they are shown.

use std::sync::{Arc, OnceLock};

use super::judged::Judged;
use super::pieces::Piece;
use crate::finding::{Finding, Related};
use crate::text::Span;

/// A disclosure of a document, or what stands where one might.
#[derive(Debug)]
pub struct Chapter {
    /// Its sections.
    pub pieces: Vec<Arc<Piece>>,
    /// The section at which it showed that it begins.
    pub shown_at: usize,
    /// Where each section begins, from its own beginning.
    pub starts: Arc<[usize]>,
    /// With which line each section begins, from its own first.
    pub lines_before: Box<[usize]>,
    /// Its length in bytes.
    pub bytes: usize,
    /// Its length in blocks.
    pub blocks: usize,
    /// Its length in lines.
    pub lines: usize,
    /// What is known of it.
    pub judged: Arc<Judged>,
    /// Its findings, where they stood when they were first asked for.
    pub shown: OnceLock<Shown>,
}

impl Chapter {
    /// Is it of just these sections?
    pub fn has(&self, pieces: &[Arc<Piece>], shown_at: usize) -> bool {
        self.shown_at == shown_at
            && self.pieces.len() == pieces.len()
            && self.pieces.iter().zip(pieces).all(|(a, b)| Arc::ptr_eq(a, b))
    }

    /// Of these sections.
    pub fn new(pieces: Vec<Arc<Piece>>, shown_at: usize, judged: Arc<Judged>) -> Arc<Self> {
        let (mut bytes, mut blocks, mut lines) = (0, 0, 0);
        let mut starts = Vec::with_capacity(pieces.len());
        let mut lines_before = Vec::with_capacity(pieces.len());
        for piece in &pieces {
            starts.push(bytes);
            lines_before.push(lines);
            bytes += piece.section.len;
            blocks += piece.section.blocks.len();
            lines += piece.section.blocks.iter().map(|block| block.lines.len()).sum::<usize>();
        }
        let (starts, lines_before) = (starts.into(), lines_before.into());
        Arc::new(Self { pieces, shown_at, starts, lines_before, bytes, blocks, lines, judged, shown: OnceLock::new() })
    }
}

/// Where a disclosure stands.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    /// Its first byte.
    pub base: usize,
    /// Where its sections begin, from there.
    pub starts: &'a [usize],
}

impl At<'_> {
    /// The first byte of a section, by its number in the disclosure.
    pub fn section(&self, number: u32) -> usize {
        self.base + self.starts[number as usize]
    }
}

/// Findings as they are shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shown {
    /// Where the disclosure began.
    pub base: usize,
    /// In order of place.
    pub findings: Vec<Finding>,
    /// Those that a suppression covers, with its number.
    pub suppressed: Vec<(usize, Finding)>,
}

impl Shown {
    /// The same where the disclosure begins elsewhere.
    pub fn moved(&self, base: usize) -> Self {
        let to = |span: Span| Span::new(span.start - self.base + base, span.end - self.base + base);
        let moved = |finding: &Finding| {
            let mut finding = finding.clone();
            finding.span = to(finding.span);
            let own = |related: &&mut Related| related.elsewhere.is_none();
            finding.related.iter_mut().filter(own).for_each(|related| related.span = to(related.span));
            finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| edit.span = to(edit.span));
            finding
        };
        Self {
            base,
            findings: self.findings.iter().map(moved).collect(),
            suppressed: self.suppressed.iter().map(|(number, finding)| (*number, moved(finding))).collect(),
        }
    }
}
