//! Lays the formulas of the book over the figures of one disclosure.

mod naming;
mod resolve;

use std::cell::RefCell;
use std::sync::Arc;

use super::across::Peer;
use super::answer::{Answer, Known, again};
use super::builtin::Function;
use super::context::{Context, Laid, Shared};
use super::formula::{self, Comparison, Condition, Factor, Formula, Reference, Relative, Scope};
use super::memory::{Changes, Ground, Memory};
use super::narrative::{self, Binding};
use super::numbers::Numbers;
use super::page::Page;
use super::relation::{Across, Relation, Sides};
use super::seen::{self, Watch};
use super::selection::Selection;
use super::{builtin, rowset};
use crate::catalog::Kind;
use crate::finding::Severity;
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::{Disclosure, Section};
pub use naming::long_label;
use naming::{common_place, place_name};

/// What was laid before an edit.
#[derive(Clone, Copy)]
pub struct Before<'a> {
    /// What each page gave.
    pub memory: &'a Memory,
    /// What is different now.
    pub changes: &'a Changes,
    /// The sections that it was laid over.
    pub sections: &'a [Arc<Section>],
}

/// Lays every page that is checked over a disclosure and those that are related to it, whose figures stand in the sections
/// behind its own. What a formula gives depends on what the figures mean, not on their values (but for zero and
/// nothing) unless it says so; functions look at values too. What was given `before` stands where nothing that was
/// looked at changed.
pub fn lay(
    disclosure: &Disclosure,
    sections: &[Arc<Section>],
    peers: &[Peer],
    selection: &Selection,
    ground: &Ground,
    before: Option<Before>,
) -> Memory {
    let watch = Watch::new(sections.len());
    let (facts, all) = seen::view(disclosure, sections, &ground.classes, &watch);
    let context = Context {
        disclosure: facts,
        sections: all,
        peers,
        selection,
        shared: Shared::default(),
        before: RefCell::default(),
    };
    let kind = if disclosure.accounts { Kind::Accounts } else { Kind::Budget };
    let pages = || selection.checked().filter(|(_, page)| kind.has(page.kind)).enumerate();
    // What a page gave before, with the sections that are others now.
    let known = |old: fn(&Memory) -> &[Arc<Answer>], at: usize, changed: fn(&Changes) -> &Numbers| {
        before.and_then(|Before { memory, changes, sections: were }| {
            let (answer, changed, others) = (old(memory).get(at)?, changed(changes), &changes.things);
            Some(Known { answer, changed, others, sections: (were, sections) })
        })
    };
    let formulas = pages().map(|(at, (number, page))| {
        again(known(|old| &old.formulas, at, |changes| &changes.meanings), |old| {
            context.whole(old, |laid| {
                page.parsed.iter().for_each(|formula| context.formula(number, page, formula, laid));
            })
        })
    });
    let functions = pages().map(|(at, (number, page))| {
        let function = || page.function.as_deref().and_then(builtin::find);
        again(known(|old| &old.functions, at, |changes| &changes.things), |old| match function() {
            None => Answer::default(),
            Some(Function::Whole(run)) => context.whole(old, |laid| run(&context, number, laid)),
            Some(Function::Sheet(run)) => {
                context.each_sheet(old, |section, sheet, laid| run(&context, number, section, sheet, laid))
            }
        })
    });
    Memory { formulas: formulas.collect(), functions: functions.collect() }
}

/// Where a formula stands while it is laid.
#[derive(Clone, Copy, Default)]
pub struct Place<'a> {
    /// The table of the scope.
    pub table: Option<&'a FactTable>,
    /// The row of the scope.
    pub row: Option<usize>,
    /// The column of the scope.
    pub column: Option<usize>,
    /// The measure of the scope.
    pub measure: Option<&'static str>,
}

impl<'a> Context<'a> {
    fn formula(&self, number: usize, page: &Page, formula: &Formula, laid: &mut Laid) {
        // What nobody can look up is not counted as unchecked either.
        let missing = |of: Relative| self.peers.iter().all(|peer| peer.relative != of);
        if formula.references().filter_map(|reference| reference.of).any(missing) {
            return;
        }
        for place in self.places(&formula.scope) {
            self.at(number, page, formula, place, laid);
        }
    }

