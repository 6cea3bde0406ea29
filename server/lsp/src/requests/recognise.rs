//! `gouji/recognise`: whether a text is a disclosure, for clients that attach by contents.

use gouji_core::Document;
use gouji_core::document::Identity;
use gouji_core::rules::Selection;
use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::Result;

use super::beside;
use crate::session::{Lane, Session};

/// The text of a file, or the beginning of it.
#[derive(Deserialize)]
pub struct Params {
    text: String,
}

/// Whose disclosure a text is.
#[derive(Serialize)]
pub struct Recognised {
    kind: String,
    year: Option<u16>,
    body: Option<String>,
    unit: Option<String>,
}

impl From<Identity> for Recognised {
    fn from(Identity { kind, year, body, unit }: Identity) -> Self {
        Self { kind, year, body, unit }
    }
}

/// Reads the text, which may be any, and checks nothing of it; none where it is no disclosure.
pub async fn answer(session: &Session, params: Params) -> Result<Option<Recognised>> {
    let read = move || Document::open_with(&params.text, Selection::none()).analysis().identity();
    Ok(beside(session, Lane::Large, read).await?.map(Recognised::from))
}
