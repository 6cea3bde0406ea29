//! A rule's page, for reading beside a document.

use gouji_core::rules::Book;
use gouji_core::verdict::finding::{Locale, Severity};

use crate::markdown::plain;

/// A rule and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How sure its findings are.
    pub severity: Severity,
    /// Code, name and severity as the title, and the page up to its examples, Markdown.
    pub markdown: String,
}

/// Explains the rule of a code, whatever its letter case; none where there is no such rule.
pub fn explain(code: &str, book: &Book, locale: Locale) -> Option<Explanation> {
    let page = book.page(code)?;
    let (name, severity) = (page.name.in_locale(locale), page.severity);
    let (open, close) = match locale {
        Locale::Chinese => ("（", "）"),
        Locale::English => (" (", ")"),
    };
    let word = severity.in_locale(locale);
    let markdown = format!("# {} {}{open}{word}{close}\n\n{}\n", page.code, plain(name), page.below_heading());
    Some(Explanation { code: page.code.clone(), name: name.to_owned(), severity, markdown })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_titled_once_and_ends_before_its_examples() {
        let chinese = explain("as01", Book::embedded(), Locale::Chinese).unwrap();
        assert_eq!((chinese.code.as_str(), chinese.severity), ("AS01", Severity::Error));
        assert!(chinese.markdown.starts_with("# AS01 资产总额等于四项之和（错误）\n\n固定资产占用情况表"));
        assert!(chinese.markdown.contains("依据：") && !chinese.markdown.contains("## 例"), "{}", chinese.markdown);
        assert_eq!(chinese.markdown.matches("# ").count(), 1);
        let english = explain("AS01", Book::embedded(), Locale::English).unwrap();
        assert!(english.markdown.starts_with("# AS01 Total assets equal the four kinds (error)\n"));
        assert_eq!(explain("AS1", Book::embedded(), Locale::English), None);
    }
}
