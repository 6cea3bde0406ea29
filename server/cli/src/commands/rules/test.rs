//! `gouji rules test`: do the examples of pages hold?

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use gouji_core::document::examples::{examples, failures};
use gouji_core::rules::{Book, Page, Selection};
use gouji_core::verdict::finding::{Locale, Message};
use gouji_files::{Origin, read};
use gouji_project::Source;

use crate::commands::Ending;
use crate::human::notice;
use crate::projects::{Projects, of_source};

/// What was tried.
#[derive(Default)]
struct Sum {
    pages: usize,
    examples: usize,
    failed: usize,
    wrong: usize,
}

/// Tries the pages of a folder, or one of them, or all that are embedded.
pub fn test(path: &Path, all: bool, locale: Locale) -> io::Result<Ending> {
    let mut sum = Sum::default();
    let mut out = io::stdout().lock();
    if all {
        let selection = Selection::default();
        for page in Book::embedded().pages() {
            try_page(page, &selection, &mut sum, &mut out, locale)?;
        }
        return end(&sum, &mut out, locale);
    }
    let projects = Projects::default();
    let project = if path.is_dir() { projects.of_folder(path) } else { projects.of(path) };
    let single = path.is_file().then(|| path.canonicalize().unwrap_or_else(|_| path.to_owned()));
    let is_meant = |own: &Path| single.as_ref().is_none_or(|single| own == single);
    let known = project.as_ref().is_some_and(|project| project.pages.iter().any(|own| is_meant(&own.path)));
    if let (Some(project), true) = (project, known) {
        let selection = Selection::of(Arc::clone(project.book()));
        for source in project.pages.iter().filter(|own| is_meant(&own.path)) {
            of_source(source).iter().for_each(|said| notice::complain(said, locale));
            sum.wrong += source.complaints.len();
            if let Some(page) = source.code.as_ref().and_then(|code| project.book().page(code)) {
                try_page(page, &selection, &mut sum, &mut out, locale)?;
            }
        }
        return end(&sum, &mut out, locale);
    }
    if single.is_none() {
        let none = Message::new("没有自编规则页（.gouji/rules/*.md）", "there are no pages in .gouji/rules");
        notice::refuse(&path.display().to_string(), &none, locale);
        return Ok(Ending::Failed);
    }
    // A page that is still being written, outside of any folder of pages.
    match read(&Origin::File(path.to_owned())) {
        Err(reason) => {
            notice::refuse(&path.display().to_string(), &reason, locale);
            Ok(Ending::Failed)
        }
        Ok((source, _)) => {
            let (page, complaints) = Page::check(&source.text);
            let written = Source { path: path.to_owned(), text: source.text, complaints, ..Source::default() };
            let said = of_source(&written);
            said.iter().for_each(|said| notice::complain(said, locale));
            sum.wrong += said.len();
            if let Some(page) = page {
                let book = Arc::new(Book::with([page.clone()]));
                try_page(&page, &Selection::of(book), &mut sum, &mut out, locale)?;
            }
            end(&sum, &mut out, locale)
        }
    }
}

fn try_page(page: &Page, selection: &Selection, sum: &mut Sum, out: &mut impl Write, locale: Locale) -> io::Result<()> {
    let all = examples(&page.body).len();
    let failed = failures(&page.code, selection);
    sum.pages += 1;
    sum.examples += all;
    sum.failed += failed.len();
    for failure in failed {
        let title = if failure.title.is_empty() { page.name.in_locale(locale) } else { &failure.title };
        writeln!(out, "{} {title}\n    {}", page.code, failure.how.in_locale(locale))?;
    }
    Ok(())
}

fn end(sum: &Sum, out: &mut impl Write, locale: Locale) -> io::Result<Ending> {
    let Sum { pages, examples, failed, wrong } = sum;
    match (locale, failed) {
        (Locale::Chinese, 0) => writeln!(out, "规则页 {pages} 个，例子 {examples} 个，全部相符")?,
        (Locale::Chinese, _) => writeln!(out, "规则页 {pages} 个，例子 {examples} 个，不符 {failed} 处")?,
        (Locale::English, 0) => writeln!(out, "{pages} pages, {examples} examples: all hold")?,
        (Locale::English, _) => writeln!(out, "{pages} pages, {examples} examples: {failed} failures")?,
    }
    Ok(if failed + wrong == 0 { Ending::Done } else { Ending::Contradicted })
}
