//! What goes out: answers, findings, messages. One task or thread owns the client's stream, so that neither a
//! handler nor the analysis ever waits for the client; and findings are written to it as they are serialised, not
//! through the framework, which would copy each of them three times.

use std::collections::HashSet;
use std::future::Future;
use std::io::{self, IoSlice, Write};
use std::sync::Arc;

use gouji_core::verdict::finding::Message;
use serde::Serialize;
use serde_json::json;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::ls_types::MessageType;

use crate::findings::Frame;
use crate::frames::header;
use crate::session::{Session, Slot};

/// What is to be sent.
pub enum Event {
    /// A whole frame.
    Message(Vec<u8>),
    /// An answer that lends findings.
    Lent(Frame),
    /// A document has [news](Slot::take_news).
    News(Arc<Slot>),
    /// A document was closed.
    Closed(Arc<Slot>),
    /// A line for the client's log.
    Log(MessageType, String),
    /// Something the user has to know.
    Tell(Message),
    /// Nothing comes after this.
    End,
}

/// Sends what comes, in order, until the end or until the client reads no more.
pub async fn run(mut events: mpsc::UnboundedReceiver<Event>, output: impl AsyncWrite, session: Arc<Session>) {
    let (mut output, mut shown) = (std::pin::pin!(output), HashSet::new());
    while let Some(event) = events.recv().await {
        let Some(out) = frames(event, &session, &mut shown) else { break };
        let bytes = out.parts().collect::<Vec<_>>().concat();
        if output.write_all(&bytes).await.is_err() || output.flush().await.is_err() {
            break;
        }
    }
}

/// The same on a thread of its own, to a stream whose writing waits: nothing is handed on once more, and megabytes of
/// findings are not copied to where they can be written from. The future ends with the thread.
///
/// # Errors
/// Where the thread cannot be started.
pub fn start(
    mut events: mpsc::UnboundedReceiver<Event>,
    output: impl Write + Send + 'static,
    session: Arc<Session>,
) -> io::Result<impl Future<Output = ()>> {
    let (done, ended) = oneshot::channel::<()>();
    std::thread::Builder::new().name("to the client".to_owned()).spawn(move || {
        let (mut output, mut shown) = (output, HashSet::new());
        while let Some(out) = events.blocking_recv().and_then(|event| frames(event, &session, &mut shown)) {
            if write(&mut output, out.parts()).is_err() || output.flush().is_err() {
                break;
            }
        }
        drop(done);
    })?;
    Ok(async { drop(ended.await) })
}

/// What is written at a time, at the least, in bytes: the client begins to read while the rest is written.
const TURN: usize = 1 << 16;

/// Writes parts from where they lie.
fn write<'a>(output: &mut impl Write, parts: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
    let mut slices: Vec<IoSlice> = parts.map(IoSlice::new).collect();
    let mut left = &mut slices[..];
    // Takes away what is empty: to write nothing is no error.
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        let ends = left.iter().scan(0, |end, part| Some(std::mem::replace(end, *end + part.len())));
        let turn = ends.take_while(|start| *start < TURN).count();
        match output.write_vectored(&left[..turn]) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// What goes out.
enum Out {
    Nothing,
    Frames(Vec<u8>),
    Lent(Frame),
}

impl Out {
    /// The bytes, in order.
    fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let (frames, lent) = match self {
            Self::Nothing => (None, None),
            Self::Frames(frames) => (Some(&**frames), None),
            Self::Lent(frame) => (None, Some(frame.parts())),
        };
        frames.into_iter().chain(lent.into_iter().flatten())
    }
}

/// What goes out for an event; none at the end. `shown` are the documents for which the client shows something.
fn frames(event: Event, session: &Session, shown: &mut HashSet<u64>) -> Option<Out> {
    Some(Out::Frames(match event {
        Event::Message(bytes) => bytes,
        Event::Lent(frame) => return Some(Out::Lent(frame)),
        Event::News(slot) => return Some(news(&slot, shown)),
        Event::Closed(slot) if shown.remove(&slot.id) => nothing(&slot),
        Event::Closed(_) => return Some(Out::Nothing),
        Event::Log(kind, line) => message("window/logMessage", kind, &line),
        Event::Tell(text) => message("window/showMessage", MessageType::ERROR, text.in_locale(session.locale())),
        Event::End => return None,
    }))
}

/// What is to be published of a document. Of what has been overtaken by a newer text there is nothing to publish:
/// its analysis brings news of its own.
fn news(slot: &Slot, shown: &mut HashSet<u64>) -> Out {
    match slot.take_news() {
        Some(news) if news.revision != slot.received() || slot.closed() => Out::Nothing,
        Some(news) => match news.publication {
            Some(publication) => {
                shown.insert(slot.id);
                Out::Lent(publication)
            }
            None if shown.remove(&slot.id) => Out::Frames(nothing(slot)),
            None => Out::Nothing,
        },
        None => Out::Nothing,
    }
}

/// Takes back what is shown of a document.
fn nothing(slot: &Slot) -> Vec<u8> {
    notification("textDocument/publishDiagnostics", &json!({"uri": slot.spelling, "diagnostics": []}))
}

fn message(method: &str, kind: MessageType, text: &str) -> Vec<u8> {
    notification(method, &json!({"type": kind, "message": text}))
}

/// A notification as a frame.
pub fn notification(method: &str, params: &impl Serialize) -> Vec<u8> {
    #[derive(Serialize)]
    struct Notification<'a, P> {
        jsonrpc: &'static str,
        method: &'a str,
        params: &'a P,
    }
    framed(&Notification { jsonrpc: "2.0", method, params })
}

/// A message as a frame.
pub fn framed(message: &impl Serialize) -> Vec<u8> {
    // Plain data with text keys: there is nothing that could not be written as JSON.
    let body = serde_json::to_vec(message).unwrap_or_default();
    [header(body.len()).as_bytes(), &body].concat()
}
