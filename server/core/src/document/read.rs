//! A disclosure as read, before anything is judged.

use std::cell::RefCell;
use std::ops::Deref;
use std::sync::Arc;

use crate::reading::disclosure::{Before, Settled};
use crate::reading::{Disclosure, Section};
use crate::rules::across::Extract;
use crate::rules::context::{Context, Shared};
use crate::rules::memory::Ground;
use crate::rules::numbers::Numbers;
use crate::rules::seen::{self, Watch};
use crate::rules::{Book, Selection};

/// A disclosure, read.
#[derive(Debug)]
pub struct Read {
    /// Its sections.
    pub sections: Vec<Arc<Section>>,
    /// What they make up.
    pub disclosure: Disclosure,
    /// False where the text is no disclosure at all.
    pub is_one: bool,
    /// What rules are laid over, to be compared after an edit.
    pub ground: Ground,
    /// What it offers to other disclosures.
    pub extract: Option<Arc<Extract>>,
    /// The sections that were looked into for that.
    offered: Numbers,
    settled: Vec<Settled>,
    /// The pages that say what it is to offer.
    book: Arc<Book>,
}

impl Default for Read {
    fn default() -> Self {
        Self {
            sections: Vec::new(),
            disclosure: Disclosure::default(),
            is_one: false,
            ground: Ground::default(),
            extract: None,
            offered: Numbers::default(),
            settled: Vec::new(),
            book: Arc::clone(Book::embedded()),
        }
    }
}

impl Read {
    /// Reads sections; `before` is the disclosure that stood in their place, of which all that still holds is kept.
    pub fn of(sections: Vec<Arc<Section>>, selection: &Selection, before: Option<&Arc<Read>>) -> Arc<Self> {
        let before = before.filter(|before| before.book == *selection.book());
        if let Some(before) = before
            && before.sections.len() == sections.len()
            && before.sections.iter().zip(&sections).all(|(old, new)| Arc::ptr_eq(old, new))
        {
            return Arc::clone(before);
        }
        let known = before.map_or_else(Before::default, |before| Before {
            settled: &before.settled,
            disclosure: Some(&before.disclosure),
        });
        let (disclosure, settled) = Disclosure::assemble(0..sections.len(), &sections, known);
        let is_one = disclosure.is_one(&sections);
        let ground = Ground::of(&disclosure, &sections);
        let book = Arc::clone(selection.book());
        let (extract, offered) = (None, Numbers::default());
        let mut read = Self { sections, disclosure, is_one, ground, extract, offered, settled, book };
        read.offer(selection, before);
        Arc::new(read)
    }

    /// Works out what it offers. What comes out equal stays the same object.
    fn offer(&mut self, selection: &Selection, before: Option<&Arc<Read>>) {
        if !self.is_one {
            return;
        }
        let before = before.filter(|before| before.is_one);
        if let Some(before) = before
            && self.ground.since(&before.ground).is_some_and(|changes| !changes.things.meets(&before.offered))
        {
            (self.extract, self.offered) = (before.extract.clone(), before.offered.clone());
            return;
        }
        let watch = Watch::new(self.sections.len());
        let classes = &self.ground.classes;
        let (disclosure, sections) = seen::view(&self.disclosure, &self.sections, classes, &watch);
        let new = Extract::of(&Context {
            disclosure,
            sections,
            peers: &[],
            selection,
            shared: Shared::default(),
            before: RefCell::default(),
        });
        let old = before.and_then(|before| before.extract.as_ref());
        self.extract = match (new, old) {
            (Some(new), Some(old)) if new == **old => Some(Arc::clone(old)),
            (new, _) => new.map(Arc::new),
        };
        self.offered = Numbers::these(self.sections.len(), watch.taken().sections());
    }
}

impl Deref for super::judged::Judged {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}
