//! `workspace/diagnostic`: the findings of all disclosures of the workspace folders and of all open documents.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::json;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::diagnostic::{Current, current};
use crate::findings::Shown;
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
    let mut all: BTreeMap<String, Said> = BTreeMap::new();
    // Who is told of findings asks because the user wants it, and not time and again.
    let anew = !session.settings().watches || !session.settings().pulls;
    for (file, shown) in session.disk().reports(anew).await {
        if let Ok(uri) = file.parse() {
            all.insert(file.to_string(), Said { uri, version: None, name: shown.name(), shown });
        }
    }
    for slot in session.open_slots() {
        all.remove(slot.uri.as_str());
        let Current { version, is_one, shown, name } = current(session, &slot.uri).await?;
        // What is no disclosure and was none before is left out.
        if is_one || known.contains_key(slot.uri.as_str()) {
            let said = Said { uri: slot.uri.clone(), version: version.map(i64::from), name, shown };
            all.insert(slot.uri.as_str().to_owned(), said);
        }
    }
    // Nothing is waited for from here on: what is lent is answered with.
    let items: Vec<_> = all.into_values().map(|said| said.report(session, &known)).collect();
    let Some(token) = params.partial_result_params.partial_result_token else {
        return Ok(WorkspaceDiagnosticReport { items }.into());
    };
    for part in items.chunks(PART) {
        let mut value = json!(WorkspaceDiagnosticReportPartialResult { items: part.to_vec() });
        session.redeem_each(&mut value);
        uri::respell_each(&mut value, &|canonical| session.spelling(canonical));
        session.tell("$/progress", &json!({"token": token, "value": value}));
    }
    Ok(WorkspaceDiagnosticReport::default().into())
}

/// What is said of a document.
struct Said {
    uri: Uri,
    version: Option<i64>,
    name: String,
    shown: Shown,
}

impl Said {
    fn report(self, session: &Session, known: &HashMap<String, String>) -> WorkspaceDocumentDiagnosticReport {
        let Self { uri, version, name, shown } = self;
        if known.get(uri.as_str()) == Some(&name) {
            let unchanged_document_diagnostic_report = UnchangedDocumentDiagnosticReport { result_id: name };
            return WorkspaceUnchangedDocumentDiagnosticReport { uri, version, unchanged_document_diagnostic_report }
                .into();
        }
        let full_document_diagnostic_report = session.lend(name, shown);
        WorkspaceFullDocumentDiagnosticReport { uri, version, full_document_diagnostic_report }.into()
    }
}
