//! What comes in, in the order of the wire. The framework runs all handlers concurrently, and a cancellation only
//! when there is room for it; so documents change and requests are cancelled here, inside `call`, before it returns.

use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower::Service;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};
use tower_lsp::ls_types::*;
use tower_lsp::{ExitedError, LspService};

use crate::REQUESTS;
use crate::frames::{Parcels, UNREADABLE, with_params};
use crate::server::Server;
use crate::session::Session;
use crate::uri;

/// LSP's error code for a request that is well but cannot be served.
const REQUEST_FAILED: i64 = -32803;

type Answer = Result<Option<Response>, ExitedError>;
type Answering = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// The framework's service behind the gate.
pub struct Ingress {
    service: LspService<Server>,
    session: Arc<Session>,
    /// The large texts that go round the framework.
    parcels: Arc<Parcels>,
    /// One more reference for each request under way.
    under_way: Arc<()>,
}

impl Ingress {
    /// Puts the gate before a service.
    pub fn new(service: LspService<Server>, session: Arc<Session>, parcels: Arc<Parcels>) -> Self {
        Self { service, session, parcels, under_way: Arc::default() }
    }

    fn notified(&mut self, request: Request) -> Answering {
        match request.method() {
            "$/cancelRequest" => {
                drop(at_once(self.service.call(request)));
            }
            "exit" => {
                self.session.leave();
                return self.service.call(request);
            }
            _ => {
                let other = if self.session.is_initialized() { self.ingest(request) } else { None };
                if let Some(other) = other {
                    return self.service.call(other);
                }
            }
        }
        Box::pin(ready(Ok(None)))
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

    fn requested(&mut self, request: Request, id: Id) -> Answering {
        if request.method() == UNREADABLE {
            let error = request.params().map(unreadable).unwrap_or_else(Error::parse_error);
            return Box::pin(ready(Ok(Some(Response::from_error(id, error)))));
        }
        if request.method().starts_with("$/") {
            // The framework drops what begins so; a notification may be dropped, a request has to be answered.
            return Box::pin(ready(Ok(Some(Response::from_error(id, Error::method_not_found())))));
        }
        let spelt = (request.method() == "initialize").then(|| request.params().cloned().unwrap_or_default());
        let (request, document) = canonical(request);
        if let Some(spelt) = spelt {
            let params = InitializeParams::deserialize(request.params().unwrap_or(&Value::Null));
            // Where they cannot be read the framework says so in its answer.
            params.into_iter().for_each(|params| self.session.initialize(&params, &spelt));
        }
        if matches!(request.method(), "initialize" | "shutdown") {
            // A client may write on without waiting for the answer; what follows must find the state changed.
            return at_once(self.service.call(request));
        }
        if request.method() == "textDocument/diagnostic" {
            let (session, answering) = (Arc::clone(&self.session), self.service.call(request));
            return Box::pin(async move { Ok(answering.await?.and_then(|answer| session.redeem(answer))) });
        }
        // Answers that may name other files, and those that findings are put into.
        if matches!(request.method(), "workspace/diagnostic" | "textDocument/codeAction") {
            let session = Arc::clone(&self.session);
            let spelling = document.and_then(|canonical| Some((session.spelling(&canonical)?, canonical)));
            let answering = self.service.call(request);
            return Box::pin(async move {
                Ok(answering.await?.map(|response| {
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
                    Response::from_parts(id, body)
                }))
            });
        }
        let spelling = document.and_then(|canonical| Some((self.session.spelling(&canonical)?, canonical)));
        let answering = self.service.call(request);
        match spelling {
            None => answering,
            Some((spelling, canonical)) => {
                Box::pin(async move { Ok(answering.await?.map(|response| respelt(response, &canonical, &spelling))) })
            }
        }
    }
}

impl Service<Request> for Ingress {
    type Response = Option<Response>;
    type Error = ExitedError;
    type Future = Answering;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), ExitedError>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Answering {
        let request = self.parcels.put_back(request);
        match request.id().cloned() {
            Some(id) if Arc::strong_count(&self.under_way) > REQUESTS => refused(id),
            Some(id) => {
                let (under_way, answering) = (Arc::clone(&self.under_way), self.requested(request, id));
                Box::pin(async move {
                    let answer = answering.await;
                    drop(under_way);
                    answer
                })
            }
            None => self.notified(request),
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

/// The request with every URI spelt canonically, and the URI of the document that it is about.
fn canonical(request: Request) -> (Request, Option<String>) {
    let mut document = None;
    let request = with_params(request, |params| {
        uri::canonicalise(params);
        document = params.pointer("/textDocument/uri").and_then(Value::as_str).map(str::to_owned);
    });
    (request, document)
}

/// Runs what has nothing to wait for to its end, now.
fn at_once(mut answering: Answering) -> Answering {
    match answering.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(answer) => Box::pin(ready(answer)),
        Poll::Pending => answering,
    }
}

/// Where too much is asked at the same time; see [`REQUESTS`].
fn refused(id: Id) -> Answering {
    let message = "too many requests under way".into();
    let error = Error { code: ErrorCode::ServerError(REQUEST_FAILED), message, data: None };
    Box::pin(ready(Ok(Some(Response::from_error(id, error)))))
}

fn respelt(response: Response, canonical: &str, spelling: &str) -> Response {
    let (id, body) = response.into_parts();
    let body = body.map(|mut result| {
        uri::respell(&mut result, canonical, spelling);
        result
    });
    Response::from_parts(id, body)
}

fn unreadable(fault: &Value) -> Error {
    let code = fault["code"].as_i64().map_or(ErrorCode::ParseError, ErrorCode::from);
    let message = fault["message"].as_str().unwrap_or("unreadable message").to_owned();
    Error { code, message: message.into(), data: None }
}
