//! What a page gave, and what of it is given again after an edit.

use std::sync::Arc;

use super::context::{Context, Laid, SameText};
use super::facet::Sight;
use super::note::Note;
use super::numbers::Numbers;
use super::relation::Relation;
use crate::reading::Section;
use crate::reading::sheet::Sheet;

/// What one page gave.
#[derive(Debug, Default)]
pub struct Answer {
    /// What it looked at.
    pub sight: Sight,
    /// What it gave: of each project sheet, where it looks at each by itself, else of the whole.
    pub parts: Vec<Part>,
}

/// What a page gave of one project sheet, or of the whole.
#[derive(Clone, Debug)]
pub struct Part {
    /// The section of the sheet.
    pub sheet: Option<u32>,
    /// Nothing but that section was looked into.
    pub alone: bool,
    /// What it gave.
    pub given: Arc<Given>,
}

/// What a page gave.
#[derive(Debug)]
pub struct Given {
    /// Relations.
    pub relations: Vec<Arc<Relation>>,
    /// Findings that are no relation between figures.
    pub notes: Vec<Arc<Note>>,
    /// Texts that must be the same.
    pub texts: Vec<SameText>,
    /// How many relations could not be laid.
    pub unchecked: usize,
    pub(super) digest: Option<u64>,
}

impl Given {
    /// What has been laid. What says the same as before in the same place is the same object, so that nothing that rests
    /// on it is done again.
    pub fn of(laid: Laid, before: Option<&Arc<Self>>) -> Arc<Self> {
        let Laid { relations, notes, texts, unchecked, digest, recalled } = laid;
        recalled.unwrap_or_else(|| {
            let relations = shared(relations, before.map_or(&[], |before| &before.relations));
            let notes = shared(notes, before.map_or(&[], |before| &before.notes));
            Arc::new(Self { relations, notes, texts, unchecked, digest })
        })
    }

    /// Are its relations and notes those of another, as the same objects?
    fn is_as(&self, other: &Self) -> bool {
        fn same<T>(own: &[Arc<T>], other: &[Arc<T>]) -> bool {
            own.len() == other.len() && own.iter().zip(other).all(|(own, other)| Arc::ptr_eq(own, other))
        }
        let (relations, notes) = (same(&self.relations, &other.relations), same(&self.notes, &other.notes));
        relations && notes && self.unchecked == other.unchecked
    }
}

impl Part {
    fn gives_the_same_as(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.given, &other.given) || self.given.is_as(&other.given)
    }
}

/// Each thing as an object; the old one where it is equal.
fn shared<T: PartialEq>(things: Vec<T>, before: &[Arc<T>]) -> Vec<Arc<T>> {
    let old = before.iter().map(Some).chain(std::iter::repeat(None));
    let same = |(thing, old): (T, Option<&Arc<T>>)| match old.filter(|old| ***old == thing) {
        Some(old) => Arc::clone(old),
        None => Arc::new(thing),
    };
    things.into_iter().zip(old).map(same).collect()
}

impl Answer {
    /// What it gave of the whole.
    pub fn whole(&self) -> Option<&Arc<Given>> {
        self.parts.first().filter(|part| part.sheet.is_none()).map(|part| &part.given)
    }

    /// Are the relations and notes those that another gave, as the same objects?
    pub fn gives_the_same_as(&self, other: &Self) -> bool {
        self.parts.len() == other.parts.len()
            && self.parts.iter().zip(&other.parts).all(|(own, other)| own.gives_the_same_as(other))
    }

    /// What it gave of a sheet.
    pub fn of_sheet(&self, section: u32) -> Option<&Part> {
        let at = self.parts.binary_search_by_key(&Some(section), |part| part.sheet).ok()?;
        Some(&self.parts[at])
    }
}

/// What a page gave before, if it looked into nothing that changed; else what it gives now.
pub fn again(known: Option<Known>, run: impl FnOnce(Option<Known>) -> Answer) -> Arc<Answer> {
    match known {
        Some(known) if known.stands() => Arc::clone(known.answer),
        _ => Arc::new(run(known)),
    }
}

/// What a page gave before.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// That.
    pub answer: &'a Arc<Answer>,
    /// The sections that are others now, as far as the page looks at them.
    pub changed: &'a Numbers,
    /// The sections that are others now in any way.
    pub others: &'a Numbers,
    /// All sections, before and now.
    pub sections: (&'a [Arc<Section>], &'a [Arc<Section>]),
}

impl Known<'_> {
    /// Was nothing looked at that is another now?
    fn stands(&self) -> bool {
        let (before, now) = self.sections;
        let pair = |number: usize| (&*before[number], &*now[number]);
        !self.answer.sight.whole.meets(self.changed) && self.answer.sight.parts_are_same(self.others, pair)
    }
}

impl<'a> Context<'a> {
    /// What a page gives of the whole disclosure.
    pub(super) fn whole(&self, old: Option<Known>, run: impl FnOnce(&mut Laid)) -> Answer {
        let mut laid = Laid::default();
        let before = old.and_then(|old| old.answer.whole());
        *self.before.borrow_mut() = before.cloned();
        run(&mut laid);
        let part = Part { sheet: None, alone: false, given: Given::of(laid, before) };
        Answer { sight: self.sections.watch().taken(), parts: vec![part] }
    }

    /// What a page gives of each project sheet by itself: a sheet that is the same gives the same.
    pub(super) fn each_sheet(&self, old: Option<Known>, run: impl Fn(u32, &Sheet, &mut Laid)) -> Answer {
        let (mut parts, watch) = (Vec::new(), self.sections.watch());
        for (section, sheet) in self.disclosure.sheets() {
            let known = old.and_then(|old| old.answer.of_sheet(section));
            let stands = |part: &&Part| part.alone && old.is_some_and(|old| !old.changed.has(section as usize));
            if let Some(part) = known.filter(stands) {
                parts.push(part.clone());
                continue;
            }
            let (before, mut laid) = (watch.taken(), Laid::default());
            run(section, sheet, &mut laid);
            let looked = watch.taken();
            let alone = looked.sections().all(|number| number == section as usize);
            parts.push(Part { sheet: Some(section), alone, given: Given::of(laid, known.map(|part| &part.given)) });
            [&before, &looked].into_iter().for_each(|sight| watch.add(sight));
        }
        Answer { sight: watch.taken(), parts }
    }
}
