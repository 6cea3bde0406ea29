//! What is said of a disclosure, one finding by one: after an edit, what is said as before need not be shown anew.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::judged::Judged;
use super::show::tells_a_line;
use super::{Analysis, Part};
use crate::finding::Finding;
use crate::reading::Section;
use crate::rules::note::Note;
use crate::text::Span;
use crate::verdict::judge::Judgement;

/// A finding before it is shown.
#[derive(Clone, Debug)]
pub struct Saying {
    said: Said,
    /// Where it is underlined.
    span: Span,
    /// The sections that it names, each with the line that it begins with; none where it names a place in another
    /// disclosure, or tells a line.
    rests_on: Option<Box<[Stand]>>,
}

/// A section and the line that it begins with.
#[derive(Clone, Debug)]
struct Stand(Arc<Section>, usize);

#[derive(Clone, Debug)]
enum Said {
    Note(Arc<Note>),
    Judgement(Arc<Judgement>),
}

impl Saying {
    /// Does it say what another said, at the same places in lines and columns? To be asked only of parts that are
    /// [about the same](Part::is_about_the_same).
    pub fn is_as(&self, other: &Self) -> bool {
        let said = match (&self.said, &other.said) {
            (Said::Note(own), Said::Note(other)) => Arc::ptr_eq(own, other),
            (Said::Judgement(own), Said::Judgement(other)) => Arc::ptr_eq(own, other),
            _ => false,
        };
        let same = |(own, other): (&Stand, &Stand)| own.1 == other.1 && Arc::ptr_eq(&own.0, &other.0);
        let (Some(own), Some(others)) = (&self.rests_on, &other.rests_on) else { return false };
        said && own.len() == others.len() && own.iter().zip(others).all(same)
    }

    fn page(&self) -> usize {
        match &self.said {
            Said::Note(note) => note.page,
            Said::Judgement(judgement) => judgement.page,
        }
    }

    fn message(&self) -> &crate::finding::Message {
        match &self.said {
            Said::Note(note) => &note.at.message,
            Said::Judgement(judgement) => &judgement.message,
        }
    }
}

impl Part {
    /// Is it of the same body and year, and checked by the same rules? Then what is said the same is shown the same.
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        self.chapter.judged.is_judged_as(&other.chapter.judged)
    }
}

impl Analysis {
    /// What is said of one of its parts, in order of place, but for what a suppression covers.
    pub fn sayings(&self, part: &Part) -> Vec<Saying> {
        let (at, judged) = (self.at(part.number), &*part.chapter.judged);
        let notes = judged.notes.iter().map(|note| Saying {
            span: self.place(at, &note.at).0,
            rests_on: part.rests_on(sections_of(note)),
            said: Said::Note(Arc::clone(note)),
        });
        let judgements = judged.judgements.iter().map(|judgement| Saying {
            span: self.span_of(at, judged, judgement.figure),
            rests_on: (!tells_a_line(judgement)).then(|| part.rests_on(figures_of(judgement))).flatten(),
            said: Said::Judgement(Arc::clone(judgement)),
        });
        let mut out: Vec<Saying> = notes.chain(judgements).collect();
        let code = |saying: &Saying| &self.page(saying.page()).code;
        out.sort_by(|a, b| (a.span, code(a), a.message()).cmp(&(b.span, code(b), b.message())));
        out.dedup_by(|a, b| (a.span, code(a), a.message()) == (b.span, code(b), b.message()));
        if self.selection.suppresses() {
            out.retain(|saying| self.selection.suppression(&self.finding(part, saying).key).is_none());
        }
        out
    }

    /// A saying of one of its parts, as a finding.
    pub fn finding(&self, part: &Part, saying: &Saying) -> Finding {
        let (at, judged) = (self.at(part.number), &*part.chapter.judged);
        match &saying.said {
            Said::Note(note) => self.note(at, judged, note),
            Said::Judgement(judgement) => self.judgement(at, judged, judgement),
        }
    }
}

impl Part {
    fn rests_on(&self, sections: BTreeSet<u32>) -> Option<Box<[Stand]>> {
        let place = |number: u32| {
            let number = number as usize;
            let section = self.chapter.judged.sections.get(number)?;
            Some(Stand(Arc::clone(section), self.base.1 + self.chapter.lines_before.get(number)?))
        };
        sections.into_iter().map(place).collect()
    }
}

impl Judged {
    /// Is it of the same body and year, and judged by the same rules?
    fn is_judged_as(&self, other: &Self) -> bool {
        let about = |judged: &Self| (judged.disclosure.body.clone(), judged.disclosure.year);
        self.selection() == other.selection() && about(self) == about(other)
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
