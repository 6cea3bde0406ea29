//! `check --format sarif`: SARIF 2.1.0, which code hosts and editors read. Columns count Unicode scalar values, as in the
//! JSON contract.

mod log;
mod result;
mod rules;
mod uri;

pub use log::Log;
pub use result::results;

use serde::Serialize;

/// A message. Braces are doubled in it: single ones stand for arguments.
#[derive(Serialize)]
struct Text {
    text: String,
}

impl Text {
    fn new(text: &str) -> Self {
        Self { text: text.replace('{', "{{").replace('}', "}}") }
    }
}
