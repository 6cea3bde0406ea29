//! One file per request. All of them read the snapshot of what had been received when they came.

pub mod code_action;
pub mod document_symbol;
pub mod hover;

use std::sync::Arc;

use gouji_core::Document;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::Uri;

use crate::capabilities::Settings;
use crate::session::Session;
use crate::to_proto::Place;

/// What a request is answered from.
struct View<'a> {
    document: &'a Document,
    /// The client's version of the document.
    version: i32,
    place: Place<'a>,
    settings: Settings,
}

/// Answers from the document's current analysis; with none where there is no such document. The work is done beside
/// the transport, and a panic in it is this request's error, not the end of the server.
async fn read<T: Send + 'static>(
    session: &Arc<Session>,
    uri: Uri,
    answer: impl FnOnce(View<'_>) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    let Some(snapshot) = session.current(&uri).await else { return Ok(None) };
    let (settings, locale) = (session.settings(), session.locale());
    let work = tokio::task::spawn_blocking(move || {
        let document = snapshot.document.as_ref()?;
        let place = Place { text: document.text(), uri: &uri, encoding: settings.encoding, locale };
        answer(View { document, version: snapshot.version, place, settings })
    });
    work.await.map_err(|failure| {
        session.log(format!("a request failed: {failure}"));
        Error { code: ErrorCode::InternalError, message: "internal error".into(), data: None }
    })
}
