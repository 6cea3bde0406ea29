//! `textDocument/hover`.

use std::sync::Arc;

use gouji_core::text::{Span, Text};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Hover, HoverParams};

use super::read_at;
use crate::from_proto;
use crate::session::{Hand, Session};

/// What is known of the place under the pointer.
pub async fn answer(session: &Arc<Session>, params: HoverParams) -> Result<Option<Hover>> {
    let at = params.text_document_position_params;
    let offset = move |text: &Text, encoding| from_proto::offset(text, at.position, encoding);
    let place = move |text: &Text, encoding| Span::new(offset(text, encoding), offset(text, encoding));
    read_at(session, Hand::Clerk, at.text_document.uri, place, move |view| {
        let offset = offset(view.document.text(), view.place.settings.encoding);
        let hover = gouji_ide::hover(view.document, offset, view.audience)?;
        Some(view.place.hover(hover))
    })
    .await
}
