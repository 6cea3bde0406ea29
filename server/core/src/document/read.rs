//! A disclosure as read, before anything is judged.

use std::ops::Deref;
use std::sync::Arc;

use crate::reading::disclosure::Settled;
use crate::reading::{Disclosure, Section};
use crate::rules::Selection;
use crate::rules::across::Extract;
use crate::rules::context::Context;

/// A disclosure, read.
#[derive(Debug, Default)]
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
}

impl Read {
    /// Reads sections; `before` is the disclosure that stood in their place, of which all that still holds is kept.
    pub fn of(sections: Vec<Arc<Section>>, before: Option<&Arc<Read>>) -> Arc<Self> {
        if let Some(before) = before
            && before.sections.len() == sections.len()
            && before.sections.iter().zip(&sections).all(|(old, new)| Arc::ptr_eq(old, new))
        {
            return Arc::clone(before);
        }
        let memory = before.map_or(&[][..], |before| &before.settled);
        let (disclosure, settled) = Disclosure::assemble(0..sections.len(), &sections, memory);
        let is_one = disclosure.is_one(&sections);
        let skeleton = disclosure.skeleton(&sections);
        let selection = Selection::default();
        let context = Context { disclosure: &disclosure, sections: &sections, peers: &[], selection: &selection };
        let extract = is_one.then(|| Extract::of(&context)).flatten().map(Arc::new);
        Arc::new(Self { sections, disclosure, is_one, skeleton, extract, settled })
    }
}

impl Deref for super::judged::Judged {
    type Target = Read;

    fn deref(&self) -> &Read {
        &self.read
    }
}
