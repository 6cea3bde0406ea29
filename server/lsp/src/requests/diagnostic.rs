//! `textDocument/diagnostic`: the findings of an open document, for clients that ask.

use std::sync::Arc;

use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::*;

use super::{beside, lane_of};
use crate::findings::{self, Shown};
use crate::session::{Hand, Session};

/// The findings of what had been received of a document when the request came; none of what is not open.
pub async fn answer(
    session: &Arc<Session>,
    params: DocumentDiagnosticParams,
) -> Result<DocumentDiagnosticReportResult> {
    let Current { shown, name, .. } = current(session, &params.text_document.uri).await?;
    let report = match params.previous_result_id.as_ref() == Some(&name) {
        true => DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: name },
        }),
        false => DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: session.lend(name, shown),
        }),
    };
    Ok(report.into())
}

/// What is said of an open document; nothing where it is not open.
pub struct Current {
    /// The client's version of it.
    pub version: Option<i32>,
    /// It is a disclosure.
    pub is_one: bool,
    /// The findings.
    pub shown: Shown,
    /// Their name.
    pub name: String,
}

/// What is said of an open document as received up to now.
pub async fn current(session: &Arc<Session>, uri: &Uri) -> Result<Current> {
    let Some((slot, snapshot)) = session.settled(uri).await else {
        let shown = Shown::default();
        return Ok(Current { version: None, is_one: false, name: shown.name(), shown });
    };
    let (lane, work) = (lane_of(&snapshot), Arc::clone(session));
    let made = move || {
        let is_one = snapshot.document.as_ref().is_some_and(|own| own.analysis().identity().is_some());
        let shown = findings::of_open(&work, &slot, &snapshot);
        Current { version: Some(snapshot.version), is_one, name: shown.name(), shown }
    };
    beside(session, Hand::Clerk(lane), made).await
}
