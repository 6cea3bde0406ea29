//! A disclosure as read, before anything is judged.

use std::ops::Deref;
use std::sync::Arc;

use crate::reading::disclosure::Settled;
use crate::reading::{Disclosure, Section};
use crate::rules::across::Extract;
use crate::rules::context::Context;
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
    /// What its figures mean, without their values: while it is the same, the same formulas fall on the same figures.
    pub skeleton: u64,
    /// What it offers to other disclosures.
    pub extract: Option<Arc<Extract>>,
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
            skeleton: 0,
            extract: None,
            settled: Vec::new(),
            book: Arc::clone(Book::embedded()),
        }
    }
}

impl Read {
    /// Reads sections; `before` is the disclosure that stood in their place, of which all that still holds is kept.
    pub fn of(sections: Vec<Arc<Section>>, selection: &Selection, before: Option<&Arc<Read>>) -> Arc<Self> {
        if let Some(before) = before
            && before.book == *selection.book()
            && before.sections.len() == sections.len()
            && before.sections.iter().zip(&sections).all(|(old, new)| Arc::ptr_eq(old, new))
        {
            return Arc::clone(before);
        }
        let memory = before.map_or(&[][..], |before| &before.settled);
        let (disclosure, settled) = Disclosure::assemble(0..sections.len(), &sections, memory);
        let is_one = disclosure.is_one(&sections);
        let skeleton = disclosure.skeleton(&sections);
        let context = Context { disclosure: &disclosure, sections: &sections, peers: &[], selection };
        let extract = is_one.then(|| Extract::of(&context)).flatten().map(Arc::new);
        let book = Arc::clone(selection.book());
        Arc::new(Self { sections, disclosure, is_one, skeleton, extract, settled, book })
    }
}

impl Deref for super::judged::Judged {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}
