//! The findings of a document as they are sent. What did not change since is not made anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use gouji_core::Document;
use gouji_core::document::{Moved, Part, Saying};
use gouji_core::finding::Finding;
use gouji_ide::Audience;
use serde_json::json;

use super::{Draft, Frame, Run, Shown};
use crate::capabilities::Settings;
use crate::session::{Session, Slot, Snapshot};
use crate::to_proto::Place;
use crate::uri;

/// So many disclosures may come or go at a time before those behind them are made anew.
const NEAR: usize = 8;

/// What was made last of a document.
#[derive(Debug, Default)]
pub struct Known {
    /// For whom it was made.
    terms: Option<(Settings, Audience)>,
    parts: Vec<(Part, Piece)>,
}

/// What is said of a disclosure, and how each of it is shown.
#[derive(Clone, Debug, Default)]
struct Piece {
    sayings: Arc<[Saying]>,
    run: Arc<Run>,
}

impl Piece {
    /// The same of a disclosure that was moved; none where places in other files would be moved with it.
    fn moved(&self, moved: Moved) -> Option<Self> {
        if moved.is_nothing() {
            return Some(self.clone());
        }
        let run = self.run.moved(moved)?;
        Some(Self { sayings: self.sayings.iter().map(|saying| saying.moved(moved)).collect(), run })
    }
}

/// The publication of a snapshot; none where the text is no disclosure.
pub fn publication(session: &Session, slot: &Slot, snapshot: &Snapshot) -> Option<Frame> {
    let document = snapshot.document.as_ref()?;
    document.analysis().identity().filter(|_| !session.is_word(slot.uri.as_str()))?;
    let shown = Making::of(session, slot, snapshot, document).shown(slot);
    Some(Frame::publication(&slot.spelling, snapshot.version, shown))
}

/// What is shown of an open document to who asks; nothing where its text is no disclosure.
pub fn of_open(session: &Session, slot: &Slot, snapshot: &Snapshot) -> Shown {
    if session.is_word(slot.uri.as_str()) {
        return Shown::these(&session.mistakes(slot.uri.as_str()));
    }
    let document = snapshot.document.as_ref().filter(|document| document.analysis().identity().is_some());
    document.map(|document| Making::of(session, slot, snapshot, document).shown(slot)).unwrap_or_default()
}

/// What is shown of a document that is not open, with all URIs canonical; nothing where it is no disclosure.
pub fn of_file(session: &Session, canonical: &str, document: &Document) -> Shown {
    if session.is_word(canonical) {
        return Shown::these(&session.mistakes(canonical));
    }
    let Some(uri) = canonical.parse().ok().filter(|_| document.analysis().identity().is_some()) else {
        return Shown::default();
    };
    let project = uri::path(canonical).and_then(|path| session.project(&path));
    let audience = session.audience_in(project.as_deref());
    let place = Place { text: document.text(), uri: &uri, settings: session.settings(), locale: audience.locale };
    let published: Vec<_> = audience.findings(document).map(|finding| place.published(finding)).collect();
    Shown::these(&published)
}

/// What the findings of an open document are made of.
struct Making<'a> {
    session: &'a Session,
    document: &'a Document,
    place: Place<'a>,
    audience: Audience,
}

impl<'a> Making<'a> {
    fn of(session: &'a Session, slot: &'a Slot, snapshot: &Snapshot, document: &'a Document) -> Self {
        let audience = session.audience_in(snapshot.project.as_deref());
        let (settings, locale) = (session.settings(), audience.locale);
        let place = Place { text: document.text(), uri: &slot.uri, settings, locale };
        Self { session, document, place, audience }
    }

    fn shown(&self, slot: &Slot) -> Shown {
        let mut known = slot.known();
        let terms = Some((self.place.settings, self.audience));
        if known.terms != terms {
            *known = Known { terms, parts: Vec::new() };
        }
        let old = std::mem::take(&mut known.parts);
        let mut from = 0;
        for part in self.document.analysis().parts() {
            // Those that an edit left as they were come in the order they had.
            let kept = (from..old.len()).take(NEAR).find_map(|at| Some((at, part.moved_since(&old[at].0)?)));
            let at = kept.map_or(from, |(at, _)| at);
            let again = kept.and_then(|(at, moved)| old[at].1.moved(moved));
            let piece = again.unwrap_or_else(|| {
                // The one that stands in the place of the next is most likely what became of that.
                let before = old.get(at).filter(|(old, _)| part.is_about_the_same(old));
                self.piece(&part, before.map(|(_, piece)| piece.clone()).unwrap_or_default())
            });
            from = at + usize::from(kept.is_some());
            known.parts.push((part, piece));
        }
        Shown(known.parts.iter().map(|(_, piece)| Arc::clone(&piece.run)).collect())
    }

    /// What is said of a disclosure; what is said as `before` is not made anew.
    fn piece(&self, part: &Part, before: Piece) -> Piece {
        let (analysis, mut from) = (self.document.analysis(), 0);
        let sayings: Arc<[Saying]> = analysis.sayings(part).into();
        let mut run = Draft::like(&before.run);
        for saying in sayings.iter() {
            let ahead = before.sayings[from..].iter().take(NEAR).position(|old| saying.is_as(old));
            match ahead.map(|ahead| from + ahead) {
                Some(known) => {
                    from = known + 1;
                    run.put_again(&before.run, known);
                }
                None => self.put(&mut run, &analysis.finding(part, saying)),
            }
        }
        Piece { sayings, run: run.made() }
    }

    /// Adds the diagnostic of a finding, in the client's spelling of URIs.
    fn put(&self, run: &mut Draft, finding: &Finding) {
        if !self.audience.shows(finding) {
            return run.put(None::<&()>);
        }
        if finding.related.iter().any(|related| related.elsewhere.is_some()) {
            run.names_other_files();
        }
        let published = self.place.published(finding);
        match self.spellings(finding).as_slice() {
            [] => run.put(Some(&published)),
            spelt => {
                let mut published = json!(published);
                spelt.iter().for_each(|(canonical, spelling)| uri::respell(&mut published, canonical, spelling));
                run.put(Some(&published));
            }
        }
    }

    /// The files that a finding names and the client spells in its own way, the document included.
    fn spellings(&self, finding: &Finding) -> Vec<(String, String)> {
        let others =
            finding.related.iter().filter_map(|related| related.elsewhere.as_ref()).map(|elsewhere| &*elsewhere.file);
        let named: BTreeSet<&str> = others.chain([self.place.uri.as_str()]).collect();
        named.into_iter().filter_map(|name| Some((name.to_owned(), self.session.spelling(name)?))).collect()
    }
}
