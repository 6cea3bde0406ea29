//! A document between the threads: what was received of it, and what is known of it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gouji_core::Document;
use gouji_project::Project;
use tokio::sync::watch;
use tower_lsp::ls_types::Uri;

use super::patch::Patch;
use crate::findings::{Frame, Known};

/// A document as it was analysed.
#[derive(Debug)]
pub struct Snapshot {
    /// Counts the edits received: unlike the client's version it only ever grows.
    pub revision: u64,
    /// The client's version.
    pub version: i32,
    /// The document; none where its analysis failed.
    pub document: Option<Document>,
    /// The folder whose word it was checked by.
    pub project: Option<Arc<Project>>,
}

/// What the client has not been told of a document.
#[derive(Debug)]
pub struct News {
    /// The revision it is about.
    pub revision: u64,
    /// What says it; none where nothing is to be shown.
    pub publication: Option<Frame>,
}

/// An open document. A document closed and opened again is another one.
#[derive(Debug)]
pub struct Slot {
    /// Names the slot; never used twice.
    pub id: u64,
    /// Canonical URI.
    pub uri: Uri,
    /// The client's own spelling of it.
    pub spelling: String,
    received: AtomicU64,
    closed: AtomicBool,
    analysed: watch::Sender<Option<Arc<Snapshot>>>,
    news: Mutex<Option<News>>,
    known: Mutex<Known>,
    /// The revisions that the latest snapshot has not seen; none for one that is more than an edit.
    unseen: Mutex<Vec<(u64, Option<Patch>)>>,
}

impl Slot {
    /// A document of which nothing is known yet.
    pub fn new(id: u64, uri: Uri, spelling: String) -> Self {
        let (received, closed) = (AtomicU64::new(0), AtomicBool::new(false));
        Self {
            id,
            uri,
            spelling,
            received,
            closed,
            analysed: watch::channel(None).0,
            news: Mutex::default(),
            known: Mutex::default(),
            unseen: Mutex::default(),
        }
    }

    /// The latest revision received.
    pub fn received(&self) -> u64 {
        self.received.load(Ordering::Acquire)
    }

    /// Counts an edit, or what asks for all to be judged anew, and gives its revision.
    pub fn receive(&self, patch: Option<Patch>) -> u64 {
        let mut unseen = self.unseen();
        let revision = self.received.fetch_add(1, Ordering::AcqRel) + 1;
        unseen.push((revision, patch));
        revision
    }

    fn unseen(&self) -> MutexGuard<'_, Vec<(u64, Option<Patch>)>> {
        self.unseen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// True from `didClose` on.
    pub fn closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Marks the document as closed and lets go everyone who waits for it.
    pub fn close(&self) {
        self.closed.store(true, Ordering::Release);
        self.analysed.send_modify(|_| {});
    }

    /// Makes an analysis known.
    pub fn publish(&self, snapshot: Snapshot) -> Arc<Snapshot> {
        let snapshot = Arc::new(snapshot);
        let mut unseen = self.unseen();
        self.analysed.send_replace(Some(Arc::clone(&snapshot)));
        unseen.retain(|(revision, _)| *revision > snapshot.revision);
        drop(unseen);
        snapshot
    }

    /// What is known of it, as of now, and all edits since as one; none where nothing is known or was edited, or where it is
    /// to be judged anew for another reason as well.
    pub fn behind(&self) -> Option<(Arc<Snapshot>, Patch)> {
        let unseen = self.unseen();
        let patches: Option<Vec<Patch>> = unseen.iter().map(|(_, patch)| *patch).collect();
        let patch = patches?.into_iter().reduce(Patch::then)?;
        Some((self.latest()?, patch))
    }

    /// What is known of it, as of now.
    pub fn latest(&self) -> Option<Arc<Snapshot>> {
        self.analysed.borrow().clone()
    }

    /// What was made last of its findings.
    pub fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts news in place of older news that nobody took.
    pub fn put_news(&self, news: News) {
        *self.news.lock().unwrap_or_else(PoisonError::into_inner) = Some(news);
    }

    /// Takes the news.
    pub fn take_news(&self) -> Option<News> {
        self.news.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// The analysis of what has been received up to now, or a later one; none where the document is closed first.
    pub async fn current(&self) -> Option<Arc<Snapshot>> {
        let wanted = self.received();
        let is_there = |snapshot: &Option<Arc<Snapshot>>| snapshot.as_ref().is_some_and(|s| s.revision >= wanted);
        let mut analysed = self.analysed.subscribe();
        let found = analysed.wait_for(|snapshot| self.closed() || is_there(snapshot)).await.ok()?;
        found.clone().filter(|_| !self.closed())
    }
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use gouji_core::text::Span;

    use super::*;

    #[test]
    fn only_edits_can_be_looked_past() {
        let slot = Slot::new(1, Uri::from_str("file:///a").unwrap(), String::new());
        let analysed = |revision| drop(slot.publish(Snapshot { revision, version: 0, document: None, project: None }));
        let edit = Some(Patch::replaced(Span::new(3, 4), 2));
        analysed(slot.receive(None));
        assert!(slot.behind().is_none(), "nothing was edited");
        slot.receive(edit);
        assert_eq!(slot.behind().map(|(_, patch)| patch), edit);
        // Other settings, or other files: what is known of any place may be another now.
        let last = slot.receive(None);
        assert!(slot.behind().is_none());
        analysed(last);
        slot.receive(edit);
        assert_eq!(slot.behind().map(|(_, patch)| patch), edit);
    }
}
