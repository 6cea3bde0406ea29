//! A code that no page has, and the page that may be meant.

use super::book::Book;
use super::page::Page;
use crate::finding::Message;

/// Says that a book has no such rule, and which one may be meant.
pub fn unknown(code: &str, book: &Book) -> Message {
    match nearest_page(code, book.pages()) {
        Some(Page { code: meant, name, .. }) => Message::new(
            format!("没有规则 {code}；是否指 {meant} {}", name.zh),
            format!("no rule {code}; did you mean {meant} {}", name.en),
        ),
        None => Message::new(
            format!("没有规则 {code}；gouji rules 列出全部规则"),
            format!("no rule {code}; gouji rules lists them all"),
        ),
    }
}

/// The page whose code is spelled nearest, the first of equals; none where everything is far.
fn nearest_page<'a>(code: &str, pages: impl Iterator<Item = &'a Page> + Clone) -> Option<&'a Page> {
    let code = code.to_uppercase();
    let meant = nearest(&code, pages.clone().map(|page| page.code.as_str()))?;
    pages.into_iter().find(|page| page.code == meant)
}

/// The word that is spelled nearest, the first of equals; none where everything is far.
pub fn nearest<'w>(word: &str, known: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    let distance = |known: &str| strsim::damerau_levenshtein(known, word);
    let is_near = |known: &&str| distance(known) <= 2 && distance(known) < known.chars().count();
    known.min_by_key(|known| distance(known)).filter(is_near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_code_is_understood() {
        let book = ["AS01", "IN06", "XT03"].map(|code| {
            let front =
                "name = \"名\"\nname_en = \"name\"\nseverity = \"error\"\ntolerance = \"T0\"\nformula = \"支出总表[合计].合计 = 0\"";
            Page::parse(&format!("+++\ncode = \"{code}\"\n{front}\n+++\n")).expect("a page")
        });
        let code = |wrong| nearest_page(wrong, book.iter()).map(|page| page.code.as_str());
        assert_eq!(code("in6"), Some("IN06"));
        assert_eq!(code("IN60"), Some("IN06"));
        assert_eq!(code("AS1"), Some("AS01"));
        assert_eq!(code("合计"), None);
    }
}
