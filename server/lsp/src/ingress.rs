//! What comes in, in the order of the wire: documents change and requests are cancelled here, before the next message is
//! looked at, and what can be answered without waiting is.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use futures_util::SinkExt;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::ls_types::*;
use tower_lsp::{ClientSocket, ExitedError, Loopback, LspService};

use crate::REQUESTS;
use crate::frames::Incoming;
use crate::server::Server;
use crate::session::{Session, reason};
use crate::uri;

/// LSP's error code for a request that is well but cannot be served.
const REQUEST_FAILED: i64 = -32803;

type Answered = Result<Option<Response>, ExitedError>;
type Answering = Pin<Box<dyn Future<Output = Answered> + Send>>;

/// Where the client's answers to requests of ours go.
pub type Answers = <ClientSocket as Loopback>::ResponseSink;

type Awaited = Pin<Box<dyn Future<Output = Option<Response>> + Send>>;

/// What a message is answered with.
pub enum Answer {
    /// This, or nothing.
    Now(Option<Response>),
    /// What comes of this, or nothing.
    Later(Awaited),
}

/// The framework's service behind the gate.
pub struct Ingress {
    service: LspService<Server>,
    session: Arc<Session>,
    answers: Answers,
    /// One more reference for each request under way.
    under_way: Arc<()>,
}

impl Ingress {
    /// Puts the gate before a service.
    pub fn new(service: LspService<Server>, session: Arc<Session>, answers: Answers) -> Self {
        Self { service, session, answers, under_way: Arc::default() }
    }

    /// Takes in a message. Once it returns, documents are as the message has made them, a cancellation has reached whom it
    /// meant, and the framework knows of an `initialize` or `shutdown`: a client may write on without waiting for the
    /// answer. A panic costs the message.
    pub fn take(&mut self, message: Incoming) -> Answer {
        let id = if let Incoming::Request(request) = &message { request.id().cloned() } else { None };
        let taken = catch_unwind(AssertUnwindSafe(|| self.admit(message)));
        match taken {
            Ok(Answer::Now(response)) => Answer::Now(response),
            Ok(Answer::Later(answering)) => self.begun(answering, id),
            Err(panic) => Answer::Now(failed(&self.session, id, reason(panic.as_ref()))),
        }
    }

    /// What can be said at once is said now, and not waited for by another thread.
    fn begun(&self, answering: Awaited, id: Option<Id>) -> Answer {
        let (under_way, session) = (Arc::clone(&self.under_way), Arc::clone(&self.session));
        let mut answering = Box::pin(async move {
            let answer = Guarded(answering).await;
            drop(under_way);
            answer.unwrap_or_else(|reason| failed(&session, id, &reason))
        });
        match answering.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => Answer::Now(answer),
            Poll::Pending => Answer::Later(answering),
        }
    }

    fn admit(&mut self, message: Incoming) -> Answer {
        let request = match message {
            Incoming::Request(request) => request,
            Incoming::Broken(fault) => return Answer::Now(Some(fault.answer())),
            Incoming::Response(response) => {
                // After `exit` nobody waits for it.
                let _ = self.answers.start_send_unpin(response);
                return Answer::Now(None);
            }
        };
        match request.id().cloned() {
            Some(id) if Arc::strong_count(&self.under_way) > REQUESTS => Answer::Now(Some(refused(id))),
            Some(id) => self.requested(request, id),
            None => self.notified(request),
        }
    }

    fn notified(&mut self, request: Request) -> Answer {
        let other = match request.method() {
            "$/cancelRequest" => Some(request),
            "exit" => {
                self.session.leave();
                Some(request)
            }
            _ if self.session.is_initialized() => self.ingest(request),
            _ => None,
        };
        other.map_or(Answer::Now(None), |other| later(self.service.call(other), Some))
    }

    /// Applies a notification that changes the session; gives back any other.
    fn ingest(&self, request: Request) -> Option<Request> {
        let session = &self.session;
        let ingested = match request.method() {
            "textDocument/didOpen" => read(request, |spelling, params: DidOpenTextDocumentParams| {
                session.open(spelling, params.text_document.version, &params.text_document.text);
            }),
            "textDocument/didChange" => read(request, |spelling, params: DidChangeTextDocumentParams| {
                session.change(spelling, params.text_document.version, params.content_changes);
            }),
            "textDocument/didClose" => read(request, |spelling, _: DidCloseTextDocumentParams| session.close(spelling)),
            "workspace/didChangeConfiguration" => {
                read(request, |_, params: Value| session.configure(&params["settings"]))
            }
            "workspace/didChangeWatchedFiles" => {
                session.touched(request.params().unwrap_or(&Value::Null));
                Ok(())
            }
            "workspace/didChangeWorkspaceFolders" => {
                session.change_folders(request.params().unwrap_or(&Value::Null));
                Ok(())
            }
            // The text is known from the changes.
            "textDocument/didSave" => Ok(()),
            _ => return Some(request),
        };
        ingested.unwrap_or_else(|error| session.log(error));
        None
    }

    fn requested(&mut self, request: Request, id: Id) -> Answer {
        if request.method().starts_with("$/") {
            // The framework drops what begins so; a notification may be dropped, a request has to be answered.
            return Answer::Now(Some(Response::from_error(id, Error::method_not_found())));
        }
        let spelt = (request.method() == "initialize").then(|| request.params().cloned().unwrap_or_default());
        let (request, document) = canonical(request);
        if let Some(spelt) = spelt {
            let params = InitializeParams::deserialize(request.params().unwrap_or(&Value::Null));
            // Where they cannot be read the framework says so in its answer.
            params.into_iter().for_each(|params| self.session.initialize(&params, &spelt));
        }
        if request.method() == "textDocument/diagnostic" {
            let (session, answering) = (Arc::clone(&self.session), self.service.call(request));
            return later(answering, move |answer| session.redeem(answer));
        }
        // Answers that may name other files, and those that findings are put into.
        if matches!(request.method(), "workspace/diagnostic" | "textDocument/codeAction") {
            let session = Arc::clone(&self.session);
            let spelling = document.and_then(|canonical| Some((session.spelling(&canonical)?, canonical)));
            return later(self.service.call(request), move |response| {
                let response = match spelling {
                    Some((spelling, canonical)) => respelt(response, &canonical, &spelling),
                    None => response,
                };
                let (id, body) = response.into_parts();
                let body = body.map(|mut result| {
                    session.redeem_each(&mut result);
                    uri::respell_each(&mut result, &|canonical| session.spelling(canonical));
                    result
                });
                Some(Response::from_parts(id, body))
            });
        }
        let spelling = document.and_then(|canonical| Some((self.session.spelling(&canonical)?, canonical)));
        later(self.service.call(request), |response| {
            Some(match spelling {
                Some((spelling, canonical)) => respelt(response, &canonical, &spelling),
                None => response,
            })
        })
    }
}

