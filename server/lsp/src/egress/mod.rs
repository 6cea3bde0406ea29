//! What goes out: answers, findings, messages. Neither a handler nor the analysis ever waits for the client; and findings
//! are written to it from where they lie, not through the framework, which would copy each of them three times.

mod outbox;

use std::collections::HashSet;
use std::fs::File;
use std::future::Future;
use std::io;
use std::sync::Arc;

use serde::Serialize;
use serde_json::json;
use tokio::io::{AsyncWrite, AsyncWriteExt};
use tokio::sync::oneshot;

use crate::findings::Frame;
use crate::frames::header;
use crate::session::Slot;
pub use outbox::{Events, Outbox, outbox};

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
    /// What others have made of an event.
    Made(Out),
    /// Nothing comes after this.
    End,
}

/// Sends what comes, in order, until the end or until the client reads no more.
pub async fn run(mut events: Events, output: impl AsyncWrite) {
    let (mut output, mut shown) = (std::pin::pin!(output), HashSet::new());
    while let Some(event) = events.next().await {
        let Some(out) = frames(event, &mut shown) else { break };
        let bytes = out.parts().collect::<Vec<_>>().concat();
        if output.write_all(&bytes).await.is_err() || output.flush().await.is_err() {
            break;
        }
    }
}

/// The same on a thread of its own, to a stream whose writing waits: megabytes of findings are not copied to where they
/// can be written from. The future ends with the thread.
///
/// # Errors
/// Where the thread cannot be started.
pub fn start(events: Events, output: File) -> io::Result<impl Future<Output = ()>> {
    let (done, ended) = oneshot::channel::<()>();
    std::thread::Builder::new().name("to the client".to_owned()).spawn(move || {
        events.write_all(output);
        drop(done);
    })?;
    Ok(async { drop(ended.await) })
}

/// What goes out.
pub enum Out {
    /// Nothing after all.
    Nothing,
    /// Whole frames.
    Frames(Vec<u8>),
    /// A frame that lends findings.
    Lent(Frame),
}

impl Out {
    /// Length in bytes.
    fn len(&self) -> usize {
        self.parts().map(<[u8]>::len).sum()
    }

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
fn frames(event: Event, shown: &mut HashSet<u64>) -> Option<Out> {
    Some(match event {
        Event::Message(bytes) => Out::Frames(bytes),
        Event::Lent(frame) => Out::Lent(frame),
        Event::Made(out) => out,
        Event::News(slot) => news(&slot, shown),
        Event::Closed(slot) if shown.remove(&slot.id) => Out::Frames(nothing(&slot)),
        Event::Closed(_) => Out::Nothing,
        Event::End => return None,
    })
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
