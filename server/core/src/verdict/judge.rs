//! Contradictions → knots → repairs → findings. One cause, one finding.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::across;
use super::message::{equation, name_of, placed, plain};
use super::repair::{Knot, Repair};
use crate::finding::{Message, Severity};
use crate::reading::{Figure, FigureId};
use crate::rules::Relation;
use crate::rules::formula::Op;
use crate::rules::note::Note;
use crate::rules::relation::Verdict;
use crate::rules::relation::{Gap, Lookup};

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
    /// Repairs: title, figure, new text.
    pub fixes: Vec<(Message, FigureId, String)>,
    /// The first repair is the only one the evidence leaves.
    pub certain: bool,
    /// The relations it explains, by their numbers.
    pub explains: Vec<usize>,
}

/// So many broken ties, if they are most of a section's, are no slips.
const ALIEN: usize = 10;

/// More contradictions than this in one disclosure are no slips either, and would take long to untie.
const KNOTS: usize = 300;

/// The gap of each relation; none where its guard does not hold.
pub fn gaps(relations: &[Relation], lookup: &Lookup) -> Vec<Option<Gap>> {
    relations.iter().map(|relation| relation.applies(lookup).then(|| relation.gap(lookup))).collect()
}

/// Judges relations whose gaps are known.
pub fn judge<'a>(
    relations: &[Relation],
    gaps: &[Option<Gap>],
    notes: &[Note],
    figure: &'a dyn Fn(FigureId) -> &'a Figure,
) -> Vec<Judgement> {
    let mut judge = Judge {
        relations,
        gaps: gaps.to_vec(),
        of: BTreeMap::new(),
        lookup: Lookup { figure, instead: HashMap::new() },
        open: BTreeSet::new(),
        out: Vec::new(),
        beyond: relations.iter().find_map(|relation| relation.across).map_or(u32::MAX, |across| across.from),
    };
    for (number, relation) in relations.iter().enumerate() {
        for id in relation.sides.figures().chain(relation.guards.iter().flat_map(|guard| guard.figures())) {
            let own = judge.of.entry(id).or_default();
            if own.last() != Some(&number) {
                own.push(number);
            }
        }
    }
    across::set_aside(relations, &mut judge.gaps);
    judge.set_aliens_aside();
    judge.contradictions(notes);
    judge.roundings(notes);
    judge.out
}

pub(super) struct Judge<'a, 'b> {
    pub(super) relations: &'b [Relation],
    pub(super) gaps: Vec<Option<Gap>>,
    pub(super) of: BTreeMap<FigureId, Vec<usize>>,
    pub(super) lookup: Lookup<'a>,
    open: BTreeSet<usize>,
    pub(super) out: Vec<Judgement>,
    /// Figures of sections from this number on are of other disclosures: evidence, but not to be changed.
    beyond: u32,
}

impl Judge<'_, '_> {
    /// A table of which most ties are broken was misread, or is of another scope or unit: a person has not mistyped half
    /// of it. Nothing is said of it (invariant 6).
    fn set_aliens_aside(&mut self) {
        let mut ties: BTreeMap<u32, (usize, usize)> = BTreeMap::new();
        for (relation, gap) in self.relations.iter().zip(&self.gaps) {
            let Some(gap) = gap.filter(|_| relation.across.is_none()) else { continue };
            let sections: BTreeSet<u32> = relation.sides.figures().map(|id| id.section).collect();
            for section in sections {
                let (broken, all) = ties.entry(section).or_default();
                *broken += usize::from(gap == Gap::Beyond);
                *all += 1;
            }
        }
        let alien =
            |id: FigureId| ties.get(&id.section).is_some_and(|(broken, all)| *broken >= ALIEN && *broken * 2 > *all);
        for (relation, gap) in self.relations.iter().zip(&mut self.gaps) {
            if relation.sides.figures().any(alien) {
                *gap = None;
            }
        }
    }

