//! What files offer each other: the open documents as they are typed, the others as they lie on the disk.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

use gouji_core::Document;
use gouji_core::rules::across::{Library, Published};

use super::Session;
use super::slot::Slot;

impl Session {
    /// What the files offer now.
    pub fn library(&self) -> Arc<Library> {
        Arc::clone(&self.library.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes in what an open document offers, unless it was closed meanwhile. Where the library has become another than
    /// the one that it was judged beside, it is judged again: whoever offered something meanwhile did not know of it.
    pub(super) fn offer_open(&self, slot: &Slot, document: Option<&Document>, beside: Option<&Arc<Library>>) {
        let file: Arc<str> = Arc::from(slot.uri.as_str());
        let offered = document.map(|document| document.published(&file)).unwrap_or_default();
        self.offer(&file, offered, beside, || !slot.closed());
    }

    /// Takes in what a file on the disk offers, unless it is open: what is typed shadows what is saved.
    pub(super) fn offer_saved(&self, file: &Arc<str>, offered: Vec<Published>) {
        self.offer(file, offered, None, || self.documents().slot(file).is_none());
    }

    fn offer(&self, file: &Arc<str>, offered: Vec<Published>, beside: Option<&Arc<Library>>, still: impl Fn() -> bool) {
        let concerned: BTreeSet<Arc<str>> = {
            let mut library = self.library.lock().unwrap_or_else(PoisonError::into_inner);
            if library.holds(file, &offered) || !still() {
                return;
            }
            let overtaken = beside.is_some_and(|beside| !Arc::ptr_eq(beside, &library));
            let mut concerned = Arc::make_mut(&mut library).put(file, offered);
            if overtaken {
                concerned.insert(Arc::clone(file));
            }
            concerned
        };
        self.reconsider(&concerned);
        self.disk.outdated(&concerned);
    }
}
