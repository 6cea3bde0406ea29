//! `gouji check`.

use std::io::{self, Write};
use std::time::Instant;

use gouji_core::rules::Selection;
use gouji_core::verdict::finding::{Locale, Message, Severity};

use super::{Ending, mistaken};
use crate::args::{CheckFormat, Checking};
use crate::human::{self, Tally, notice};
use crate::mend::{self, Fixed};
use crate::survey::{Opened, Survey, survey};
use crate::{github, html, json, sarif};

/// What is to be done with all that is read.
struct Work<'a> {
    survey: Survey<'a>,
    /// Files are repaired before they are told of.
    fix: bool,
    /// The amounts that nobody checked are listed.
    coverage: bool,
    locale: Locale,
}

/// Checks what was named and prints what was found.
pub fn check(asked: &Checking, locale: Locale) -> io::Result<Ending> {
    let work = match asked.survey() {
        Ok(survey) => Work { survey, fix: asked.fix, coverage: asked.coverage, locale },
        Err(mistake) => return Ok(mistaken(&mistake, locale)),
    };
    let begun = Instant::now();
    let sum = match asked.format {
        _ if asked.diff => diff(&work),
        CheckFormat::Human => human(&work),
        CheckFormat::Json => json(&work),
        CheckFormat::Jsonl => jsonl(&work),
        CheckFormat::Github => github(&work),
        CheckFormat::Sarif => sarif(&work),
        CheckFormat::Html => html(&work),
    }?;
    if asked.stats {
        notice::stats(&sum, begun.elapsed(), locale);
    }
    let said = work.survey.complaints();
    said.iter().for_each(|own| notice::complain(own, locale));
    let unreadable = said.iter().filter(|own| own.unreadable).count();
    Ok(match (sum.refused + sum.unwritten + unreadable, sum.of(Severity::Error)) {
        (0, 0) => Ending::Done,
        (0, _) => Ending::Contradicted,
        _ => Ending::Failed,
    })
}

fn human(work: &Work) -> io::Result<Tally> {
    let mut out = anstream::stdout().lock();
    let view = |opened: &Opened| {
        let mut shown = human::findings(opened, work.locale);
        if work.coverage {
            shown.push_str(&human::coverage(opened, work.locale));
        }
        (shown, notice::of(opened))
    };
    let sum = run(work, view, |path, result| {
        let Ok((shown, notices)) = result else { return Ok(()) };
        notice::tell(&path, &notices, work.locale);
        out.write_all(shown.as_bytes())
    })?;
    writeln!(out, "{}", human::summary(&sum, work.locale))?;
    Ok(sum)
}

fn json(work: &Work) -> io::Result<Tally> {
    let mut files = Vec::new();
    let view = |opened: &Opened| json::Checked::new(opened, work.locale);
    let sum = run(work, view, |path, result| {
        files.push(json::Entry::new(path, result, work.locale));
        Ok(())
    })?;
    json::print(&json::Report::files(files))?;
    Ok(sum)
}

fn jsonl(work: &Work) -> io::Result<Tally> {
    let view = |opened: &Opened| json::Checked::new(opened, work.locale);
    run(work, view, |path, result| json::line(&json::Entry::new(path, result, work.locale)))
}

fn github(work: &Work) -> io::Result<Tally> {
    let view = |opened: &Opened| github::commands(opened, work.locale);
    run(work, view, |path, result| {
        let said = result.unwrap_or_else(|reason| github::refusal(&path, &reason, work.locale));
        io::stdout().lock().write_all(said.as_bytes())
    })
}

fn sarif(work: &Work) -> io::Result<Tally> {
    let mut log = sarif::Log::new(&work.survey.choice.apply(Selection::default()), work.locale);
    let view = |opened: &Opened| (sarif::results(opened, work.locale), opened.document.analysis().selection().clone());
    let sum = run(work, view, |path, result| {
        match result {
            Ok((results, selection)) => log.add(results, &selection, work.locale),
            Err(reason) => log.refuse(&path, &reason, work.locale),
        }
        Ok(())
    })?;
    json::print(&log.closed())?;
    Ok(sum)
}

fn html(work: &Work) -> io::Result<Tally> {
    let mut chapters = Vec::new();
    let view = |opened: &Opened| html::Chapter::new(opened, work.locale);
    let sum = run(work, view, |path, result| {
        chapters.push(result.unwrap_or_else(|reason| html::Chapter::refused(path, &reason, work.locale)));
        Ok(())
    })?;
    io::stdout().lock().write_all(html::page(&chapters, &sum, work.locale).as_bytes())?;
    Ok(sum)
}

/// What `--fix` would do. Nothing but the diff goes to the standard output, byte for byte.
fn diff(work: &Work) -> io::Result<Tally> {
    let (mut changes, mut files) = (0, 0);
    let sum = run(work, mend::diff, |_, result| {
        let Ok((shown, made)) = result else { return Ok(()) };
        changes += made;
        files += usize::from(made > 0);
        io::stdout().lock().write_all(shown.as_bytes())
    })?;
    notice::changeable(changes, files, work.locale);
    Ok(sum)
}

/// Goes through all that is to be read, keeps count, and tells on the standard error what was changed and what could
/// not be read or written.
fn run<V: Send>(
    work: &Work,
    view: impl Fn(&Opened) -> V + Sync,
    mut tell: impl FnMut(String, Result<V, Message>) -> io::Result<()>,
) -> io::Result<Tally> {
    let locale = work.locale;
    let mut sum = Tally::default();
    let view = |opened: &Opened| {
        let fixed = if work.fix { mend::fix(opened) } else { Fixed::default() };
        let opened = fixed.now.as_ref().unwrap_or(opened);
        (Tally::of_document(opened), fixed.changes, fixed.refused, view(opened))
    };
    survey(&work.survey, view, |path, result| match result {
        Ok((tally, changes, refused, seen)) => {
            sum += tally;
            changes.iter().for_each(|change| notice::changed(&path, change, locale));
            if let Some(reason) = refused {
                notice::unwritten(&path, &reason, locale);
                sum.unwritten += 1;
            }
            tell(path, Ok(seen))
        }
        Err(reason) => {
            notice::refuse(&path, &reason, locale);
            sum.refused += 1;
            tell(path, Err(reason))
        }
    })?;
    Ok(sum)
}
