//! What was found out of the contradictions of a disclosure, kept with what was looked at for it. After an edit that
//! stands whose figures and relations are the same and whose gaps are as they were.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use smallvec::SmallVec;

use super::gaps::{Gaps, SomeGaps};
use super::judge::{Judge, Judgement};
use super::looking::Looked;
use super::repair::Repair;
use super::style::Figures;
use super::ties::{Places, Ties, figures, parts};
use crate::reading::FigureId;
use crate::rules::Relation;
use crate::rules::lookup::Instead;
use crate::rules::numbers::{Few, Numbers};
use crate::rules::relation::Gap;

/// What is kept of a judgement for the next one.
#[derive(Debug, Default)]
pub struct Memory {
    /// Where its figures stand.
    pub places: Arc<Places>,
    /// Which relations each figure stands in; none where no relation has a gap.
    pub(super) ties: Option<Arc<Ties>>,
    /// What every search presumes.
    pub(super) premise: Premise,
    /// Where most ties are broken.
    pub(super) misread: Option<Arc<Misread>>,
    /// The repairs of single contradictions, in each state in which they were looked for.
    pub(super) found: BTreeMap<usize, SmallVec<[Arc<Found>; 2]>>,
    /// What came of each contradiction whose turn it was.
    pub(super) settled: BTreeMap<usize, Arc<Settled>>,
}

/// What every search presumes: where it is another, nothing is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Premise {
    /// See [`Judge::by_cell`].
    pub by_cell: bool,
    /// See [`Figures::own`].
    pub own: u32,
    /// See [`Judge::aside`].
    pub aside: BTreeSet<usize>,
}

/// How the figures and relations of a disclosure differ from those before an edit, that are tied in the same way.
#[derive(Debug)]
pub struct Changes {
    /// Figures that print something else, or stand for something else; by their places.
    figures: Few,
    /// Is there more to it than other amounts?
    relabelled: bool,
    /// Relations, by their numbers.
    relations: Few,
    /// Relations that are others now or have such figures; none where nobody has asked for them yet.
    sums: Option<Few>,
}

impl Changes {
    /// From one to the other; none where figures or ties are gone or new.
    pub fn between(
        before: (&[Arc<Relation>], Figures),
        now: (&[Arc<Relation>], Figures),
        memory: &Memory,
    ) -> Option<Self> {
        let ((old, were), (new, are)) = (before, now);
        let places = &*memory.places;
        if old.len() != new.len() || *places != Places::of(are) {
            return None;
        }
        let same = |number: usize| Arc::ptr_eq(&old[number], &new[number]) || old[number] == new[number];
        let all = old.as_ptr() == new.as_ptr();
        let others: Vec<usize> = (0..new.len()).filter(|&number| !all && !same(number)).collect();
        if !others.iter().all(|&number| parts(&old[number]).eq(parts(&new[number]))) {
            return None;
        }
        let (mut changed, mut relabelled) = (Vec::new(), false);
        for section in 0..are.sections {
            let (were, are) = ((were.section)(section), (are.section)(section));
            if std::ptr::eq(were, are) {
                continue;
            }
            for (index, (a, b)) in (0u32..).zip(were.iter().zip(are)) {
                if !a.says_the_same_as(b) {
                    changed.push(FigureId { section, index });
                    relabelled |= !a.is_labelled_as(b);
                }
            }
        }
        let figures = Few::these(changed.iter().filter_map(|id| places.place(*id)));
        let sums = memory.ties.as_ref().map(|ties| {
            let own = changed.iter().flat_map(|id| ties.own(*id)).copied();
            Few::these(own.chain(others.iter().copied()))
        });
        Some(Self { figures, relabelled, relations: Few::these(others), sums })
    }

    /// Is nothing changed?
    pub fn is_empty(&self) -> bool {
        self.figures.is_empty() && self.relations.is_empty()
    }

    /// Are a relation and its figures the same?
    pub fn spare(&self, number: usize, relation: &Relation, places: &Places) -> bool {
        if let Some(sums) = &self.sums {
            return !sums.has(number);
        }
        let same = |id: FigureId| places.place(id).is_some_and(|place| !self.figures.has(place));
        !self.relations.has(number) && figures(relation).all(same)
    }
}

/// What was looked at, as it was.
#[derive(Debug)]
struct State {
    looked: Looked,
    /// The gaps of the relations.
    gaps: SomeGaps,
    /// Those of the relations that were to be explained; all there were, where they were looked through.
    open: Numbers,
    /// What repairs printed instead of the figures.
    instead: Box<[(FigureId, Instead)]>,
}

