//! `textDocument/diagnostic`: the findings of an open document, for clients that ask.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::{beside, lane_of};
use crate::publish;
use crate::session::disk::{Report, report};
use crate::session::{Lane, Session};

/// The findings of what had been received of a document when the request came; none of what is not open.
pub async fn answer(
    session: &Arc<Session>,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let Current { report: Report { id, items }, .. } = current(session, &params.text_document.uri).await?;
    let report = match params.previous_result_id == Some(id.clone()) {
        true => DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        }),
        false => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: full(id, items),
        }),
    };
    Ok(report.into())
}

/// What is said of an open document.
pub struct Current {
    /// The client's version of it.
    pub version: Option<i32>,
    /// It is a disclosure.
    pub is_one: bool,
    /// The findings.
    pub report: Report,
}

/// What is said of an open document as received up to now.
pub async fn current(session: &Arc<Session>, uri: &Uri) -> Result<Current> {
    let snapshot = session.settled(uri).await;
    let lane = snapshot.as_deref().and_then(lane_of).unwrap_or(Lane::Small);
    let (session, uri) = (Arc::clone(session), uri.clone());
    let work = Arc::clone(&session);
    let made = move || {
        let document = snapshot.as_ref().and_then(|snapshot| snapshot.document.as_ref());
        let items = document.map_or_else(|| serde_json::json!([]), |own| publish::items(&work, uri.as_str(), own));
        let is_one = document.is_some_and(|own| own.analysis().identity().is_some());
        Current { version: snapshot.as_ref().map(|snapshot| snapshot.version), is_one, report: report(items) }
    };
    beside(&session, lane, made).await
}

/// A full report.
pub fn full(id: String, items: serde_json::Value) -> FullDocumentDiagnosticReport {
    // Made by this server from such diagnostics; where one could not be read back the client would not read it either.
    let items = serde_json::from_value(items).unwrap_or_default();
    FullDocumentDiagnosticReport { result_id: Some(id), items }
}
