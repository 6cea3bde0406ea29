//! Many documents at once: read, analysed and rendered on all cores, told in order, each as soon as its turn comes. Of
//! what has been told nothing is kept but what files offer each other, so that memory does not grow with the documents.

mod lines;
mod turns;

use std::cell::RefCell;
use std::io::{self, IsTerminal};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::across;
use gouji_core::Document;
use gouji_core::rules::across::Library;
use gouji_core::verdict::finding::{Finding, Message, Severity};
use gouji_files::{Origin, Script, Source, gather, read};
use indicatif::{ProgressBar, ProgressStyle};

use crate::args::Choice;
use crate::projects::{Projects, Said};
use lines::{Line, Lines};
use turns::{all_cores, in_turn};

/// Fewer files than this are done before a bar could be read.
const BAR_FROM: usize = 21;

thread_local! {
    /// Where this thread panicked last; a panic itself does not say.
    static FELL_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What is to be read, and what of it is to be seen.
pub struct Survey<'a> {
    /// The documents.
    pub sources: Sources<'a>,
    /// Files, and folders that hold files, which they are checked beside; nothing is said of these themselves.
    pub beside: &'a [PathBuf],
    /// The rules that the user asked for.
    pub choice: Choice,
    /// What the folders say.
    pub projects: Projects,
    /// The lowest severity that is shown, where the user said it.
    lowest: Option<Severity>,
}

impl<'a> Survey<'a> {
    /// What is to be done, or what is wrong with it.
    pub fn new(
        sources: Sources<'a>,
        beside: &'a [PathBuf],
        choice: Choice,
        lowest: Option<Severity>,
    ) -> Result<Self, Message> {
        let projects = Projects::default();
        let named = if let Sources::Named(paths) = sources { paths } else { &[] };
        // A folder that is named may hold the word itself.
        for path in named {
            let _ = if path.is_dir() { projects.of_folder(path) } else { projects.of(path) };
        }
        choice.check(&projects.books())?;
        Ok(Self { sources, beside, choice, projects, lowest })
    }

    /// What is wrong with what the folders say.
    pub fn complaints(&self) -> Vec<Said> {
        let searched = match self.sources {
            Sources::Named(paths) if self.choice.is_open() => paths,
            _ => &[],
        };
        self.projects.complaints(searched)
    }
}

/// Where the documents are.
#[derive(Clone, Copy, Debug)]
pub enum Sources<'a> {
    /// Files, and folders that hold files.
    Named(&'a [PathBuf]),
    /// The standard input, under a name.
    Stdin(&'a str),
    /// The standard input, a document a line, as JSON; lines that are none go by its name and their number.
    Lines(&'a str),
}

/// A file that was read and analysed.
#[derive(Clone)]
pub struct Opened {
    /// Its path as it is shown.
    pub path: String,
    /// The document.
    pub document: Document,
    /// Where it was read.
    pub origin: Origin,
    /// How it was written there.
    pub script: Script,
    /// How many bytes it had.
    pub bytes: usize,
    /// The lowest severity that is shown.
    pub lowest: Severity,
    /// Its folder says that it is not to be checked; it was not even read.
    pub excluded: bool,
}

impl Opened {
    /// The findings that are shown.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.document.analysis().findings().iter().filter(|finding| finding.severity <= self.lowest)
    }
}

/// Reads and analyses everything that was asked for, keeps of each document only what `view` makes of it, and hands
/// that to `tell` in the order of paths or lines, with the path as it is shown or the reason why there is nothing. What
/// `tell` cannot tell ends the survey.
pub fn survey<T: Send>(
    asked: &Survey,
    view: impl Fn(&Opened) -> T + Sync,
    mut tell: impl FnMut(String, Result<T, Message>) -> io::Result<()>,
) -> io::Result<()> {
    let files: Vec<(String, Result<Origin, Message>)> = match asked.sources {
        Sources::Lines(_) => Vec::new(),
        Sources::Stdin(name) => vec![(name.to_owned(), Ok(Origin::Stdin))],
        Sources::Named(paths) => {
            let shown = |(path, found): (PathBuf, Result<(), Message>)| {
                (path.display().to_string(), found.map(|()| Origin::File(path)))
            };
            gather(paths).into_iter().map(shown).collect()
        }
    };
    let (beside, missing) = across::beside(asked.beside, &files);
    missing.into_iter().try_for_each(|(path, reason)| tell(path, Err(reason)))?;
    let offering = match asked.sources {
        Sources::Lines(_) => beside,
        Sources::Stdin(_) | Sources::Named(_) => across::offering(&files, beside),
    };
    let bar = bar(files.len() + offering.len());
    // What the usual hook prints is for programmers and not in order; what is needed of it stands in the reason.
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|panic| FELL_AT.set(panic.location().map(ToString::to_string))));
    let pool = all_cores();
    let mut library = Library::default();
    let offer = |(shown, origin): (String, Origin)| {
        let terms = || asked.projects.terms(Path::new(&shown));
        let offered = guarded(|| across::published(&origin, &shown, terms().selection));
        (shown, offered.unwrap_or_default())
    };
    let mut told = in_turn(pool.as_ref(), offering.into_iter(), &offer, &mut |(shown, offered)| {
        bar.inc(1);
        library.put(&Arc::from(shown), offered);
        Ok(())
    });
    let work = Work { asked, library: Arc::new(library), view: &view };
    let mut tell = |(path, result)| {
        bar.inc(1);
        bar.suspend(|| tell(path, result))
    };
    told = told.and_then(|()| match asked.sources {
        Sources::Lines(name) => in_turn(pool.as_ref(), Lines::new(), &|line| work.line(line, name), &mut tell),
        Sources::Stdin(_) | Sources::Named(_) => {
            in_turn(pool.as_ref(), files.into_iter(), &|(shown, found)| work.file(shown, found), &mut tell)
        }
    });
    panic::set_hook(usual);
    bar.finish_and_clear();
    told
}

