//! `gouji check`.

use std::io::{self, Write};

use gouji_core::verdict::finding::{Locale, Message, Severity};

use super::{Ending, mistaken};
use crate::args::{CheckFormat, Checking};
use crate::human::{self, Tally, notice};
use crate::survey::{Opened, Survey, survey};
use crate::{github, json, sarif};

/// Checks what was named and prints what was found.
pub fn check(asked: &Checking, locale: Locale) -> io::Result<Ending> {
    let work = match asked.survey() {
        Ok(work) => work,
        Err(mistake) => return Ok(mistaken(&mistake, locale)),
    };
    let sum = match asked.format {
        CheckFormat::Human => human(&work, locale),
        CheckFormat::Json => json(&work, locale),
        CheckFormat::Jsonl => jsonl(&work, locale),
        CheckFormat::Github => github(&work, locale),
        CheckFormat::Sarif => sarif(&work, locale),
    }?;
    Ok(match (sum.refused, sum.of(Severity::Error)) {
        (0, 0) => Ending::Done,
        (0, _) => Ending::Contradicted,
        _ => Ending::Failed,
    })
}

fn human(work: &Survey, locale: Locale) -> io::Result<Tally> {
    let mut out = anstream::stdout().lock();
    let view = |opened: &Opened| (human::findings(opened, locale), notice::of(opened));
    let sum = run(work, locale, view, |path, result| {
        let Ok((shown, notices)) = result else { return Ok(()) };
        notice::tell(&path, &notices, locale);
        out.write_all(shown.as_bytes())
    })?;
    writeln!(out, "{}", human::summary(&sum, locale))?;
    Ok(sum)
}

fn json(work: &Survey, locale: Locale) -> io::Result<Tally> {
    let mut files = Vec::new();
    let view = |opened: &Opened| json::Checked::new(opened, locale);
    let sum = run(work, locale, view, |path, result| {
        files.push(json::Entry::new(path, result, locale));
        Ok(())
    })?;
    json::print(&json::Report::files(files))?;
    Ok(sum)
}

fn jsonl(work: &Survey, locale: Locale) -> io::Result<Tally> {
    let view = |opened: &Opened| json::Checked::new(opened, locale);
    run(work, locale, view, |path, result| json::line(&json::Entry::new(path, result, locale)))
}

fn github(work: &Survey, locale: Locale) -> io::Result<Tally> {
    run(
        work,
        locale,
        |opened| github::commands(opened, locale),
        |path, result| {
            let said = result.unwrap_or_else(|reason| github::refusal(&path, &reason, locale));
            io::stdout().lock().write_all(said.as_bytes())
        },
    )
}

fn sarif(work: &Survey, locale: Locale) -> io::Result<Tally> {
    let mut log = sarif::Log::new(&work.selection, locale);
    let sum = run(
        work,
        locale,
        |opened| sarif::results(opened, locale),
        |path, result| {
            match result {
                Ok(results) => log.add(results),
                Err(reason) => log.refuse(&path, &reason, locale),
            }
            Ok(())
        },
    )?;
    json::print(&log)?;
    Ok(sum)
}

/// Goes through all that is to be read, keeps count, and tells on the standard error what could not be read.
fn run<V: Send>(
    work: &Survey,
    locale: Locale,
    view: impl Fn(&Opened) -> V + Sync,
    mut tell: impl FnMut(String, Result<V, Message>) -> io::Result<()>,
) -> io::Result<Tally> {
    let mut sum = Tally::default();
    let view = |opened: &Opened| (Tally::of_document(opened), view(opened));
    survey(work, view, |path, result| {
        match &result {
            Ok((tally, _)) => sum += *tally,
            Err(reason) => {
                notice::refuse(&path, reason, locale);
                sum.refused += 1;
            }
        }
        tell(path, result.map(|(_, seen)| seen))
    })?;
    Ok(sum)
}
