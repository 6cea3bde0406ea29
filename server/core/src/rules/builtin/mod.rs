//! Rules that are no equation over named cells: which figures belong together is decided by names, codes or dates.

mod assets;
mod bodies;
mod lists;
mod operating;
mod projects;
mod sheets;
mod similar;
mod subjects;

use rust_decimal::Decimal;

use super::context::{Context, Laid};
use super::formula::Op;
use super::page::{Tolerance, book};
use super::relation::{Relation, Sides, Term};
use crate::finding::Message;
use crate::reading::FigureId;
use crate::reading::table::Label;
use crate::rules::note::NotePlace;

/// Runs the function of a page.
pub fn run(name: &str, context: &Context, page: usize, laid: &mut Laid) {
    match name {
        "functional_name" => subjects::names(context, page, false, laid),
        "economic_name" => subjects::names(context, page, true, laid),
        "missing_parent" => subjects::missing_parent(context, page, laid),
        "economic_side" => subjects::economic_side(context, page, laid),
        "subject_amount" => subjects::amounts(context, page, laid),
        "empty_three_public" => subjects::empty_three_public(context, page, laid),
        "operating_component" => operating::components(context, page, laid),
        "duplicate_item" => lists::duplicates(context, page, laid),
        "project_amount" => projects::amounts(context, page, laid),
        "project_name" => projects::names(context, page, laid),
        "body_name" => bodies::names(context, page, laid),
        "body_code" => bodies::codes(context, page, laid),
        "budget_year" => bodies::years(context, page, laid),
        "asset_date" => assets::date(context, page, laid),
        "asset_purchase" => assets::purchase(context, page, laid),
        "cost_cap" => sheets::cost_cap(context, page, laid),
        "spending_plan" => sheets::spending_plan(context, page, laid),
        "purpose_amount" => sheets::purpose(context, page, laid),
        "head_count" => sheets::head_count(context, page, laid),
        "same_clause" => sheets::same_clause(context, page, laid),
        "indicator_value" => sheets::indicators(context, page, laid),
        _ => {}
    }
}

/// The names of all functions, so that a page with another is refused by a test.
#[cfg(test)]
const FUNCTIONS: [&str; 21] = [
    "functional_name",
    "economic_name",
    "missing_parent",
    "economic_side",
    "subject_amount",
    "empty_three_public",
    "operating_component",
    "duplicate_item",
    "project_amount",
    "project_name",
    "body_name",
    "body_code",
    "budget_year",
    "asset_date",
    "asset_purchase",
    "cost_cap",
    "spending_plan",
    "purpose_amount",
    "head_count",
    "indicator_value",
    "same_clause",
];

fn term(id: FigureId, label: impl Into<String>) -> Term {
    Term { figure: Some(id), constant: Decimal::ZERO, sign: 1, label: label.into() }
}

fn constant(value: Decimal, label: impl Into<String>) -> Term {
    Term { figure: None, constant: value, sign: 1, label: label.into() }
}

fn relation(
    context: &Context,
    page: usize,
    left: Vec<Term>,
    op: Op,
    right: Vec<Term>,
    place: impl Into<String>,
) -> Relation {
    let sides = Sides { left, right, op, product: false };
    let system = sides.figures().all(|id| !context.figure(id).by_hand);
    let tolerance =
        if sides.left.len() == 1 && sides.right.len() == 1 { Tolerance::Copy } else { book()[page].tolerance };
    Relation {
        page,
        sides,
        guards: Vec::new(),
        tolerance,
        place: place.into(),
        severity: book()[page].severity,
        system,
    }
}

fn place(section: u32, label: &Label, message: Message) -> NotePlace {
    NotePlace { section, span: label.span, chars: None, message }
}

fn figure_place(context: &Context, id: FigureId, message: Message) -> NotePlace {
    NotePlace { section: id.section, span: context.figure(id).span, chars: None, message }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_function_that_a_page_names_exists() {
        for page in book() {
            if let Some(name) = &page.function {
                assert!(FUNCTIONS.contains(&name.as_str()), "{}: {name}", page.code);
            }
        }
    }
}