/// What is done with each document.
struct Work<'a, V> {
    asked: &'a Survey<'a>,
    library: Arc<Library>,
    view: &'a V,
}

impl<T, V: Fn(&Opened) -> T + Sync> Work<'_, V> {
    fn file(&self, shown: String, found: Result<Origin, Message>) -> (String, Result<T, Message>) {
        let result = found.and_then(|origin| guarded(|| self.seen(&shown, &origin, || read(&origin))));
        (shown, result)
    }

    fn line(&self, line: Line, name: &str) -> (String, Result<T, Message>) {
        let (shown, found) = line.document(name);
        let result = found.and_then(|found| guarded(|| self.seen(&shown, &Origin::Stdin, || Ok(found))));
        (shown, result)
    }

    /// Reads a document, unless its folder says that it is not to be checked, and analyses it.
    fn seen(
        &self,
        shown: &str,
        origin: &Origin,
        read: impl FnOnce() -> Result<(Source, usize), Message>,
    ) -> Result<T, Message> {
        let (asked, file) = (self.asked, Path::new(shown));
        let terms = asked.projects.terms(file);
        let excluded = !terms.check;
        let (source, bytes) = if excluded { (Source::default(), 0) } else { read()? };
        let selection = asked.choice.apply(terms.selection);
        let document = Document::open_among(&source.text, selection, &Arc::from(shown), &self.library);
        asked.projects.note(file, document.analysis());
        let lowest = asked.lowest.unwrap_or(terms.floor);
        let (path, origin, script) = (shown.to_owned(), origin.clone(), source.script);
        Ok((self.view)(&Opened { path, document, origin, script, bytes, lowest, excluded }))
    }
}

/// A panic over one file is that file's misfortune, not that of the others.
fn guarded<T>(work: impl FnOnce() -> Result<T, Message>) -> Result<T, Message> {
    panic::catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("?");
        let at = FELL_AT.take().map(|at| format!(" ({at})")).unwrap_or_default();
        Err(Message::new(format!("程序内部错误：{text}{at}"), format!("internal error: {text}{at}")))
    })
}

fn bar(files: usize) -> ProgressBar {
    if files < BAR_FROM || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{pos}/{len} {bar:40} {eta}");
    ProgressBar::new(files as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn all_of(paths: &[PathBuf]) -> Survey<'_> {
        Survey::new(Sources::Named(paths), &[], Choice::default(), None).expect("nothing is wrong with no choice")
    }

    #[test]
    fn a_panic_becomes_a_reason() {
        let reason = guarded::<()>(|| panic!("第 {} 行", 3)).expect_err("a panic");
        assert!(reason.zh.starts_with("程序内部错误：第 3 行"), "{}", reason.zh);
    }

    #[test]
    fn a_panic_over_one_file_leaves_the_others() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["a.txt", "b.txt", "c.txt"] {
            std::fs::write(folder.path().join(name), name).expect("a file");
        }
        let view = |opened: &Opened| {
            assert!(!opened.path.ends_with("b.txt"), "unlucky");
            opened.document.text().to_string()
        };
        let mut done = Vec::new();
        let told = survey(&all_of(&[folder.path().to_owned()]), view, |_, result| {
            done.push(result.ok());
            Ok(())
        });
        assert!(told.is_ok());
        assert_eq!(done, [Some("a.txt".to_owned()), None, Some("c.txt".to_owned())]);
    }

    #[test]
    fn what_cannot_be_told_ends_the_survey() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        (0..500).for_each(|n| std::fs::write(folder.path().join(format!("{n}.txt")), "1").expect("a file"));
        let seen = AtomicUsize::new(0);
        let view = |_: &Opened| seen.fetch_add(1, Ordering::SeqCst);
        let told = survey(&all_of(&[folder.path().to_owned()]), view, |_, _| Err(io::ErrorKind::BrokenPipe.into()));
        assert!(told.is_err());
        assert!(seen.into_inner() < 500);
    }
}