/// The sections that were looked at as misread, where nothing was told on the way.
#[derive(Debug)]
pub(super) struct Misread {
    state: State,
    aliens: BTreeSet<u32>,
    /// The steps it took.
    steps: usize,
}

/// The repairs that were found for a contradiction.
#[derive(Debug)]
pub(super) struct Found {
    state: State,
    /// The best first.
    repairs: Arc<Vec<Repair>>,
    /// The steps it took.
    steps: usize,
}

/// What came of a contradiction.
#[derive(Debug)]
pub(super) struct Settled {
    state: State,
    /// The repairs it was settled by.
    repairs: Arc<Vec<Repair>>,
    /// The findings.
    said: Vec<Arc<Judgement>>,
    /// The contradictions that are explained by them.
    closed: Numbers,
    /// The gaps that are others now.
    gaps: Vec<(usize, Option<Gap>)>,
    /// What is taken as printed from now on.
    instead: Vec<(FigureId, Instead)>,
    /// The figures that are taken as repaired.
    touched: Vec<FigureId>,
    /// The steps it took.
    steps: usize,
}

/// The figures that are taken as repaired by now, by their places, and the relations they stand in.
#[derive(Debug, Default)]
pub(super) struct Repaired {
    figures: Few,
    sums: Few,
}

impl Judge<'_, '_> {
    /// The sections of which most ties are broken, as they were found before where nothing of it changed.
    pub(super) fn misread(&mut self) -> BTreeSet<u32> {
        let found = self.known.and_then(|(memory, changes)| {
            let kept = memory.misread.as_ref()?;
            let premise = (memory.premise.by_cell, memory.premise.own) == (self.by_cell, self.figures.own);
            // Labels are looked at in passing, whosever they are.
            let same = premise && !changes.relabelled && kept.steps < self.steps.get();
            (same && self.is_as_it_was(&kept.state, changes)).then(|| Arc::clone(kept))
        });
        if let Some(found) = found {
            self.steps.set(self.steps.get() - found.steps);
            let aliens = found.aliens.clone();
            self.memory.misread = Some(found);
            return aliens;
        }
        let (told, steps) = (self.out.len(), self.steps.get());
        self.look_anew();
        // The gaps of all are looked through.
        (0..self.relations.len()).for_each(|number| self.looking.relation(number));
        let aliens = self.aliens();
        if self.may_keep() && self.out.len() == told {
            let (state, steps) = (self.state(Standing::of(self)), steps - self.steps.get());
            self.memory.misread = Some(Arc::new(Misread { state, aliens: aliens.clone(), steps }));
        }
        aliens
    }

    /// The repairs of a contradiction, as they were found before where nothing of it changed.
    pub(super) fn repairs(&mut self, seed: usize) -> Arc<Vec<Repair>> {
        let found = self.known.and_then(|(memory, changes)| {
            let kept = memory.found.get(&seed)?;
            let same = |found: &&Arc<Found>| found.steps < self.steps.get() && self.is_as_it_was(&found.state, changes);
            kept.iter().find(same).cloned()
        });
        if let Some(found) = found {
            self.steps.set(self.steps.get() - found.steps);
            let repairs = Arc::clone(&found.repairs);
            self.memory.found.entry(seed).or_default().push(found);
            return repairs;
        }
        let steps = self.steps.get();
        self.look_anew();
        let repairs = Arc::new(self.search(|knot, lookup| knot.repairs(lookup, seed)));
        if self.may_keep() {
            let (state, steps) = (self.state(Standing::of(self)), steps - self.steps.get());
            let found = Found { state, repairs: Arc::clone(&repairs), steps };
            self.memory.found.entry(seed).or_default().push(Arc::new(found));
        }
        repairs
    }

    /// Is it worth the room, and not found by the chance that the steps were used up?
    fn may_keep(&self) -> bool {
        self.keeps && self.steps.get() > 0
    }

