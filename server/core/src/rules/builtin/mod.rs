//! Rules that are no equation over named cells: which figures belong together is decided by names, codes or dates.

mod accounts;
mod aims;
mod alike;
mod allocation;
mod assets;
mod basic_items;
mod bodies;
mod brackets;
mod codes;
mod completeness;
mod decimals;
mod empty;
mod headings;
mod indicator_units;
mod leftovers;
mod lists;
mod lone;
mod named_subjects;
mod operating;
mod projects;
mod purchases;
mod rates;
mod rows;
mod sheets;
mod similar;
mod stale_year;
mod subjects;
mod targets;
mod told_subjects;
mod units;
mod unlisted;
mod wording;

use rust_decimal::Decimal;

pub use projects::Pair;

use super::context::{Context, Laid};
use super::formula::Op;
use super::page::Tolerance;
use super::relation::{Relation, Sides, Term};
use crate::finding::{Message, Severity};
use crate::reading::table::Label;
use crate::reading::{FigureId, Section};
use crate::rules::note::{Note, NotePlace};
use crate::text::Span;

/// A function that a page names: lays what it finds under the page's number in the book.
type Function = fn(&Context, usize, &mut Laid);

/// All functions, by the names that pages use.
const FUNCTIONS: &[(&str, Function)] = &[
    ("accounts_names", accounts::names),
    ("accounts_operating", accounts::operating),
    ("accounts_planned", accounts::planned),
    ("accounts_subjects", accounts::subjects),
    ("all_tables", completeness::tables),
    ("all_topics", completeness::topics),
    ("asset_date", assets::date),
    ("asset_purchase", assets::purchase),
    ("asset_rest", assets::rest),
    ("asset_vehicles", assets::vehicles),
    ("basic_items", basic_items::items),
    ("basic_levels", completeness::levels),
    ("body_code", bodies::codes),
    ("body_name", bodies::names),
    ("brackets", brackets::paired),
    ("budget_year", bodies::years),
    ("carried_over", unlisted::carried_over),
    ("cost_cap", sheets::cost_cap),
    ("decimals", decimals::uniform),
    ("duplicate_item", lists::duplicates),
    ("economic_name", |context, page, laid| subjects::names(context, page, true, laid)),
    ("economic_side", subjects::economic_side),
    ("empty_note", empty::notes),
    ("empty_section", empty::sections_empty),
    ("empty_three_public", subjects::empty_three_public),
    ("functional_name", |context, page, laid| subjects::names(context, page, false, laid)),
    ("head_count", sheets::head_count),
    ("heading_numbers", headings::numbers),
    ("indicator_copies", aims::copies),
    ("indicator_direction", aims::direction),
    ("indicator_form", aims::form),
    ("indicator_value", targets::of_narrative),
    ("leftovers", leftovers::placeholders),
    ("missing_parent", subjects::missing_parent),
    ("named_subject", named_subjects::names),
    ("operating_component", operating::components),
    ("operating_economics", lone::operating),
    ("past_goals", wording::past),
    ("plan_in_amounts", indicator_units::plan),
    ("procurement_code", codes::procurement),
    ("project_allocation", allocation::allocate),
    ("project_amount", projects::amounts),
    ("project_code", codes::projects),
    ("project_name", projects::names),
    ("project_unlisted", unlisted::projects),
    ("purpose_amount", sheets::purpose),
    ("rate_unit", indicator_units::units),
    ("residue", leftovers::residue),
    ("row_values", rows::values),
    ("same_clause", sheets::same_clause),
    ("same_price", purchases::same_price),
    ("spending_plan", sheets::spending_plan),
    ("sentence_cause", rates::causes::causes),
    ("sentence_change", rates::turns::changes),
    ("sentence_claims", rates::turns::claims),
    ("sentence_completion", rates::completion::rates),
    ("sentence_counts", |context, page, laid| {
        rates::counts::things(context, page, laid);
        targets::counts(context, page, laid);
    }),
    ("sentence_fleet", rates::counts::fleet),
    ("sentence_growth", rates::growth::rates),
    ("sentence_purchases", rates::purchases::kinds),
    ("sentence_row", rates::rows::rows),
    ("sentence_share_accounts", rates::share::of_accounts),
    ("sentence_share_budget", rates::share::of_budgets),
    ("sentence_share_sum", rates::rows::shares),
    ("sentence_turn", rates::turns::turns),
    ("sentence_turn_parts", rates::rows::changes),
    ("stale_year", stale_year::sentences),
    ("subject_amount", subjects::amounts),
    ("table_unit", units::stated),
    ("three_public_counts", rates::trips::counts),
    ("three_public_split", completeness::split),
    // Named by the verdict: a contradiction that a slip of the unit explains.
    ("unit_slip", |_, _, _| {}),
    ("vehicle_purchases", purchases::vehicles),
    ("wording", wording::words),
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
    let sides = Sides { left, right, op, product: false, base: Vec::new() };
    let system = context.is_exact() && sides.figures().all(|id| !context.figure(id).by_hand);
    let copy = context.is_exact() && sides.left.len() == 1 && sides.right.len() == 1;
    let tolerance = if copy { Tolerance::Copy } else { context.page(page).tolerance };
    Relation {
        page,
        sides,
        guards: Vec::new(),
        tolerance,
        place: place.into(),
        severity: context.page(page).severity,
        partial: context.page(page).partial,
        system,
        across: None,
    }
}

fn place(section: u32, label: &Label, message: Message) -> NotePlace {
    NotePlace { section, span: label.span, chars: None, message }
}

/// A place in a section, with what it is.
fn at(section: u32, span: Span, message: Message) -> NotePlace {
    NotePlace { section, span, chars: None, message }
}

/// A note without evidence and without fixes.
fn note(page: usize, severity: Severity, at: NotePlace, key: impl Into<String>) -> Note {
    Note {
        page,
        severity,
        at,
        related: Vec::new(),
        fixes: Vec::new(),
        certain: false,
        key: key.into(),
        explains: Vec::new(),
    }
}

/// A fix that puts a text in the place of the one at fault.
fn change(new: &str) -> (Message, Option<Span>, String) {
    (Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new.to_owned())
}

/// The sections of the disclosure, with their numbers.
fn sections<'a>(context: &Context<'a>) -> impl Iterator<Item = (u32, &'a Section)> + use<'a> {
    context.sections.of(|_| true)
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