    fn places(&self, scope: &Scope) -> Vec<Place<'a>> {
        let table = |name: &String| self.disclosure.table(name);
        match scope {
            Scope::Once => vec![Place::default()],
            Scope::Measure => crate::catalog::measures::measures()
                .iter()
                .map(|measure| Place { measure: Some(measure.name.as_str()), ..Place::default() })
                .collect(),
            Scope::Row(name, set) => {
                let Some(table) = table(name) else { return Vec::new() };
                let rows = match set {
                    Some(set) => rowset::rows(table, set, None).unwrap_or_default(),
                    None => (0..table.rows.len()).collect(),
                };
                rows.into_iter().map(|row| Place { table: Some(table), row: Some(row), ..Place::default() }).collect()
            }
            Scope::Column(name) => {
                let Some(table) = table(name) else { return Vec::new() };
                columns(table)
                    .map(|column| Place { table: Some(table), column: Some(column), ..Place::default() })
                    .collect()
            }
            Scope::Cell(name) => {
                let Some(table) = table(name) else { return Vec::new() };
                let cells = (0..table.rows.len()).flat_map(|row| columns(table).map(move |column| (row, column)));
                cells
                    .filter(|(row, column)| matches!(table.rows[*row].cells[*column], CellFact::Figure(_)))
                    .map(|(row, column)| Place {
                        table: Some(table),
                        row: Some(row),
                        column: Some(column),
                        ..Place::default()
                    })
                    .collect()
            }
            Scope::Subject(name) => {
                let Some(table) = table(name) else { return Vec::new() };
                if table.repeated_codes {
                    return Vec::new();
                }
                let rows = (0..table.rows.len()).filter(|&row| !rowset::children(table, row).is_empty());
                rows.flat_map(|row| {
                    columns(table).map(move |column| Place {
                        table: Some(table),
                        row: Some(row),
                        column: Some(column),
                        ..Place::default()
                    })
                })
                .collect()
            }
        }
    }

    fn at(&self, number: usize, page: &Page, formula: &Formula, place: Place<'a>, laid: &mut Laid) {
        let mut guards: Vec<&Comparison> = Vec::new();
        for condition in &formula.conditions {
            let present = match condition {
                Condition::Present(name) => self.disclosure.has_table(name),
                Condition::Absent(name) => !self.disclosure.has_table(name),
                Condition::Empty(name) => self.disclosure.table(name).is_some_and(FactTable::is_empty),
                Condition::Unsaid(measure) => !narrative::states(self, measure),
                Condition::Holds(comparison) => {
                    guards.push(comparison);
                    true
                }
            };
            if !present {
                return;
            }
        }
        let comparisons: Vec<&Comparison> =
            std::iter::once(&formula.comparison).chain(guards.iter().copied()).collect();
        for binding in narrative::bindings(self, &comparisons, place.measure) {
            let Some(mut sides) = self.sides(&formula.comparison, place, &binding) else {
                laid.unchecked += 1;
                continue;
            };
            if !self.says_something(&formula.comparison, &sides, place) {
                continue;
            }
            let guards: Option<Vec<Sides>> = guards.iter().map(|guard| self.sides(guard, place, &binding)).collect();
            let Some(guards) = guards else { continue };
            let system = self.is_exact() && !sides.figures().any(|id| self.is_by_hand(id));
            let soft = page.administrative && !self.disclosure.administrative;
            let across = self.across(formula);
            let severity = match (soft, across) {
                (true, _) => Severity::Hint,
                // Two files may disagree for reasons that neither states.
                (_, Some(_)) => page.severity.max(Severity::Warning),
                (_, None) => page.severity,
            };
            let place = place_name(place).or_else(|| common_place(&mut sides)).unwrap_or_default();
            laid.relations.push(Relation {
                page: number,
                sides,
                guards,
                tolerance: page.tolerance,
                place,
                severity,
                partial: page.partial,
                system,
                across,
            });
        }
    }

    fn sides(&self, comparison: &Comparison, place: Place, binding: &Binding) -> Option<Sides> {
        let product = comparison.left.iter().any(|term| term.factors.len() > 1);
        Some(Sides {
            left: self.side(&comparison.left, place, binding)?,
            right: self.side(&comparison.right, place, binding)?,
            op: comparison.op,
            product,
            base: Vec::new(),
        })
    }

    fn across(&self, formula: &Formula) -> Option<Across> {
        let relative = formula.references().find_map(|reference| reference.of)?;
        let mut own = self.peers.iter().filter(|peer| peer.relative == relative);
        let sure = own.all(|peer| peer.sure);
        Some(Across { relative, sure, from: (self.sections.len() - self.peers.len()) as u32 })
    }

    /// A blank total is no figure, and a sum over nothing is no sum.
    fn says_something(&self, comparison: &Comparison, sides: &Sides, place: Place) -> bool {
        let figures = sides.figures().count();
        if let ([left], [right]) = (sides.left.as_slice(), sides.right.as_slice())
            && left.figure == right.figure
        {
            return false;
        }
        let plain = |terms: &[formula::Term]| matches!(terms, [term] if matches!(term.factors.as_slice(), [Factor::Reference(reference)] if !reference.sum));
        let copy = plain(&comparison.left) && plain(&comparison.right);
        let blank_total =
            plain(&comparison.left) && sides.left.is_empty() || plain(&comparison.right) && sides.right.is_empty();
        // Nor is it one where it is a copy of another figure: the row may stand on another page.
        let total = |terms: &[formula::Term]| match terms {
            [formula::Term { factors, .. }] => match factors.as_slice() {
                [Factor::Reference(Reference { row: Some(row), optional: false, .. })] => {
                    ["合计", "总计", "总额", "同科目"].iter().any(|word| row.contains(word))
                }
                _ => false,
            },
            _ => false,
        };
        let blank_copy =
            sides.left.is_empty() && total(&comparison.left) || sides.right.is_empty() && total(&comparison.right);
        if !copy && blank_total || blank_copy {
            return false;
        }
        if let (Some(table), Some(row), None) = (place.table, place.row, place.column) {
            // An identity over columns of which one is not understood proves nothing.
            let unnamed = table.rows[row]
                .cells
                .iter()
                .zip(&table.columns)
                .any(|(cell, name)| name.is_none() && *cell != CellFact::Blank);
            if unnamed && comparison.left.len() + comparison.right.len() > 2 {
                return false;
            }
            return figures >= 2;
        }
        // A bound that a page sets is as good as a figure.
        let bound = sides.terms().any(|term| term.figure.is_none() && !term.constant.is_zero());
        figures >= 2
            || figures == 1
                && (copy || bound || place.column.is_some())
                && sides.figures().all(|id| !self.figure(id).value().is_zero())
    }
}

/// The columns of a table that may be added up downward.
fn columns(table: &FactTable) -> impl Iterator<Item = usize> + '_ {
    (0..table.columns.len())
        .filter(|&column| !matches!(table.columns[column].as_deref(), Some("单价" | "数量" | "预算资金")))
}
