//! The arithmetic of sentences: growth, shares, completion of budgets, lists of things.
//!
//! A percentage says of what it is a share only by the words around it. Each reading that the words allow is a
//! candidate; where one of them holds, that is the relation. Only where none holds and the words leave a single one
//! is there a contradiction.

pub(super) mod causes;
pub(super) mod completion;
pub(super) mod counts;
pub(super) mod growth;
pub(super) mod purchases;
pub(super) mod rows;
pub(super) mod share;
mod subject;
pub(super) mod trips;
pub(super) mod turns;

use rust_decimal::Decimal;

use super::{relation, term};
use crate::finding::{Message, Severity};
use crate::reading::quantity::{Quantity, key};
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::lookup::Lookup;
use crate::rules::note::NotePlace;
use crate::rules::page::Tolerance;
use crate::rules::relation::{Gap, Relation, Sides, Term};
use crate::text::Rest;

/// Most numbers of a narrative that are looked at as the base of one percentage.
const LOOKED_AT: usize = 400;

/// Most numbers of one section that are tied to others; no section that a person wrote has as many.
const MOST: usize = 4000;

/// The sentences of one section.
#[derive(Clone, Copy)]
pub(super) struct Passage<'a> {
    context: &'a Context<'a>,
    number: u32,
    section: &'a Section,
    all: &'a [Quantity],
}

/// What an outturn is compared with: 支出决算数比…. None where a name begins otherwise.
fn outturn_than(name: &str) -> Option<&str> {
    let mut rest = Rest(name);
    rest.take(&["支出"]);
    rest.take(&["决算"]);
    rest.take(&["数"]);
    rest.take(&["比", "较"]).then_some(rest.0)
}

/// Does a text hold a number that is no year? One that was not read may be what the words around it speak of.
pub(super) fn holds_number(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = bytes[at..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |length| at + length);
        if end - at != 4 || !text[end..].starts_with('年') {
            return true;
        }
        at = end;
    }
    false
}

/// The passages of a disclosure.
pub(super) fn passages<'a>(context: &'a Context<'a>) -> impl Iterator<Item = Passage<'a>> {
    let told = context.sections.of(|class| class.quantities || class.claims || class.statements);
    told.map(|(number, section)| Passage { context, number, section, all: &section.quantities })
}

/// A way to read a percentage: 100 × part ÷ base.
#[derive(Clone, Debug)]
pub(super) struct Reading {
    part: Vec<Term>,
    base: Vec<Term>,
}

/// What became of the percentages of a passage.
#[derive(Default)]
pub(super) struct Settled {
    held: Vec<Relation>,
    broken: Vec<Relation>,
    unchecked: usize,
}

impl Settled {
    /// Lays them. Where several are broken and not one holds, the passage was misread, or speaks of other amounts.
    fn lay(self, laid: &mut Laid) {
        let misread = self.held.is_empty() && self.broken.len() > 1;
        laid.unchecked += self.unchecked + if misread { self.broken.len() } else { 0 };
        laid.relations.extend(self.held);
        if !misread {
            laid.relations.extend(self.broken);
        }
    }
}

impl<'a> Passage<'a> {
    fn id(&self, at: usize) -> FigureId {
        FigureId { section: self.number, index: self.all[at].figure }
    }

    /// The printed value in 元, without the sign that words give it.
    fn value(&self, at: usize) -> Decimal {
        let figure = self.context.figure(self.id(at));
        figure.amount.value * figure.unit.yuan()
    }

    /// A term that counts as printed, or turned round, whatever sign its figure bears.
    fn term(&self, at: usize, sign: i8) -> Term {
        let figure = self.context.figure(self.id(at));
        let mut term = term(self.id(at), self.label(at));
        term.sign = sign * figure.sign;
        term
    }

    /// What a quantity is called in a message.
    fn label(&self, at: usize) -> String {
        use crate::reading::quantity::Role;
        let own = &self.all[at];
        let word = match (own.role, own.way) {
            (Role::Growth, 1) => "增长",
            (Role::Growth, -1) => "下降",
            (Role::Growth, _) => "增减率",
            (Role::Share, _) => "占比",
            (Role::Completion, _) => "完成率",
            (Role::Change, -1) => "减少",
            (Role::Change, _) => "增加",
            (Role::Prior, _) => "上年数",
            _ => "",
        };
        if !word.is_empty() {
            return word.to_owned();
        }
        let name: String = key(&own.name).chars().take(24).collect();
        if name.is_empty() { "金额".to_owned() } else { name }
    }

