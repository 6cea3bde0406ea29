//! `gouji explain`: a rule's page, for reading.

use std::io::{self, Write};

use gouji_core::rules::page::page;
use gouji_core::rules::unknown;
use gouji_core::verdict::finding::Locale;

use super::Ending;
use crate::human;

/// Prints the page of a code, or says which code may have been meant.
pub fn explain(code: &str, locale: Locale) -> io::Result<Ending> {
    if let Some(page) = page(code) {
        anstream::stdout().lock().write_all(human::page(page, locale).as_bytes())?;
        return Ok(Ending::Done);
    }
    writeln!(anstream::stderr(), "{}", unknown(code).in_locale(locale))?;
    Ok(Ending::Failed)
}
