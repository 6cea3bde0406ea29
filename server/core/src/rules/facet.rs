//! Facets: what a rule looks at of a section where it does not look at all of it, such as what a project is called. A
//! facet is told of the section by itself and kept with it; while it is the same, the rule need not run again, whatever
//! else was edited in the section.

use std::any::TypeId;

use smallvec::SmallVec;

use super::numbers::Numbers;
use crate::reading::Section;

/// What can be told of a section by itself. Whatever a rule takes from it must be compared.
pub trait Facet: PartialEq + Send + Sync + Sized + 'static {
    /// Of a section.
    fn of(section: &Section) -> Self;
}

/// A facet of a section.
pub fn facet<F: Facet>(section: &Section) -> &F {
    section.kept.get(|| F::of(section))
}

/// Is a facet the same of two sections?
type Same = fn(&Section, &Section) -> bool;

/// Which facets were looked at.
#[derive(Clone, Debug, Default)]
pub struct Kinds(SmallVec<[(TypeId, Same); 2]>);

impl Kinds {
    /// This one is looked at.
    pub fn add<F: Facet>(&mut self) {
        self.insert((TypeId::of::<F>(), |one, other| facet::<F>(one) == facet::<F>(other)));
    }

    /// These are.
    pub fn extend(&mut self, others: &Self) {
        others.0.iter().for_each(|kind| self.insert(*kind));
    }

    fn insert(&mut self, kind: (TypeId, Same)) {
        if self.0.iter().all(|(known, _)| *known != kind.0) {
            self.0.push(kind);
        }
    }

    fn are_same(&self, one: &Section, other: &Section) -> bool {
        self.0.iter().all(|(_, same)| same(one, other))
    }
}

/// What was looked at of the sections of a disclosure.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// The sections that were looked into.
    pub whole: Numbers,
    /// Those of which facets were looked at.
    pub in_part: Numbers,
    /// These facets.
    pub kinds: Kinds,
}

impl Sight {
    /// All sections of which anything was looked at.
    pub fn sections(&self) -> impl Iterator<Item = usize> + '_ {
        self.whole.iter().chain(self.in_part.iter())
    }

    /// Are the facets the same in those sections that are others now? `pair` gives one of these, before and now.
    pub fn parts_are_same<'s>(&self, changed: &Numbers, pair: impl Fn(usize) -> (&'s Section, &'s Section)) -> bool {
        changed.iter().filter(|number| self.in_part.has(*number)).all(|number| {
            let (before, now) = pair(number);
            self.kinds.are_same(before, now)
        })
    }
}
