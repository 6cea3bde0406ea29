//! What the references of a formula name: figures, with what they are called in messages.

use rust_decimal::Decimal;

use super::Place;
use super::naming::long_label;
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::{FigureId, Section};
use crate::rules::across;
use crate::rules::context::Context;
use crate::rules::facet::Facet;
use crate::rules::formula::{self, Factor, Reference, Relative};
use crate::rules::narrative::{self, Binding};
use crate::rules::relation::Term;
use crate::rules::rowset;

impl Context<'_> {
    /// The terms of one side, with their figures; none where it names something that is not there.
    pub(super) fn side(&self, terms: &[formula::Term], place: Place, binding: &Binding) -> Option<Vec<Term>> {
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
    pub(in crate::rules) fn resolve(
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

    /// The cost indicators of a sheet that are parts of its budget.
    fn cost_parts(&self, table: &FactTable, row: usize) -> Option<Vec<(FigureId, String)>> {
        let section = table.rows[row].section;
        let parts = self.sections.facet::<CostParts>(section as usize).0.as_ref()?;
        Some(parts.iter().map(|(index, label)| (FigureId { section, index: *index }, label.clone())).collect())
    }
}

/// The cost indicators of a sheet that are parts of its budget: two or more, none of them the whole. Figures by their
/// numbers in the section, with what they are called.
#[derive(PartialEq)]
struct CostParts(Option<Vec<(u32, String)>>);

impl Facet for CostParts {
    fn of(section: &Section) -> Self {
        let figures = &section.figures;
        let Some(budget) = section.sheet.as_ref().and_then(|sheet| sheet.budget) else { return Self(None) };
        let value = |index: u32| figures[index as usize].value();
        let costs = (0u32..).zip(figures).filter(|(_, figure)| figure.column.starts_with("成本指标"));
        let parts: Vec<(u32, String)> =
            costs.map(|(index, figure)| (index, figure.column.replace("成本指标 ", ""))).collect();
        let whole = parts.iter().any(|(index, _)| value(*index) == value(budget));
        Self((parts.len() >= 2 && !whole).then_some(parts))
    }
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
