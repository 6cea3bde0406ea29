//! `textDocument/codeAction`: repairs first, then ways not to be told again.

use std::collections::HashMap;
use std::sync::Arc;

use gouji_core::finding::{Edit, Finding};
use gouji_core::text::{Span, Text};
use gouji_ide::{Action, FixAll};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::{View, read_at, suppress};
use crate::from_proto;
use crate::session::{Hand, Session};

/// All repairs of a document whose evidence is unique, made at once.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.gouji");

/// The repairs at a range, as quick fixes; where a client asks for it, all of the document that leave no doubt.
pub async fn answer(session: &Arc<Session>, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
    let only = params.context.only.as_deref();
    let quick = only.is_none_or(|only| wants(only, &CodeActionKind::QUICKFIX));
    // It repairs and checks the whole document, so it is made only where it is asked for by name.
    let all = only.is_some_and(|only| wants(only, &FIX_ALL));
    if !quick && !all {
        return Ok(Some(Vec::new()));
    }
    let (own, range) = (Arc::clone(session), params.range);
    let by = if all { Hand::Analyst } else { Hand::Clerk };
    // All of a document is all of its text, wherever it was edited.
    let place = move |text: &Text, encoding| match all {
        true => Span::new(0, text.len()),
        false => from_proto::span(text, range, encoding),
    };
    read_at(session, by, params.text_document.uri, place, move |view| {
        let mut actions: CodeActionResponse = Vec::new();
        if quick {
            let span = from_proto::span(view.document.text(), range, view.place.settings.encoding);
            let here = gouji_ide::actions(view.document, span, view.audience);
            actions.extend(here.iter().map(|action| quick_fix(&view, action).into()));
            let near = view.audience.findings_at(view.document, span);
            let found: Vec<&Finding> = near.iter().filter(|finding| finding.span.meets(span)).collect();
            actions.extend(suppress::actions(&own, &view, &found).into_iter().map(Into::into));
        }
        if all && let Some(found) = gouji_ide::fix_all(view.document, view.audience) {
            actions.push(fix_all(&view, found).into());
        }
        Some(actions)
    })
    .await
}

/// A kind asks for itself and what is below it; the empty kind asks for all.
fn wants(only: &[CodeActionKind], kind: &CodeActionKind) -> bool {
    only.iter().any(|asked| {
        let below = kind.as_str().strip_prefix(asked.as_str());
        *asked == CodeActionKind::EMPTY || below.is_some_and(|below| below.is_empty() || below.starts_with('.'))
    })
}

fn fix_all(view: &View<'_>, all: FixAll) -> CodeAction {
    CodeAction { title: all.title, kind: Some(FIX_ALL), edit: Some(edit(view, &all.edits)), ..CodeAction::default() }
}

fn quick_fix(view: &View<'_>, action: &Action) -> CodeAction {
    CodeAction {
        title: action.title.clone(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![view.place.diagnostic_with_data(&action.finding)]),
        edit: Some(edit(view, &action.edits)),
        is_preferred: action.preferred.then_some(true),
        ..CodeAction::default()
    }
}

/// The edit, bound to the version it was made for where the client can check that.
fn edit(view: &View<'_>, edits: &[Edit]) -> WorkspaceEdit {
    let (uri, edits) = (view.place.uri.clone(), view.place.edits(edits));
    if !view.place.settings.versioned_edits {
        return WorkspaceEdit::new(HashMap::from([(uri, edits)]));
    }
    let text_document = OptionalVersionedTextDocumentIdentifier { uri, version: Some(view.version) };
    let edits = edits.into_iter().map(OneOf::Left).collect();
    let changes = DocumentChanges::Edits(vec![TextDocumentEdit { text_document, edits }]);
    WorkspaceEdit { document_changes: Some(changes), ..WorkspaceEdit::default() }
}
