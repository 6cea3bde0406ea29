//! The diagnostics of a document.

use std::collections::BTreeSet;

use gouji_core::Document;
use gouji_ide::Audience;
use serde::Serialize;
use serde_json::{Value, json};
use tower_lsp::ls_types::Uri;

use crate::egress::notification;
use crate::session::{Session, Slot, Snapshot};
use crate::to_proto::{self, Place};
use crate::uri;

const METHOD: &str = "textDocument/publishDiagnostics";

/// The parameters of a publication. The URI is the client's spelling, which need not be a URI.
#[derive(Serialize)]
struct Publication<'a> {
    uri: &'a str,
    version: i32,
    diagnostics: Vec<to_proto::Published<'a>>,
}

/// The publication of a snapshot as a frame; none where the text is no disclosure.
pub fn frame(session: &Session, slot: &Slot, snapshot: &Snapshot) -> Option<Vec<u8>> {
    let document = snapshot.document.as_ref()?;
    document.analysis().identity().filter(|_| !session.is_word(slot.uri.as_str()))?;
    let audience = session.audience_in(snapshot.project.as_deref());
    let diagnostics = diagnostics(session, &slot.uri, document, audience);
    let published = Publication { uri: &slot.spelling, version: snapshot.version, diagnostics };
    let spelt = spellings(session, slot.uri.as_str(), document, audience);
    if spelt.is_empty() {
        return Some(notification(METHOD, &published));
    }
    let mut published = json!(published);
    spelt.iter().for_each(|(canonical, spelling)| uri::respell(&mut published, canonical, spelling));
    Some(notification(METHOD, &published))
}

/// The diagnostics of a document, with all URIs canonical; none where the text is no disclosure.
pub fn items(session: &Session, canonical: &str, document: &Document) -> Value {
    if session.is_word(canonical) {
        return session.mistakes(canonical);
    }
    let Some(uri) = canonical.parse().ok().filter(|_| document.analysis().identity().is_some()) else {
        return json!([]);
    };
    let project = uri::path(canonical).and_then(|path| session.project(&path));
    json!(diagnostics(session, &uri, document, session.audience_in(project.as_deref())))
}

fn diagnostics<'d>(
    session: &Session,
    uri: &Uri,
    document: &'d Document,
    audience: Audience,
) -> Vec<to_proto::Published<'d>> {
    let place = Place { text: document.text(), uri, settings: session.settings(), locale: audience.locale };
    audience.findings(document).map(|finding| place.published(finding)).collect()
}

/// The files that the findings of a document name and the client spells in its own way, itself included.
fn spellings(session: &Session, own: &str, document: &Document, audience: Audience) -> Vec<(String, String)> {
    let related = audience.findings(document).flat_map(|finding| &finding.related);
    let others = related.filter_map(|related| related.elsewhere.as_ref()).map(|elsewhere| &*elsewhere.file);
    let named: BTreeSet<&str> = others.chain([own]).collect();
    named.into_iter().filter_map(|name| Some((name.to_owned(), session.spelling(name)?))).collect()
}
