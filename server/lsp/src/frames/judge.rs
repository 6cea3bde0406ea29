//! What a frame's body is.

use serde_json::Value;
use tower_lsp::jsonrpc::{Error, ErrorCode, Id, Request, Response};

/// One frame of the client's stream.
#[derive(Debug)]
pub enum Incoming {
    /// A request or a notification.
    Request(Request),
    /// An answer to a request of ours.
    Response(Response),
    /// Something else.
    Broken(Fault),
}

/// Why a frame is no message, as the client is told.
#[derive(Debug, PartialEq)]
pub struct Fault {
    /// The request's id where it could be read, else null.
    pub id: Id,
    /// What is wrong.
    pub error: Error,
}

impl Fault {
    /// What is not JSON, or no frame at all.
    pub fn unparsable(message: impl Into<String>) -> Self {
        Self { id: Id::Null, error: error(ErrorCode::ParseError, message) }
    }

    /// The answer.
    pub fn answer(self) -> Response {
        Response::from_error(self.id, self.error)
    }
}

fn error(code: ErrorCode, message: impl Into<String>) -> Error {
    Error { code, message: message.into().into(), data: None }
}

/// Decodes a body.
pub fn judge(body: &[u8]) -> Incoming {
    // Whatever has no method is read as a request without one.
    let request: Option<Request> = serde_json::from_slice(body).ok();
    let request = match request {
        Some(request) if !request.method().is_empty() => return Incoming::Request(request),
        other => other,
    };
    if let Ok(response) = serde_json::from_slice(body) {
        return Incoming::Response(response);
    }
    let value: Value = match serde_json::from_slice(body) {
        Err(error) => return Incoming::Broken(Fault::unparsable(error.to_string())),
        Ok(value) => value,
    };
    if let Some(request) = request.filter(|_| value.get("method").is_some()) {
        return Incoming::Request(request);
    }
    let id = match value.get("id") {
        Some(Value::String(id)) => Id::String(id.clone()),
        Some(id) => id.as_i64().map_or(Id::Null, Id::Number),
        None => Id::Null,
    };
    Incoming::Broken(Fault { id, error: error(ErrorCode::InvalidRequest, "not a JSON-RPC 2.0 message") })
}
