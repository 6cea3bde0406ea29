//! The diagnostics of a document.

use std::collections::BTreeSet;
use std::sync::Arc;

use gouji_core::Document;
use gouji_core::document::{Part, Saying};
use gouji_core::finding::Finding;
use gouji_ide::Audience;
use serde::Serialize;
use serde_json::{Value, json};
use tower_lsp::ls_types::Uri;

use crate::capabilities::Settings;
use crate::session::{Session, Slot, Snapshot};
use crate::to_proto::{self, Place};
use crate::uri;

const METHOD: &str = "textDocument/publishDiagnostics";

/// So many disclosures may come or go at a time before those behind them are made anew.
const NEAR: usize = 8;

/// What was published last of a document, in pieces: what did not change is sent as it was.
#[derive(Debug, Default)]
pub struct Fragments {
    /// For whom they were made.
    terms: Option<(Settings, Audience)>,
    pieces: Vec<(Part, Piece)>,
}

/// What was published of a disclosure: each finding as JSON behind a comma, empty where it is not shown.
type Piece = Arc<[(Saying, Box<[u8]>)]>;

/// A publication as it is sent: its findings are lent by what was published last, not copied.
#[derive(Debug)]
pub struct Publication {
    /// The frame up to its findings.
    head: Vec<u8>,
    pieces: Vec<Piece>,
}

/// What ends the parameters and the message.
const END: &[u8] = b"]}}";

impl Publication {
    fn new(head: &Head, pieces: Vec<Piece>) -> Self {
        let mut body = format!(r#"{{"jsonrpc":"2.0","method":"{METHOD}","params":"#).into_bytes();
        // Plain data with text keys: there is nothing that could not be written as JSON.
        let _ = serde_json::to_writer(&mut body, head);
        // The object of the head goes on.
        body.pop();
        body.extend_from_slice(br#","diagnostics":["#);
        let mut publication = Self { head: body, pieces };
        let length: usize = publication.parts().map(<[u8]>::len).sum();
        let mut head = format!("Content-Length: {length}\r\n\r\n").into_bytes();
        head.append(&mut publication.head);
        Self { head, ..publication }
    }

    /// What is sent, in order.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let findings = self.pieces.iter().flat_map(|piece| piece.iter()).map(|(_, bytes)| &**bytes);
        let shown = findings.filter(|bytes| !bytes.is_empty()).enumerate();
        let listed = shown.map(|(number, bytes)| if number == 0 { &bytes[1..] } else { bytes });
        std::iter::once(&*self.head).chain(listed).chain([END])
    }
}

/// The publication of a snapshot; none where the text is no disclosure. The URI is the client's spelling, which
/// need not be a URI.
pub fn publication(session: &Session, slot: &Slot, snapshot: &Snapshot) -> Option<Publication> {
    let document = snapshot.document.as_ref()?;
    document.analysis().identity().filter(|_| !session.is_word(slot.uri.as_str()))?;
    let audience = session.audience_in(snapshot.project.as_deref());
    let place = Place { text: document.text(), uri: &slot.uri, settings: session.settings(), locale: audience.locale };
    let mut known = slot.fragments();
    let terms = Some((place.settings, audience));
    if known.terms != terms {
        *known = Fragments { terms, pieces: Vec::new() };
    }
    let old = std::mem::take(&mut known.pieces);
    let mut from = 0;
    for part in document.analysis().parts() {
        // Those that an edit left as they were come in the order they had.
        let same = old[from..].iter().take(NEAR).position(|(old, _)| part.is_as(old)).map(|ahead| from + ahead);
        let piece = match same {
            Some(at) => {
                from = at + 1;
                Arc::clone(&old[at].1)
            }
            None => {
                // The one that stands in the place of the next is most likely what became of that.
                let before = old.get(from).filter(|(old, _)| part.is_about_the_same(old)).map(|(_, piece)| &**piece);
                piece(session, slot, &place, audience, document, &part, before.unwrap_or_default())
            }
        };
        known.pieces.push((part, piece));
    }
    let head = Head { uri: &slot.spelling, version: snapshot.version };
    Some(Publication::new(&head, known.pieces.iter().map(|(_, piece)| Arc::clone(piece)).collect()))
}

/// What is said of a disclosure; what is said as `before` is not made anew.
fn piece(
    session: &Session,
    slot: &Slot,
    place: &Place,
    audience: Audience,
    document: &Document,
    part: &Part,
    before: &[(Saying, Box<[u8]>)],
) -> Piece {
    let mut from = 0;
    let mut made = |saying: Saying| {
        let ahead = before[from..].iter().take(NEAR).position(|(old, _)| saying.is_as(old));
        let bytes = match ahead {
            Some(ahead) => {
                from += ahead + 1;
                before[from - 1].1.clone()
            }
            None => fragment(session, slot, place, audience, &document.analysis().finding(part, &saying)),
        };
        (saying, bytes)
    };
    document.analysis().sayings(part).into_iter().map(&mut made).collect()
}

/// The parameters of a publication but for its diagnostics.
#[derive(Serialize)]
struct Head<'a> {
    uri: &'a str,
    version: i32,
}

/// The diagnostic of a finding behind a comma, in the client's spelling of URIs; nothing where it is not shown.
fn fragment(session: &Session, slot: &Slot, place: &Place, audience: Audience, finding: &Finding) -> Box<[u8]> {
    if !audience.shows(finding) {
        return Box::default();
    }
    let mut bytes = vec![b','];
    // Plain data with text keys: there is nothing that could not be written as JSON.
    let _ = match spellings(session, slot.uri.as_str(), finding).as_slice() {
        [] => serde_json::to_writer(&mut bytes, &place.published(finding)),
        spelt => {
            let mut published = json!(place.published(finding));
            spelt.iter().for_each(|(canonical, spelling)| uri::respell(&mut published, canonical, spelling));
            serde_json::to_writer(&mut bytes, &published)
        }
    };
    bytes.into()
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

/// The files that a finding names and the client spells in its own way, the document included.
fn spellings(session: &Session, own: &str, finding: &Finding) -> Vec<(String, String)> {
    let others =
        finding.related.iter().filter_map(|related| related.elsewhere.as_ref()).map(|elsewhere| &*elsewhere.file);
    let named: BTreeSet<&str> = others.chain([own]).collect();
    named.into_iter().filter_map(|name| Some((name.to_owned(), session.spelling(name)?))).collect()
}
