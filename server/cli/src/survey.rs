//! Many files at once: read, analysed and rendered on all cores, told in path order, each as soon as its turn comes.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, IsTerminal};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};

use crate::across;
use gouji_core::Document;
use gouji_core::rules::across::Library;
use gouji_core::verdict::finding::{Finding, Message, Severity};
use gouji_files::{Origin, Script, Source, gather, read};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::{ScopeFifo, ThreadPool, ThreadPoolBuilder};

use crate::args::Choice;
use crate::projects::{Projects, Said};

/// Fewer files than this are done before a bar could be read.
const BAR_FROM: usize = 21;
/// Deeply nested text must not be what ends the program.
const STACK: usize = 16 << 20;
/// How many files a thread may be ahead of the one that is told next. More would only be kept in memory.
const AHEAD: usize = 4;

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
/// that to `tell` in path order, with the path as it is shown or the reason why there is nothing. What `tell` cannot
/// tell ends the survey.
pub fn survey<T: Send>(
    asked: &Survey,
    view: impl Fn(&Opened) -> T + Sync,
    mut tell: impl FnMut(String, Result<T, Message>) -> io::Result<()>,
) -> io::Result<()> {
    let files: Vec<(String, Result<Origin, Message>)> = match asked.sources {
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
    let offering = across::offering(&files, beside);
    let bar = bar(files.len() + offering.len());
    // What the usual hook prints is for programmers and not in order; what is needed of it stands in the reason.
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|panic| FELL_AT.set(panic.location().map(ToString::to_string))));
    let pool = ThreadPoolBuilder::new().stack_size(STACK).build().ok();
    let mut library = Library::default();
    let offer = |shown: &str, origin: Origin| {
        guarded(|| across::published(&origin, shown, asked.projects.terms(Path::new(shown)).selection))
            .unwrap_or_default()
    };
    let mut take = |shown: String, offered| {
        bar.inc(1);
        library.put(&Arc::from(shown), offered);
        Ok(())
    };
    let mut told = on_all_cores(pool.as_ref(), offering, &offer, &mut take);
    let library = Arc::new(library);
    let one = |shown: &str, found: Result<Origin, Message>| {
        found.and_then(|origin| guarded(|| open(&origin, shown, asked, &library).map(|opened| view(&opened))))
    };
    let mut tell = |path, result| {
        bar.inc(1);
        bar.suspend(|| tell(path, result))
    };
    told = told.and_then(|()| on_all_cores(pool.as_ref(), files, &one, &mut tell));
    panic::set_hook(usual);
    bar.finish_and_clear();
    told
}

/// Works on files on all cores and tells the results in order.
fn on_all_cores<F: Send, T: Send>(
    pool: Option<&ThreadPool>,
    files: Vec<(String, F)>,
    one: &(impl Fn(&str, F) -> T + Sync),
    tell: &mut impl FnMut(String, T) -> io::Result<()>,
) -> io::Result<()> {
    match pool {
        Some(pool) => {
            let ahead = AHEAD * pool.current_num_threads();
            pool.in_place_scope_fifo(|scope| in_order(scope, files, ahead, one, tell))
        }
        None => files.into_iter().try_for_each(|(shown, file)| {
            let result = one(&shown, file);
            tell(shown, result)
        }),
    }
}

/// Begins the next file when one has been told, so that never more than `ahead` are begun and not told.
fn in_order<'s, F: Send + 's, T: Send + 's>(
    scope: &ScopeFifo<'s>,
    files: Vec<(String, F)>,
    ahead: usize,
    one: &'s (impl Fn(&str, F) -> T + Sync),
    tell: &mut impl FnMut(String, T) -> io::Result<()>,
) -> io::Result<()> {
    let (done, ready) = mpsc::channel();
    let count = files.len();
    let mut files = files.into_iter().enumerate();
    let mut begin = || {
        if let Some((number, (shown, file))) = files.next() {
            let done = done.clone();
            scope.spawn_fifo(move |_| {
                let result = one(&shown, file);
                // Nobody listens any more where what came before could not be told.
                let _ = done.send((number, shown, result));
            });
        }
    };
    (0..ahead).for_each(|_| begin());
    let mut early = BTreeMap::new();
    for turn in 0..count {
        let (shown, result) = loop {
            if let Some(outcome) = early.remove(&turn) {
                break outcome;
            }
            let Ok((number, shown, result)) = ready.recv() else { return Ok(()) };
            early.insert(number, (shown, result));
        };
        tell(shown, result)?;
        begin();
    }
    Ok(())
}

fn open(origin: &Origin, shown: &str, asked: &Survey, library: &Arc<Library>) -> Result<Opened, Message> {
    let file = Path::new(shown);
    let terms = asked.projects.terms(file);
    let excluded = !terms.check;
    let (source, bytes) = if excluded { (Source::default(), 0) } else { read(origin)? };
    let selection = asked.choice.apply(terms.selection);
    let document = Document::open_among(&source.text, selection, &Arc::from(shown), library);
    asked.projects.note(file, document.analysis());
    let lowest = asked.lowest.unwrap_or(terms.floor);
    let (path, origin, script) = (shown.to_owned(), origin.clone(), source.script);
    Ok(Opened { path, document, origin, script, bytes, lowest, excluded })
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
    fn files_are_told_in_order_and_none_is_begun_too_early() {
        let (begun, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let one = |_: &str, number: usize| {
            let ahead = begun.fetch_add(1, Ordering::SeqCst) - told.load(Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis((number % 3) as u64));
            (number, ahead)
        };
        let mut order = Vec::new();
        let mut tell = |_, (number, ahead)| {
            assert!(ahead <= 5, "{ahead}");
            order.push(number);
            told.fetch_add(1, Ordering::SeqCst);
            Ok(())
        };
        let files = (0..100).map(|number| (String::new(), number)).collect();
        let pool = ThreadPoolBuilder::new().num_threads(3).build().expect("threads");
        assert!(pool.in_place_scope_fifo(|scope| in_order(scope, files, 5, &one, &mut tell)).is_ok());
        assert_eq!(order, (0..100).collect::<Vec<_>>());
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