    fn contradictions(&mut self, notes: &[Note]) {
        self.open = (0..self.relations.len()).filter(|&number| self.gaps[number] == Some(Gap::Beyond)).collect();
        self.open.retain(|&number| !explained(&self.relations[number], notes));
        if self.open.len() > KNOTS {
            self.open.clear();
        }
        // A list published in part that falls short proves nothing by itself; it may still be evidence for another.
        let short = |number: usize| -> bool {
            let relation = &self.relations[number];
            let off = relation.sides.left_value(&self.lookup) - relation.sides.right_value(&self.lookup);
            relation.partial && off.is_sign_negative()
        };
        let weak: BTreeSet<usize> = self.open.iter().copied().filter(|&number| short(number)).collect();
        let mut ranked: BTreeMap<usize, Vec<Repair>> = BTreeMap::new();
        for seed in self.open.difference(&weak).copied().collect::<Vec<_>>() {
            let repairs = self.repairs(seed);
            ranked.insert(seed, repairs);
        }
        while let Some((seed, repairs)) = best(&mut ranked) {
            let before = self.open.clone();
            let touched = self.settle((seed, repairs));
            // Only what shares a relation with what was settled is weighed again.
            ranked.retain(|seed, _| self.open.contains(seed));
            let settled: Vec<usize> = before.difference(&self.open).copied().collect();
            let near = self.near(touched, &settled);
            for seed in ranked.keys().copied().filter(|seed| near.contains(seed)).collect::<Vec<_>>() {
                let repairs = self.repairs(seed);
                ranked.insert(seed, repairs);
            }
        }
    }

    fn repairs(&mut self, seed: usize) -> Vec<Repair> {
        let knot = Knot { relations: self.relations, gaps: &self.gaps, of: &self.of, open: &self.open };
        knot.repairs(&mut self.lookup, seed)
    }

    /// The relations that share a figure with a touched figure's relations or with relations that are settled.
    fn near(&self, touched: Option<FigureId>, settled: &[usize]) -> BTreeSet<usize> {
        let own = touched.iter().filter_map(|id| self.of.get(id)).flatten();
        let figures: BTreeSet<FigureId> =
            own.chain(settled).flat_map(|&number| self.relations[number].sides.figures()).collect();
        figures.iter().filter_map(|id| self.of.get(id)).flatten().copied().collect()
    }

    /// Says one finding; returns the figure it takes as repaired.
    fn settle(&mut self, (seed, repairs): (usize, Vec<Repair>)) -> Option<FigureId> {
        let first = repairs.iter().find(|repair| self.is_own(repair.figure)).cloned();
        let sound = first.as_ref().is_some_and(|repair| repair.weight > 0);
        let mut explains = match (&first, sound) {
            (Some(repair), true) => repair.ends.clone(),
            _ => vec![seed],
        };
        if !explains.contains(&seed) {
            explains = vec![seed];
        }
        let rivals: Vec<&Repair> = match &first {
            Some(best) if sound => repairs
                .iter()
                .filter(|other| {
                    other.figure != best.figure && other.weight >= best.weight && other.ends.len() >= best.ends.len()
                })
                .collect(),
            _ => repairs.iter().filter(|other| Some(other.figure) != first.as_ref().map(|best| best.figure)).collect(),
        };
        let figure_of = self.lookup.figure;
        let by_slip = first.as_ref().is_some_and(|best| rivals.iter().all(|other| other.slip + 2 <= best.slip));
        let by_hand = first.as_ref().is_some_and(|best| best.by_hand && rivals.iter().all(|other| !other.by_hand));
        // Another file alone proves nothing of this one.
        let backed = explains.iter().any(|number| self.relations[*number].across.is_none());
        let certain = sound
            && backed
            && (rivals.is_empty() || by_slip && first.as_ref().is_some_and(|best| best.weight >= 2) || by_hand);
        let determined = first.as_ref().is_some_and(|repair| repair.determined);
        // Where the ends tie, the one typed by hand is named, else the first of the relation.
        let at = match &first {
            Some(best) if sound => best.figure,
            _ => {
                let sides = &self.relations[seed].sides;
                let mut figures: Vec<FigureId> = sides.figures().filter(|id| self.is_own(*id)).collect();
                let bound = sides
                    .right
                    .iter()
                    .filter_map(|term| term.figure)
                    .next()
                    .filter(|_| sides.op == Op::AtMost && sides.left.len() > 1);
                figures.sort_by_key(|id| (bound != Some(*id), !figure_of(*id).by_hand));
                match figures.first() {
                    Some(id) => *id,
                    None => {
                        self.open.remove(&seed);
                        return None;
                    }
                }
            }
        };
        let mut fixes = Vec::new();
        if let Some(best) = first.as_ref().filter(|_| sound && determined) {
            fixes.push(self.fix(best, at));
        }
        if !certain {
            let mut others: Vec<&Repair> =
                repairs.iter().filter(|repair| repair.determined && repair.figure != at).collect();
            if !sound {
                others = repairs.iter().filter(|repair| repair.determined).collect();
            }
            others.retain(|repair| self.is_own(repair.figure));
            let short = self.relations[seed].sides.terms().count() <= 3;
            for other in others.into_iter().take(if short { 3 } else { 1 }) {
                let fix = self.fix(other, at);
                if !fixes.contains(&fix) {
                    fixes.push(fix);
                }
            }
        }
        let judgement = self.judgement(at, first.as_ref().filter(|_| sound), &explains, fixes, certain && determined);
        self.out.push(judgement);
        for number in &explains {
            self.open.remove(number);
        }
        let best = first.filter(|_| sound && backed)?;
        self.lookup.instead.insert(best.figure, best.value);
        self.reopen(best.figure, &explains);
        Some(best.figure)
    }

