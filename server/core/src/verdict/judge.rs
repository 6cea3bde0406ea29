//! Contradictions → knots → repairs → findings. One cause, one finding.

use std::cell::{Cell, RefCell};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::across;
use super::balance::Balances;
use super::gaps::Gaps;
use super::looking::Looking;
use super::memory::{Changes, Memory, Premise, Repaired};
use super::repair::{Knot, Repair, STEPS};
use super::rounding::rounded_by_cell;
use super::style::Figures;
use super::ties::{Places, Ties};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::rules::Relation;
use crate::rules::lookup::Lookup;
use crate::rules::numbers::{Few, Numbers};
use crate::rules::relation::Gap;

/// A repair as it is offered; places are figures.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// What it does: 改为 148.61.
    pub title: Message,
    /// What is printed anew, and how.
    pub edits: Vec<(FigureId, String)>,
}

/// A finding about figures; places are figures, so that they move with them.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The page, by its number in the book.
    pub page: usize,
    /// How sure.
    pub severity: Severity,
    /// The figure at fault.
    pub figure: FigureId,
    /// The evidence in one sentence.
    pub message: Message,
    /// The figures that are evidence, with what they are.
    pub related: Vec<(FigureId, Message)>,
    /// Repairs, the likeliest first.
    pub fixes: Vec<Offer>,
    /// The first repair is the only one the evidence leaves.
    pub certain: bool,
    /// The relations it explains, by their numbers.
    pub explains: Vec<usize>,
}

impl Judgement {
    /// Are two of its repairs called the same, so that one has to tell its line? That is another one after an edit above.
    pub fn tells_a_line(&self) -> bool {
        let fixes = &self.fixes;
        (1..fixes.len()).any(|number| fixes[..number].iter().any(|other| other.title == fixes[number].title))
    }
}

/// What became of the relations of a disclosure.
#[derive(Debug, Default)]
pub struct Judged {
    /// Findings about figures.
    pub judgements: Vec<Arc<Judgement>>,
    /// Relations of what was most probably misread, by their numbers: nothing is said of them.
    pub aside: BTreeSet<usize>,
    /// What is kept for the next time.
    pub memory: Memory,
}

/// The gap of each relation; none where its guard does not hold. What is known of a relation by its number is not asked
/// for again.
pub fn gaps(
    relations: &[Arc<Relation>],
    lookup: &Lookup,
    known: impl Fn(usize) -> Option<Option<Gap>>,
) -> Vec<Option<Gap>> {
    let each = relations.iter().enumerate();
    each.map(|(number, relation)| known(number).unwrap_or_else(|| gap_of(relation, lookup))).collect()
}

/// The gap of a relation; none where its guard does not hold.
pub(super) fn gap_of(relation: &Relation, lookup: &Lookup) -> Option<Gap> {
    relation.applies(lookup).then(|| relation.gap(lookup))
}

/// What a judgement may rest on.
#[derive(Clone, Copy, Debug)]
pub enum Before<'b> {
    /// The disclosure is judged for the first time, and perhaps for the last: most of a compilation is never edited.
    /// Nothing is kept for the next time.
    Nothing,
    /// It was judged before, but its figures and relations are tied in other ways now.
    Other,
    /// What was kept of the last time, and what has changed since.
    Kept(&'b Memory, &'b Changes),
}

/// Judges relations whose gaps are known; of those that are `explained` a note says what is wrong with them.
pub fn judge(
    relations: &[Arc<Relation>],
    gaps: &[Option<Gap>],
    explained: &Numbers,
    figures: Figures,
    before: Before,
) -> Judged {
    let known = if let Before::Kept(memory, changes) = before { Some((memory, changes)) } else { None };
    let places = known.map_or_else(|| Arc::new(Places::of(figures)), |(memory, _)| Arc::clone(&memory.places));
    let ties = known.and_then(|(memory, _)| memory.ties.clone());
    let mut gaps = Gaps::of(gaps);
    // Most texts that are open most of the time are without a gap.
    if gaps.rounded().is_empty() && gaps.beyond().is_empty() {
        return Judged { memory: Memory { places, ties, ..Memory::default() }, ..Judged::default() };
    }
    let ties = ties.unwrap_or_else(|| Arc::new(Ties::of(relations, Arc::clone(&places))));
    let by_cell = rounded_by_cell(relations, &gaps, figures);
    if figures.own < figures.sections {
        across::set_aside(relations, &mut gaps);
    }
    let looking = Looking::at(&ties, relations.len());
    let of = |id: FigureId| {
        looking.figure(id);
        (figures.of)(id)
    };
    let section = |number: u32| (figures.section)(number);
    let noted = Figures { of: &of, section: &section, ..figures };
    let mut judge = Judge {
        relations,
        gaps,
        ties: &ties,
        balances: Balances::default(),
        looking: &looking,
        figures: noted,
        lookup: Lookup::printed(noted.of),
        open: Numbers::default(),
        aside: BTreeSet::new(),
        steps: Cell::new(STEPS),
        usual: RefCell::default(),
        repaired: Repaired::default(),
        out: Vec::new(),
        by_cell,
        keeps: !matches!(before, Before::Nothing),
        known,
        memory: Memory { places: Arc::clone(&places), ties: Some(Arc::clone(&ties)), ..Memory::default() },
    };
    judge.contradictions(explained);
    judge.roundings(explained);
    Judged { judgements: judge.out, aside: judge.aside, memory: judge.memory }
}

