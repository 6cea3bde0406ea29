//! The state of a connection: what was agreed on, what the user set, the open documents, the way to analysis and to the
//! client.

mod analysis;
mod clerks;
pub mod disk;
mod documents;
mod library;
mod mailbox;
mod patch;
mod preferences;
mod slot;
mod watch;
mod words;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use gouji_core::rules::Selection;
use gouji_core::rules::across::Library;
use gouji_core::text::{Span, Text};
use gouji_core::verdict::finding::{Locale, Message};
use gouji_ide::Audience;
use gouji_project::Project;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tower_lsp::Client;
use tower_lsp::jsonrpc::{Error, Response};
use tower_lsp::ls_types::{FullDocumentDiagnosticReport, InitializeParams, MessageType, Uri};

use crate::capabilities::Settings;
use crate::egress::{Event, Outbox, notification};
use crate::findings::{self, Lent, Shown};
use crate::hooks::Hooks;
pub use analysis::reason;
use clerks::Clerks;
pub use clerks::Hand;
use disk::{Disk, Root};
use documents::Documents;
pub use mailbox::Lane;
use mailbox::Mailbox;
use preferences::{Preferences, Reading};
use slot::News;
pub use slot::{Slot, Snapshot};
use words::Words;

/// Everything the handlers, the ingress and the analysis threads share.
pub struct Session {
    settings: OnceLock<Settings>,
    /// What the user set, as the client said it last.
    wishes: Mutex<Reading>,
    documents: Mutex<Documents>,
    /// What the folders of documents say.
    words: Mutex<Words>,
    /// What was published of these words, by URI.
    complained: Mutex<BTreeMap<String, Value>>,
    /// What files offer each other.
    library: Mutex<Arc<Library>>,
    /// The files that are not open.
    disk: Disk,
    folders: Mutex<Vec<Root>>,
    /// The way to ask the client something.
    client: OnceLock<Client>,
    runtime: Handle,
    /// The client is to ask for findings again, and has not been told yet.
    stale: AtomicBool,
    mailbox: Mailbox,
    clerks: Clerks,
    /// Findings that go round the framework.
    lent: Lent,
    outbox: Outbox,
    hooks: Hooks,
    shutdown: AtomicBool,
    left: AtomicBool,
    leaving: Notify,
    /// The client has said something.
    heard: Notify,
}

impl Session {
    /// A session, not at work yet.
    pub fn new(outbox: Outbox, hooks: Hooks) -> Arc<Self> {
        Arc::new(Self {
            settings: OnceLock::new(),
            wishes: Mutex::default(),
            documents: Mutex::default(),
            words: Mutex::default(),
            complained: Mutex::default(),
            library: Mutex::default(),
            disk: Disk::default(),
            folders: Mutex::default(),
            client: OnceLock::new(),
            runtime: Handle::current(),
            stale: AtomicBool::new(false),
            mailbox: Mailbox::default(),
            clerks: Clerks::default(),
            lent: Lent::default(),
            outbox,
            hooks,
            shutdown: AtomicBool::new(false),
            left: AtomicBool::new(false),
            leaving: Notify::new(),
            heard: Notify::new(),
        })
    }

    /// Starts its threads. Messages that came before wait for them.
    pub fn work(self: &Arc<Self>) -> std::io::Result<()> {
        analysis::start(Arc::clone(self))?;
        disk::start(Arc::clone(self))
    }

    /// What the client has said up to now is answered, or under way.
    pub fn hear(&self) {
        self.heard.notify_one();
    }

    /// Waits until the client has said something.
    pub async fn heard(&self) {
        self.heard.notified().await;
    }

    /// Keeps the way to ask the client something.
    pub fn meet(&self, client: Client) {
        let _ = self.client.set(client);
    }

    /// Takes in what the client says of itself; the first word counts. `spelt` is the same as it was sent.
    pub fn initialize(&self, params: &InitializeParams, spelt: &Value) {
        if self.settings.set(Settings::resolve(params)).is_ok() {
            self.configure(params.initialization_options.as_ref().unwrap_or_default());
            self.take_folders(spelt);
        }
    }

    fn folders(&self) -> MutexGuard<'_, Vec<Root>> {
        self.folders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rules that a file on the disk is checked by, as the disk says now.
    fn selection_of(&self, file: &str) -> Selection {
        self.look_again(file);
        self.terms(file).1
    }

    /// The files that are not open.
    pub fn disk(&self) -> &Disk {
        &self.disk
    }

    /// Has the client ask for findings again: they changed without an edit of its own.
    fn ask_again(self: &Arc<Self>) {
        if !self.settings().refreshes || self.stale.swap(true, Ordering::AcqRel) {
            return;
        }
        let (session, client) = (Arc::clone(self), self.client.get().cloned());
        self.runtime.spawn(async move {
            // What changes from here on has to be told again.
            session.stale.store(false, Ordering::Release);
            if let Some(client) = client
                && let Err(error) = client.workspace_diagnostic_refresh().await
            {
                session.asked_in_vain("workspace/diagnostic/refresh", &error);
            }
        });
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

    /// For whom documents are shown: their folder may want less to be seen.
    pub fn audience_in(&self, project: Option<&Project>) -> Audience {
        let audience = self.audience();
        let floor = project.and_then(Project::floor).unwrap_or(audience.floor);
        Audience { floor: audience.floor.min(floor), ..audience }
    }

    /// The innermost folder that the client works in and that holds a file.
    pub fn root_of(&self, file: &Path) -> Option<PathBuf> {
        let folders = self.folders();
        let roots = folders.iter().map(|root| &root.path).filter(|root| file.starts_with(root));
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
            self.disk.restate();
            self.read_folders();
        }
    }

