//! Repairs of several figures: cells exchanged, a figure in the wrong column, a row or column moved by one cell, two
//! slips in one sum. Tried only where no single figure makes everything hold, within a number of steps.

use rust_decimal::Decimal;

use super::repair::{Knot, Repair};
use crate::catalog::Unit;
use crate::finding::Message;
use crate::reading::{Figure, FigureId};
use crate::rules::formula::Op;
use crate::rules::lookup::Lookup;
use crate::rules::relation::Gap;

/// How likely it is that two cells stand in each other's place, as [`Slip::likelihood`](super::slip::Slip::likelihood)
/// has it for digits.
const EXCHANGED: i64 = 5;

/// How likely it is that cells stand in another row or column than their own.
const MOVED: i64 = 3;

/// Longest run of cells that is moved.
const RUN: usize = 60;

impl Knot<'_, '_> {
    /// The best repair of several figures that leaves nothing contradicted and outweighs `least`.
    pub fn several(&self, lookup: &mut Lookup, seed: usize, least: i64) -> Option<Repair> {
        let figures: Vec<FigureId> = self.relations[seed].sides.figures().collect();
        let mut out: Vec<Repair> = Vec::new();
        for &figure in figures.iter().filter(|id| id.section < self.figures.own).take(RUN) {
            if self.steps.get() == 0 {
                break;
            }
            out.extend(self.exchanged(figure, None, lookup));
            out.extend(self.misplaced(figure, lookup));
            out.extend(self.row_moved(figure, lookup));
            out.extend(self.column_moved(figure, lookup));
        }
        out.retain(|repair| repair.weight > least);
        out.sort_by_key(|repair| (-repair.weight, repair.also.len(), repair.figure));
        out.into_iter().next()
    }

    /// The figure and one near it stand in each other's place, and nothing is left contradicted; where it is known what a
    /// relation asks for here, one that is about that, within its slack.
    pub fn exchanged(&self, id: FigureId, asking: Option<(usize, Decimal)>, lookup: &mut Lookup) -> Vec<Repair> {
        let own = (self.figures.of)(id);
        let asked = asking.and_then(|(number, slack)| {
            let value = self.wanted_by(number, id, lookup)?;
            Some((value, slack))
        });
        if asking.is_some() && asked.is_none() {
            return Vec::new();
        }
        let mut out = Vec::new();
        if id.section >= self.figures.own {
            return out;
        }
        for (other, figure) in self.figures.near(id) {
            // Counts and shares of different things are no cells of one row.
            let beside = figure.column == own.column || figure.what == own.what && own.unit != Unit::Count;
            if !beside || figure.unit != own.unit || figure.value() == own.value() || self.own(other).is_empty() {
                continue;
            }
            if asked.is_some_and(|(value, slack)| (figure.value() - value).abs() > slack) {
                continue;
            }
            let (first, second) = if id < other { (id, other) } else { (other, id) };
            let value = |id: FigureId| (self.figures.of)(id).value();
            let changes = [(first, value(second)), (second, value(first))];
            let Some(weighed) = self.weigh_clean(&changes, lookup).filter(|weighed| !weighed.loosens) else {
                continue;
            };
            let chained = figure.column == own.column && self.chained(&weighed.ends, first, second);
            if !chained && !self.speaks_for_both(&weighed.ends, first, second) {
                continue;
            }
            let words = Message::new("两格的数互换", "two cells exchanged");
            out.push(weighed.by(&changes, EXCHANGED, Some(words), own.by_hand));
        }
        out
    }

    /// One of the two may not exceed the other.
    fn chained(&self, ends: &[usize], one: FigureId, two: FigureId) -> bool {
        let bound = |end: &&usize| self.relations[**end].sides.op == Op::AtMost;
        ends.iter().filter(bound).any(|end| self.own(one).contains(end) && self.own(two).contains(end))
    }

    /// Both figures have evidence: each a relation without the other, or one product of the two.
    fn speaks_for_both(&self, ends: &[usize], one: FigureId, two: FigureId) -> bool {
        let alone = |id: FigureId, other: FigureId| {
            ends.iter().any(|end| self.own(id).contains(end) && !self.own(other).contains(end))
        };
        let product = || ends.len() > 1 && ends.iter().any(|&end| self.relations[end].sides.product);
        alone(one, two) && alone(two, one) || product()
    }

    /// The figure should stand in a blank cell of another column: its own columns have it too much, the other ones lack
    /// just as much.
    fn misplaced(&self, id: FigureId, lookup: &mut Lookup) -> Option<Repair> {
        let figure = (self.figures.of)(id);
        if figure.value().is_zero() || figure.column.is_empty() {
            return None;
        }
        let mut repair = self.moved(&[(id, Decimal::ZERO)], id, lookup)?;
        let to = self.lacking(&repair, id)?;
        repair.words = Some(Message::new(format!("似应填在{to}栏"), format!("seems to belong in the column {to}")));
        Some(repair)
    }

