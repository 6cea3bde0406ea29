//! The extracts of many files, found by whose they are.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::Hash;
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
        same && self.file == other.file && offer_the_same(&self.extract, &other.extract)
    }
}

fn offer_the_same(own: &Arc<Extract>, other: &Arc<Extract>) -> bool {
    Arc::ptr_eq(own, other) || own == other
}

/// What a file offers, in order of place.
type Shelf = Arc<[Arc<Published>]>;

type Shelves = BTreeMap<Arc<str>, Shelf>;

/// The extracts of many files. A keystroke moves the figures of an open file: only the shelves of open files are copied
/// then. The files that lie on the disk, and what everything is found by, are shared as long as they stay as they are.
#[derive(Clone, Debug, Default)]
pub struct Library {
    /// Files whose text is at hand.
    open: Shelves,
    /// The others.
    closed: Arc<Shelves>,
    finder: Arc<Finder>,
}

impl Library {
    fn shelf(&self, file: &str) -> &[Arc<Published>] {
        self.open.get(file).or_else(|| self.closed.get(file)).map_or(&[], |shelf| shelf)
    }

    /// Does a file offer just this?
    pub fn holds(&self, file: &str, published: &[Published]) -> bool {
        let before = self.shelf(file);
        before.len() == published.len() && before.iter().zip(published).all(|(old, new)| **old == *new)
    }

    /// Takes what a file offers in the place of what it offered before; nothing for a file that is gone. Gives the other
    /// files to which that may matter.
    pub fn put(&mut self, file: &Arc<str>, published: Vec<Published>) -> BTreeSet<Arc<str>> {
        if self.holds(file, &published) {
            return BTreeSet::new();
        }
        let before = self.take(file);
        // What is as it was stays the same object.
        let as_it_was = |(number, mut new): (usize, Published)| {
            let Some(old) = before.get(number).filter(|old| offer_the_same(&old.extract, &new.extract)) else {
                return Arc::new(new);
            };
            new.extract = Arc::clone(&old.extract);
            if **old == new { Arc::clone(old) } else { Arc::new(new) }
        };
        let new: Shelf = published.into_iter().enumerate().map(as_it_was).collect();
        let concerned = self.concerned(file, &before, &new);
        let only_moved = before.len() == new.len()
            && before.iter().zip(&*new).all(|(old, new)| Arc::ptr_eq(&old.extract, &new.extract));
        if !only_moved {
            Arc::make_mut(&mut self.finder).replace(file, &before, &new);
        }
        if new.iter().any(|one| matches!(one.places, Places::In { .. })) {
            self.open.insert(Arc::clone(file), new);
        } else if !new.is_empty() {
            Arc::make_mut(&mut self.closed).insert(Arc::clone(file), new);
        }
        concerned
    }

    fn take(&mut self, file: &str) -> Shelf {
        let closed = || self.closed.contains_key(file).then(|| Arc::make_mut(&mut self.closed).remove(file)).flatten();
        self.open.remove(file).or_else(closed).unwrap_or_default()
    }

    /// The other files with a disclosure that may be related to one that was offered otherwise, or elsewhere, before.
    fn concerned(&self, file: &Arc<str>, before: &Shelf, new: &Shelf) -> BTreeSet<Arc<str>> {
        let mut concerned = BTreeSet::new();
        if self.open.is_empty() && self.closed.is_empty() {
            return concerned;
        }
        for number in 0..before.len().max(new.len()) {
            let (old, new) = (before.get(number), new.get(number));
            if let (Some(old), Some(new)) = (old, new)
                && Arc::ptr_eq(old, new)
            {
                continue;
            }
            let old = old.filter(|old| new.is_none_or(|new| !Arc::ptr_eq(&old.extract, &new.extract)));
            for Published { extract, .. } in old.into_iter().chain(new).map(|one| &**one) {
                let departments = self.of_year(extract.year, extract.accounts);
                let departments = departments.iter().filter(|other| extract.may_be_unit_of(&other.extract));
                let found = self.namesakes(&extract.body).iter().chain(departments);
                concerned.extend(found.map(|other| Arc::clone(&other.file)));
            }
        }
        concerned.remove(file);
        concerned
    }

    /// Is it the same but for what one file offers?
    pub fn is_same_beside(&self, other: &Self, file: &str) -> bool {
        let same = |own: &Shelves, other: &Shelves| {
            let mut own = own.iter().filter(|(name, _)| ***name != *file);
            let mut other = other.iter().filter(|(name, _)| ***name != *file);
            other.all(|(name, new)| own.next().is_some_and(|(known, old)| known == name && are_the_same(old, new)))
                && own.next().is_none()
        };
        let closed = || Arc::ptr_eq(&self.closed, &other.closed) || same(&self.closed, &other.closed);
        same(&self.open, &other.open) && closed()
    }

    /// What may be of the same body, in order of file.
    pub(super) fn namesakes(&self, body: &Body) -> &[Found] {
        self.finder.by_stem.get(body.stem()).map_or(&[], Vec::as_slice)
    }

    /// All budgets, or all accounts, of a year, in order of file.
    pub(super) fn of_year(&self, year: u16, accounts: bool) -> &[Found] {
        self.finder.by_year.get(&(year, accounts)).map_or(&[], Vec::as_slice)
    }

