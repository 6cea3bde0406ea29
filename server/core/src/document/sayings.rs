//! What is said of a disclosure, one finding by one: after an edit, what is said as before need not be shown anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::chapter::{At, Chapter};
use super::judged::Judged;
use super::pieces::Piece;
use super::{Analysis, Moved, Part};
use crate::finding::Finding;
use crate::rules::note::Note;
use crate::text::Span;
use crate::verdict::judge::Judgement;

/// A finding before it is shown.
#[derive(Clone, Debug)]
pub struct Saying {
    said: Words,
    /// The sections that it names, each with the line that it begins with; none where it names a place in another
    /// disclosure, or tells a line.
    rests_on: Option<Box<[Stand]>>,
}

/// A section and the line that it begins with.
#[derive(Clone, Debug)]
struct Stand(Arc<Piece>, usize);

/// What is said: by a function, or of figures.
#[derive(Clone, Debug)]
pub(super) enum Said {
    Note(Arc<Note>),
    Judgement(Arc<Judgement>),
}

/// What a [`Saying`] says: itself, or of a disclosure that rests the number of its finding.
#[derive(Clone, Debug)]
enum Words {
    Said(Said),
    Shown(usize),
}

impl Saying {
    /// The same of a disclosure that was moved.
    pub fn moved(&self, moved: Moved) -> Self {
        let stand = |stand: &Stand| Stand(Arc::clone(&stand.0), moved.line(stand.1));
        let rests_on = self.rests_on.as_ref().map(|stands| stands.iter().map(stand).collect());
        Self { said: self.said.clone(), rests_on }
    }

    /// Does it say what another said, at the same places in lines and columns? To be asked only of parts that are
    /// [about the same](Part::is_about_the_same).
    pub fn is_as(&self, other: &Self) -> bool {
        let said = match (&self.said, &other.said) {
            (Words::Said(Said::Note(own)), Words::Said(Said::Note(other))) => Arc::ptr_eq(own, other),
            (Words::Said(Said::Judgement(own)), Words::Said(Said::Judgement(other))) => Arc::ptr_eq(own, other),
            _ => false,
        };
        let same = |(own, other): (&Stand, &Stand)| own.1 == other.1 && Arc::ptr_eq(&own.0, &other.0);
        let (Some(own), Some(others)) = (&self.rests_on, &other.rests_on) else { return false };
        said && own.len() == others.len() && own.iter().zip(others).all(same)
    }
}

impl Said {
    fn page(&self) -> usize {
        match self {
            Said::Note(note) => note.page,
            Said::Judgement(judgement) => judgement.page,
        }
    }

    fn message(&self) -> &crate::finding::Message {
        match self {
            Said::Note(note) => &note.at.message,
            Said::Judgement(judgement) => &judgement.message,
        }
    }
}

impl Part {
    /// Is it of the same body and year, and checked by the same rules? Then what is said the same is shown the same.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.chapter.is_judged_as(&other.chapter)
    }
}

impl Analysis {
    /// What is said of one of its parts, in order of place, but for what a suppression covers.
    pub fn sayings(&self, part: &Part) -> Vec<Saying> {
        let Some(judged) = &part.chapter.awake() else {
            let shown = 0..self.known_of(part.number).findings.len();
            return shown.map(|number| Saying { said: Words::Shown(number), rests_on: None }).collect();
        };
        let at = self.at(part.number);
        let suppressed = |said: &Said| self.selection.suppression(&self.found(at, judged, said).key).is_some();
        let suppresses = self.selection.suppresses();
        let shown = self.said(at, judged).into_iter().filter(|(_, said)| !suppresses || !suppressed(said));
        shown.map(|(_, said)| Saying { rests_on: part.rests_on(&said), said: Words::Said(said) }).collect()
    }

    /// What is said of a disclosure and where it is underlined, in order of place; what is said twice of one place once.
    pub(super) fn said(&self, at: At, judged: &Judged) -> Vec<(Span, Said)> {
        let notes = judged.notes().map(|note| (self.place(at, &note.at).0, Said::Note(Arc::clone(note))));
        let judgements = judged
            .judgements
            .iter()
            .map(|judgement| (self.span_of(at, judged, judgement.figure), Said::Judgement(Arc::clone(judgement))));
        let mut out: Vec<(Span, Said)> = notes.chain(judgements).collect();
        let code = |said: &Said| &self.page(said.page()).code;
        out.sort_by(|(a, one), (b, two)| (a, code(one), one.message()).cmp(&(b, code(two), two.message())));
        out.dedup_by(|(a, one), (b, two)| (a, code(one), one.message()) == (b, code(two), two.message()));
        out
    }

    /// What is said, as a finding.
    pub(super) fn found(&self, at: At, judged: &Judged, said: &Said) -> Finding {
        match said {
            Said::Note(note) => self.note(at, judged, note),
            Said::Judgement(judgement) => self.judgement(at, judged, judgement),
        }
    }

    /// A saying of one of its parts, as a finding.
    pub fn finding(&self, part: &Part, saying: &Saying) -> Finding {
        match &saying.said {
            Words::Said(said) => self.found(self.at(part.number), &part.chapter.judged(), said),
            Words::Shown(number) => {
                let known = self.known_of(part.number);
                known.finding(&known.findings[*number], self.bases[part.number].0)
            }
        }
    }
}

impl Part {
    fn rests_on(&self, said: &Said) -> Option<Box<[Stand]>> {
        let sections = match said {
            Said::Note(note) => sections_of(note),
            Said::Judgement(judgement) if judgement.tells_a_line() => return None,
            Said::Judgement(judgement) => figures_of(judgement),
        };
        let place = |number: u32| {
            let number = number as usize;
            let piece = self.chapter.pieces.get(number)?;
            Some(Stand(Arc::clone(piece), self.base.1 + self.chapter.lines_before.get(number)?))
        };
        sections.into_iter().map(place).collect()
    }
}

impl Chapter {
    /// Is it of the same body and year, and judged by the same rules?
    fn is_judged_as(&self, other: &Self) -> bool {
        self.selection == other.selection && self.identity == other.identity
    }
}

fn sections_of(note: &Note) -> BTreeSet<u32> {
    std::iter::once(&note.at).chain(&note.related).map(|place| place.section).collect()
}

fn figures_of(judgement: &Judgement) -> BTreeSet<u32> {
    let related = judgement.related.iter().map(|(id, _)| *id);
    let changed = judgement.fixes.iter().flat_map(|fix| &fix.edits).map(|(id, _)| *id);
    std::iter::once(judgement.figure).chain(related).chain(changed).map(|id| id.section).collect()
}