pub(super) struct Judge<'a, 'b> {
    pub(super) relations: &'b [Arc<Relation>],
    pub(super) gaps: Gaps,
    pub(super) ties: &'b Ties,
    /// The sums that were added up.
    pub(super) balances: Balances,
    /// Takes down what is looked at.
    pub(super) looking: &'b Looking<'b>,
    pub(super) figures: Figures<'a>,
    pub(super) lookup: Lookup<'a>,
    pub(super) open: Numbers,
    pub(super) aside: BTreeSet<usize>,
    pub(super) steps: Cell<usize>,
    /// The usual decimals of figures that have been asked for.
    pub(super) usual: RefCell<BTreeMap<FigureId, u32>>,
    /// What is taken as repaired, for those who ask what of it was looked at.
    pub(super) repaired: Repaired,
    pub(super) out: Vec<Arc<Judgement>>,
    /// Each cell of the tables was rounded by itself.
    pub(super) by_cell: bool,
    /// Is what is found kept for the next time?
    pub(super) keeps: bool,
    /// What was kept of the last time, and what has changed since.
    pub(super) known: Option<(&'b Memory, &'b Changes)>,
    /// What is kept for the next time.
    pub(super) memory: Memory,
}

impl<'a, 'b> Judge<'a, 'b> {
    fn contradictions(&mut self, explained: &Numbers) {
        self.open = self.gaps.beyond().without(explained);
        self.set_misread_aside();
        self.memory.premise = Premise { by_cell: self.by_cell, own: self.figures.own, aside: self.aside.clone() };
        self.known = self.known.filter(|(memory, _)| memory.premise == self.memory.premise);
        // A list published in part that falls short proves nothing by itself; it may still be evidence for another.
        let short = |number: usize| -> bool {
            let Relation { sides, partial, .. } = &*self.relations[number];
            *partial && (sides.left_value(&self.lookup) - sides.right_value(&self.lookup)).is_sign_negative()
        };
        let seeds: Vec<usize> = self.open.iter().filter(|&number| !short(number)).collect();
        let mut waiting: BTreeMap<usize, Turn> = seeds.into_iter().map(|seed| (seed, self.turn(seed))).collect();
        while let Some((seed, turn)) = next(&mut waiting) {
            let before = self.open.clone();
            let touched = self.settled(seed, &turn.repairs);
            waiting.retain(|seed, _| self.open.has(*seed));
            if waiting.is_empty() {
                break;
            }
            // Only what shares a relation with what was settled is weighed again.
            let others = self.others(&touched, &before.without(&self.open));
            let near = |(seed, turn): (&usize, &Turn)| others.meets(&turn.near).then_some(*seed);
            let again: Vec<usize> = waiting.iter().filter_map(near).collect();
            for seed in again {
                waiting.insert(seed, self.turn(seed));
            }
        }
    }

    fn turn(&mut self, seed: usize) -> Turn {
        let (repairs, near) = (self.repairs(seed), self.ties.neighbours(self.relations, seed));
        Turn { weight: repairs.first().map_or((i64::MIN, 0), |repair| (repair.weight, repair.slip)), repairs, near }
    }

    /// Looks for repairs among what is still open.
    pub(super) fn search<T>(&mut self, find: impl FnOnce(&Knot<'_, 'a>, &mut Lookup<'a>) -> T) -> T {
        // Nothing that is found closes a contradiction; that is for who says it.
        let open = std::mem::take(&mut self.open);
        let found = self.search_among(&open, find);
        self.open = open;
        found
    }

    /// Looks for repairs of these contradictions.
    pub(super) fn search_among<T>(
        &mut self,
        open: &Numbers,
        find: impl FnOnce(&Knot<'_, 'a>, &mut Lookup<'a>) -> T,
    ) -> T {
        let (relations, gaps, ties) = (self.relations, &*self.gaps, self.ties);
        let (figures, by_cell) = (self.figures, self.by_cell);
        let (balances, looking, steps, usual) = (&self.balances, self.looking, &self.steps, &self.usual);
        let knot = Knot { relations, gaps, ties, open, figures, by_cell, balances, looking, steps, usual };
        find(&knot, &mut self.lookup)
    }

    pub(super) fn column_moved(&mut self, id: FigureId) -> Option<Repair> {
        self.search(|knot, lookup| knot.column_moved(id, lookup))
    }

    /// The relations of touched figures, and those that are settled.
    fn others(&self, touched: &[FigureId], settled: &Numbers) -> Few {
        let own = touched.iter().flat_map(|id| self.ties.own(*id)).copied();
        Few::these(own.chain(settled.iter()))
    }

    /// The relations of a figure.
    pub(super) fn own(&self, id: FigureId) -> &'b [usize] {
        self.looking.own(id)
    }

    /// Is it a figure of the disclosure that is judged?
    pub(super) fn is_own(&self, id: FigureId) -> bool {
        id.section < self.figures.own
    }
}

/// A contradiction that waits to be settled.
struct Turn {
    /// How much the best repair weighs, and how likely a slip it is.
    weight: (i64, i64),
    /// Its repairs, the best first.
    repairs: Arc<Vec<Repair>>,
    /// The relations that have a figure of it.
    near: Arc<Numbers>,
}

/// Takes out the contradiction whose best repair weighs most; the first of those that weigh the same.
fn next(waiting: &mut BTreeMap<usize, Turn>) -> Option<(usize, Turn)> {
    let seed = waiting.iter().max_by_key(|(seed, turn)| (turn.weight, Reverse(**seed))).map(|(seed, _)| *seed)?;
    waiting.remove_entry(&seed)
}
