//! The disclosures of the workspace folders that are not open: found, read and checked by a thread of their own, so that
//! no keystroke waits for the disk. What is to be done is told here, in no order; the thread finds out what is left.

mod reader;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use tokio::sync::watch;

use crate::findings::Shown;

pub use reader::start;

/// Files that are looked at in all folders; what is more is a library, not a workspace.
const FILES: usize = 5000;
/// Larger files are left alone: a city's compilation of a hundred disclosures is about ten megabytes.
const LARGEST: u64 = 16 << 20;

/// A workspace folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Root {
    /// Where it is.
    pub path: PathBuf,
    /// Its URI as it is spelt inside, without a slash at its end.
    pub canonical: String,
    /// Its URI as the client spells it.
    pub spelling: String,
}

/// When a file was written and how long it is.
type Stamp = (Option<SystemTime>, u64);

#[derive(Debug)]
struct File {
    path: PathBuf,
    stamp: Stamp,
    /// True once it has been read as it lies there.
    read: bool,
    /// It holds a disclosure.
    is_one: bool,
    /// True while an open document shadows it.
    open: bool,
    shown: Option<Shown>,
    /// Counts what makes a report stale.
    age: u64,
}

#[derive(Default)]
struct State {
    roots: Vec<Root>,
    files: BTreeMap<Arc<str>, File>,
    /// The folders have to be walked.
    walk: bool,
    /// Somebody asks for what is said of files: it is kept up to date from then on.
    wanted: bool,
    shut: bool,
}

/// The files on the disk.
pub struct Disk {
    state: Mutex<State>,
    changed: Condvar,
    settled: watch::Sender<bool>,
}

impl Default for Disk {
    fn default() -> Self {
        Self { state: Mutex::default(), changed: Condvar::new(), settled: watch::channel(true).0 }
    }
}

impl Disk {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes what is to be done and wakes the thread.
    fn tell(&self, change: impl FnOnce(&mut State)) {
        {
            let mut state = self.state();
            change(&mut state);
            // Within the lock: the thread says that all is done while it holds it.
            self.settled.send_replace(false);
        }
        self.changed.notify_one();
    }

    /// Reads these folders and no others from now on.
    pub fn roots(&self, roots: Vec<Root>) {
        self.tell(|state| {
            state.walk |= state.roots != roots;
            state.roots = roots;
        });
    }

    /// Something was written, made or removed.
    pub fn touched(&self, files: &[Arc<str>]) {
        self.tell(|state| {
            state.walk = true;
            for file in files {
                state.files.get_mut(file).into_iter().for_each(File::forget);
            }
        });
    }

    /// A document was opened: its file counts no more.
    pub fn opened(&self, file: &str) {
        self.tell(|state| {
            state.files.get_mut(file).into_iter().for_each(|file| file.open = true);
        });
    }

    /// A document was closed: its file counts again. False where no such file is known.
    pub fn closed(&self, file: &str) -> bool {
        let mut known = false;
        self.tell(|state| {
            if let Some(file) = state.files.get_mut(file) {
                file.open = false;
                file.forget();
                known = true;
            }
        });
        known
    }

    /// What is said of these files does not hold any more: other files say something else.
    pub fn outdated(&self, files: &BTreeSet<Arc<str>>) {
        if !files.is_empty() {
            self.tell(|state| {
                for file in files {
                    state.files.get_mut(file).into_iter().for_each(File::outdate);
                }
            });
        }
    }

    /// Everything is to be said anew: the user wants to see something else.
    pub fn restate(&self) {
        self.tell(|state| state.files.values_mut().for_each(File::forget));
    }

    /// What is said of the disclosures that are not open, in order of file, once the disk has been read; `anew`
    /// has it looked at for changes that nobody told of.
    pub async fn reports(&self, anew: bool) -> Vec<(Arc<str>, Shown)> {
        self.tell(|state| {
            state.wanted = true;
            state.walk |= anew;
        });
        let mut settled = self.settled.subscribe();
        // The sender is a part of this: it is there as long as anybody waits.
        let _ = settled.wait_for(|settled| *settled).await;
        let state = self.state();
        let shown = state.files.iter().filter(|(_, file)| file.is_one && !file.open);
        shown.filter_map(|(name, file)| Some((Arc::clone(name), file.shown.clone()?))).collect()
    }

    /// The client's spelling of a file of a folder whose URI it spells in its own way.
    pub fn spelling(&self, canonical: &str) -> Option<String> {
        let state = self.state();
        state.roots.iter().find_map(|root| {
            let rest = canonical.strip_prefix(&root.canonical).filter(|rest| rest.starts_with('/'))?;
            (root.spelling != root.canonical).then(|| format!("{}{rest}", root.spelling))
        })
    }

    /// Ends the thread after what it is at.
    pub fn shut(&self) {
        self.tell(|state| state.shut = true);
    }
}

impl File {
    fn new(path: &Path, stamp: Stamp, open: bool) -> Self {
        Self { path: path.to_owned(), stamp, read: false, is_one: false, open, shown: None, age: 0 }
    }

    /// It has to be read again.
    fn forget(&mut self) {
        self.read = false;
        self.outdate();
    }

    fn outdate(&mut self) {
        self.shown = None;
        self.age += 1;
    }
}
