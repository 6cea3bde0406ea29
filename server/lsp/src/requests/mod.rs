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
use gouji_core::text::{Encoding, Span, Text};
use gouji_ide::Audience;
use gouji_project::Project;
use tower_lsp::jsonrpc::{Error, ErrorCode, Result};
use tower_lsp::ls_types::Uri;

use crate::session::{Hand, Lane, Session, Snapshot, reason};
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

/// Answers from the document's current analysis; with none where there is no such document. `by`: who does it, given the
/// document's lane.
async fn read<T: Send + 'static>(
    session: &Arc<Session>,
    by: fn(Lane) -> Hand,
    uri: Uri,
    answer: impl FnOnce(View<'_>) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    let Some(snapshot) = session.current(&uri).await else { return Ok(None) };
    let by = by(lane_of(&snapshot));
    let work = answered(session, uri, snapshot, answer);
    beside(session, by, work).await
}

/// The same of one place of the document. Where the edits that are still being analysed touched other disclosures only,
/// nobody waits for that; and what only has to be looked up is answered where it is asked for, before what is known of the
/// whole document is made ready to be sent.
async fn read_at<T: Send + 'static>(
    session: &Arc<Session>,
    by: fn(Lane) -> Hand,
    uri: Uri,
    place: impl Fn(&Text, Encoding) -> Span,
    answer: impl FnOnce(View<'_>) -> Option<T> + Send + 'static,
) -> Result<Option<T>> {
    let encoding = session.settings().encoding;
    let ahead = session.ahead(&uri, |text| place(text, encoding)).map(Arc::new);
    let snapshot = match ahead {
        Some(ahead) => Some(ahead),
        None => session.current(&uri).await,
    };
    let Some(snapshot) = snapshot else { return Ok(None) };
    let by = by(lane_of(&snapshot));
    let at_hand = |document: &Document| document.analysis().is_at_hand(place(document.text(), encoding));
    let looked_up = matches!(by, Hand::Clerk(_)) && snapshot.document.as_ref().is_some_and(at_hand);
    let work = answered(session, uri, snapshot, answer);
    match looked_up {
        true => Ok(work()),
        false => beside(session, by, work).await,
    }
}

/// The answer, packed up.
fn answered<T, F: FnOnce(View<'_>) -> Option<T>>(
    session: &Session,
    uri: Uri,
    snapshot: Arc<Snapshot>,
    answer: F,
) -> impl FnOnce() -> Option<T> + use<T, F> {
    let (settings, audience) = (session.settings(), session.audience_in(snapshot.project.as_deref()));
    move || {
        let document = snapshot.document.as_ref()?;
        let place = Place { text: document.text(), uri: &uri, settings, locale: audience.locale };
        answer(View { document, version: snapshot.version, place, audience, project: snapshot.project.clone() })
    }
}

fn lane_of(snapshot: &Snapshot) -> Lane {
    snapshot.document.as_ref().map_or(Lane::Small, |document| Lane::of(document.text().len()))
}

/// Works beside the transport. A panic is the request's error, not the end of the server.
async fn beside<T: Send + 'static>(
    session: &Session,
    by: Hand,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T> {
    session.have_done(by, work).await.map_err(|panic| {
        session.log(format!("a request failed: {}", reason(panic.as_ref())));
        Error { code: ErrorCode::InternalError, message: "internal error".into(), data: None }
    })
}