/// The framework's answer, changed on its way. After `exit` there is none.
fn later(answering: Answering, change: impl FnOnce(Response) -> Option<Response> + Send + 'static) -> Answer {
    Answer::Later(Box::pin(async move { answering.await.unwrap_or_default().and_then(change) }))
}

/// A future whose panic is what comes of it.
struct Guarded<F>(F);

impl<T, F: Future<Output = T> + Unpin> Future for Guarded<F> {
    type Output = Result<T, String>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let polled = catch_unwind(AssertUnwindSafe(|| Pin::new(&mut self.0).poll(context)));
        match polled {
            Ok(polled) => polled.map(Ok),
            Err(panic) => Poll::Ready(Err(reason(panic.as_ref()).to_owned())),
        }
    }
}

/// Hands over a notification's parameters, and its document's URI as the client spells it.
fn read<P: DeserializeOwned>(request: Request, then: impl FnOnce(&str, P)) -> Result<(), String> {
    let (method, _, params) = request.into_parts();
    let mut params = params.unwrap_or_default();
    let spelling = params.pointer("/textDocument/uri").and_then(Value::as_str).unwrap_or_default().to_owned();
    uri::canonicalise(&mut params);
    let params = serde_json::from_value(params).map_err(|error| format!("{method}: {error}; ignored"))?;
    then(&spelling, params);
    Ok(())
}

/// The request with other parameters; one without any stays as it is.
fn with_params(request: Request, change: impl FnOnce(&mut Value)) -> Request {
    let (method, id, params) = request.into_parts();
    let mut builder = Request::build(method);
    if let Some(mut params) = params {
        change(&mut params);
        builder = builder.params(params);
    }
    id.into_iter().fold(builder, |builder, id| builder.id(id)).finish()
}

/// The request with every URI spelt canonically, and the URI of the document that it is about.
fn canonical(request: Request) -> (Request, Option<String>) {
    let mut document = None;
    let request = with_params(request, |params| {
        uri::canonicalise(params);
        document = params.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned);
    });
    (request, document)
}

/// Says in the log why a message came to nothing, and to who asked that it did.
fn failed(session: &Session, id: Option<Id>, reason: &str) -> Option<Response> {
    session.log(format!("a message came to nothing: {reason}"));
    id.map(|id| Response::from_error(id, Error::internal_error()))
}

/// Where too much is asked at the same time; see [`REQUESTS`].
fn refused(id: Id) -> Response {
    let message = "too many requests under way".into();
    let error = Error { code: ErrorCode::ServerError(REQUEST_FAILED), message, data: None };
    Response::from_error(id, error)
}

fn respelt(response: Response, canonical: &str, spelling: &str) -> Response {
    let (id, body) = response.into_parts();
    let body = body.map(|mut result| {
        uri::respell(&mut result, canonical, spelling);
        result
    });
    Response::from_parts(id, body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_is_what_comes_of_an_answer_and_goes_no_further() {
        let planted = |what: &'static str| -> Pin<Box<dyn Future<Output = u8> + Send>> {
            Box::pin(async move { what.parse().unwrap_or_else(|_| panic!("planted: {what}")) })
        };
        assert_eq!(Guarded(planted("7")).await, Ok(7));
        assert_eq!(Guarded(planted("x")).await, Err("planted: x".to_owned()));
    }
}
