//! The pages that rules are chosen from: those that are embedded, then those of a workspace.

use std::ops::Index;
use std::sync::{Arc, LazyLock};

use super::across::{Wanted, wanted};
use super::page::{Page, SOURCES};

/// Pages by number. The embedded ones come first, in order of code, so that their numbers are the same in every book;
/// a workspace's own follow in order of code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Book {
    pages: Vec<Arc<Page>>,
    /// What they name in other disclosures.
    wanted: Vec<Wanted>,
}

static EMBEDDED: LazyLock<Arc<Book>> = LazyLock::new(|| {
    let pages = SOURCES.iter().map(|source| Page::embedded(source).expect("pages are checked by a test"));
    Arc::new(Book::of(pages.map(Arc::new).collect()))
});

impl Book {
    fn of(pages: Vec<Arc<Page>>) -> Self {
        let wanted = wanted(pages.iter().map(Arc::as_ref));
        Self { pages, wanted }
    }

    /// The pages that come with the program.
    pub fn embedded() -> &'static Arc<Self> {
        &EMBEDDED
    }

    /// The embedded pages and these. Of two pages with one code the first is kept.
    pub fn with(own: impl IntoIterator<Item = Page>) -> Self {
        let mut book = Self::clone(&EMBEDDED);
        let mut own: Vec<Page> = own.into_iter().collect();
        own.sort_by(|a, b| a.code.cmp(&b.code));
        for page in own {
            if book.number(&page.code).is_none() {
                book.pages.push(Arc::new(page));
            }
        }
        Self::of(book.pages)
    }

    /// What its pages name in other disclosures.
    pub fn wanted(&self) -> &[Wanted] {
        &self.wanted
    }

    /// All pages.
    pub fn pages(&self) -> impl ExactSizeIterator<Item = &Page> + Clone {
        self.pages.iter().map(Arc::as_ref)
    }

    /// The pages that are a workspace's own.
    pub fn own(&self) -> impl ExactSizeIterator<Item = &Page> {
        self.pages().skip(SOURCES.len())
    }

    /// The number of the page of a code, whatever its letter case.
    pub fn number(&self, code: &str) -> Option<usize> {
        self.pages().position(|page| page.code.eq_ignore_ascii_case(code))
    }

    /// The page of a code, whatever its letter case.
    pub fn page(&self, code: &str) -> Option<&Page> {
        Some(&self[self.number(code)?])
    }

    /// The numbers of the pages that a word names: one by its code, or a group (`IN`), whatever the letter case.
    pub fn named(&self, word: &str) -> Vec<usize> {
        let is_meant = |page: &Page| page.code.eq_ignore_ascii_case(word) || page.group().eq_ignore_ascii_case(word);
        self.pages().enumerate().filter(|(_, page)| is_meant(page)).map(|(number, _)| number).collect()
    }
}

impl Index<usize> for Book {
    type Output = Page;

    fn index(&self, number: usize) -> &Page {
        &self.pages[number]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(code: &str) -> Page {
        let front = "name = \"名\"\nname_en = \"name\"\nseverity = \"error\"\ntolerance = \"T0\"\nformula = \"支出总表[合计].合计 = 0\"";
        Page::parse(&format!("+++\ncode = \"{code}\"\n{front}\n+++\n")).expect("a page")
    }

    #[test]
    fn numbers_of_embedded_pages_stay_and_own_pages_follow() {
        let book = Book::with([page("X02"), page("IN08"), page("x01"), page("X01")]);
        let embedded = Book::embedded();
        for (number, page) in embedded.pages().enumerate() {
            assert_eq!(&book[number], page);
            assert_eq!(book.number(&page.code.to_lowercase()), Some(number));
        }
        let own: Vec<&str> = book.own().map(|page| page.code.as_str()).collect();
        assert_eq!(own, ["X01", "X02"]);
        assert_eq!(book.named("x").len(), 2);
        assert_eq!(book.named("X02"), [embedded.pages().len() + 1]);
        assert!(book.named("Z").is_empty() && book.page("X03").is_none());
    }
}
