//! Messages that hold the findings of a document.

use serde::Serialize;
use tower_lsp::jsonrpc::Id;

use super::Shown;
use crate::frames::header;

/// A message as it is sent: its findings are lent, not copied.
#[derive(Debug)]
pub struct Frame {
    /// Header and message up to the findings.
    head: Vec<u8>,
    shown: Shown,
    /// What ends the message.
    end: &'static [u8],
}

impl Frame {
    /// `textDocument/publishDiagnostics`. The URI is the client's spelling, which need not be a URI.
    pub(super) fn publication(uri: &str, version: i32, shown: Shown) -> Self {
        #[derive(Serialize)]
        struct Head<'a> {
            uri: &'a str,
            version: i32,
        }
        let method = "textDocument/publishDiagnostics";
        let body = format!(r#"{{"jsonrpc":"2.0","method":"{method}","params":{}"#, json(&Head { uri, version }));
        Self::new(body, "diagnostics", shown, b"]}}")
    }

    /// The full answer to `textDocument/diagnostic`; `result` is that answer without its items.
    pub fn answer(id: &Id, result: &serde_json::Value, shown: Shown) -> Self {
        let body = format!(r#"{{"jsonrpc":"2.0","id":{},"result":{}"#, json(id), json(result));
        Self::new(body, "items", shown, b"]}}")
    }

    /// The object that `body` ends with goes on with the findings.
    fn new(mut body: String, name: &str, shown: Shown, end: &'static [u8]) -> Self {
        body.pop();
        body.push_str(&format!(r#","{name}":["#));
        let length = body.len() + shown.parts().map(<[u8]>::len).sum::<usize>() + end.len();
        let head = (header(length) + &body).into_bytes();
        Self { head, shown, end }
    }

    /// What is sent, in order.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(&*self.head).chain(self.shown.parts()).chain([self.end])
    }
}

/// Plain data with text keys: there is nothing that could not be written as JSON.
fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}
