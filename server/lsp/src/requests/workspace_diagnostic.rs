//! `workspace/diagnostic`: the findings of all disclosures of the workspace folders and of all open documents.

use std::collections::HashMap;
use std::sync::Arc;

use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::diagnostic::{Current, current, full};
use crate::session::Session;
use crate::uri;

/// Files in one part of an answer that is given in parts.
const PART: usize = 20;

/// Waits until the folders have been read, and reports on every disclosure in order of file. Of files that are no
/// disclosures nothing is said.
pub async fn answer(
    session: &Arc<Session>,
    params: WorkspaceDiagnosticParams,
) -> Result<WorkspaceDiagnosticReportResult> {
    let known: HashMap<String, String> =
        params.previous_result_ids.into_iter().map(|one| (one.uri.as_str().to_owned(), one.value)).collect();
    let mut items: Vec<(String, WorkspaceDocumentDiagnosticReport)> = Vec::new();
    // Who is told of findings asks because the user wants it, and not time and again.
    let anew = !session.settings().watches || !session.settings().pulls;
    for (file, said) in session.disk().reports(anew).await {
        if let Ok(uri) = file.parse() {
            items.push((file.to_string(), report(&known, uri, None, said.id.clone(), said.items.clone())));
        }
    }
    for slot in session.open_slots() {
        items.retain(|(file, _)| file != slot.uri.as_str());
        let Current { version, is_one, report: said } = current(session, &slot.uri).await?;
        // What is no disclosure and was none before is left out.
        if is_one || known.contains_key(slot.uri.as_str()) {
            let made = report(&known, slot.uri.clone(), version.map(i64::from), said.id, said.items);
            items.push((slot.uri.as_str().to_owned(), made));
        }
    }
    items.sort_by(|(a, _), (b, _)| a.cmp(b));
    let items: Vec<WorkspaceDocumentDiagnosticReport> = items.into_iter().map(|(_, item)| item).collect();
    let Some(token) = params.partial_result_params.partial_result_token else {
        return Ok(WorkspaceDiagnosticReport { items }.into());
    };
    for part in items.chunks(PART) {
        let mut value = json!(WorkspaceDiagnosticReportPartialResult { items: part.to_vec() });
        uri::respell_each(&mut value, &|canonical| session.spelling(canonical));
        session.tell("$/progress", &json!({"token": token, "value": value}));
    }
    Ok(WorkspaceDiagnosticReport::default().into())
}

fn report(
    known: &HashMap<String, String>,
    uri: Uri,
    version: Option<i64>,
    id: String,
    items: serde_json::Value,
) -> WorkspaceDocumentDiagnosticReport {
    if known.get(uri.as_str()) == Some(&id) {
        let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id: id };
        return WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report }
            .into();
    }
    WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report: full(id, items) }.into()
}
