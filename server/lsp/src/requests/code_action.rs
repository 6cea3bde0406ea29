//! `textDocument/codeAction`: repairs first, then ways not to be told again.

use std::collections::HashMap;
use std::sync::Arc;

use gouji_core::finding::Finding;
use gouji_ide::Action;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::{View, read, suppress};
use crate::from_proto;
use crate::session::Session;

/// The repairs at a range, as quick fixes.
pub async fn answer(session: &Arc<Session>, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
    if !params.context.only.as_deref().is_none_or(wants_quick_fixes) {
        return Ok(Some(Vec::new()));
    }
    let own = Arc::clone(session);
    read(session, params.text_document.uri, move |view| {
        let span = from_proto::span(view.document.text(), params.range, view.place.settings.encoding);
        let actions = gouji_ide::actions(view.document, span, view.audience);
        let here: Vec<&Finding> =
            view.audience.findings(view.document).filter(|finding| finding.span.meets(span)).collect();
        let hide = suppress::actions(&own, &view, &here);
        Some(actions.iter().map(|action| quick_fix(&view, action)).chain(hide).map(Into::into).collect())
    })
    .await
}

/// A kind asks for itself and what is below it; the empty kind asks for all.
fn wants_quick_fixes(only: &[CodeActionKind]) -> bool {
    only.iter().any(|kind| *kind == CodeActionKind::EMPTY || *kind == CodeActionKind::QUICKFIX)
}

fn quick_fix(view: &View<'_>, action: &Action) -> CodeAction {
    CodeAction {
        title: action.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![view.place.diagnostic_with_data(&action.finding)]),
        edit: Some(edit(view, action)),
        is_preferred: action.preferred.then_some(true),
        ..CodeAction::default()
    }
}

/// The edit, bound to the version it was made for where the client can check that.
fn edit(view: &View<'_>, action: &Action) -> WorkspaceEdit {
    let (uri, edits) = (view.place.uri.clone(), view.place.edits(&action.edits));
    if !view.place.settings.versioned_edits {
        return WorkspaceEdit::new(HashMap::from([(uri, edits)]));
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(view.version) };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}