    /// Settles a contradiction, as it was settled before where nothing of it changed. Returns the figures that are
    /// taken as repaired.
    pub(super) fn settled(&mut self, seed: usize, repairs: &Arc<Vec<Repair>>) -> Vec<FigureId> {
        let settled = self.known.and_then(|(memory, changes)| {
            let kept = memory.settled.get(&seed)?;
            let same = kept.steps < self.steps.get()
                && (Arc::ptr_eq(&kept.repairs, repairs) || kept.repairs == *repairs)
                && self.is_as_it_was(&kept.state, changes);
            same.then(|| Arc::clone(kept))
        });
        if let Some(settled) = settled {
            let Settled { said, closed, gaps, instead, touched, steps, .. } = &*settled;
            self.out.extend(said.iter().cloned());
            self.open = self.open.without(closed);
            gaps.iter().for_each(|(number, gap)| self.gaps.set(*number, *gap));
            self.lookup.instead.extend(instead.iter().copied());
            self.repair(instead.iter().map(|(id, _)| *id));
            self.steps.set(self.steps.get() - steps);
            let touched = touched.clone();
            self.memory.settled.insert(seed, settled);
            return touched;
        }
        let before = self.keeps.then(|| (self.gaps.clone(), self.open.clone(), self.lookup.instead.clone()));
        let (said, steps) = (self.out.len(), self.steps.get());
        self.look_anew();
        let touched = self.settle(seed, repairs.to_vec());
        if let Some((gaps, open, instead)) = before.filter(|_| self.may_keep()) {
            let state = self.state(Standing { gaps: &gaps, open: &open, instead: &instead });
            let changed = |number: &usize| self.gaps[*number] != gaps[*number];
            let settled = Settled {
                repairs: Arc::clone(repairs),
                said: self.out[said..].to_vec(),
                closed: open.without(&self.open),
                gaps: state.looked.relations.iter().filter(changed).map(|number| (number, self.gaps[number])).collect(),
                instead: touched.iter().filter_map(|id| Some((*id, *self.lookup.instead.get(id)?))).collect(),
                touched: touched.clone(),
                steps: steps - self.steps.get(),
                state,
            };
            self.memory.settled.insert(seed, Arc::new(settled));
        }
        touched
    }

    /// Begins to take down what is looked at.
    fn look_anew(&mut self) {
        self.looking.taken();
        // What was asked for once was looked at then.
        self.usual.borrow_mut().clear();
    }

    /// What has been looked at, as it stood.
    fn state(&self, standing: Standing) -> State {
        let looked = self.looking.taken();
        let (gaps, open, instead) =
            (standing.gaps.some(&looked.relations), standing.open(&looked), standing.instead(self, &looked).collect());
        State { looked, gaps, open, instead }
    }

    /// These figures are taken as repaired from now on.
    pub(super) fn repair(&mut self, figures: impl Iterator<Item = FigureId> + Clone) {
        for id in figures.clone() {
            self.ties.places.place(id).into_iter().for_each(|place| self.repaired.figures.insert(place));
            self.ties.own(id).iter().for_each(|number| self.repaired.sums.insert(*number));
        }
        self.balances.settle(figures, self.ties);
    }

    /// Was a figure looked at, by itself or in a sum?
    fn has_seen(&self, looked: &Looked, id: FigureId) -> bool {
        let by_itself = self.memory.places.place(id).is_some_and(|place| looked.figures.has(place));
        by_itself || self.ties.own(id).iter().any(|number| looked.sums.has(*number))
    }

    /// Is what was looked at as it was?
    fn is_as_it_was(&self, state: &State, changes: &Changes) -> bool {
        let State { looked, gaps, open, instead } = state;
        if changes.figures.meets(&looked.figures)
            || changes.relations.meets(&looked.relations)
            || changes.sums.as_ref().is_none_or(|sums| sums.meets(&looked.sums))
        {
            return false;
        }
        let now = Standing::of(self);
        let repaired = self.repaired.figures.meets(&looked.figures) || self.repaired.sums.meets(&looked.sums);
        (repaired || instead.is_empty())
            && now.has_open(looked, open)
            && now.gaps.are(gaps, &looked.relations)
            && (!repaired || now.instead(self, looked).eq(instead.iter().copied()))
    }
}

/// How things stand, or stood.
#[derive(Clone, Copy)]
struct Standing<'s> {
    gaps: &'s Gaps,
    open: &'s Numbers,
    instead: &'s BTreeMap<FigureId, Instead>,
}

impl<'s> Standing<'s> {
    fn of(judge: &'s Judge) -> Self {
        Self { gaps: &judge.gaps, open: &judge.open, instead: &judge.lookup.instead }
    }

    /// What of it is still to be explained.
    fn open(self, looked: &Looked) -> Numbers {
        if looked.all_open { self.open.clone() } else { self.open.among(&looked.relations) }
    }

    /// Is it just these?
    fn has_open(self, looked: &Looked, these: &Numbers) -> bool {
        if looked.all_open { these == self.open } else { these.are_just(self.open, &looked.relations) }
    }

    /// What repairs print instead of the figures that were looked at.
    fn instead(self, judge: &Judge, looked: &Looked) -> impl Iterator<Item = (FigureId, Instead)> {
        let seen = |id: FigureId| judge.has_seen(looked, id);
        self.instead.iter().filter(move |(id, _)| seen(**id)).map(|(id, instead)| (*id, *instead))
    }
}