    /// The analysis of a document as received up to now; none where it is not open or its analysis failed.
    pub async fn current(&self, uri: &Uri) -> Option<Arc<Snapshot>> {
        let slot = self.documents().slot(uri.as_str())?;
        slot.current().await.filter(|snapshot| snapshot.document.is_some())
    }

    /// What is known of a place of a document whose latest edits are still being analysed: its analysis there, given that
    /// they touched other disclosures only. None where the analysis itself has to be waited for, or is there.
    pub fn ahead(&self, uri: &Uri, place: impl FnOnce(&Text) -> Span) -> Option<Snapshot> {
        let (slot, text, version) = self.documents().received(uri.as_str())?;
        let (known, patch) = slot.behind()?;
        let (document, (old, new)) = (known.document.as_ref()?, patch.spans());
        // A panic here only means that the analysis has to be waited for.
        let ahead = catch_unwind(AssertUnwindSafe(|| document.ahead(&text, old, new, place(&text))));
        let document = ahead.unwrap_or_else(|panic| {
            self.log(format!("a request waits for the analysis: {}", reason(panic.as_ref())));
            None
        })?;
        Some(Snapshot { revision: slot.received(), version, document: Some(document), project: known.project.clone() })
    }

    /// The analysis of a document beside what other files offer up to now. What is judged again meanwhile is waited
    /// for, but not forever: the user may go on typing.
    pub async fn settled(&self, uri: &Uri) -> Option<(Arc<Slot>, Arc<Snapshot>)> {
        let mut found = None;
        for _ in 0..8 {
            let slot = self.documents().slot(uri.as_str())?;
            let snapshot = slot.current().await?;
            let settled = snapshot.revision == slot.received();
            found = Some((slot, snapshot));
            if settled {
                break;
            }
        }
        found.filter(|(_, snapshot)| snapshot.document.is_some())
    }

    /// The open documents, in order of URI.
    pub fn open_slots(&self) -> Vec<Arc<Slot>> {
        self.documents().slots()
    }

    /// The client's spelling of a canonical URI, where it is another one.
    pub fn spelling(&self, canonical: &str) -> Option<String> {
        match self.documents().slot(canonical) {
            Some(slot) => (slot.spelling != canonical).then(|| slot.spelling.clone()),
            None => self.disk.spelling(canonical),
        }
    }

    /// Sends an analysis on its way to the client, unless a newer text has been received meanwhile.
    fn publish(&self, slot: &Arc<Slot>, snapshot: &Snapshot) {
        // Who asks for findings is not told of them as well.
        if snapshot.revision == slot.received() && !slot.closed() && !self.settings().pulls {
            let publication = findings::publication(self, slot, snapshot);
            slot.put_news(News { revision: snapshot.revision, publication });
            self.send(Event::News(Arc::clone(slot)));
        }
    }

    /// A report with a word that stands for what is shown of a document. It is to be answered with at once.
    pub fn lend(&self, name: String, shown: Shown) -> FullDocumentDiagnosticReport {
        FullDocumentDiagnosticReport { result_id: Some(self.lent.lend(name, shown)), items: Vec::new() }
    }

    /// Sends an answer with the findings that it names by a word; gives back any other.
    pub fn redeem(&self, response: Response) -> Option<Response> {
        self.lent.redeem(response).map(|frame| self.send(Event::Lent(frame))).err().map(|response| *response)
    }

    /// Puts into an answer about many documents the findings that it names by words.
    pub fn redeem_each(&self, reports: &mut Value) {
        self.lent.redeem_each(reports);
    }

    /// Says in the client's log who serves it.
    pub fn greet(&self) {
        self.say("window/logMessage", MessageType::INFO, concat!("gouji ", env!("CARGO_PKG_VERSION")));
    }

    /// Writes to the client's log that it was asked for something in vain, unless it has left meanwhile.
    fn asked_in_vain(&self, what: &str, error: &Error) {
        if !self.left.load(Ordering::Acquire) {
            self.log(format!("{what}: {error}"));
        }
    }

    /// Writes to the client's log what is not as it should be.
    pub fn log(&self, line: String) {
        self.say("window/logMessage", MessageType::WARNING, &line);
    }

    /// Tells the user what he has to know.
    fn warn(&self, text: &Message) {
        self.say("window/showMessage", MessageType::ERROR, text.in_locale(self.locale()));
    }

    fn say(&self, method: &str, kind: MessageType, text: &str) {
        self.tell(method, &json!({"type": kind, "message": text}));
    }

    /// Sends a notification.
    pub fn tell(&self, method: &str, params: &Value) {
        self.send(Event::Message(notification(method, params)));
    }

    fn send(&self, event: Event) {
        self.outbox.send(event);
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
        self.left.store(true, Ordering::Release);
        self.leaving.notify_one();
    }

    /// Returns once the client has left.
    pub async fn left(&self) {
        self.leaving.notified().await;
    }

    /// Ends the threads.
    pub fn stop(&self) {
        self.mailbox.shut();
        self.disk.shut();
    }
}
