//! `gouji relations`: what was compared with what, and what nobody checked.

use std::io::{self, Write};

use gouji_core::verdict::finding::{Locale, Message};

use super::{Ending, mistaken};
use crate::args::{Format, Reading};
use crate::human::{self, notice};
use crate::json;
use crate::survey::{Opened, survey};

/// Prints every relation of every document.
pub fn relations(asked: &Reading, locale: Locale) -> io::Result<Ending> {
    let work = match asked.survey() {
        Ok(work) => work,
        Err(mistake) => return Ok(mistaken(&mistake, locale)),
    };
    let mut ending = Ending::Done;
    let mut refuse = |path: &str, reason: &Message| {
        notice::refuse(path, reason, locale);
        ending = Ending::Failed;
    };
    match asked.format() {
        Format::Human => {
            let mut out = anstream::stdout().lock();
            let view = |opened: &Opened| (human::relations(opened, locale), notice::of(opened));
            survey(&work, view, |path, result| match result {
                Ok((shown, notices)) => {
                    notice::tell(&path, &notices, locale);
                    out.write_all(shown.as_bytes())
                }
                Err(reason) => {
                    refuse(&path, &reason);
                    Ok(())
                }
            })?;
        }
        Format::Json => {
            let mut files = Vec::new();
            survey(&work, json::Compared::new, |path, result| {
                if let Err(reason) = &result {
                    refuse(&path, reason);
                }
                files.push(json::Entry::new(path, result, locale));
                Ok(())
            })?;
            json::print(&json::Report::files(files))?;
        }
    }
    let said = work.complaints();
    said.iter().for_each(|own| notice::complain(own, locale));
    if said.iter().any(|own| own.unreadable) {
        ending = Ending::Failed;
    }
    Ok(ending)
}