    /// What was found, with where its figures stand.
    pub(super) fn published(&self, found: &Found) -> Option<&Arc<Published>> {
        self.shelf(&found.file).get(found.number)
    }
}

fn are_the_same(own: &Shelf, other: &Shelf) -> bool {
    Arc::ptr_eq(own, other) || own.len() == other.len() && own.iter().zip(&**other).all(|(a, b)| Arc::ptr_eq(a, b))
}

/// A disclosure of a file, by its number there.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// The file.
    pub file: Arc<str>,
    number: usize,
    /// What it offers.
    pub extract: Arc<Extract>,
}

/// What disclosures are found by. Lists are in order of file, so that what is found does not depend on which was read
/// first.
#[derive(Clone, Debug, Default)]
struct Finder {
    /// By the name of the body without its place.
    by_stem: Map<Arc<str>, Vec<Found>>,
    /// By year and kind.
    by_year: Map<(u16, bool), Vec<Found>>,
}

impl Finder {
    fn replace(&mut self, file: &Arc<str>, before: &Shelf, new: &Shelf) {
        replace(&mut self.by_stem, file, before, new, |extract| Arc::from(extract.body.stem()));
        replace(&mut self.by_year, file, before, new, |extract| (extract.year, extract.accounts));
    }
}

fn replace<K: Clone + Hash + Ord>(
    lists: &mut Map<K, Vec<Found>>,
    file: &Arc<str>,
    before: &Shelf,
    new: &Shelf,
    key: impl Fn(&Extract) -> K,
) {
    let gone: BTreeSet<K> = before.iter().map(|one| key(&one.extract)).collect();
    for key in &gone {
        lists.entry(key.clone()).or_default().retain(|found| found.file != *file);
    }
    for (number, one) in new.iter().enumerate() {
        let list = lists.entry(key(&one.extract)).or_default();
        let at = list.partition_point(|found| found.file <= *file);
        list.insert(at, Found { file: Arc::clone(file), number, extract: Arc::clone(&one.extract) });
    }
    for key in gone {
        if lists.get(&key).is_some_and(Vec::is_empty) {
            lists.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Document;

    fn disclosure(body: &str, year: u16) -> String {
        format!("{body}{year}年部门预算公开\n\n第一部分 部门概况\n\n一、主要职责\n\n负责有关工作。\n")
    }

    fn offered(file: &str, text: &str) -> Vec<Published> {
        Document::open(text).published(&Arc::from(file))
    }

    fn saved(file: &str, text: &str) -> Vec<Published> {
        offered(file, text).into_iter().map(Published::without_text).collect()
    }

    fn files(found: &[Found]) -> Vec<&str> {
        found.iter().map(|found| &*found.file).collect()
    }

    #[test]
    fn figures_that_only_move_copy_nothing_of_other_files() {
        let (text, other) = (disclosure("怀安县水务局", 2025), disclosure("怀安县水务局", 2024));
        let mut library = Library::default();
        library.put(&Arc::from("b"), saved("b", &other));
        library.put(&Arc::from("a"), offered("a", &text));
        let before = library.clone();
        let concerned = library.put(&Arc::from("a"), offered("a", &format!("\n\n{text}")));
        assert_eq!(concerned.iter().map(|file| &**file).collect::<Vec<_>>(), ["b"]);
        assert!(Arc::ptr_eq(&before.closed, &library.closed) && Arc::ptr_eq(&before.finder, &library.finder));
        assert!(library.is_same_beside(&before, "a") && !library.is_same_beside(&before, "b"));
    }

    #[test]
    fn disclosures_are_found_in_order_of_file_and_place_whichever_came_first() {
        let text = disclosure("怀安县水务局", 2025);
        let other = disclosure("怀安县教育局", 2025);
        let mut library = Library::default();
        library.put(&Arc::from("c"), saved("c", &text));
        library.put(&Arc::from("a"), saved("a", &other).into_iter().chain(saved("a", &text)).collect());
        library.put(&Arc::from("b"), offered("b", &text));
        let of = |library: &Library, body: &str| -> Vec<String> {
            let found = library.namesakes(&Body::new(body, None, None));
            found.iter().map(|found| format!("{}{}", found.file, found.number)).collect()
        };
        assert_eq!(of(&library, "怀安县水务局"), ["a1", "b0", "c0"]);
        assert_eq!(files(library.of_year(2025, false)), ["a", "a", "b", "c"]);
        // A disclosure goes away before another, which then has another number.
        library.put(&Arc::from("a"), saved("a", &text));
        assert_eq!(of(&library, "怀安县水务局"), ["a0", "b0", "c0"]);
        assert_eq!(of(&library, "怀安县教育局"), [""; 0]);
        // Saved and closed, it is another state of the same file.
        library.put(&Arc::from("b"), saved("b", &text));
        assert_eq!(of(&library, "怀安县水务局"), ["a0", "b0", "c0"]);
        library.put(&Arc::from("b"), Vec::new());
        assert_eq!(files(library.of_year(2025, false)), ["a", "c"]);
    }
}
