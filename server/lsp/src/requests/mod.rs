//! One file per request. Those about a document read the snapshot of what had been received when they came.

pub mod code_action;
pub mod coverage;
pub mod diagnostic;
pub mod document_symbol;
pub mod explain;
pub mod hover;
pub mod recognise;
mod suppress;
pub mod workspace_diagnostic;

use std::sync::Arc;

use gouji_core::Document;
use gouji_ide::Audience;
use gouji_project::Project;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::Uri;

use crate::session::{Lane, Session, Snapshot, reason};
use crate::to_proto::Place;

/// What a request is answered from.
struct View<'a> {
    document: &'a Document,
    /// The client's version of the document.
    version: i32,
    place: Place<'a>,
    audience: Audience,
    /// The folder whose word it was checked by.
    project: Option<Arc<Project>>,
}

/// Answers from the document's current analysis; with none where there is no such document. `lane`: where such a request
/// belongs, asked of a small document.
async fn read<T: Send + 'static>(
    session: &Arc<Session>,
    lane: Lane,
    uri: Uri,
    answer: impl FnOnce(View<'_>) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    let Some(snapshot) = session.current(&uri).await else { return Ok(None) };
    let lane = lane_of(&snapshot).unwrap_or(lane);
    let (settings, audience) = (session.settings(), session.audience_in(snapshot.project.as_deref()));
    beside(session, lane, move || {
        let document = snapshot.document.as_ref()?;
        let place = Place { text: document.text(), uri: &uri, settings, locale: audience.locale };
        answer(View { document, version: snapshot.version, place, audience, project: snapshot.project.clone() })
    })
    .await
}

/// The lane for whatever is asked of a document; none where that depends on what is asked.
fn lane_of(snapshot: &Snapshot) -> Option<Lane> {
    let lane = Lane::of(snapshot.document.as_ref()?.text());
    (lane == Lane::Large).then_some(lane)
}

/// Works beside the transport. A panic is the request's error, not the end of the server.
async fn beside<T: Send + 'static>(
    session: &Session,
    lane: Lane,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    session.clerks().work(lane, work).await.map_err(|panic| {
        session.log(format!("a request failed: {}", reason(panic.as_ref())));
        Error { code: ErrorCode::InternalError, message: "internal error".into(), data: None }
    })
}
