//! `gouji check`.

use std::io::{self, Write};

use gouji_core::verdict::finding::{Locale, Severity};

use super::{Ending, mistaken};
use crate::args::{Format, Reading};
use crate::human::{self, Tally, notice};
use crate::json;
use crate::survey::{Opened, Outcome, survey};

/// Checks what was named and prints what was found.
pub fn check(reading: &Reading, locale: Locale) -> io::Result<Ending> {
    let selection = match reading.selection() {
        Ok(selection) => selection,
        Err(mistake) => return Ok(mistaken(&mistake, locale)),
    };
    match reading.format() {
        Format::Human => {
            let outcomes = survey(&reading.paths, &selection, |opened| {
                (tally(opened), human::findings(opened, locale), notice::of(opened))
            });
            let mut out = anstream::stdout().lock();
            let mut sum = Tally::default();
            for Outcome { path, result } in &outcomes {
                match result {
                    Ok((tally, shown, notices)) => {
                        notice::tell(path, notices, locale);
                        out.write_all(shown.as_bytes())?;
                        sum += *tally;
                    }
                    Err(reason) => {
                        notice::refuse(path, reason, locale);
                        sum.refused += 1;
                    }
                }
            }
            writeln!(out, "{}", human::summary(&sum, locale))?;
            Ok(ending(&sum))
        }
        Format::Json => {
            let outcomes =
                survey(&reading.paths, &selection, |opened| (tally(opened), json::Checked::new(opened, locale)));
            let mut sum = Tally::default();
            let mut files = Vec::new();
            for Outcome { path, result } in outcomes {
                match &result {
                    Ok((tally, _)) => sum += *tally,
                    Err(reason) => {
                        notice::refuse(&path, reason, locale);
                        sum.refused += 1;
                    }
                }
                files.push(json::Entry::new(path, result.map(|(_, checked)| checked), locale));
            }
            json::print(&json::Report::files(files))?;
            Ok(ending(&sum))
        }
    }
}

fn ending(sum: &Tally) -> Ending {
    match (sum.refused, sum.of(Severity::Error)) {
        (0, 0) => Ending::Done,
        (0, _) => Ending::Contradicted,
        _ => Ending::Failed,
    }
}

fn tally(opened: &Opened) -> Tally {
    Tally::of_analysis(opened.document.analysis())
}