    /// All figures of a row stand one column to the right or left of where they should.
    fn row_moved(&self, id: FigureId, lookup: &mut Lookup) -> Option<Repair> {
        let row = self.run(id, |figure, own| figure.what == own.what);
        if row.len() < 2 || row.first() != Some(&id) || (self.figures.of)(id).column.is_empty() {
            return None;
        }
        let value = |at: usize| (self.figures.of)(row[at]).value();
        let last = row.len() - 1;
        let back = (0..=last).map(|at| (row[at], if at < last { value(at + 1) } else { Decimal::ZERO }));
        let forth = (0..=last).map(|at| (row[at], if at > 0 { value(at - 1) } else { Decimal::ZERO }));
        let tried = [(back.collect::<Vec<_>>(), row[0]), (forth.collect::<Vec<_>>(), row[last])];
        let mut found: Vec<Repair> = tried
            .iter()
            .filter_map(|(changes, out)| self.moved(changes, *out, lookup))
            .filter(|repair| repair.ends.len() >= 3)
            .collect();
        found.sort_by_key(|repair| -repair.weight);
        let mut repair = found.into_iter().next()?;
        repair.words = Some(Message::new("整行错位一格", "the row has moved by one cell"));
        Some(repair)
    }

    /// Changes that take the value of one cell out of its column; the columns that lack it hold again as well.
    fn moved(&self, changes: &[(FigureId, Decimal)], gone: FigureId, lookup: &mut Lookup) -> Option<Repair> {
        let weighed = self.weigh_clean(changes, lookup).filter(|weighed| !weighed.loosens)?;
        let value = (self.figures.of)(gone).value().abs();
        let mut ends = weighed.ends.clone();
        for &end in &weighed.ends {
            let (page, total) = (self.relations[end].page, self.total_of(end));
            let lacking = self.all_open().find(|&other| {
                !ends.contains(&other)
                    && self.relations[other].page == page
                    && self.total_of(other).is_some_and(|other| total.is_some_and(|total| same_row(other, total)))
                    && self.off(other, lookup).abs() == value
                    && self.gaps[other] == Some(Gap::Beyond)
            });
            ends.extend(lacking);
        }
        let extra = i64::try_from(ends.len() - weighed.ends.len()).ok().filter(|extra| *extra > 0)?;
        let weight = weighed.weight + 2 * extra;
        let repair = weighed.by(changes, MOVED, None, (self.figures.of)(changes[0].0).by_hand);
        // A blank cell has no place in the text.
        Some(Repair { ends, weight, writable: false, ..repair })
    }

    /// The column that lacks what a repair takes away.
    fn lacking(&self, repair: &Repair, id: FigureId) -> Option<String> {
        let other = repair.ends.iter().find(|end| !self.own(id).contains(end))?;
        Some(self.total_of(*other)?.column.to_string()).filter(|column| !column.is_empty())
    }

    /// The figures of a column from some row on stand one row too high or too low.
    pub fn column_moved(&self, id: FigureId, lookup: &mut Lookup) -> Option<Repair> {
        let own = (self.figures.of)(id);
        if own.column.is_empty() || !self.is_open(id) {
            return None;
        }
        let like = |id: &FigureId| (self.figures.of)(*id).column == own.column;
        let column: Vec<FigureId> = self.figures.all(id.section).filter(like).collect();
        let at = column.iter().position(|other| *other == id)?;
        // The topmost figure of the run speaks for it.
        if at > 0 && self.is_open(column[at - 1]) {
            return None;
        }
        let run: Vec<FigureId> = column[at..].iter().copied().take(RUN).take_while(|id| self.is_open(*id)).collect();
        if run.len() < 3 {
            return None;
        }
        let value = |at: usize| (self.figures.of)(run[at]).value();
        let last = run.len() - 1;
        let up: Vec<_> = (0..last).map(|at| (run[at], value(at + 1))).collect();
        let down: Vec<_> = (1..=last).map(|at| (run[at], value(at - 1))).collect();
        let mut best: Option<Repair> = None;
        for (changes, end, freed) in [(up, run[last], value(0)), (down, run[0], value(last))] {
            for value in self.ends_of_run(&changes, end, freed, lookup) {
                let mut changes = changes.clone();
                changes.push((end, value));
                changes.sort_by_key(|(id, _)| *id);
                let Some(weighed) = self.weigh_clean(&changes, lookup).filter(|weighed| !weighed.loosens) else {
                    continue;
                };
                if weighed.ends.len() < 3 || best.as_ref().is_some_and(|best| best.weight >= weighed.weight) {
                    continue;
                }
                let words = Message::new("整列错位一行", "the column has moved by one row");
                best = Some(weighed.by(&changes, MOVED, Some(words), own.by_hand));
            }
        }
        best
    }

