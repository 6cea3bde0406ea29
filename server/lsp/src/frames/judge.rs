//! Whether the framework will be able to decode a frame's body.

use serde::Deserialize;
use serde_json::Value;
use tower_lsp::jsonrpc::{Request, Response};

use super::parcels::Parcels;

const PARSE_ERROR: i64 = -32700;
const INVALID_REQUEST: i64 = -32600;

/// One frame of the client's stream.
#[derive(Debug, PartialEq)]
pub enum Frame {
    /// The body of a request, a notification or a response.
    Message(Vec<u8>),
    /// Something else.
    Broken(Fault),
}

/// Why a frame is no message, as the client is told.
#[derive(Debug, PartialEq)]
pub struct Fault {
    /// The request's id where it could be read, else null.
    pub id: Value,
    /// JSON-RPC error code.
    pub code: i64,
    /// What is wrong.
    pub message: String,
}

impl Fault {
    /// What is not JSON, or no frame at all.
    pub fn unparsable(message: impl Into<String>) -> Self {
        Self { id: Value::Null, code: PARSE_ERROR, message: message.into() }
    }
}

/// Decodes a body as the framework will, so that what passes here cannot fail there. Gives the body that the framework is
/// to have instead, where large texts were lifted out of it.
pub fn judge(body: &[u8], parcels: &Parcels) -> Result<Option<Vec<u8>>, Fault> {
    let mut value: Value = serde_json::from_slice(body).map_err(|error| Fault::unparsable(error.to_string()))?;
    let lifted = parcels.lift(&mut value);
    let request = value.get("method").is_some() && Request::deserialize(&value).is_ok();
    if request || Response::deserialize(&value).is_ok() {
        return Ok(lifted.then(|| value.to_string().into_bytes()));
    }
    let id = value.get("id").filter(|id| id.is_i64() || id.is_string()).cloned().unwrap_or_default();
    Err(Fault { id, code: INVALID_REQUEST, message: "not a JSON-RPC 2.0 message".to_owned() })
}
