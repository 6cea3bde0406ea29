//! Which rules are checked.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::page::{book, number};

/// The rules that are checked: all but those switched off and those that must be asked for. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Pages, by their numbers in the book.
    off: Arc<BTreeSet<usize>>,
}

impl Default for Selection {
    fn default() -> Self {
        Self::without([])
    }
}

impl Selection {
    /// All rules but those of these codes, whatever their letter case, and those that must be asked for. A code that no
    /// page has changes nothing.
    pub fn without<'c>(codes: impl IntoIterator<Item = &'c str>) -> Self {
        let asked_for = book().iter().enumerate().filter(|(_, page)| page.opt_in).map(|(number, _)| number);
        Self { off: Arc::new(codes.into_iter().filter_map(number).chain(asked_for).collect()) }
    }

    /// These rules too, whatever their letter case, that must be asked for.
    pub fn with<'c>(self, codes: impl IntoIterator<Item = &'c str>) -> Self {
        let mut off = Arc::unwrap_or_clone(self.off);
        for number in codes.into_iter().filter_map(number) {
            off.remove(&number);
        }
        Self { off: Arc::new(off) }
    }

    /// No rule at all, for those who only want a text read.
    pub fn none() -> Self {
        Self { off: Arc::new((0..book().len()).collect()) }
    }

    /// True where the page of this number in the book is checked.
    pub fn checks(&self, page: usize) -> bool {
        !self.off.contains(&page)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_switched_off_in_any_order_and_letter_case() {
        let selection = Selection::without(["xt13", "AS01", "ZZ99", "Xt13"]);
        assert_eq!(selection, Selection::without(["AS01", "XT13"]));
        let off = |page: &usize| !selection.checks(*page) && !book()[*page].opt_in;
        let codes: Vec<&str> = (0..book().len()).filter(off).map(|page| book()[page].code.as_str()).collect();
        assert_eq!(codes, ["AS01", "XT13"]);
        let default = Selection::default();
        for (number, page) in book().iter().enumerate() {
            assert!(default.checks(number) != page.opt_in && !Selection::none().checks(number));
            assert!(default.clone().with([page.code.as_str()]).checks(number));
        }
    }
}
