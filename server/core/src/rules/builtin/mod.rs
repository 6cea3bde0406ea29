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
use super::page::Tolerance;
use super::relation::{Relation, Sides, Term};
use crate::finding::Message;
use crate::reading::FigureId;
use crate::reading::table::Label;
use crate::rules::note::NotePlace;

/// A function that a page names: lays what it finds under the page's number in the book.
type Function = fn(&Context, usize, &mut Laid);

/// All functions, by the names that pages use.
const FUNCTIONS: &[(&str, Function)] = &[
    ("asset_date", assets::date),
    ("asset_purchase", assets::purchase),
    ("body_code", bodies::codes),
    ("body_name", bodies::names),
    ("budget_year", bodies::years),
    ("cost_cap", sheets::cost_cap),
    ("duplicate_item", lists::duplicates),
    ("economic_name", |context, page, laid| subjects::names(context, page, true, laid)),
    ("economic_side", subjects::economic_side),
    ("empty_three_public", subjects::empty_three_public),
    ("functional_name", |context, page, laid| subjects::names(context, page, false, laid)),
    ("head_count", sheets::head_count),
    ("indicator_value", sheets::indicators),
    ("missing_parent", subjects::missing_parent),
    ("operating_component", operating::components),
    ("project_amount", projects::amounts),
    ("project_name", projects::names),
    ("purpose_amount", sheets::purpose),
    ("same_clause", sheets::same_clause),
    ("spending_plan", sheets::spending_plan),
    ("subject_amount", subjects::amounts),
];

/// Runs the function of a page.
pub fn run(name: &str, context: &Context, page: usize, laid: &mut Laid) {
    if let Some((_, function)) = FUNCTIONS.iter().find(|(known, _)| *known == name) {
        function(context, page, laid);
    }
}

/// Is there a function of this name?
pub fn exists(name: &str) -> bool {
    FUNCTIONS.iter().any(|(known, _)| *known == name)
}

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
        if sides.left.len() == 1 && sides.right.len() == 1 { Tolerance::Copy } else { context.page(page).tolerance };
    Relation {
        page,
        sides,
        guards: Vec::new(),
        tolerance,
        place: place.into(),
        severity: context.page(page).severity,
        partial: context.page(page).partial,
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
    use crate::rules::Book;

    #[test]
    fn every_function_that_a_page_names_exists() {
        for page in Book::embedded().pages() {
            if let Some(name) = &page.function {
                assert!(exists(name), "{}: {name}", page.code);
            }
        }
    }
}
