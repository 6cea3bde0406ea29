//! Which disclosures are related to one.

use std::sync::Arc;

use super::library::Found;
use super::{Extract, Library, Published};
use crate::rules::formula::Relative;

/// Where a related disclosure stands.
#[derive(Clone, Debug)]
pub enum Source {
    /// In the same file, by its number there.
    Here(usize),
    /// In another file.
    File(Arc<Published>),
}

impl PartialEq for Source {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Source::Here(own), Source::Here(other)) => own == other,
            (Source::File(own), Source::File(other)) => Arc::ptr_eq(own, other) || own == other,
            _ => false,
        }
    }
}

/// A related disclosure.
#[derive(Clone, Debug)]
pub struct Peer {
    /// How it is related.
    pub relative: Relative,
    /// What it offers.
    pub extract: Arc<Extract>,
    /// Where it stands.
    pub source: Source,
    /// It is related for sure; of what is not, most figures must agree before the others are doubted.
    pub sure: bool,
}

impl PartialEq for Peer {
    fn eq(&self, other: &Self) -> bool {
        (self.relative, self.sure) == (other.relative, other.sure)
            && (Arc::ptr_eq(&self.extract, &other.extract) || self.extract == other.extract)
            && self.source == other.source
    }
}

/// The other files, and which of them a document is itself.
#[derive(Clone, Debug)]
pub struct Others {
    /// What the document is called in the library.
    pub file: Arc<str>,
    /// The others, and perhaps an earlier state of the document itself, which is passed over.
    pub library: Arc<Library>,
}

impl Default for Others {
    fn default() -> Self {
        Self { file: Arc::from(""), library: Arc::default() }
    }
}

/// The disclosures that are related to one of a file, by its number; `here` are those of the file.
pub fn peers(own: usize, here: &[Option<Arc<Extract>>], others: &Others) -> Vec<Peer> {
    let Some(Some(extract)) = here.get(own) else { return Vec::new() };
    let search = Search { own, extract, here, others };
    let mut found = Vec::new();
    let last = extract.year.checked_sub(1);
    found.extend(last.and_then(|year| search.same_body(Relative::LastYear, year, extract.accounts)));
    if extract.accounts {
        found.extend(search.same_body(Relative::Budget, extract.year, false));
    } else {
        found.extend(last.and_then(|year| search.same_body(Relative::LastAccounts, year, true)));
    }
    found.extend(search.units());
    found
}

struct Search<'a> {
    own: usize,
    extract: &'a Extract,
    here: &'a [Option<Arc<Extract>>],
    others: &'a Others,
}

impl Search<'_> {
    /// All that pass a test, those of the same file first.
    fn all(&self, elsewhere: &[Found], test: impl Fn(&Extract) -> bool) -> Vec<(Arc<Extract>, Source)> {
        let here = self.here.iter().enumerate().filter(|(number, _)| *number != self.own);
        let here =
            here.filter_map(|(number, extract)| Some((number, extract.as_ref().filter(|extract| test(extract))?)));
        let here = here.map(|(number, extract)| (Arc::clone(extract), Source::Here(number)));
        let elsewhere = elsewhere.iter().filter(|found| found.file != self.others.file && test(&found.extract));
        let elsewhere = elsewhere.filter_map(|found| self.others.library.published(found));
        let elsewhere =
            elsewhere.map(|published| (Arc::clone(&published.extract), Source::File(Arc::clone(published))));
        here.chain(elsewhere).collect()
    }

    /// The one disclosure of the same body of a year. Where there are several that differ, none of them is meant for sure.
    fn same_body(&self, relative: Relative, year: u16, accounts: bool) -> Option<Peer> {
        let body = &self.extract.body;
        let same = |other: &Extract| other.year == year && other.accounts == accounts && other.body.is(body);
        let mut found = self.all(self.others.library.namesakes(body), same).into_iter();
        let (extract, source) = found.next()?;
        let sure = extract.body.is_surely(body) && matches!(source, Source::File(_));
        found.all(|(other, _)| other.is_copy_of(&extract)).then_some(Peer { relative, extract, source, sure })
    }

    /// The units of a department: known by their codes, or named in its list of institutions.
    fn units(&self) -> Vec<Peer> {
        let is_unit = |other: &Extract| other.may_be_unit_of(self.extract);
        let Extract { year, accounts, .. } = self.extract;
        let mut found: Vec<Peer> = Vec::new();
        for (extract, source) in self.all(self.others.library.of_year(*year, *accounts), is_unit) {
            match found.iter().find(|known| known.extract.body.is(&extract.body)) {
                Some(known) if known.extract.is_copy_of(&extract) => {}
                // One unit twice, with different figures: which of them counts cannot be told.
                Some(_) => return Vec::new(),
                None => found.push(Peer { relative: Relative::Units, extract, source, sure: false }),
            }
        }
        // Units of units would count twice.
        let levels = |peer: &Peer| peer.extract.body.code.as_ref().map(String::len);
        if found.iter().any(|peer| levels(peer) != found.first().and_then(levels)) {
            return Vec::new();
        }
        found
    }
}
