//! The state of a connection: what was agreed on, what the user set, the open documents, the way to analysis and to the
//! client.

mod analysis;
mod documents;
mod mailbox;
mod patch;
mod preferences;
mod slot;
pub mod watch;
mod words;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use gouji_core::verdict::finding::Locale;
use gouji_ide::Audience;
use serde_json::Value;
use tokio::sync::{Notify, mpsc};
use tower_lsp::ls_types::{InitializeParams, MessageType, Uri};

use crate::capabilities::Settings;
use crate::egress::Event;
use crate::hooks::Hooks;
use crate::publish;
use documents::Documents;
use mailbox::Mailbox;
use preferences::{Preferences, Reading};
use slot::News;
pub use slot::{Slot, Snapshot};
use words::Words;
pub use words::path;

/// Everything the handlers, the ingress and the analysis thread share.
pub struct Session {
    settings: OnceLock<Settings>,
    /// What the user set, as the client said it last.
    wishes: Mutex<Reading>,
    documents: Mutex<Documents>,
    /// What the folders of documents say.
    words: Mutex<Words>,
    /// The folders that the client works in.
    roots: OnceLock<Vec<PathBuf>>,
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
            wishes: Mutex::default(),
            documents: Mutex::default(),
            words: Mutex::default(),
            roots: OnceLock::new(),
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
        if self.settings.set(Settings::resolve(params)).is_ok() {
            let folders = params.workspace_folders.iter().flatten().map(|folder| &folder.uri);
            #[expect(deprecated, reason = "clients that know no workspace folders say it so")]
            let root = params.root_uri.iter().filter(|_| params.workspace_folders.is_none());
            let _ = self.roots.set(folders.chain(root).filter_map(path).collect());
            self.configure(params.initialization_options.as_ref().unwrap_or_default());
        }
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
        self.audience().locale
    }

    /// For whom everything is shown.
    pub fn audience(&self) -> Audience {
        let Preferences { locale, floor, .. } = self.preferences();
        Audience { locale: locale.unwrap_or_else(|| self.settings().locale), floor }
    }

    /// For whom a document is shown: its folder may want less to be seen.
    pub fn audience_of(&self, snapshot: &Snapshot) -> Audience {
        let audience = self.audience();
        Audience { floor: audience.floor.min(snapshot.floor), ..audience }
    }

    /// The innermost folder that the client works in and that holds a file.
    pub fn root_of(&self, file: &Path) -> Option<PathBuf> {
        let roots = self.roots.get()?.iter().filter(|root| file.starts_with(root));
        roots.max_by_key(|root| root.components().count()).cloned()
    }

    /// What the user set.
    fn preferences(&self) -> Preferences {
        self.wishes().preferences.clone()
    }

    fn wishes(&self) -> MutexGuard<'_, Reading> {
        self.wishes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes in the client's settings. Requests that come after it are answered by them.
    pub fn configure(&self, settings: &Value) {
        let Some(read) = preferences::read(settings) else { return };
        let before = std::mem::replace(&mut *self.wishes(), read.clone());
        let locale = self.locale();
        // A client repeats all its settings whenever one of them changes.
        for complaint in read.complaints.iter().filter(|complaint| !before.complaints.contains(complaint)) {
            self.log(complaint.in_locale(locale).to_owned());
        }
        if read.preferences != before.preferences {
            self.refresh();
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
            // Of what is no document only its mistakes are shown.
            let is_document = !words::is_one(&slot.uri);
            let shown = || publish::frame(slot, snapshot, self.settings(), self.audience_of(snapshot));
            let frame = is_document.then(shown).flatten();
            slot.put_news(News { revision: snapshot.revision, frame });
            self.send(Event::News(Arc::clone(slot)));
        }
    }

    /// Says in the client's log who serves it.
    pub fn greet(&self) {
        self.send(Event::Log(MessageType::INFO, concat!("gouji ", env!("CARGO_PKG_VERSION")).to_owned()));
    }

    /// Writes to the client's log what is not as it should be.
    pub fn log(&self, line: String) {
        self.send(Event::Log(MessageType::WARNING, line));
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
