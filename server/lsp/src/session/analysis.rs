//! The analysis thread. It owns the documents; a panic of the engine costs one analysis, not the server.

use std::any::Any;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use gouji_core::Document;
use gouji_core::rules::across::Library;
use gouji_core::text::Text;
use gouji_core::verdict::finding::Message;
use gouji_project::Project;

use super::Session;
use super::mailbox::{Job, Work};
use super::patch::Patch;
use super::slot::{Slot, Snapshot};
use crate::STACK;
use crate::egress::Event;

/// Starts the thread; it ends when the session's mailbox is shut.
pub fn start(session: Arc<Session>) -> std::io::Result<()> {
    let analyst = Analyst { session, documents: HashMap::new(), told: false };
    std::thread::Builder::new().name("analysis".to_owned()).stack_size(STACK).spawn(|| analyst.run()).map(drop)
}

struct Analyst {
    session: Arc<Session>,
    documents: HashMap<u64, Document>,
    /// The user knows that analysis failed; said once.
    told: bool,
}

impl Analyst {
    fn run(mut self) {
        while let Some(Job { slot, work }) = self.session.mailbox.take() {
            match work {
                Work::Forget => drop(self.documents.remove(&slot.id)),
                Work::Analyse { text, patch, version, revision } => {
                    // Out of the map while it is worked on: after a panic what is left of it is dropped.
                    let known = self.documents.remove(&slot.id);
                    let unasked = patch.is_some_and(Patch::is_nothing);
                    let result = catch_unwind(AssertUnwindSafe(|| self.analyse(&slot, known, &text, patch, version)));
                    let result = result.map_err(|panic| self.report(&slot, panic.as_ref())).ok();
                    let (document, project, library) = result
                        .map_or((None, None, None), |(document, project, library)| {
                            (Some(document), project, Some(library))
                        });
                    self.keep(&slot, Snapshot { revision, version, document, project }, library.as_ref());
                    if unasked {
                        self.session.ask_again();
                    }
                }
            }
        }
    }

    fn analyse(
        &self,
        slot: &Slot,
        known: Option<Document>,
        text: &Text,
        patch: Option<Patch>,
        version: i32,
    ) -> (Document, Option<Arc<Project>>, Arc<Library>) {
        if let Some(hook) = &self.session.hooks.before_analysis {
            hook(text, version);
        }
        let (project, selection) = self.session.terms(slot.uri.as_str());
        let (file, library) = (Arc::from(slot.uri.as_str()), self.session.library());
        let Some((mut document, patch)) = known.zip(patch) else {
            return (Document::open_among(&text.to_string(), selection, &file, &library), project, library);
        };
        document.select(selection);
        document.among(&file, &library);
        if let Some((span, with)) = patch.trimmed(document.text(), text) {
            document.edit(span, &with);
        }
        (document, project, library)
    }

    /// `library`: what it was judged beside.
    fn keep(&mut self, slot: &Arc<Slot>, snapshot: Snapshot, library: Option<&Arc<Library>>) {
        if let Some(document) = &snapshot.document {
            self.documents.insert(slot.id, document.clone());
        }
        // Before anybody sees it: who asks for other files then finds what follows from this one.
        self.session.offer_open(slot, snapshot.document.as_ref(), library);
        let snapshot = slot.publish(snapshot);
        self.session.publish(slot, &snapshot);
        self.session.complain();
    }

    fn report(&mut self, slot: &Slot, panic: &(dyn Any + Send)) {
        let reason = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
        let reason = reason.unwrap_or("panic");
        self.session.log(format!("analysis of {} failed: {reason}", slot.spelling));
        if !std::mem::replace(&mut self.told, true) {
            self.session.send(Event::Tell(Message::new(
                format!("勾稽检查出错，下次编辑后重新检查。原因：{reason}"),
                format!("gouji failed to analyse a document and will try again at the next edit: {reason}"),
            )));
        }
    }
}
