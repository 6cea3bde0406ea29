//! The state of a connection: what was agreed on, the open documents, the way to analysis and to the client.

mod analysis;
mod documents;
mod mailbox;
mod patch;
mod slot;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use gouji_core::verdict::finding::Locale;
use serde_json::Value;
use tokio::sync::{Notify, mpsc};
use tower_lsp::ls_types::{InitializeParams, Uri};

use crate::capabilities::{self, Settings};
use crate::egress::Event;
use crate::hooks::Hooks;
use crate::publish;
use documents::Documents;
use mailbox::Mailbox;
use slot::News;
pub use slot::{Slot, Snapshot};

/// Everything the handlers, the ingress and the analysis thread share.
pub struct Session {
    settings: OnceLock<Settings>,
    /// The language the user chose in the settings, if any.
    chosen: Mutex<Option<Locale>>,
    documents: Mutex<Documents>,
    mailbox: Mailbox,
    outbox: mpsc::UnboundedSender<Event>,
    hooks: Hooks,
    shutdown: AtomicBool,
    leaving: Notify,
}

impl Session {
    /// A session with its analysis thread.
    pub fn start(outbox: mpsc::UnboundedSender<Event>, hooks: Hooks) -> std::io::Result<Arc<Self>> {
        let session = Arc::new(Self {
            settings: OnceLock::new(),
            chosen: Mutex::default(),
            documents: Mutex::default(),
            mailbox: Mailbox::default(),
            outbox,
            hooks,
            shutdown: AtomicBool::new(false),
            leaving: Notify::new(),
        });
        analysis::start(Arc::clone(&session))?;
        Ok(session)
    }

    /// Takes in what the client says of itself; the first word counts.
    pub fn initialize(&self, params: &InitializeParams) {
        self.settings.get_or_init(|| Settings::resolve(params));
    }

    /// True once the client has said who it is; what it says before that does not count.
    pub fn is_initialized(&self) -> bool {
        self.settings.get().is_some()
    }

    /// What was agreed on; what every client understands, before that.
    pub fn settings(&self) -> Settings {
        self.settings.get().copied().unwrap_or_else(|| Settings::resolve(&InitializeParams::default()))
    }

    /// The user's language.
    pub fn locale(&self) -> Locale {
        self.chosen.lock().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(|| self.settings().locale)
    }

    /// Takes in the client's settings: `gouji.locale`, `"auto"` or a tag such as `"en"`.
    pub fn configure(&self, settings: &Value) {
        let tag = settings.pointer("/gouji/locale").and_then(Value::as_str);
        let chosen = tag.filter(|tag| *tag != "auto").map(capabilities::locale);
        let before = std::mem::replace(&mut *self.chosen.lock().unwrap_or_else(PoisonError::into_inner), chosen);
        if before != chosen {
            let slots = self.documents().slots();
            slots.iter().filter_map(|slot| Some((slot, slot.latest()?))).for_each(|(s, known)| self.publish(s, &known));
        }
    }

    /// The analysis of a document as received up to now; none where it is not open or its analysis failed.
    pub async fn current(&self, uri: &Uri) -> Option<Arc<Snapshot>> {
        let slot = self.documents().slot(uri.as_str())?;
        slot.current().await.filter(|snapshot| snapshot.document.is_some())
    }

    /// The client's spelling of a canonical URI, where it is another one.
    pub fn spelling(&self, canonical: &str) -> Option<String> {
        let slot = self.documents().slot(canonical)?;
        (slot.spelling != canonical).then(|| slot.spelling.clone())
    }

    /// Sends an analysis on its way to the client, unless a newer text has been received meanwhile.
    fn publish(&self, slot: &Arc<Slot>, snapshot: &Snapshot) {
        if snapshot.revision == slot.received() && !slot.closed() {
            let frame = publish::frame(slot, snapshot, self.settings().encoding, self.locale());
            slot.put_news(News { revision: snapshot.revision, frame });
            self.send(Event::News(Arc::clone(slot)));
        }
    }

    /// Writes a line to the client's log.
    pub fn log(&self, line: String) {
        self.send(Event::Log(line));
    }

    fn send(&self, event: Event) {
        // The receiver is gone only when the server ends.
        let _ = self.outbox.send(event);
    }

    /// Marks that the client asked for an orderly end.
    pub fn shutdown(&self) {
        self.shutdown.store(true, Ordering::Release);
    }

    /// True once the client has asked for an orderly end.
    pub fn is_shut_down(&self) -> bool {
        self.shutdown.load(Ordering::Acquire)
    }

    /// Marks that the client has left.
    pub fn leave(&self) {
        self.leaving.notify_one();
    }

    /// Returns once the client has left.
    pub async fn left(&self) {
        self.leaving.notified().await;
    }

    /// Ends the analysis thread.
    pub fn stop(&self) {
        self.mailbox.shut();
    }
}
