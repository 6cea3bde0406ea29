//! Contradictions → knots → repairs → findings. One cause, one finding.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::across;
use super::balance::Balances;
use super::gaps::Gaps;
use super::looking::Looking;
use super::memory::{Changes, Memory, Premise, Repaired};
use super::repair::{Knot, Repair, STEPS, rank};
use super::rounding::rounded_by_cell;
use super::style::Figures;
use super::ties::{Places, Ties, figures};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::rules::Relation;
use crate::rules::formula::Op;
use crate::rules::note::Note;
use crate::rules::numbers::Numbers;
use crate::rules::relation::{Gap, Lookup};

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
fn gap_of(relation: &Relation, lookup: &Lookup) -> Option<Gap> {
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

/// Judges relations whose gaps are known.
pub fn judge(
    relations: &[Arc<Relation>],
    gaps: &[Option<Gap>],
    notes: &[Arc<Note>],
    figures: Figures,
    before: Before,
) -> Judged {
    let known = if let Before::Kept(memory, changes) = before { Some((memory, changes)) } else { None };
    let places = known.map_or_else(|| Arc::new(Places::of(figures)), |(memory, _)| Arc::clone(&memory.places));
    let ties = known.and_then(|(memory, _)| memory.ties.clone());
    // Most texts that are open most of the time are without a gap.
    let off: Vec<usize> = (0..gaps.len()).filter(|&number| gaps[number] > Some(Gap::None)).collect();
    if off.is_empty() {
        return Judged { memory: Memory { places, ties, ..Memory::default() }, ..Judged::default() };
    }
    let ties = ties.unwrap_or_else(|| Arc::new(Ties::of(relations, Arc::clone(&places))));
    let mut standing = Cow::Borrowed(gaps);
    if figures.own < figures.sections {
        across::set_aside(relations, standing.to_mut());
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
        gaps: Gaps::of(&standing),
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
        by_cell: rounded_by_cell(relations, gaps, &off, figures),
        keeps: !matches!(before, Before::Nothing),
        known,
        memory: Memory { places: Arc::clone(&places), ties: Some(Arc::clone(&ties)), ..Memory::default() },
    };
    judge.contradictions(off, notes);
    judge.roundings(notes);
    Judged { judgements: judge.out, aside: judge.aside, memory: judge.memory }
}

/// So many figures of a sum are looked at for one that was exchanged with its neighbour.
const MANY: usize = 60;

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
    fn contradictions(&mut self, off: Vec<usize>, notes: &[Arc<Note>]) {
        let beyond = off.into_iter().filter(|&number| self.gaps[number] == Some(Gap::Beyond));
        let open = beyond.filter(|&number| !explained(&self.relations[number], notes));
        self.open = Numbers::these(self.relations.len(), open);
        self.set_misread_aside();
        self.memory.premise = Premise { by_cell: self.by_cell, own: self.figures.own, aside: self.aside.clone() };
        self.known = self.known.filter(|(memory, _)| memory.premise == self.memory.premise);
        // A list published in part that falls short proves nothing by itself; it may still be evidence for another.
        let short = |number: usize| -> bool {
            let Relation { sides, partial, .. } = &*self.relations[number];
            *partial && (sides.left_value(&self.lookup) - sides.right_value(&self.lookup)).is_sign_negative()
        };
        let seeds: Vec<usize> = self.open.iter().filter(|&number| !short(number)).collect();
        let mut ranked: BTreeMap<usize, Arc<Vec<Repair>>> = BTreeMap::new();
        let near: Vec<(usize, Arc<Numbers>)> =
            seeds.iter().map(|&seed| (seed, self.ties.neighbours(self.relations, seed))).collect();
        for seed in seeds {
            let repairs = self.repairs(seed);
            ranked.insert(seed, repairs);
        }
        while let Some((seed, repairs)) = best(&mut ranked) {
            let before = self.open.clone();
            let touched = self.settled(seed, &repairs);
            // Only what shares a relation with what was settled is weighed again.
            ranked.retain(|seed, _| self.open.has(*seed));
            let others = self.others(&touched, &before.without(&self.open));
            for &(seed, ref near) in &near {
                if !ranked.contains_key(&seed) || !near.meets(&others) {
                    continue;
                }
                let repairs = self.repairs(seed);
                ranked.insert(seed, repairs);
            }
        }
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
    fn others(&self, touched: &[FigureId], settled: &Numbers) -> Numbers {
        let own = touched.iter().flat_map(|id| self.ties.own(*id)).copied();
        Numbers::these(self.relations.len(), own.chain(settled.iter()))
    }

    /// Says one finding, or two where two slips hide each other; returns the figures it takes as repaired.
    pub(super) fn settle(&mut self, seed: usize, mut repairs: Vec<Repair>) -> Vec<FigureId> {
        self.looking.relation(seed);
        if let Some(first) = repairs.first().cloned().filter(|_| self.steps.get() > 0) {
            let exchanged = self.search(|knot, lookup| {
                let all = || knot.relations[seed].sides.figures();
                let mut out: Vec<Repair> = match first.determined {
                    true => knot.exchanged(first.figure, None, lookup),
                    false => all().flat_map(|id| knot.exchanged(id, None, lookup)).collect(),
                };
                if first.determined && first.ends.len() == 1 {
                    // One relation speaks for any of its figures.
                    let sums = !knot.relations[seed].sides.is_rate() && !knot.relations[seed].sides.product;
                    let others = all().filter(|id| sums && *id != first.figure).take(MANY);
                    let asking = (seed, knot.relations[seed].sides.slack(lookup, knot.relations[seed].tolerance));
                    out.extend(others.flat_map(|id| knot.exchanged(id, Some(asking), lookup)));
                }
                out
            });
            for one in exchanged.into_iter().filter(|one| one.weight >= first.weight) {
                if !repairs.iter().any(|known| known.figure == one.figure && known.also == one.also) {
                    repairs.push(Repair { determined: first.determined, ..one });
                }
            }
            repairs.sort_by_key(rank);
        }
        let own = repairs.iter().find(|repair| self.is_own(repair.figure));
        let Some(first) = own.filter(|first| first.weight > 0 && first.ends.contains(&seed)).cloned() else {
            return self.hidden(seed, &repairs).unwrap_or_else(|| self.undecided(seed, &repairs));
        };
        let rivals: Vec<Repair> = repairs
            .iter()
            .filter(|other| {
                other.figure != first.figure && other.weight >= first.weight && other.ends.len() >= first.ends.len()
            })
            .cloned()
            .collect();
        let by_slip = first.weight >= 2 && rivals.iter().all(|other| other.slip + 2 <= first.slip);
        let by_hand = first.by_hand && rivals.iter().all(|other| !other.by_hand);
        // Another file alone proves nothing of this one.
        let backed = first.ends.iter().any(|&end| self.relations[end].across.is_none());
        let alone = !repairs.iter().any(|other| first.is_matched_by(other));
        let certain = backed && alone && !first.breaks && (rivals.is_empty() || by_slip || by_hand);
        if !(certain && first.clean)
            && first.determined
            && backed
            && let Some(touched) = self.hidden(seed, &repairs)
        {
            return touched;
        }
        let others: Vec<Repair> = if first.determined && certain {
            Vec::new()
        } else {
            let likely = |repair: &&Repair| repair.determined || repair.slip >= 3 && repair.weight >= first.weight;
            repairs.iter().filter(|other| *other != &first).filter(likely).cloned().collect()
        };
        self.say(&first, &others, certain)
    }

    /// A repair of several figures where no single one makes everything hold.
    fn hidden(&mut self, seed: usize, singles: &[Repair]) -> Option<Vec<FigureId>> {
        if self.steps.get() == 0 || self.relations[seed].across.is_some() {
            return None;
        }
        let least = singles.first().map_or(0, |first| first.weight).max(0);
        if let Some(several) = self.search(|knot, lookup| knot.several(lookup, seed, least)) {
            return Some(self.say(&several, &[], true));
        }
        let (one, two) = self.search(|knot, lookup| knot.two(lookup, seed, singles))?;
        let mut touched = self.say(&one, &[], true);
        touched.extend(self.say(&two, &[], true));
        Some(touched)
    }

    /// Says a contradiction by a repair; `others` are repairs that may be meant as well.
    pub(super) fn say(&mut self, first: &Repair, others: &[Repair], certain: bool) -> Vec<FigureId> {
        let at = first.figure;
        let mut fixes = Vec::new();
        if (first.determined || first.slip >= 3) && first.writable {
            fixes.push(self.offer(first, at));
        }
        let short = first.ends.iter().all(|&end| self.relations[end].sides.terms().count() <= 3);
        let mine = |other: &&Repair| other.writable && self.is_own(other.figure);
        for other in others.iter().filter(mine).take(if short { 3 } else { 1 }) {
            let fix = self.offer(other, at);
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        let sure = certain && first.determined && !self.rests_on_a_guess(first);
        let judgement = self.judgement(at, Some(first), &first.ends, fixes, sure);
        self.out.push(Arc::new(judgement));
        for number in &first.ends {
            self.open.remove(*number);
        }
        if first.ends.iter().all(|&end| self.relations[end].across.is_some()) {
            return Vec::new();
        }
        let changed = first.changes();
        self.search(|knot, lookup| {
            knot.make(&changed, lookup);
            for (id, _) in &changed {
                lookup.instead.entry(*id).and_modify(|instead| instead.sure = sure);
            }
        });
        self.balances.settle(changed.iter().map(|(id, _)| *id), self.ties);
        self.repair(changed.iter().map(|(id, _)| *id));
        changed.iter().for_each(|(id, _)| self.reopen(*id, &first.ends));
        changed.into_iter().map(|(id, _)| id).collect()
    }

    /// Would a repair not hold, or break anything, if the figures were left as printed whose own repair is a guess? Whoever
    /// makes only what is sure makes it without them.
    fn rests_on_a_guess(&mut self, repair: &Repair) -> bool {
        let guessed: BTreeSet<FigureId> =
            self.lookup.instead.iter().filter(|(_, instead)| !instead.sure).map(|(id, _)| *id).collect();
        if guessed.is_empty() {
            return false;
        }
        let printed = Lookup::printed(self.lookup.figure);
        let mut made = Lookup { instead: self.lookup.instead.clone(), ..Lookup::printed(self.lookup.figure) };
        made.instead.retain(|_, instead| instead.sure);
        let changes = repair.changes();
        self.search(|knot, _| made.instead.extend(changes.iter().map(|&(id, value)| (id, knot.instead(id, value)))));
        changes.iter().flat_map(|(id, _)| self.own(*id)).any(|&number| {
            let relation = &self.relations[number];
            if relation.severity == Severity::Hint || !figures(relation).any(|id| guessed.contains(&id)) {
                return false;
            }
            self.looking.relation(number);
            match repair.ends.contains(&number) {
                true => gap_of(relation, &made) > Some(Gap::Soft),
                false => gap_of(relation, &printed) < Some(Gap::Beyond) && gap_of(relation, &made) == Some(Gap::Beyond),
            }
        })
    }

    /// No repair does more good than harm: the ends are named, that typed by hand first.
    fn undecided(&mut self, seed: usize, repairs: &[Repair]) -> Vec<FigureId> {
        self.open.remove(seed);
        let sides = &self.relations[seed].sides;
        let mut figures: Vec<FigureId> = sides.figures().filter(|id| self.is_own(*id)).collect();
        let bound = sides
            .right
            .iter()
            .filter_map(|term| term.figure)
            .next()
            .filter(|_| sides.op == Op::AtMost && sides.left.len() > 1);
        figures.sort_by_key(|id| (bound != Some(*id), !(self.figures.of)(*id).by_hand));
        let Some(&at) = figures.first() else { return Vec::new() };
        let short = sides.terms().count() <= 3;
        let mut fixes = Vec::new();
        let mine = |other: &&Repair| other.determined && other.writable && self.is_own(other.figure);
        for other in repairs.iter().filter(mine).take(if short { 3 } else { 1 }) {
            let fix = self.offer(other, at);
            if !fixes.contains(&fix) {
                fixes.push(fix);
            }
        }
        let judgement = self.judgement(at, None, &[seed], fixes, false);
        self.out.push(Arc::new(judgement));
        Vec::new()
    }

    /// The relations of a figure.
    pub(super) fn own(&self, id: FigureId) -> &'b [usize] {
        self.looking.own(id)
    }

    /// Is it a figure of the disclosure that is judged?
    pub(super) fn is_own(&self, id: FigureId) -> bool {
        id.section < self.figures.own
    }

    /// With a figure repaired, its other relations may be contradicted by what is still wrong.
    fn reopen(&mut self, figure: FigureId, explained: &[usize]) {
        for &number in self.own(figure) {
            if self.aside.contains(&number) {
                continue;
            }
            let gap = gap_of(&self.relations[number], &self.lookup);
            self.gaps.set(number, gap);
            if gap == Some(Gap::Beyond) && !explained.contains(&number) {
                // Said once is enough: only what was open before stays open.
                continue;
            }
            self.open.remove(number);
        }
    }
}

/// Takes out the seed whose best repair weighs most; the first of those that weigh the same.
fn best(ranked: &mut BTreeMap<usize, Arc<Vec<Repair>>>) -> Option<(usize, Arc<Vec<Repair>>)> {
    let key = |repairs: &Arc<Vec<Repair>>| repairs.first().map_or((i64::MIN, 0), |repair| (repair.weight, repair.slip));
    let seed =
        ranked.iter().max_by_key(|(seed, repairs)| (key(repairs), std::cmp::Reverse(**seed))).map(|(seed, _)| *seed)?;
    ranked.remove_entry(&seed)
}

/// Does a note say already what is wrong with a relation?
pub(super) fn explained(relation: &Relation, notes: &[Arc<Note>]) -> bool {
    notes.iter().any(|note| !note.explains.is_empty() && relation.sides.figures().all(|id| note.explains.contains(&id)))
}
