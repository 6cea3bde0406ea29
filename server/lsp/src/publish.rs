//! Findings on their way to the client. One task sends them, so that neither a handler nor the analysis ever waits
//! for the client, and a client that reads slowly gets the newest only.

use std::collections::HashSet;
use std::sync::Arc;

use gouji_core::text::Encoding;
use gouji_core::verdict::finding::{Locale, Message};
use serde_json::{Value, json};
use tokio::sync::mpsc;
use tower_lsp::Client;
use tower_lsp::ls_types::MessageType;
use tower_lsp::ls_types::notification::Notification;

use crate::session::{Session, Slot, Snapshot};
use crate::to_proto::Place;
use crate::uri;

/// What is to be told to the client.
pub enum Event {
    /// A text was analysed.
    Analysed {
        /// The document.
        slot: Arc<Slot>,
        /// The text's revision.
        revision: u64,
        /// What [`findings`] gave.
        findings: Option<Value>,
    },
    /// A document was closed.
    Closed(Arc<Slot>),
    /// A line for the client's log.
    Log(String),
    /// Something the user has to know.
    Tell(Message),
}

/// `textDocument/publishDiagnostics` under the client's own spelling, which need not be a URI.
enum PublishDiagnostics {}

impl Notification for PublishDiagnostics {
    type Params = Value;
    const METHOD: &'static str = "textDocument/publishDiagnostics";
}

/// The parameters of a publication; none where the text is no disclosure.
pub fn findings(slot: &Slot, snapshot: &Snapshot, encoding: Encoding, locale: Locale) -> Option<Value> {
    let document = snapshot.document.as_ref()?;
    document.analysis().identity()?;
    let place = Place { text: document.text(), uri: &slot.uri, encoding, locale };
    let diagnostics: Vec<_> = document.analysis().findings().iter().map(|f| place.diagnostic(f)).collect();
    let mut params = json!({"uri": slot.uri, "version": snapshot.version, "diagnostics": diagnostics});
    if slot.uri.as_str() != slot.spelling {
        uri::respell(&mut params, slot.uri.as_str(), &slot.spelling);
    }
    Some(params)
}

/// Sends what comes, in order, until the session ends.
pub async fn run(mut events: mpsc::UnboundedReceiver<Event>, client: Client, session: Arc<Session>) {
    // The documents for which the client shows something, by slot.
    let mut shown = HashSet::new();
    while let Some(event) = events.recv().await {
        match event {
            Event::Analysed { slot, revision, findings } => {
                if slot.closed() || revision != slot.received() {
                    continue;
                }
                let show = findings.is_some();
                let cleared = (!show && shown.contains(&slot.id)).then(|| empty(&slot));
                if let Some(params) = findings.or(cleared) {
                    client.send_notification::<PublishDiagnostics>(params).await;
                }
                if show {
                    shown.insert(slot.id)
                } else {
                    shown.remove(&slot.id)
                };
            }
            Event::Closed(slot) => {
                if shown.remove(&slot.id) {
                    client.send_notification::<PublishDiagnostics>(empty(&slot)).await;
                }
            }
            Event::Log(line) => client.log_message(MessageType::WARNING, line).await,
            Event::Tell(message) => client.show_message(MessageType::ERROR, message.in_locale(session.locale())).await,
        }
    }
}

fn empty(slot: &Slot) -> Value {
    json!({"uri": slot.spelling, "diagnostics": []})
}
