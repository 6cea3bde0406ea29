//! The thread that reads the disk: walks the folders, reads what is new there, says what is asked for; one step at a
//! time, so that what is told meanwhile counts.

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use gouji_core::Document;
use gouji_core::rules::across::Published;
use gouji_files::{Origin, documents, read};

use super::{Disk, FILES, File, LARGEST, Stamp, State};
use crate::STACK;
use crate::findings;
use crate::priority;
use crate::session::Session;
use crate::uri;

/// Starts the thread; it ends when the disk is shut.
pub fn start(session: Arc<Session>) -> std::io::Result<()> {
    let run = move || {
        priority::step_back();
        let mut patience = session.hooks.patience;
        while step(&session, &mut patience) {}
    };
    std::thread::Builder::new().name("disk".to_owned()).stack_size(STACK).spawn(run).map(drop)
}

enum Step {
    Walk(Vec<PathBuf>),
    Read(Arc<str>, PathBuf, u64),
    State(Arc<str>, PathBuf, u64),
}

/// Does one thing; false at the end.
fn step(session: &Arc<Session>, patience: &mut Duration) -> bool {
    let Some(step) = next(session) else { return false };
    if matches!(&step, Step::Walk(roots) if !roots.is_empty()) {
        std::thread::sleep(std::mem::take(patience));
    }
    // A panic over one file leaves it out.
    let done = catch_unwind(AssertUnwindSafe(|| match &step {
        Step::Walk(roots) => walk(session, roots),
        Step::Read(file, path, age) => take(session, file, path, *age),
        Step::State(file, path, age) => state(session, file, path, *age),
    }));
    if let (Err(_), Step::Read(file, path, age) | Step::State(file, path, age)) = (done, &step) {
        session.log(format!("{} could not be read: internal error", path.display()));
        finish(&session.disk, file, *age, |file| {
            file.read = true;
            file.is_one = false;
        });
    }
    true
}

/// Waits until there is something to do, and nobody waits for what is open.
fn next(session: &Session) -> Option<Step> {
    let disk = &session.disk;
    loop {
        session.mailbox.until_idle();
        let mut state = disk.state();
        if state.shut {
            disk.settled.send_replace(true);
            return None;
        }
        if let Some(step) = choose(&mut state) {
            return Some(step);
        }
        disk.settled.send_replace(true);
        drop(disk.changed.wait(state).unwrap_or_else(PoisonError::into_inner));
    }
}

fn choose(state: &mut State) -> Option<Step> {
    if std::mem::take(&mut state.walk) {
        return Some(Step::Walk(state.roots.iter().map(|root| root.path.clone()).collect()));
    }
    let closed = || state.files.iter().filter(|(_, file)| !file.open);
    let named = |(name, file): (&Arc<str>, &File)| (Arc::clone(name), file.path.clone(), file.age);
    if let Some((name, path, age)) = closed().find(|(_, file)| !file.read).map(named) {
        return Some(Step::Read(name, path, age));
    }
    // Only when all have been read it is known what each is to be compared with.
    let unsaid = |(_, file): &(&Arc<str>, &File)| file.is_one && file.shown.is_none();
    let (name, path, age) = closed().find(unsaid).filter(|_| state.wanted).map(named)?;
    Some(Step::State(name, path, age))
}

/// Changes what is known of a file, unless it has changed again meanwhile.
fn finish(disk: &Disk, name: &Arc<str>, age: u64, change: impl FnOnce(&mut File)) -> bool {
    let mut state = disk.state();
    let file = state.files.get_mut(name).filter(|file| file.age == age);
    file.map(change).is_some()
}

fn walk(session: &Session, roots: &[PathBuf]) {
    let mut found: Vec<(Arc<str>, PathBuf, Stamp)> = Vec::new();
    let mut seen = BTreeSet::new();
    for path in roots.iter().flat_map(|root| documents(root)) {
        if session.disk.state().shut {
            return;
        }
        if found.len() >= FILES {
            session.log(format!("the folders hold more than {FILES} documents; the others are not read"));
            break;
        }
        let Ok(about) = fs::metadata(&path) else { continue };
        if about.len() > LARGEST {
            continue;
        }
        let name: Arc<str> = Arc::from(uri::of_path(&path).as_str());
        if seen.insert(Arc::clone(&name)) {
            found.push((name, path, (about.modified().ok(), about.len())));
        }
    }
    let open: BTreeSet<Arc<str>> = {
        let documents = session.documents();
        seen.iter().filter(|name| documents.slot(name).is_some()).cloned().collect()
    };
    let gone: Vec<Arc<str>> = {
        let mut state = session.disk.state();
        let gone: Vec<Arc<str>> = state.files.keys().filter(|name| !seen.contains(*name)).cloned().collect();
        gone.iter().for_each(|name| drop(state.files.remove(name)));
        for (name, path, stamp) in found {
            let file = state.files.entry(Arc::clone(&name)).or_insert_with(|| File::new(&path, stamp, false));
            file.open = open.contains(&name);
            if file.stamp != stamp {
                file.stamp = stamp;
                file.forget();
            }
        }
        gone
    };
    gone.iter().for_each(|name| session.offer_saved(name, Vec::new()));
}

/// Reads a file for what it offers.
fn take(session: &Session, name: &Arc<str>, path: &std::path::Path, age: u64) {
    let selection = session.selection_of(name).and_none();
    let document = text(path).map(|text| Document::open_with(&text, selection));
    let document = document.filter(|document| document.analysis().identity().is_some());
    let offered = document.as_ref().map(|document| document.published(name)).unwrap_or_default();
    // Many files are read and few are asked for.
    let offered: Vec<Published> = offered.into_iter().map(Published::without_text).collect();
    let kept = finish(&session.disk, name, age, |file| {
        file.read = true;
        file.is_one = document.is_some();
    });
    if kept {
        session.offer_saved(name, offered);
    }
}

/// Says what is wrong in a file, beside the others.
fn state(session: &Session, name: &Arc<str>, path: &std::path::Path, age: u64) {
    let text = text(path).unwrap_or_default();
    let document = Document::open_among(&text, session.selection_of(name), name, &session.library());
    let shown = findings::of_file(session, name, &document);
    finish(&session.disk, name, age, |file| file.shown = Some(shown));
}

/// The text of a file that speaks of budgets or accounts; what does not is no disclosure.
fn text(path: &std::path::Path) -> Option<String> {
    let (source, _) = read(&Origin::File(path.to_owned())).ok()?;
    (source.text.contains("预算") || source.text.contains("决算") || source.text.contains("預算"))
        .then_some(source.text)
}
