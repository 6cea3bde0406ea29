//! The analysis threads, one for each lane of the mailbox. They own the documents, and run the errands of requests that
//! read texts; a panic of the engine costs one analysis, not the server.

use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gouji_core::Document;
use gouji_core::rules::across::Library;
use gouji_core::text::Text;
use gouji_core::verdict::finding::Message;

use super::Session;
use super::mailbox::{Job, Lane, Turn, Work};
use super::patch::Patch;
use super::slot::{Slot, Snapshot};
use crate::STACK;
use crate::priority;

/// Starts the threads; they end when the session's mailbox is shut.
pub fn start(session: Arc<Session>) -> std::io::Result<()> {
    let analyst = Arc::new(Analyst { session, documents: Mutex::default(), told: AtomicBool::new(false) });
    for lane in Lane::ALL {
        let analyst = Arc::clone(&analyst);
        let name = format!("analysis of {lane:?} documents").to_lowercase();
        std::thread::Builder::new().name(name).stack_size(STACK).spawn(move || {
            priority::step_back();
            analyst.run(lane);
        })?;
    }
    Ok(())
}

/// What the threads share.
struct Analyst {
    session: Arc<Session>,
    /// The documents that are not at work.
    documents: Mutex<HashMap<u64, Document>>,
    /// The user knows that analysis failed; said once.
    told: AtomicBool,
}

impl Analyst {
    fn run(&self, lane: Lane) {
        while let Some(turn) = self.session.mailbox.take(lane) {
            let Job { slot, work } = match turn {
                Turn::Job(job) => job,
                Turn::Errand(errand) => {
                    errand();
                    continue;
                }
            };
            match work {
                Work::Forget { .. } => {
                    let known = self.documents().remove(&slot.id);
                    drop(known);
                    self.session.leave_folder(slot.uri.as_str());
                }
                Work::Analyse { text, patch, version, revision } => {
                    let analysis = || self.analyse(&slot, &text, patch, version, revision);
                    if let Err(panic) = catch_unwind(AssertUnwindSafe(analysis)) {
                        self.report(&slot, panic.as_ref());
                        // Whoever waits for it learns that there is none, and what it said before is taken back.
                        let none =
                            || self.keep(&slot, Snapshot { revision, version, document: None, project: None }, None);
                        let _ = catch_unwind(AssertUnwindSafe(none));
                    }
                    if patch.is_some_and(Patch::is_nothing) {
                        self.session.ask_again();
                    }
                }
            }
            self.session.mailbox.done(&slot);
        }
    }

    fn analyse(&self, slot: &Arc<Slot>, text: &Text, patch: Option<Patch>, version: i32, revision: u64) {
        // Out of the map while it is worked on: after a panic what is left of it is dropped.
        let known = self.documents().remove(&slot.id);
        if let Some(hook) = &self.session.hooks.before_analysis {
            hook(text, version);
        }
        let (project, selection) = self.session.terms(slot.uri.as_str());
        let (file, library) = (Arc::from(slot.uri.as_str()), self.session.library());
        let document = match known.zip(patch) {
            None => Document::of(text.clone(), selection, &file, &library),
            Some((mut document, patch)) => {
                document.select(selection);
                document.among(&file, &library);
                if let Some((span, with)) = patch.trimmed(document.text(), text) {
                    document.edit(span, &with);
                }
                document
            }
        };
        self.keep(slot, Snapshot { revision, version, document: Some(document), project }, Some(&library));
    }

    /// `library`: what it was judged beside.
    fn keep(&self, slot: &Arc<Slot>, snapshot: Snapshot, library: Option<&Arc<Library>>) {
        let known = match &snapshot.document {
            Some(document) => self.documents().insert(slot.id, document.clone()),
            None => self.documents().remove(&slot.id),
        };
        drop(known);
        // Before anybody sees it: who asks for other files then finds what follows from this one.
        self.session.offer_open(slot, snapshot.document.as_ref(), library);
        // What was known before is let go of when the client has what is known now: it takes its time as well.
        let before = slot.latest();
        let (version, snapshot) = (snapshot.version, slot.publish(snapshot));
        if let Some(hook) = self.session.hooks.before_publishing.as_ref().filter(|_| snapshot.document.is_some()) {
            hook(version);
        }
        self.session.publish(slot, &snapshot);
        self.session.complain();
        drop(before);
        self.session.look_again(slot.uri.as_str());
    }

    fn documents(&self) -> MutexGuard<'_, HashMap<u64, Document>> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn report(&self, slot: &Slot, panic: &(dyn Any + Send)) {
        let reason = reason(panic);
        self.session.log(format!("analysis of {} failed: {reason}", slot.spelling));
        if !self.told.swap(true, Ordering::AcqRel) {
            self.session.warn(&Message::new(
                format!("勾稽检查出错，下次编辑后重新检查。原因：{reason}"),
                format!("gouji failed to analyse a document and will try again at the next edit: {reason}"),
            ));
        }
    }
}

/// What a panic says.
pub fn reason(panic: &(dyn Any + Send)) -> &str {
    let reason = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    reason.unwrap_or("panic")
}
