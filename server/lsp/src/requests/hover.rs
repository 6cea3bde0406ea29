//! `textDocument/hover`.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverParams};

use super::read;
use crate::from_proto;
use crate::session::{Lane, Session};

/// What is known of the place under the pointer.
pub async fn answer(session: &Arc<Session>, params: HoverParams) -> Result<Option<Hover>> {
    let at = params.text_document_position_params;
    read(session, Lane::Small, at.text_document.uri, move |view| {
        let offset = from_proto::offset(view.document.text(), at.position, view.place.settings.encoding);
        let hover = gouji_ide::hover(view.document, offset, view.audience)?;
        Some(view.place.hover(hover))
    })
    .await
}
