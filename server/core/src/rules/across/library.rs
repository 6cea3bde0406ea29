//! The extracts of many files, found by whose they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{Body, Extract};
use crate::text::Spot;

/// The extract of a disclosure of a file, with where its figures stand there.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The file, as its reader names it.
    pub file: Arc<str>,
    /// What it offers.
    pub extract: Arc<Extract>,
    /// For each offered figure, its place.
    pub spots: Vec<(crate::text::Span, Spot)>,
}

/// The extracts of many files. Cheap to clone as far as the extracts go.
#[derive(Clone, Debug, Default)]
pub struct Library {
    files: BTreeMap<Arc<str>, Vec<Arc<Published>>>,
    /// By the name of the body without its place.
    by_stem: HashMap<String, Vec<Arc<Published>>>,
    /// By year and kind.
    by_year: HashMap<(u16, bool), Vec<Arc<Published>>>,
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
        let before = self.files.get(file).into_iter().flatten().map(|old| Arc::clone(&old.extract));
        let both: Vec<Arc<Extract>> = before.chain(published.iter().map(|new| Arc::clone(&new.extract))).collect();
        let mut concerned: BTreeSet<Arc<str>> = both.iter().flat_map(|extract| self.concerned(extract)).collect();
        concerned.remove(file);
        for old in self.files.remove(file).unwrap_or_default() {
            without(&mut self.by_stem, old.extract.body.stem(), &old);
            without(&mut self.by_year, &(old.extract.year, old.extract.accounts), &old);
        }
        let new: Vec<Arc<Published>> = published.into_iter().map(Arc::new).collect();
        for one in &new {
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
fn without<K, Q>(lists: &mut HashMap<K, Vec<Arc<Published>>>, key: &Q, gone: &Arc<Published>)
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
