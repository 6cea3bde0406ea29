//! `gouji explain`: a rule's page, for reading.

use std::io::{self, Write};

use gouji_core::rules::page::{Page, book, page};
use gouji_core::verdict::finding::Locale;

use super::Ending;
use crate::human;

/// Prints the page of a code, or says which code may have been meant.
pub fn explain(code: &str, locale: Locale) -> io::Result<Ending> {
    if let Some(page) = page(code) {
        anstream::stdout().lock().write_all(human::page(page, locale).as_bytes())?;
        return Ok(Ending::Done);
    }
    let meant = nearest(code, book()).map(|page| format!("{} {}", page.code, page.name.in_locale(locale)));
    let said = match (locale, meant) {
        (Locale::Chinese, Some(meant)) => format!("没有规则 {code}；是否指 {meant}"),
        (Locale::Chinese, None) => format!("没有规则 {code}；gouji rules 列出全部规则"),
        (Locale::English, Some(meant)) => format!("no rule {code}; did you mean {meant}"),
        (Locale::English, None) => format!("no rule {code}; gouji rules lists them all"),
    };
    writeln!(anstream::stderr(), "{said}")?;
    Ok(Ending::Failed)
}

/// The page whose code is spelled nearest, the first of equals; none where everything is far.
fn nearest<'a>(code: &str, book: &'a [Page]) -> Option<&'a Page> {
    let code = code.to_uppercase();
    let distance = |page: &Page| strsim::damerau_levenshtein(&page.code, &code);
    book.iter().min_by_key(|page| distance(page)).filter(|page| distance(page) <= 2 && distance(page) < page.code.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_in_a_code_is_understood() {
        let book = ["AS01", "IN06", "XT03"].map(|code| {
            let front =
                "name = \"名\"\nname_en = \"name\"\nseverity = \"error\"\ntolerance = \"T0\"\nfunction = \"none\"";
            Page::parse(&format!("+++\ncode = \"{code}\"\n{front}\n+++\n")).expect("a page")
        });
        let code = |wrong| nearest(wrong, &book).map(|page| page.code.as_str());
        assert_eq!(code("in6"), Some("IN06"));
        assert_eq!(code("IN60"), Some("IN06"));
        assert_eq!(code("AS1"), Some("AS01"));
        assert_eq!(code("合计"), None);
    }
}
