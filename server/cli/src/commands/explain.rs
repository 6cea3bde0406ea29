//! `gouji explain`: a rule's page, for reading.

use std::io::{self, Write};

use gouji_core::rules::unknown;
use gouji_core::verdict::finding::Locale;

use super::Ending;
use super::rules::own_book;
use crate::human;

/// Prints the page of a code, or says which code may have been meant.
pub fn explain(code: &str, locale: Locale) -> io::Result<Ending> {
    let book = own_book(locale);
    if let Some(page) = book.page(code) {
        anstream::stdout().lock().write_all(human::page(page, locale).as_bytes())?;
        return Ok(Ending::Done);
    }
    writeln!(anstream::stderr(), "{}", unknown(code, &book).in_locale(locale))?;
    Ok(Ending::Failed)
}