    /// The words between a quantity and the one before it.
    fn gap(&self, at: usize) -> &'a str {
        let from = at.checked_sub(1).map_or(0, |before| self.all[before].end);
        self.section.prose.get(from..self.all[at].start).unwrap_or_default()
    }

    /// The words behind a quantity, up to the next one.
    fn behind(&self, at: usize) -> &'a str {
        let to = self.all.get(at + 1).map_or(self.section.prose.len(), |next| next.start);
        self.section.prose.get(self.all[at].end..to).unwrap_or_default()
    }

    /// Do two quantities stand in one sentence?
    fn together(&self, a: usize, b: usize) -> bool {
        self.all[a].sentence == self.all[b].sentence
    }

    /// The levels of the disclosure's narrative, those of this passage first.
    fn levels(&self) -> Vec<(Passage<'a>, usize)> {
        let own = std::iter::once(*self);
        let others = passages(self.context).filter(|other| other.number != self.number);
        let all = own.chain(others).flat_map(|passage| {
            let levels = (0..passage.all.len()).filter(move |&at| passage.all[at].is_level() && !passage.all[at].vague);
            levels.map(move |at| (passage, at))
        });
        all.take(LOOKED_AT).collect()
    }

    /// The relation of a percentage read in some way.
    fn rate(&self, page: usize, at: usize, way: i8, reading: Reading) -> Relation {
        let sign = if way < 0 { -1 } else { 1 };
        let place = self.place();
        let mut laid = relation(self.context, page, vec![self.term(at, sign)], Op::Equal, reading.part, place);
        laid.sides.base = reading.base;
        laid.tolerance = Tolerance::Percentage;
        laid
    }

    /// Which section it is, in a few words.
    fn place(&self) -> String {
        "说明".to_owned()
    }

    fn gap_of(&self, sides: &Sides) -> Gap {
        let find = |id| self.context.figure(id);
        sides.gap(&Lookup::printed(&find), Tolerance::Percentage)
    }

    /// Does a percentage hold when it is read so? Of a base of nothing no reading holds.
    fn holds(&self, at: usize, way: i8, reading: &Reading) -> bool {
        let relation = self.rate(0, at, way, reading.clone());
        let base: Decimal = self.base_of(&relation.sides);
        self.gap_of(&relation.sides) < Gap::Beyond && base > Decimal::ZERO
    }

    /// Lays the first reading under which a percentage holds; else, where the words leave only one, that one.
    fn settle(
        &self,
        (page, at, way): (usize, usize, i8),
        certain: Option<Reading>,
        others: impl IntoIterator<Item = Reading>,
        settled: &mut Settled,
    ) {
        let found = certain.iter().cloned().chain(others).find(|reading| self.holds(at, way, reading));
        match (found, certain) {
            (Some(reading), _) => settled.held.push(self.rate(page, at, way, reading)),
            (None, Some(reading)) => {
                let mut relation = self.rate(page, at, way, reading);
                if !self.nothing(&relation.sides) {
                    relation.severity = relation.severity.max(self.gravity(&relation.sides, at));
                    settled.broken.push(relation);
                }
            }
            (None, None) => settled.unchecked += 1,
        }
    }

    /// A share of nothing: no percentage can be right or wrong.
    fn nothing(&self, sides: &Sides) -> bool {
        self.base_of(sides).is_zero()
    }

    fn base_of(&self, sides: &Sides) -> Decimal {
        let find = |id| self.context.figure(id);
        let lookup = Lookup::printed(&find);
        sides.base.iter().map(|term| lookup.signed(term)).sum()
    }

    /// A gap of a few units may come from amounts finer or coarser than those printed: it is doubtful.
    fn gravity(&self, sides: &Sides, at: usize) -> Severity {
        let find = |id| self.context.figure(id);
        let lookup = Lookup::printed(&find);
        let off = (sides.left_value(&lookup) - sides.right_value(&lookup)).abs();
        let unit = Decimal::new(1, self.context.figure(self.id(at)).amount.decimals);
        let near = (unit * Decimal::from(3)).max(Decimal::new(6, 2));
        if off <= near { Severity::Warning } else { Severity::Error }
    }

    fn at(&self, at: usize, zh: String, en: String) -> NotePlace {
        super::figure_place(self.context, self.id(at), Message::new(zh, en))
    }

    fn severity(&self, page: usize) -> Severity {
        self.context.selection.severity(page)
    }
}
