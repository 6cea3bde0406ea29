//! The diagnostics of a document.

use gouji_ide::Audience;
use serde::Serialize;
use serde_json::json;

use crate::capabilities::Settings;
use crate::egress::notification;
use crate::session::{Slot, Snapshot};
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
pub fn frame(slot: &Slot, snapshot: &Snapshot, settings: Settings, audience: Audience) -> Option<Vec<u8>> {
    let document = snapshot.document.as_ref()?;
    document.analysis().identity()?;
    let place = Place { text: document.text(), uri: &slot.uri, settings, locale: audience.locale };
    let diagnostics = audience.findings(document).map(|finding| place.published(finding)).collect();
    let published = Publication { uri: &slot.spelling, version: snapshot.version, diagnostics };
    if slot.uri.as_str() == slot.spelling {
        return Some(notification(METHOD, &published));
    }
    let mut published = json!(published);
    uri::respell(&mut published, slot.uri.as_str(), &slot.spelling);
    Some(notification(METHOD, &published))
}
