//! The open documents. Their texts change here, on the transport's task, in the order of the wire.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Arc, MutexGuard, PoisonError};

use gouji_core::text::{Encoding, Span, Text};
use tower_lsp::ls_types::{TextDocumentContentChangeEvent, Uri};

use super::Session;
use super::mailbox::Work;
use super::patch::Patch;
use super::slot::Slot;
use super::words;
use crate::egress::Event;
use crate::from_proto;
use crate::uri;

/// The open documents by canonical URI.
#[derive(Default)]
pub struct Documents {
    open: HashMap<String, Entry>,
    opened: u64,
}

struct Entry {
    slot: Arc<Slot>,
    text: Text,
    /// The client's version of it.
    version: i32,
}

impl Documents {
    /// The document of a canonical URI.
    pub fn slot(&self, canonical: &str) -> Option<Arc<Slot>> {
        self.open.get(canonical).map(|entry| Arc::clone(&entry.slot))
    }

    /// The document of a canonical URI as it was received last: its text and the client's version of it.
    pub fn received(&self, canonical: &str) -> Option<(Arc<Slot>, Text, i32)> {
        let entry = self.open.get(canonical)?;
        Some((Arc::clone(&entry.slot), entry.text.clone(), entry.version))
    }

    /// All of them, in order of URI.
    pub fn slots(&self) -> Vec<Arc<Slot>> {
        let mut slots: Vec<Arc<Slot>> = self.open.values().map(|entry| Arc::clone(&entry.slot)).collect();
        slots.sort_by(|a, b| a.uri.as_str().cmp(b.uri.as_str()));
        slots
    }

    /// The texts of the open files by which folders say how they are checked.
    pub fn words(&self) -> HashMap<PathBuf, Text> {
        let words = self.open.iter().filter(|(uri, _)| words::is_one(uri));
        words.filter_map(|(uri, entry)| Some((uri::path(uri)?, entry.text.clone()))).collect()
    }

    /// The text of an open file, with its version.
    pub fn versioned(&self, path: &Path) -> Option<(Text, i32)> {
        self.open.get(&uri::of_path(path)).map(|entry| (entry.text.clone(), entry.version))
    }
}

impl Session {
    pub(super) fn documents(&self) -> MutexGuard<'_, Documents> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has open documents judged anew: other files offer something else now.
    pub(super) fn reconsider(&self, files: &BTreeSet<Arc<str>>) {
        if files.is_empty() {
            return;
        }
        let documents = self.documents();
        for Entry { slot, text, version } in files.iter().filter_map(|file| documents.open.get(&**file)) {
            self.renew(slot, text, *version);
        }
    }

    fn renew(&self, slot: &Arc<Slot>, text: &Text, version: i32) {
        let revision = slot.receive(None);
        let work = Work::Analyse { text: text.clone(), patch: Some(Patch::nothing()), version, revision };
        self.mailbox.post(Arc::clone(slot), work);
    }

    /// Opens a document. One that is open already begins anew with this text.
    pub fn open(&self, spelling: &str, version: i32, source: &str) {
        let key = uri::canonical(spelling);
        let Ok(uri) = Uri::from_str(&key) else { return self.log(format!("didOpen: no URI: {spelling}")) };
        let mut documents = self.documents();
        if let Some(Entry { slot, text, .. }) = documents.open.remove(&key) {
            self.log(format!("didOpen: {spelling} is open already; its text is replaced"));
            self.forget(slot, text);
        }
        documents.opened += 1;
        let slot = Arc::new(Slot::new(documents.opened, uri, spelling.to_owned()));
        let text = Text::new(source);
        documents.open.insert(key, Entry { slot: Arc::clone(&slot), text: text.clone(), version });
        let revision = slot.receive(None);
        let file = slot.uri.as_str().to_owned();
        self.mailbox.post(slot, Work::Analyse { text, patch: None, version, revision });
        drop(documents);
        self.disk.opened(&file);
        if words::is_one(&file) {
            self.forget_words();
        }
    }

    /// Applies the changes of one notification, each to the text that the one before it left.
    pub fn change(&self, spelling: &str, version: i32, changes: Vec<TextDocumentContentChangeEvent>) {
        let encoding = self.settings().encoding;
        let mut documents = self.documents();
        let Some(Entry { slot, text, version: known }) = documents.open.get_mut(&uri::canonical(spelling)) else {
            return self.log(format!("didChange: {spelling} is not open; ignored"));
        };
        let patches = changes.into_iter().map(|change| apply(text, change, encoding));
        let patch = Some(patches.reduce(Patch::then).unwrap_or_else(Patch::nothing));
        *known = version;
        let revision = slot.receive(patch);
        let work = Work::Analyse { text: text.clone(), patch, version, revision };
        self.mailbox.post(Arc::clone(slot), work);
        let is_word = words::is_one(slot.uri.as_str());
        drop(documents);
        if is_word {
            self.forget_words();
        }
    }

    /// Has every document looked at and published anew: the user wants to see something else of it.
    pub(super) fn refresh(&self) {
        for Entry { slot, text, version } in self.documents().open.values() {
            self.renew(slot, text, *version);
        }
    }

    /// Closes a document: nothing is said of it any more.
    pub fn close(&self, spelling: &str) {
        let entry = self.documents().open.remove(&uri::canonical(spelling));
        match entry {
            Some(Entry { slot, text, .. }) => {
                let file: Arc<str> = Arc::from(slot.uri.as_str());
                self.forget(slot, text);
                if !self.disk.closed(&file) {
                    self.offer_saved(&file, Vec::new());
                }
                if words::is_one(&file) {
                    self.forget_words();
                }
                self.complain();
            }
            None => self.log(format!("didClose: {spelling} is not open; ignored")),
        }
    }

    fn forget(&self, slot: Arc<Slot>, text: Text) {
        slot.close();
        self.send(Event::Closed(Arc::clone(&slot)));
        self.mailbox.post(slot, Work::Forget { text });
    }
}

fn apply(text: &mut Text, change: TextDocumentContentChangeEvent, encoding: Encoding) -> Patch {
    let span = change.range.map_or(Span::new(0, text.len()), |range| from_proto::span(text, range, encoding));
    Patch::replaced(text.edit(span, &change.text), change.text.len())
}
