//! What the user says of the checking: which rules, how loudly they speak, what is known and accepted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use super::book::Book;
use super::page::Page;
use super::suppression::Suppression;
use crate::catalog::Unit;
use crate::finding::{Key, Severity};

/// The rules that are checked: all of a book but those switched off and those that must be asked for. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// What is chosen from.
    book: Arc<Book>,
    /// Pages, by their numbers in the book.
    off: Arc<BTreeSet<usize>>,
    /// The severities that the user gave to pages, by their numbers.
    severities: Arc<BTreeMap<usize, Severity>>,
    /// The findings that are not shown.
    suppressions: Arc<Vec<Suppression>>,
    /// The unit of tables that state none, where the user knows it.
    unit: Option<Unit>,
}

impl Default for Selection {
    fn default() -> Self {
        static DEFAULT: LazyLock<Selection> = LazyLock::new(|| Selection::of(Arc::clone(Book::embedded())));
        DEFAULT.clone()
    }
}

impl Selection {
    /// All rules of a book but those that must be asked for.
    pub fn of(book: Arc<Book>) -> Self {
        let off = book.pages().enumerate().filter(|(_, page)| page.opt_in).map(|(number, _)| number).collect();
        Self { book, off: Arc::new(off), severities: Arc::default(), suppressions: Arc::default(), unit: None }
    }

    /// All embedded rules but those of these codes and those that must be asked for. A code that no page has changes
    /// nothing.
    pub fn without<'c>(codes: impl IntoIterator<Item = &'c str>) -> Self {
        Self::default().and_without(codes)
    }

    /// Not these rules, whatever the letter case of their codes.
    pub fn and_without<'c>(mut self, codes: impl IntoIterator<Item = &'c str>) -> Self {
        let numbers: Vec<usize> = codes.into_iter().filter_map(|code| self.book.number(code)).collect();
        Arc::make_mut(&mut self.off).extend(numbers);
        self
    }

    /// These rules too, whatever the letter case of their codes, also such that must be asked for.
    pub fn with<'c>(mut self, codes: impl IntoIterator<Item = &'c str>) -> Self {
        for number in codes.into_iter().filter_map(|code| self.book.number(code)) {
            Arc::make_mut(&mut self.off).remove(&number);
        }
        self
    }

    /// What this rule contradicts is said with this severity.
    pub fn with_severity(mut self, code: &str, severity: Severity) -> Self {
        if let Some(number) = self.book.number(code) {
            Arc::make_mut(&mut self.severities).insert(number, severity);
        }
        self
    }

    /// No rule at all, for those who only want a text read.
    pub fn none() -> Self {
        Self::default().and_none()
    }

    /// None of its rules.
    pub fn and_none(mut self) -> Self {
        self.off = Arc::new((0..self.book.pages().len()).collect());
        self
    }

    /// Findings that are not shown.
    pub fn with_suppressions(mut self, suppressions: Vec<Suppression>) -> Self {
        self.suppressions = Arc::new(suppressions);
        self
    }

    /// The unit of tables that state none.
    pub fn with_unit(mut self, unit: Option<Unit>) -> Self {
        self.unit = unit;
        self
    }

    /// The unit of tables that state none, where the user knows it.
    pub fn unit(&self) -> Option<Unit> {
        self.unit
    }

    /// Is any finding suppressed?
    pub fn suppresses(&self) -> bool {
        !self.suppressions.is_empty()
    }

    /// The number of the suppression that covers a finding.
    pub fn suppression(&self, key: &Key) -> Option<usize> {
        self.suppressions.iter().find(|own| own.covers(key)).map(|own| own.number)
    }

    /// What is chosen from.
    pub fn book(&self) -> &Arc<Book> {
        &self.book
    }

    /// True where the page of this number in the book is checked.
    pub fn checks(&self, page: usize) -> bool {
        !self.off.contains(&page)
    }

    /// The pages that are checked, with their numbers.
    pub fn checked(&self) -> impl Iterator<Item = (usize, &Page)> {
        self.book.pages().enumerate().filter(|(number, _)| self.checks(*number))
    }

    /// How loudly a contradiction of a page is said.
    pub fn severity(&self, page: usize) -> Severity {
        self.severities.get(&page).copied().unwrap_or(self.book[page].severity)
    }

    /// How loudly something is said that a page says with this severity. It changes nothing of what is judged. What a
    /// page doubts stays doubtful: only what is said as loudly as its contradictions may be raised.
    pub fn turned(&self, page: usize, severity: Severity) -> Severity {
        match self.severities.get(&page) {
            Some(own) if severity == self.book[page].severity => *own,
            Some(own) => severity.max(*own),
            None => severity,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_switched_off_in_any_order_and_letter_case() {
        let selection = Selection::without(["xt13", "AS01", "ZZ99", "Xt13"]);
        assert_eq!(selection, Selection::without(["AS01", "XT13"]));
        let book = Book::embedded();
        let off = |page: &usize| !selection.checks(*page) && !book[*page].opt_in;
        let codes: Vec<&str> = (0..book.pages().len()).filter(off).map(|page| book[page].code.as_str()).collect();
        assert_eq!(codes, ["AS01", "XT13"]);
        let default = Selection::default();
        for (number, page) in book.pages().enumerate() {
            assert!(default.checks(number) != page.opt_in && !Selection::none().checks(number));
            assert!(default.clone().with([page.code.as_str()]).checks(number));
        }
    }

    #[test]
    fn a_severity_of_ones_own_raises_what_is_sure_and_lowers_all() {
        let page = Book::embedded().number("IN08").expect("a page");
        let quiet = Selection::default().with_severity("in08", Severity::Info);
        assert_eq!(quiet.severity(page), Severity::Info);
        assert_eq!(quiet.turned(page, Severity::Error), Severity::Info);
        assert_eq!(quiet.turned(page, Severity::Hint), Severity::Hint);
        let warning = Book::embedded().pages().position(|page| page.severity == Severity::Warning).expect("a page");
        let loud = Selection::default().with_severity(&Book::embedded()[warning].code, Severity::Error);
        assert_eq!(loud.turned(warning, Severity::Warning), Severity::Error);
        assert_eq!(loud.turned(warning, Severity::Hint), Severity::Hint);
    }
}
