//! A disclosure with all that is known of it, and how that is kept up to date.

use std::collections::HashMap;
use std::sync::Arc;

use super::read::Read;
use crate::finding::Severity;
use crate::reading::disclosure::figure;
use crate::reading::{Figure, FigureId, Section};
use crate::rules::across::Peer;
use crate::rules::context::{Laid, SameText};
use crate::rules::lay;
use crate::rules::relation::{Gap, Lookup};
use crate::rules::{Relation, Selection};
use crate::verdict::judge::{Judgement, gaps, judge};
use crate::verdict::unit_slip::recognise;

/// A disclosure, judged. All figures are named by the number of their section within the disclosure; behind its own
/// sections stand those of the related disclosures.
#[derive(Debug, Default)]
pub struct Judged {
    /// What was read.
    pub read: Arc<Read>,
    /// The disclosures that are related to it.
    pub peers: Vec<Peer>,
    /// Its sections and those of its peers.
    all: Vec<Arc<Section>>,
    /// The rules it was judged by.
    selection: Selection,
    formulas: Arc<Laid>,
    /// All relations, those of formulas first.
    pub relations: Vec<Relation>,
    /// Notes of functions.
    pub notes: Vec<crate::rules::note::Note>,
    /// Texts that must be the same.
    pub texts: Vec<SameText>,
    /// Relations that could not be laid.
    pub unlaid: usize,
    /// The gap of each relation.
    pub gaps: Vec<Option<Gap>>,
    /// Findings about figures.
    pub judgements: Vec<Judgement>,
}

impl Judged {
    /// Judges what was read, beside its peers; `before` is the disclosure that stood in its place, of which all that
    /// still holds is kept.
    pub fn of(read: Arc<Read>, peers: Vec<Peer>, selection: &Selection, before: Option<&Arc<Judged>>) -> Arc<Self> {
        if let Some(before) = before
            && before.selection == *selection
            && Arc::ptr_eq(&before.read, &read)
            && before.peers == peers
        {
            return Arc::clone(before);
        }
        let all = read.sections.iter().chain(peers.iter().map(|peer| &peer.extract.section)).cloned().collect();
        let selection = selection.clone();
        let mut judged = Self { read, peers, all, selection, ..Self::default() };
        if !judged.is_one {
            return Arc::new(judged);
        }
        let (disclosure, all, peers) = (&judged.read.disclosure, &judged.all, &judged.peers);
        judged.formulas = match before {
            Some(before)
                if before.skeleton == judged.read.skeleton
                    && before.is_one
                    && before.selection == judged.selection
                    && before.peers == *peers
                    && before.sections.len() == judged.read.sections.len() =>
            {
                Arc::clone(&before.formulas)
            }
            _ => Arc::new(lay::formulas(disclosure, all, peers, &judged.selection)),
        };
        let functions = lay::functions(disclosure, all, peers, &judged.selection);
        judged.relations = judged.formulas.relations.iter().chain(&functions.relations).cloned().collect();
        judged.unlaid = judged.formulas.unchecked + functions.unchecked;
        judged.notes = functions.notes;
        judged.texts = functions.texts;
        let all = judged.all.clone();
        let find = |id| figure(&all, id);
        let lookup = Lookup { figure: &find, instead: HashMap::new() };
        judged.gaps = gaps(&judged.relations, &lookup);
        judged.judgements = judge(&judged.relations, &judged.gaps, &judged.notes, &find);
        judged.name_unit_slips();
        Arc::new(judged)
    }

    /// What a slip of the unit explains is said as such: a table with a wrong unit (UF01) once, and not at each figure
    /// that is compared with it; a figure with a wrong unit (UF02) as that.
    fn name_unit_slips(&mut self) {
        let sections = self.all.clone();
        let find = |id| figure(&sections, id);
        let behind = |id: FigureId| sections[id.section as usize].unit_behind(find(id).span.end);
        let book = self.selection.book();
        let wrong = book.number("UF01");
        let tables: Vec<u32> = self
            .notes
            .iter()
            .filter(|note| Some(note.page) == wrong && note.severity == Severity::Warning)
            .map(|note| note.at.section)
            .collect();
        let relations = &self.relations;
        let crosses = |number: &usize| {
            let inside = |id: FigureId| tables.contains(&id.section);
            let figures = || relations[*number].sides.figures();
            figures().any(inside) && !figures().all(inside)
        };
        self.judgements.retain(|judgement| tables.is_empty() || !judgement.explains.iter().all(crosses));
        let Some(page) = self.selection.book().number("UF02").filter(|page| self.selection.checks(*page)) else {
            return;
        };
        let notes = &mut self.notes;
        self.judgements.retain(|judgement| {
            let slip = recognise(page, judgement, relations, &find, &behind);
            notes.extend(slip.clone());
            slip.is_none()
        });
    }

    /// The figure of an id, be it its own or that of a peer.
    pub fn figure(&self, id: FigureId) -> &Figure {
        figure(&self.all, id)
    }

    /// The peer whose figure it is, and its number among what that offers; none for a figure of its own.
    pub fn peer(&self, id: FigureId) -> Option<(&Peer, usize)> {
        let peer = self.peers.get((id.section as usize).checked_sub(self.sections.len())?)?;
        Some((peer, id.index as usize))
    }
}
