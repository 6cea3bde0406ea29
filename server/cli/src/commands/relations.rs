//! `gouji relations`: what was compared with what, and what nobody checked.

use std::io::{self, Write};

use gouji_core::verdict::finding::{Locale, Message};

use super::{Ending, mistaken};
use crate::args::{Format, Reading};
use crate::human::{self, notice};
use crate::json;
use crate::survey::{Outcome, survey};

/// Prints every relation of every document.
pub fn relations(reading: &Reading, locale: Locale) -> io::Result<Ending> {
    let selection = match reading.selection() {
        Ok(selection) => selection,
        Err(mistake) => return Ok(mistaken(&mistake, locale)),
    };
    let mut ending = Ending::Done;
    let mut refuse = |path: &str, reason: &Message| {
        notice::refuse(path, reason, locale);
        ending = Ending::Failed;
    };
    match reading.format() {
        Format::Human => {
            let outcomes =
                survey(&reading.paths, &selection, |opened| (human::relations(opened, locale), notice::of(opened)));
            let mut out = anstream::stdout().lock();
            for Outcome { path, result } in &outcomes {
                match result {
                    Ok((shown, notices)) => {
                        notice::tell(path, notices, locale);
                        out.write_all(shown.as_bytes())?;
                    }
                    Err(reason) => refuse(path, reason),
                }
            }
        }
        Format::Json => {
            let mut files = Vec::new();
            for Outcome { path, result } in survey(&reading.paths, &selection, json::Compared::new) {
                if let Err(reason) = &result {
                    refuse(&path, reason);
                }
                files.push(json::Entry::new(path, result, locale));
            }
            json::print(&json::Report::files(files))?;
        }
    }
    Ok(ending)
}
