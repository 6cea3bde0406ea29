//! Many files at once: read, analysed and rendered on all cores, told in path order.

use std::cell::RefCell;
use std::io::IsTerminal;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};

use gouji_core::Document;
use gouji_core::rules::Selection;
use gouji_core::verdict::finding::Message;
use indicatif::{ProgressBar, ProgressStyle};
use rayon::ThreadPoolBuilder;
use rayon::prelude::*;

use crate::intake::{gather, read};

/// Fewer files than this are done before a bar could be read.
const BAR_FROM: usize = 21;
/// Deeply nested text must not be what ends the program.
const STACK: usize = 16 << 20;

thread_local! {
    /// Where this thread panicked last; a panic itself does not say.
    static FELL_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// A file that was read and analysed.
pub struct Opened {
    /// Its path as it is shown.
    pub path: String,
    /// The document.
    pub document: Document,
    /// The encoding it was read in.
    pub encoding: &'static str,
}

/// What became of one path.
pub struct Outcome<T> {
    /// The path as it is shown.
    pub path: String,
    /// What was made of it, or why there is nothing.
    pub result: Result<T, Message>,
}

/// Reads and analyses everything that was named, and keeps of each document only what `view` makes of it.
pub fn survey<T: Send>(
    named: &[PathBuf],
    selection: &Selection,
    view: impl Fn(&Opened) -> T + Sync,
) -> Vec<Outcome<T>> {
    let files = gather(named);
    let bar = bar(files.len());
    let one = |(path, found): (PathBuf, Result<(), Message>)| {
        let shown = path.display().to_string();
        let result = found.and_then(|()| guarded(|| open(&path, &shown, selection).map(|opened| view(&opened))));
        bar.inc(1);
        Outcome { path: shown, result }
    };
    // What the usual hook prints is for programmers and not in order; what is needed of it stands in the reason.
    let usual = panic::take_hook();
    panic::set_hook(Box::new(|panic| FELL_AT.set(panic.location().map(ToString::to_string))));
    let outcomes = match ThreadPoolBuilder::new().stack_size(STACK).build() {
        Ok(pool) => pool.install(|| files.into_par_iter().with_max_len(1).map(one).collect()),
        Err(_) => files.into_iter().map(one).collect(),
    };
    panic::set_hook(usual);
    bar.finish_and_clear();
    outcomes
}

fn open(path: &Path, shown: &str, selection: &Selection) -> Result<Opened, Message> {
    let source = read(path)?;
    let document = Document::open_with(&source.text, selection.clone());
    Ok(Opened { path: shown.to_owned(), document, encoding: source.encoding })
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
        let outcomes = survey(&[folder.path().to_owned()], &Selection::default(), |opened| {
            assert!(!opened.path.ends_with("b.txt"), "unlucky");
            opened.document.text().to_string()
        });
        let done: Vec<_> = outcomes.into_iter().map(|outcome| outcome.result.ok()).collect();
        assert_eq!(done, [Some("a.txt".to_owned()), None, Some("c.txt".to_owned())]);
    }
}
