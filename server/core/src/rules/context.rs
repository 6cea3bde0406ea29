//! What laying looks at and what it gives.

use std::cell::RefCell;
use std::sync::Arc;

use super::across::Peer;
use super::answer::Given;
use super::builtin::Pair;
use super::narrative::Told;
use super::note::Note;
use super::page::Page;
use super::relation::Relation;
use super::seen::{Facts, Once, Sections};
use super::selection::Selection;
use crate::reading::FigureId;

/// What laying the book gives.
#[derive(Debug, Default)]
pub struct Laid {
    /// Relations, in order of page and place.
    pub relations: Vec<Relation>,
    /// Findings of rules that are no relation between figures.
    pub notes: Vec<Note>,
    /// Texts that must be the same wherever they stand.
    pub texts: Vec<SameText>,
    /// Relations that could not be laid because a figure is missing or not placed.
    pub unchecked: usize,
    /// A hash of all that a costly function looked at, where it says so: see [`Context::recalls`].
    pub digest: Option<u64>,
    /// It is what was given before, all of it: see [`Context::recalls`].
    pub recalled: Option<Arc<Given>>,
}

/// A text (a code, a year) that must be the same wherever it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct SameText {
    /// The page, by its number in the book.
    pub page: usize,
    /// Where it stands: section and place in it.
    pub places: Vec<(u32, crate::text::Span)>,
    /// It is the same everywhere.
    pub holds: bool,
}

/// What laying looks at.
pub struct Context<'a> {
    /// The disclosure.
    pub disclosure: Facts<'a>,
    /// Its sections, and behind them one for each other disclosure that is related to it, with the figures it offers.
    pub sections: Sections<'a>,
    /// The related disclosures, in the order of their sections.
    pub peers: &'a [Peer],
    /// The rules that are checked.
    pub selection: &'a Selection,
    /// What several rules look for.
    pub shared: Shared,
    /// What the page that is at work gave before the edit, over the same kinds of sections.
    pub(crate) before: RefCell<Option<Arc<Given>>>,
}

/// What several rules look for, found once.
#[derive(Default)]
pub struct Shared {
    /// The projects of the narrative with their sheets.
    pub(super) projects: Once<Vec<Pair>>,
    /// Where each measure is told.
    pub(super) told: Once<Told>,
}

impl<'a> Context<'a> {
    /// Does a system add up what it prints? Accounts are kept in 元 and printed in 万元: each figure is rounded by itself.
    pub fn is_exact(&self) -> bool {
        !self.disclosure.accounts
    }

    /// A page, by its number in the book.
    pub fn page(&self, number: usize) -> &'a Page {
        &self.selection.book()[number]
    }

    /// Lays what the page gave before, where it then looked at the same: for functions that cost more than to tell that.
    pub(super) fn recalls(&self, digest: u64, laid: &mut Laid) -> bool {
        laid.digest = Some(digest);
        let before = self.before.borrow();
        laid.recalled = before.as_ref().filter(|before| before.digest == Some(digest)).cloned();
        laid.recalled.is_some()
    }

    /// Was it typed by hand? All of a project sheet is, which is known without looking into it.
    pub fn is_by_hand(&self, id: FigureId) -> bool {
        self.sections.has_sheet(id.section as usize) || self.figure(id).by_hand
    }

    /// The figure of an id.
    pub fn figure(&self, id: FigureId) -> &'a crate::reading::Figure {
        &self.sections.get(id.section as usize).figures[id.index as usize]
    }
}