    /// Is it a figure of the disclosure that is judged?
    pub(super) fn is_own(&self, id: FigureId) -> bool {
        id.section < self.beyond
    }

    /// With a figure repaired, its other relations may be contradicted by what is still wrong.
    fn reopen(&mut self, figure: FigureId, explained: &[usize]) {
        for number in self.of.get(&figure).cloned().unwrap_or_default() {
            let relation = &self.relations[number];
            let gap = relation.applies(&self.lookup).then(|| relation.gap(&self.lookup));
            self.gaps[number] = gap;
            if gap == Some(Gap::Beyond) && !explained.contains(&number) {
                // Said once is enough: only what was open before stays open.
                continue;
            }
            self.open.remove(&number);
        }
    }

    pub(super) fn fix(&self, repair: &Repair, at: FigureId) -> (Message, FigureId, String) {
        let figure = (self.lookup.figure)(repair.figure);
        let new = figure.reprint(repair.value);
        let title = if repair.figure == at {
            Message::new(format!("改为 {new}"), format!("Change to {new}"))
        } else {
            Message::new(
                format!("将{} {} 改为 {new}", figure.what, figure.text),
                format!("Change {} {} to {new}", figure.what, figure.text),
            )
        };
        (title, repair.figure, new)
    }

    pub(super) fn judgement(
        &self,
        at: FigureId,
        repair: Option<&Repair>,
        explains: &[usize],
        fixes: Vec<(Message, FigureId, String)>,
        certain: bool,
    ) -> Judgement {
        let severity_of = |number: &usize| self.relations[*number].severity;
        // The relation that is said: the gravest, and of those the shortest.
        let main = explains
            .iter()
            .copied()
            .min_by_key(|number| (severity_of(number), self.relations[*number].sides.terms().count() > 8, *number))
            .unwrap_or(explains[0]);
        let relation = &self.relations[main];
        let figure = (self.lookup.figure)(at);
        let printed = Lookup { figure: self.lookup.figure, instead: HashMap::new() };
        let sentence = placed(relation, equation(relation, &printed, Verdict::Contradicted));
        let Message { mut zh, mut en } = sentence;
        if let Some(repair) = repair.filter(|repair| repair.determined && certain) {
            zh += &format!("；{} 应为 {}", figure.text, plain_text(figure, repair));
            en += &format!("; {} should be {}", figure.text, plain_text(figure, repair));
        }
        if explains.len() > 1 {
            zh += &format!("（{} 处旁证）", explains.len());
            en += &format!(" ({} relations agree)", explains.len());
        }
        let mut related: Vec<(FigureId, Message)> = Vec::new();
        let order = std::iter::once(&main).chain(explains.iter().filter(|number| **number != main));
        for number in order {
            for id in self.relations[*number].sides.figures() {
                if id != at && related.len() < 16 && !related.iter().any(|(known, _)| *known == id) {
                    let name = name_of(&self.relations[*number], id);
                    related.push((id, Message::new(name.clone(), name)));
                }
            }
        }
        Judgement {
            page: relation.page,
            severity: explains.iter().map(severity_of).min().unwrap_or(Severity::Warning),
            figure: at,
            message: Message::new(zh, en),
            related,
            fixes,
            certain,
            explains: explains.to_vec(),
        }
    }
}

/// Takes out the seed whose best repair weighs most; the first of those that weigh the same.
fn best(ranked: &mut BTreeMap<usize, Vec<Repair>>) -> Option<(usize, Vec<Repair>)> {
    let key = |repairs: &Vec<Repair>| repairs.first().map_or((i64::MIN, 0), |repair| (repair.weight, repair.slip));
    let seed =
        ranked.iter().max_by_key(|(seed, repairs)| (key(repairs), std::cmp::Reverse(**seed))).map(|(seed, _)| *seed)?;
    ranked.remove_entry(&seed)
}

/// Does a note say already what is wrong with a relation?
pub(super) fn explained(relation: &Relation, notes: &[Note]) -> bool {
    notes.iter().any(|note| !note.explains.is_empty() && relation.sides.figures().all(|id| note.explains.contains(&id)))
}

fn plain_text(figure: &Figure, repair: &Repair) -> String {
    let value = if figure.sign < 0 { -repair.value } else { repair.value };
    plain(figure, value)
}
