//! Lays the formulas of the book over the figures of one disclosure.

use std::cell::RefCell;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::across::{self, Peer};
use super::answer::{Answer, Known, again};
use super::builtin::Function;
use super::context::{Context, Laid, Shared};
use super::formula::{Comparison, Condition, Factor, Formula, Reference, Relative, Scope};
use super::memory::{Changes, Ground, Memory};
use super::narrative::{self, Binding};
use super::page::Page;
use super::relation::{Across, Relation, Sides, Term};
use super::seen::{self, Numbers, Seen};
use super::selection::Selection;
use super::{builtin, rowset};
use crate::catalog::{Kind, forms};
use crate::finding::Severity;
use crate::reading::disclosure::{CellFact, FactTable};
use crate::reading::table::RowKind;
use crate::reading::{Disclosure, FigureId, Section};

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
    before: Option<(&Memory, &Changes)>,
) -> Memory {
    let (seen, amounts) = (Seen::new(sections.len()), Seen::new(sections.len()));
    let (facts, all) = seen::view(disclosure, sections, &ground.classes, &seen, &amounts);
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
        before.and_then(|(memory, changes)| {
            Some(Known { answer: old(memory).get(at)?, changed: changed(changes), others: &changes.things })
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
        let function = page.function.as_deref().and_then(builtin::find);
        again(known(|old| &old.functions, at, |changes| &changes.things), |old| match function {
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
            let system = self.is_exact() && sides.figures().all(|id| !self.figure(id).by_hand);
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

    fn side(&self, terms: &[super::formula::Term], place: Place, binding: &Binding) -> Option<Vec<Term>> {
        let mut out = Vec::new();
        for term in terms {
            for factor in &term.factors {
                match factor {
                    Factor::Number(constant) => {
                        let label = constant.to_string();
                        out.push(Term { figure: None, constant: *constant, sign: term.sign, label });
                    }
                    Factor::Reference(reference) => {
                        let before = out.len();
                        for (id, label) in self.resolve(reference, place, binding)? {
                            out.push(Term { figure: Some(id), constant: Decimal::ZERO, sign: term.sign, label });
                        }
                        // A blank factor of a product is no zero: nothing can be said.
                        if term.factors.len() > 1 && out.len() == before {
                            return None;
                        }
                    }
                }
            }
        }
        Some(out)
    }

    /// The figures a reference names, with what they are called; none where it names something that is not there.
    pub(super) fn resolve(
        &self,
        reference: &Reference,
        place: Place,
        binding: &Binding,
    ) -> Option<Vec<(FigureId, String)>> {
        let missing = || reference.optional.then(Vec::new);
        if let Some(of) = reference.of {
            return self.beyond(of, reference, place);
        }
        if reference.table.as_deref() == Some("说明") {
            let name = reference.name.as_deref()?;
            return narrative::resolve(self, name, binding).or_else(missing);
        }
        if let Some("本量") = reference.name.as_deref() {
            return narrative::resolve(self, place.measure?, binding).or_else(missing);
        }
        if reference.table.as_deref() == Some("本量") {
            let name = format!("{}.{}", place.measure?, reference.name.as_deref()?);
            return narrative::resolve(self, &name, binding).or_else(missing);
        }
        let (table, foreign) = match &reference.table {
            Some(name) => (self.disclosure.table(name)?, true),
            None => (place.table?, false),
        };
        // Bare words of the scopes.
        match (&reference.row, reference.name.as_deref()) {
            (None, Some("本级" | "本格")) => {
                return one(table, place.row?, place.column?, table.rows[place.row?].row.what());
            }
            (None, Some("下级")) => {
                return many(table, rowset::children(table, place.row?), place.column?);
            }
            (None, Some("成本分项")) => return self.cost_parts(table, place.row?),
            _ => {}
        }
        let column = match reference.name.as_deref() {
            None => place.column,
            Some("同栏") => {
                let name = place.table?.columns[place.column?].as_deref()?;
                if !place.table?.columns_sure && name != "合计" {
                    return None;
                }
                table.column(name)
            }
            Some(name) => table.column(name),
        };
        // A column whose header is not understood may be the one that seems to be missing.
        let Some(column) = column else { return if table.columns.contains(&None) { None } else { missing() } };
        let name = table.columns[column].as_deref().unwrap_or("");
        if foreign && !table.columns_sure && !matches!(name, "合计" | "预算数" | "金额" | "决算数") {
            return None;
        }
        if reference.sum && reference.row.is_none() {
            // Σ 合计 within a group of purchases.
            return many(table, rowset::group(table, place.row?), column);
        }
        let Some(row_name) = &reference.row else {
            return one(table, place.row?, column, name.to_owned());
        };
        if reference.sum {
            let rows = rowset::rows(table, row_name, place.row)?;
            return many(table, &rows, column);
        }
        let row = match row_name.as_str() {
            "同科目" => rowset::same_subject(table, place.table?, place.row?),
            "同项目" => rowset::same_project(table, place.table?, place.row?),
            "同组首行" => rowset::group(table, place.row?).first().copied(),
            name => rowset::named(table, name),
        };
        let Some(row) = row else { return missing() };
        let label = match (place.column.is_some() && !foreign, foreign) {
            (true, _) => table.rows[row].row.name.text.clone(),
            (_, true) => long_label(table, row, name),
            _ => name.to_owned(),
        };
        one(table, row, column, label)
    }

    /// The figures a reference names in related disclosures.
    fn beyond(&self, of: Relative, reference: &Reference, place: Place) -> Option<Vec<(FigureId, String)>> {
        let row = match reference.row.as_deref() {
            Some("同科目") => rowset::subject_code(place.table?, place.row?)?,
            _ => String::new(),
        };
        let wanted = across::name(reference);
        let first = self.sections.len() - self.peers.len();
        let mut out = Vec::new();
        for (number, peer) in self.peers.iter().enumerate().filter(|(_, peer)| peer.relative == of) {
            self.sections.note(first + number);
            let section = (first + number) as u32;
            let Some(found) = peer.extract.offer(&wanted, &row) else {
                if reference.optional {
                    continue;
                }
                return None;
            };
            for &index in found {
                let label = match of {
                    Relative::Units => peer.extract.body.name.clone(),
                    _ => format!("{}{}", of.word(), peer.extract.facts[index as usize].label),
                };
                out.push((FigureId { section, index }, label));
            }
        }
        Some(out)
    }

    fn across(&self, formula: &Formula) -> Option<Across> {
        let relative = formula.references().find_map(|reference| reference.of)?;
        let mut own = self.peers.iter().filter(|peer| peer.relative == relative);
        let sure = own.all(|peer| peer.sure);
        Some(Across { relative, sure, from: (self.sections.len() - self.peers.len()) as u32 })
    }

    /// The cost indicators of a sheet that are parts of its budget: two or more, none of them the whole.
    fn cost_parts(&self, table: &FactTable, row: usize) -> Option<Vec<(FigureId, String)>> {
        let section = table.rows[row].section;
        self.sections.amounts().note(section as usize);
        let figures = &self.sections[section as usize].figures;
        let CellFact::Figure(budget) = table.rows[row].cells[table.column("预算数")?] else { return None };
        let budget = self.figure(budget).value();
        let parts: Vec<(FigureId, String)> = figures
            .iter()
            .enumerate()
            .filter(|(_, figure)| figure.column.starts_with("成本指标"))
            .map(|(index, figure)| (FigureId { section, index: index as u32 }, figure.column.replace("成本指标 ", "")))
            .collect();
        let whole = parts.iter().any(|(id, _)| self.figure(*id).value() == budget);
        (parts.len() >= 2 && !whole).then_some(parts)
    }

    /// A blank total is no figure, and a sum over nothing is no sum.
    fn says_something(&self, comparison: &Comparison, sides: &Sides, place: Place) -> bool {
        let figures = sides.figures().count();
        if let ([left], [right]) = (sides.left.as_slice(), sides.right.as_slice())
            && left.figure == right.figure
        {
            return false;
        }
        let plain = |terms: &[super::formula::Term]| matches!(terms, [term] if matches!(term.factors.as_slice(), [Factor::Reference(reference)] if !reference.sum));
        let copy = plain(&comparison.left) && plain(&comparison.right);
        let blank_total =
            plain(&comparison.left) && sides.left.is_empty() || plain(&comparison.right) && sides.right.is_empty();
        // Nor is it one where it is a copy of another figure: the row may stand on another page.
        let total = |terms: &[super::formula::Term]| match terms {
            [super::formula::Term { factors, .. }] => match factors.as_slice() {
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

fn one(table: &FactTable, row: usize, column: usize, label: String) -> Option<Vec<(FigureId, String)>> {
    match table.rows[row].cells[column] {
        CellFact::Blank => Some(Vec::new()),
        CellFact::Figure(id) => Some(vec![(id, label)]),
        CellFact::Unknown => None,
    }
}

fn many(table: &FactTable, rows: &[usize], column: usize) -> Option<Vec<(FigureId, String)>> {
    let mut out = Vec::new();
    for &row in rows {
        out.extend(one(table, row, column, table.rows[row].row.what())?);
    }
    Some(out)
}

pub(super) fn long_label(table: &FactTable, row: usize, column: &str) -> String {
    let fact = &table.rows[row];
    let name = fact.row.what();
    let row = if fact.row.kind == RowKind::Total { "合计" } else { name.as_str() };
    if matches!(column, "预算数" | "金额" | "价值" | "决算数") || column == row {
        format!("{}{row}", table.form.name)
    } else {
        format!("{}{row}的{column}", table.form.name)
    }
}

/// Where all figures of a relation stand, taken off their labels: 固定资产表, or 说明.
fn common_place(sides: &mut Sides) -> Option<String> {
    let first = sides.terms().next()?.label.clone();
    let names = forms::forms().iter().map(|form| form.name.as_str()).chain(["说明"]);
    let name = names.filter(|name| first.starts_with(name)).max_by_key(|name| name.len())?;
    let labels = || sides.terms().filter(|term| term.figure.is_some()).map(|term| term.label.as_str());
    if !labels().all(|label| label.starts_with(name) && label.len() > name.len()) {
        return None;
    }
    for term in sides.left.iter_mut().chain(&mut sides.right) {
        term.label = term.label.strip_prefix(name).unwrap_or(&term.label).to_owned();
    }
    Some(name.to_owned())
}

fn place_name(place: Place) -> Option<String> {
    let table = place.table?;
    let row = place.row.map(|row| {
        let fact = &table.rows[row];
        if fact.row.kind == RowKind::Total { "合计行".to_owned() } else { fact.row.what() }
    });
    let column = place.column.and_then(|column| table.columns[column].as_deref()).map(|name| format!("{name}栏"));
    Some([Some(table.form.name.clone()), row, column].into_iter().flatten().collect::<Vec<_>>().join(" "))
}