    /// What the cell at the end of a moved run may hold: what its relations ask for once the others are moved, or what
    /// went over the other end.
    fn ends_of_run(
        &self,
        changes: &[(FigureId, Decimal)],
        end: FigureId,
        freed: Decimal,
        lookup: &mut Lookup,
    ) -> Vec<Decimal> {
        let before = self.make(changes, lookup);
        let mut values = self.wanted(end, lookup);
        self.undo(before, lookup);
        values.push(freed);
        values.push((self.figures.of)(end).value());
        values.dedup();
        values.truncate(6);
        values
    }

    /// Two slips that hide each other in one sum: each has evidence of its own, and together they make everything hold.
    pub fn two(&self, lookup: &mut Lookup, seed: usize, singles: &[Repair]) -> Option<(Repair, Repair)> {
        for first in singles.iter().filter(|single| single.determined && !single.clean && self.is_own(single)).take(6) {
            let before = self.make(&[(first.figure, first.value)], lookup);
            let still: Vec<usize> = self
                .own(first.figure)
                .iter()
                .copied()
                .filter(|number| self.open.has(*number) && !first.ends.contains(number))
                .collect();
            let mut seconds: Vec<(FigureId, Decimal)> = Vec::new();
            for &number in still.iter().take(2) {
                for other in self.relations[number].sides.figures().filter(|other| *other != first.figure).take(RUN) {
                    let value = self.wanted_by(number, other, lookup);
                    seconds.extend(value.map(|value| (other, value)).filter(|one| !seconds.contains(one)));
                }
            }
            self.undo(before, lookup);
            for (other, value) in seconds {
                if self.steps.get() == 0 {
                    return None;
                }
                let changes = [(first.figure, first.value), (other, value)];
                let Some(both) = self.weigh_clean(&changes, lookup) else { continue };
                let alone = |one: FigureId, rest: FigureId| -> Vec<usize> {
                    let own = self.own(one);
                    both.ends.iter().copied().filter(|end| own.contains(end) && !self.own(rest).contains(end)).collect()
                };
                let (mine, others) = (alone(first.figure, other), alone(other, first.figure));
                if mine.is_empty() || others.is_empty() || !both.ends.contains(&seed) {
                    continue;
                }
                let Some(second) =
                    self.single(other, value, lookup).filter(|second| second.determined && self.is_own(second))
                else {
                    continue;
                };
                let joint = both.ends.iter().copied().filter(|end| !others.contains(end)).collect();
                let one =
                    Repair { ends: joint, clean: true, breaks: false, weight: 2 * mine.len() as i64, ..first.clone() };
                let two = Repair {
                    ends: others.clone(),
                    clean: true,
                    breaks: false,
                    weight: 2 * others.len() as i64,
                    ..second
                };
                return Some((one, two));
            }
        }
        None
    }

    /// The neighbours of a figure in its section, as long as they are like it.
    pub fn run(&self, id: FigureId, like: impl Fn(&Figure, &Figure) -> bool) -> Vec<FigureId> {
        let own = (self.figures.of)(id);
        let at = |index: u32| FigureId { section: id.section, index };
        let like = |index: &u32| like((self.figures.of)(at(*index)), own);
        let count = (self.figures.section)(id.section).len() as u32;
        let before = (0..id.index).rev().take(RUN).take_while(like).count() as u32;
        let behind = (id.index..count).take(RUN).take_while(like).count() as u32;
        (id.index - before..id.index + behind).map(at).collect()
    }

    fn is_own(&self, repair: &Repair) -> bool {
        repair.figure.section < self.figures.own
    }

    /// The contradictions still to be explained.
    fn all_open(&self) -> impl Iterator<Item = usize> + '_ {
        self.looking.all_open();
        self.open.iter().inspect(|number| self.looking.relation(*number))
    }

    /// Is a contradiction of the figure still to be explained?
    pub fn is_open(&self, id: FigureId) -> bool {
        self.own(id).iter().any(|number| self.open.has(*number))
    }

    /// The total of a sum.
    fn total_of(&self, number: usize) -> Option<&Figure> {
        let sides = &self.relations[number].sides;
        if sides.product || sides.is_rate() {
            return None;
        }
        let total = match (sides.op, sides.left.as_slice(), sides.right.as_slice()) {
            (Op::Equal, [only], _) => only,
            (Op::Equal, _, [only]) => only,
            _ => return None,
        };
        total.figure.map(|id| (self.figures.of)(id))
    }
}

fn same_row(one: &Figure, other: &Figure) -> bool {
    one.what == other.what && one.column != other.column
}
