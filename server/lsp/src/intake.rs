//! Who reads the client's stream. Each message is taken in before the next is looked at; what it is answered with goes out
//! when it is there, in whatever order.

use std::convert::Infallible;
use std::io::Read;
use std::sync::Arc;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::runtime::Handle;
use tokio::sync::mpsc;
use tower_lsp::jsonrpc::Response;

use crate::egress::{Event, Outbox, framed};
use crate::frames::{Cutter, Incoming};
use crate::ingress::{Answer, Ingress};
use crate::session::Session;

/// Bytes that are read at a time.
const CHUNK: usize = 1 << 16;

/// The way from the client's bytes to the [`Ingress`].
pub struct Intake {
    cutter: Cutter,
    ingress: Ingress,
    session: Arc<Session>,
    outbox: Outbox,
    /// Where answers that take their time are waited for.
    runtime: Handle,
    /// Held until there is nothing more to be read, and by every answer that is not there.
    under_way: mpsc::Sender<Infallible>,
}

impl Intake {
    /// Before a service. Answers go to `outbox`; `under_way` is let go of when all are there.
    pub fn new(ingress: Ingress, session: Arc<Session>, outbox: Outbox, under_way: mpsc::Sender<Infallible>) -> Self {
        Self { cutter: Cutter::default(), ingress, session, outbox, runtime: Handle::current(), under_way }
    }

    /// Reads a stream whose reading waits, on the thread of the caller: no message is handed on to be read.
    pub fn read(mut self, mut input: impl Read) {
        let runtime = self.runtime.clone();
        let _inside = runtime.enter();
        let mut chunk = vec![0; CHUNK];
        while let Ok(read @ 1..) = input.read(&mut chunk)
            && self.take(&chunk[..read])
        {}
        self.session.leave();
    }

    /// Reads any other stream.
    pub async fn receive(mut self, mut input: impl AsyncRead + Unpin) {
        let mut chunk = vec![0; CHUNK];
        while let Ok(read @ 1..) = input.read(&mut chunk).await
            && self.take(&chunk[..read])
        {}
        self.session.leave();
    }

    /// Takes in what was read; false after `exit`.
    fn take(&mut self, bytes: &[u8]) -> bool {
        self.cutter.push(bytes);
        while let Some(message) = self.cutter.next() {
            let last = matches!(&message, Incoming::Request(request) if request.method() == "exit");
            if last {
                // Before the framework refuses to ask it for anything more.
                self.session.leave();
            }
            match self.ingress.take(message) {
                Answer::Now(response) => send(&self.outbox, response),
                Answer::Later(answering) => {
                    let (outbox, under_way) = (self.outbox.clone(), self.under_way.clone());
                    self.runtime.spawn(async move {
                        send(&outbox, answering.await);
                        drop(under_way);
                    });
                }
            }
            if last {
                return false;
            }
        }
        self.session.hear();
        true
    }
}

fn send(outbox: &Outbox, response: Option<Response>) {
    if let Some(response) = response {
        outbox.send(Event::Message(framed(&response)));
    }
}
