//! A disclosure with all that is known of it, and how that is kept up to date.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::read::Read;
use super::view::Identity;
use crate::finding::Severity;
use crate::reading::disclosure::figure;
use crate::reading::{Figure, FigureId, Section};
use crate::rules::across::{Peer, Source};
use crate::rules::context::SameText;
use crate::rules::lay::{self, lay};
use crate::rules::lookup::Lookup;
use crate::rules::memory::{Gathered, Ground, Memory};
use crate::rules::note::Note;
use crate::rules::relation::{Gap, Verdict};
use crate::rules::{Relation, Selection};
use crate::verdict::Figures;
use crate::verdict::judge::{Before, Judgement, gaps, judge};
use crate::verdict::memory::Changes;
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
    all: Arc<[Arc<Section>]>,
    /// The rules it was judged by.
    selection: Selection,
    /// What the rules are laid over.
    ground: Ground,
    /// What each page gave.
    memory: Memory,
    /// All of it.
    gathered: Arc<Gathered>,
    /// Slips of the unit, which explain what relations and figures by themselves led to.
    unit_slips: Vec<Arc<Note>>,
    /// The gap of each relation; none where it says nothing, or nothing is said of it.
    pub gaps: Vec<Option<Gap>>,
    /// What the relations and figures by themselves led to, before slips of the unit were named; while they are the
    /// same it stands.
    said: Arc<crate::verdict::judge::Judged>,
    /// Relations of what was most probably misread: unchecked.
    pub aside: BTreeSet<usize>,
    /// Findings about figures.
    pub judgements: Vec<Arc<Judgement>>,
    /// What is said tells a line, or a place in another disclosure of the document, and cannot just be moved with its own.
    pub fixed: bool,
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
        judged.ground = judged.read.ground.beside(&judged.peers);
        let known = before.filter(|before| before.is_one && before.selection == judged.selection);
        let changes = known.and_then(|before| judged.ground.since(&before.ground));
        let (disclosure, all, peers) = (&judged.read.disclosure, &judged.all, &judged.peers);
        let given = known.and_then(|before| {
            Some(lay::Before { memory: &before.memory, changes: changes.as_ref()?, sections: &before.all })
        });
        judged.memory = lay(disclosure, all, peers, &judged.selection, &judged.ground, given);
        let stands = known.filter(|known| judged.memory.gives_the_same_as(&known.memory));
        judged.gathered =
            stands.map_or_else(|| Arc::new(judged.memory.gathered()), |known| Arc::clone(&known.gathered));
        judged.weigh(before.filter(|before| before.is_one));
        judged.judgements = judged.said.judgements.clone();
        judged.aside = judged.said.aside.clone();
        judged.name_unit_slips();
        let here = judged.peers.iter().any(|peer| matches!(peer.source, Source::Here(_)));
        judged.fixed = here || judged.judgements.iter().any(|judgement| judgement.tells_a_line());
        Arc::new(judged)
    }

    /// Judges the relations. What is said stands while all relations and all figures are those of before, wherever they
    /// stand now.
    fn weigh(&mut self, before: Option<&Arc<Self>>) {
        let all = Arc::clone(&self.all);
        let find = |id| figure(&all, id);
        let section = |number: u32| all[number as usize].figures.as_slice();
        let figures = Figures { of: &find, section: &section, sections: all.len() as u32, own: self.own() };
        let changes = before.and_then(|before| before.changes_to(self.relations(), figures));
        let kept = before.zip(changes.as_ref());
        if let Some((before, changes)) = kept
            && changes.is_empty()
            && self.gathered.explained == before.gathered.explained
        {
            self.gaps = before.gaps.clone();
            self.said = Arc::clone(&before.said);
            return;
        }
        let known = match (before, kept) {
            (_, Some((before, changes))) => Before::Kept(&before.said.memory, changes),
            (Some(_), None) => Before::Other,
            (None, None) => Before::Nothing,
        };
        // What was set aside has no gap left.
        let taken = kept.filter(|(before, _)| before.aside.is_empty());
        let gap = |number: usize| {
            let (before, changes) = taken?;
            let spared = changes.spare(number, &self.relations()[number], &before.said.memory.places);
            spared.then(|| before.gaps[number])
        };
        self.gaps = gaps(self.relations(), &Lookup::printed(&find), gap);
        let said = judge(self.relations(), &self.gaps, &self.gathered.explained, figures, known);
        said.aside.iter().for_each(|&number| self.gaps[number] = None);
        self.said = Arc::new(said);
    }

    /// What is different in these relations and figures.
    fn changes_to(&self, relations: &[Arc<Relation>], figures: Figures) -> Option<Changes> {
        let find = |id| figure(&self.all, id);
        let section = |number: u32| self.all[number as usize].figures.as_slice();
        let own = Figures { of: &find, section: &section, sections: self.all.len() as u32, own: self.own() };
        Changes::between((self.relations(), own), (relations, figures), &self.said.memory)
    }

    /// What became of a relation; none where its guard does not hold.
    pub fn verdict(&self, number: usize) -> Option<Verdict> {
        match self.gaps[number] {
            Some(gap) => Some(gap.verdict()),
            None => self.aside.contains(&number).then_some(Verdict::Unchecked),
        }
    }

    /// What a slip of the unit explains is said as such: a table with a wrong unit (UF01) once, and not at each figure
    /// that is compared with it; a figure with a wrong unit (UF02) as that.
    fn name_unit_slips(&mut self) {
        if self.judgements.is_empty() {
            return;
        }
        let sections = Arc::clone(&self.all);
        let find = |id| figure(&sections, id);
        let behind = |id: FigureId| sections[id.section as usize].unit_behind(find(id).span.end);
        let book = self.selection.book();
        let wrong = book.number("UF01");
        let gathered = Arc::clone(&self.gathered);
        let tables: Vec<u32> = gathered
            .notes
            .iter()
            .filter(|note| Some(note.page) == wrong && note.severity == Severity::Warning)
            .map(|note| note.at.section)
            .collect();
        let relations = &gathered.relations;
        let crosses = |number: &usize| {
            let inside = |id: FigureId| tables.contains(&id.section);
            let figures = || relations[*number].sides.figures();
            figures().any(inside) && !figures().all(inside)
        };
        self.judgements.retain(|judgement| tables.is_empty() || !judgement.explains.iter().all(crosses));
        let Some(page) = self.selection.book().number("UF02").filter(|page| self.selection.checks(*page)) else {
            return;
        };
        let notes = &mut self.unit_slips;
        self.judgements.retain(|judgement| {
            let slip = recognise(page, judgement, relations, &find, &behind);
            let named = slip.is_some();
            notes.extend(slip.map(Arc::new));
            !named
        });
    }

    /// How many sections are its own.
    fn own(&self) -> u32 {
        self.read.sections.len() as u32
    }

    /// All relations, those of formulas first.
    pub fn relations(&self) -> &[Arc<Relation>] {
        &self.gathered.relations
    }

    /// How many relations could not be laid.
    pub fn unlaid(&self) -> usize {
        self.gathered.unchecked
    }

    /// Notes of functions, and slips of the unit.
    pub fn notes(&self) -> impl Iterator<Item = &Arc<Note>> {
        self.gathered.notes.iter().chain(&self.unit_slips)
    }

    /// Whose disclosure it is and of what year.
    pub fn identity(&self) -> Identity {
        let disclosure = &self.read.disclosure;
        Identity {
            kind: if disclosure.accounts { "决算" } else { "预算" }.to_owned(),
            year: disclosure.year,
            body: disclosure.body.clone(),
            unit: Some(disclosure.unit.unwrap_or_default().word().to_owned()),
        }
    }

    /// The rules it was judged by.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Texts that must be the same.
    pub fn texts(&self) -> impl Iterator<Item = &SameText> {
        self.memory.texts()
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
