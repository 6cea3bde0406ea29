//! A disclosure in its place: its sections, what is known of it, and its findings as they are shown.
//!
//! A disclosure may rest: then it is not held as read, only what it is made of and what is asked of it most. It is read
//! again when more is asked of it, and is as it was.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::judged::Judged;
use super::pieces::{Piece, sections};
use super::read::Read;
use super::view::{Coverage, Identity};
use crate::finding::{Finding, Related};
use crate::rules::Selection;
use crate::rules::across::{Extract, Peer};
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
    /// False where it is no disclosure at all.
    pub is_one: bool,
    /// What is said of it tells a line, or a place in another disclosure of the document, and cannot just be moved with it.
    pub fixed: bool,
    /// Whose it is.
    pub identity: Identity,
    /// What it offers to other disclosures.
    pub extract: Option<Arc<Extract>>,
    /// The disclosures that are related to it.
    pub peers: Vec<Peer>,
    /// The rules it was judged by.
    pub selection: Selection,
    /// Its findings, where they stood when they were first asked for.
    pub shown: OnceLock<Shown>,
    coverage: OnceLock<Coverage>,
    /// What is known of it; none while it rests.
    judged: Mutex<Option<Arc<Judged>>>,
    /// When it was last asked for more than is at hand while it rests.
    asked: AtomicU64,
}

/// Tells what was asked for later.
static NOW: AtomicU64 = AtomicU64::new(0);

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
            bytes += piece.bytes;
            blocks += piece.blocks.len();
            lines += piece.lines;
        }
        Arc::new(Self {
            pieces,
            shown_at,
            starts: starts.into(),
            lines_before: lines_before.into(),
            bytes,
            blocks,
            lines,
            is_one: judged.is_one,
            fixed: judged.fixed,
            identity: judged.identity(),
            extract: judged.extract.clone(),
            peers: judged.peers.clone(),
            selection: judged.selection().clone(),
            shown: OnceLock::new(),
            coverage: OnceLock::new(),
            judged: Mutex::new(Some(judged)),
            asked: AtomicU64::new(NOW.fetch_add(1, Ordering::Relaxed)),
        })
    }

    /// What is known of it. It rests no longer.
    pub fn judged(&self) -> Arc<Judged> {
        self.asked.store(NOW.fetch_add(1, Ordering::Relaxed), Ordering::Relaxed);
        Arc::clone(self.state().get_or_insert_with(|| self.read_again()))
    }

    /// What is known of it; while it rests, it goes on resting.
    pub fn glance(&self) -> Arc<Judged> {
        self.awake().unwrap_or_else(|| self.read_again())
    }

    /// What is known of it; none while it rests.
    pub fn awake(&self) -> Option<Arc<Judged>> {
        self.state().clone()
    }

    /// When it was last asked for, as long as it does not rest.
    pub fn asked(&self) -> Option<u64> {
        self.state().as_ref().map(|_| self.asked.load(Ordering::Relaxed))
    }

    /// How much of it is checked.
    pub fn coverage(&self) -> Coverage {
        *self.coverage.get_or_init(|| self.glance().coverage())
    }

    /// It rests from now on. What is said of it must have been [shown](Self::shown).
    pub fn rest(&self) {
        self.coverage();
        *self.state() = None;
        self.pieces.iter().for_each(|piece| piece.rest());
    }

    fn read_again(&self) -> Arc<Judged> {
        let read = Read::of(sections(&self.pieces), &self.selection, None);
        Judged::of(read, self.peers.clone(), &self.selection, None)
    }

    fn state(&self) -> MutexGuard<'_, Option<Arc<Judged>>> {
        // A panic while it was read again leaves it at rest.
        self.judged.lock().unwrap_or_else(PoisonError::into_inner)
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
        let moved = |finding: &Finding| self.finding(finding, base);
        Self {
            base,
            findings: self.findings.iter().map(moved).collect(),
            suppressed: self.suppressed.iter().map(|(number, finding)| (*number, moved(finding))).collect(),
        }
    }

    /// One of these findings where the disclosure begins at `base`.
    pub fn finding(&self, own: &Finding, base: usize) -> Finding {
        let to = |span: Span| Span::new(span.start - self.base + base, span.end - self.base + base);
        let mut finding = own.clone();
        finding.span = to(finding.span);
        let here = |related: &&mut Related| related.elsewhere.is_none();
        finding.related.iter_mut().filter(here).for_each(|related| related.span = to(related.span));
        finding.fixes.iter_mut().flat_map(|fix| &mut fix.edits).for_each(|edit| edit.span = to(edit.span));
        finding
    }

    /// The findings of a place, where the disclosure begins at `base`.
    pub fn at(&self, span: Span, base: usize) -> impl Iterator<Item = Finding> {
        let back = |at: usize| at.max(base) - base + self.base;
        let place = Span::new(back(span.start), back(span.end));
        let here = self.findings.iter().filter(move |finding| finding.concerns(place));
        here.map(move |finding| self.finding(finding, base))
    }
}
