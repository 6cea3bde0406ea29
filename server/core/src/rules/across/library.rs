//! The extracts of many files, found by whose they are.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Body, Extract};
use crate::hash::Map;
use crate::text::{Span, Spot, Text};

/// The extract of a disclosure of a file, with where its figures stand there.
#[derive(Clone, Debug)]
pub struct Published {
    /// The file, as its reader names it.
    pub file: Arc<str>,
    /// What it offers.
    pub extract: Arc<Extract>,
    /// Where its figures stand.
    pub places: Places,
}

/// Where the figures of an extract stand in their file.
#[derive(Clone, Debug)]
pub enum Places {
    /// For each its place: of a file whose text is not kept.
    Known(Vec<(Span, Spot)>),
    /// To be looked up in the text when somebody asks.
    In {
        /// The text.
        text: Text,
        /// Where the disclosure begins: byte and line.
        base: (usize, usize),
        /// How many lines it has.
        lines: usize,
        /// Where its sections begin, from there.
        starts: Arc<[usize]>,
    },
}

impl Published {
    /// Where an offered figure stands, by its number in the extract.
    pub fn place(&self, number: usize) -> (Span, Spot) {
        match &self.places {
            Places::Known(places) => places[number],
            Places::In { text, base, starts, .. } => {
                let section = starts[self.extract.facts[number].id.section as usize];
                let span = self.extract.section.figures[number].span.shifted(base.0 + section);
                (span, Spot::new(text, span))
            }
        }
    }

    /// The same without the text.
    pub fn without_text(self) -> Self {
        let places = (0..self.extract.facts.len()).map(|number| self.place(number)).collect();
        Self { places: Places::Known(places), ..self }
    }
}

impl PartialEq for Published {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.places, &other.places) {
            (Places::Known(own), Places::Known(other)) => own == other,
            (
                Places::In { base, lines, starts, .. },
                Places::In { base: other_base, lines: other_lines, starts: other_starts, .. },
            ) => {
                let same = Arc::ptr_eq(starts, other_starts) || starts == other_starts;
                (base, lines) == (other_base, other_lines) && same
            }
            _ => false,
        };
        same && self.file == other.file && (Arc::ptr_eq(&self.extract, &other.extract) || self.extract == other.extract)
    }
}

/// The extracts of many files. Cheap to clone as far as the extracts go.
#[derive(Clone, Debug, Default)]
pub struct Library {
    files: BTreeMap<Arc<str>, Vec<Arc<Published>>>,
    /// By the name of the body without its place.
    by_stem: Map<String, Vec<Arc<Published>>>,
    /// By year and kind.
    by_year: Map<(u16, bool), Vec<Arc<Published>>>,
}

impl Library {
    /// Does a file offer just this?
    pub fn holds(&self, file: &str, published: &[Published]) -> bool {
        let before = self.files.get(file).map_or(&[][..], Vec::as_slice);
        before.len() == published.len() && before.iter().zip(published).all(|(old, new)| **old == *new)
    }

    /// Takes what a file offers in the place of what it offered before; nothing for a file that is gone. Gives the other
    /// files to which that may matter.
    pub fn put(&mut self, file: &Arc<str>, published: Vec<Published>) -> BTreeSet<Arc<str>> {
        if self.holds(file, &published) {
            return BTreeSet::new();
        }
        let before = self.files.remove(file).unwrap_or_default();
        // What is as it was stays the same object.
        let as_it_was = |number: usize, new: Published| match before.get(number).filter(|old| ***old == new) {
            Some(old) => Arc::clone(old),
            None => Arc::new(new),
        };
        let new: Vec<Arc<Published>> =
            published.into_iter().enumerate().map(|(number, new)| as_it_was(number, new)).collect();
        let not_in = |list: &[Arc<Published>], number: usize, one: &Arc<Published>| {
            list.get(number).is_none_or(|other| !Arc::ptr_eq(other, one))
        };
        let gone: Vec<&Arc<Published>> =
            before.iter().enumerate().filter(|(number, old)| not_in(&new, *number, old)).map(|(_, old)| old).collect();
        let come: Vec<&Arc<Published>> =
            new.iter().enumerate().filter(|(number, one)| not_in(&before, *number, one)).map(|(_, one)| one).collect();
        let both = gone.iter().chain(&come).map(|one| &one.extract);
        let mut concerned: BTreeSet<Arc<str>> = both.flat_map(|extract| self.concerned(extract)).collect();
        concerned.remove(file);
        for old in gone {
            without(&mut self.by_stem, old.extract.body.stem(), old);
            without(&mut self.by_year, &(old.extract.year, old.extract.accounts), old);
        }
        for one in come {
            let Extract { body, year, accounts, .. } = &*one.extract;
            for list in [
                self.by_stem.entry(body.stem().to_owned()).or_default(),
                self.by_year.entry((*year, *accounts)).or_default(),
            ] {
                // In order of file, so that what is found does not depend on which was read first.
                let at = list.partition_point(|other| other.file <= one.file);
                list.insert(at, Arc::clone(one));
            }
        }
        if !new.is_empty() {
            self.files.insert(Arc::clone(file), new);
        }
        concerned
    }

    /// The files with a disclosure that an extract may be related to.
    fn concerned(&self, extract: &Extract) -> impl Iterator<Item = Arc<str>> {
        let namesakes = self.namesakes(&extract.body).iter();
        let same_year = self.of_year(extract.year, extract.accounts).iter();
        let departments = same_year.filter(|other| extract.may_be_unit_of(&other.extract));
        namesakes.chain(departments).map(|other| Arc::clone(&other.file)).collect::<Vec<_>>().into_iter()
    }

    /// Is it the same but for what one file offers?
    pub fn is_same_beside(&self, other: &Self, file: &str) -> bool {
        fn others<'l>(
            library: &'l Library,
            file: &'l str,
        ) -> impl Iterator<Item = (&'l Arc<str>, &'l Vec<Arc<Published>>)> {
            library.files.iter().filter(move |(name, _)| &***name != file)
        }
        let same = |(a, b): (&Vec<Arc<Published>>, &Vec<Arc<Published>>)| {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        let mut own = others(self, file);
        others(other, file).all(|(name, new)| own.next().is_some_and(|(known, old)| known == name && same((old, new))))
            && own.next().is_none()
    }

    /// The files in it.
    pub fn files(&self) -> impl Iterator<Item = &Arc<str>> {
        self.files.keys()
    }

    /// What may be of the same body.
    pub(super) fn namesakes(&self, body: &Body) -> &[Arc<Published>] {
        self.by_stem.get(body.stem()).map_or(&[], Vec::as_slice)
    }

    /// All budgets, or all accounts, of a year.
    pub(super) fn of_year(&self, year: u16, accounts: bool) -> &[Arc<Published>] {
        self.by_year.get(&(year, accounts)).map_or(&[], Vec::as_slice)
    }
}

/// Takes an extract out of a list, and the list where it was the last.
fn without<K, Q>(lists: &mut Map<K, Vec<Arc<Published>>>, key: &Q, gone: &Arc<Published>)
where
    K: std::hash::Hash + Eq + std::borrow::Borrow<Q>,
    Q: std::hash::Hash + Eq + ?Sized,
{
    let Some(list) = lists.get_mut(key) else { return };
    list.retain(|other| !Arc::ptr_eq(other, gone));
    if list.is_empty() {
        lists.remove(key);
    }
}
