//! `textDocument/documentSymbol`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{DocumentSymbolParams, DocumentSymbolResponse};

use super::read;
use crate::session::{Lane, Session};

/// The document's outline, nested where the client can show that.
pub async fn answer(session: &Arc<Session>, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
    read(session, Lane::Small, params.text_document.uri, |view| {
        let outline = gouji_ide::symbols(view.document);
        Some(if view.place.settings.nested_symbols {
            DocumentSymbolResponse::Nested(outline.iter().map(|item| view.place.symbol(item)).collect())
        } else {
            DocumentSymbolResponse::Flat(view.place.flat_symbols(&outline, None))
        })
    })
    .await
}
