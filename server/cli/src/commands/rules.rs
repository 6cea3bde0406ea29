//! `gouji rules`: the table of all rules.

use std::io::{self, Write};

use gouji_core::rules::Book;
use gouji_core::verdict::finding::Locale;

use super::Ending;
use crate::args::Format;
use crate::{human, json};

/// Prints code, severity and name of every rule.
pub fn rules(format: Format, locale: Locale) -> io::Result<Ending> {
    match format {
        Format::Human => {
            anstream::stdout().lock().write_all(human::book(Book::embedded().pages(), locale).as_bytes())?
        }
        Format::Json => json::print(&json::Report::rules(Book::embedded(), locale))?,
    }
    Ok(Ending::Done)
}
