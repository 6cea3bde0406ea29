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
mod project;
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
use crate::reading::sheet::Sheet;
use crate::reading::table::Label;
use crate::reading::{FigureId, Section};
use crate::rules::note::{Note, NotePlace};
use crate::text::Span;

/// A function that a page names: lays what it finds under the page's number in the book.
#[derive(Clone, Copy)]
pub enum Function {
    /// Of the whole disclosure.
    Whole(fn(&Context, usize, &mut Laid)),
    /// Of one project sheet by itself, whatever the others are; with the number of its section.
    Sheet(fn(&Context, usize, u32, &Sheet, &mut Laid)),
}

use Function::{Sheet as OfSheet, Whole};

/// All functions, by the names that pages use.
const FUNCTIONS: &[(&str, Function)] = &[
    ("accounts_names", Whole(accounts::names)),
    ("accounts_operating", Whole(accounts::operating)),
    ("accounts_planned", Whole(accounts::planned)),
    ("accounts_subjects", Whole(accounts::subjects)),
    ("all_tables", Whole(completeness::tables)),
    ("all_topics", Whole(completeness::topics)),
    ("asset_date", Whole(assets::date)),
    ("asset_purchase", Whole(assets::purchase)),
    ("asset_rest", Whole(assets::rest)),
    ("asset_vehicles", Whole(assets::vehicles)),
    ("basic_items", Whole(basic_items::items)),
    ("basic_levels", Whole(completeness::levels)),
    ("body_code", Whole(bodies::codes)),
    ("body_name", Whole(bodies::names)),
    ("brackets", Whole(brackets::paired)),
    ("budget_year", Whole(bodies::years)),
    ("carried_over", Whole(unlisted::carried_over)),
    ("cost_cap", OfSheet(sheets::cost_cap)),
    ("decimals", Whole(decimals::uniform)),
    ("duplicate_item", Whole(lists::duplicates)),
    ("economic_name", Whole(|context, page, laid| subjects::names(context, page, true, laid))),
    ("economic_side", Whole(subjects::economic_side)),
    ("empty_note", Whole(empty::notes)),
    ("empty_section", Whole(empty::sections_empty)),
    ("empty_three_public", Whole(subjects::empty_three_public)),
    ("functional_name", Whole(|context, page, laid| subjects::names(context, page, false, laid))),
    ("head_count", OfSheet(sheets::head_count)),
    ("heading_numbers", Whole(headings::numbers)),
    ("indicator_copies", Whole(aims::copies)),
    ("indicator_direction", OfSheet(aims::direction)),
    ("indicator_form", OfSheet(aims::form)),
    ("indicator_value", Whole(targets::of_narrative)),
    ("leftovers", Whole(leftovers::placeholders)),
    ("missing_parent", Whole(subjects::missing_parent)),
    ("named_subject", Whole(named_subjects::names)),
    ("operating_component", Whole(operating::components)),
    ("operating_economics", Whole(lone::operating)),
    ("past_goals", Whole(wording::past)),
    ("plan_in_amounts", Whole(indicator_units::plan)),
    ("procurement_code", Whole(codes::procurement)),
    ("project_allocation", Whole(allocation::allocate)),
    ("project_amount", Whole(projects::amounts)),
    ("project_code", Whole(codes::projects)),
    ("project_name", Whole(projects::names)),
    ("project_unlisted", Whole(unlisted::projects)),
    ("purpose_amount", OfSheet(sheets::purpose)),
    ("rate_unit", Whole(indicator_units::units)),
    ("residue", Whole(leftovers::residue)),
    ("row_values", Whole(rows::values)),
    ("same_clause", OfSheet(sheets::same_clause)),
    ("same_price", Whole(purchases::same_price)),
    ("spending_plan", OfSheet(sheets::spending_plan)),
    ("sentence_cause", Whole(rates::causes::causes)),
    ("sentence_change", Whole(rates::turns::changes)),
    ("sentence_claims", Whole(rates::turns::claims)),
    ("sentence_completion", Whole(rates::completion::rates)),
    (
        "sentence_counts",
        Whole(|context, page, laid| {
            rates::counts::things(context, page, laid);
            targets::counts(context, page, laid);
        }),
    ),
    ("sentence_fleet", Whole(rates::counts::fleet)),
    ("sentence_growth", Whole(rates::growth::rates)),
    ("sentence_purchases", Whole(rates::purchases::kinds)),
    ("sentence_row", Whole(rates::rows::rows)),
    ("sentence_share_accounts", Whole(rates::share::of_accounts)),
    ("sentence_share_budget", Whole(rates::share::of_budgets)),
    ("sentence_share_sum", Whole(rates::rows::shares)),
    ("sentence_turn", Whole(rates::turns::turns)),
    ("sentence_turn_parts", Whole(rates::rows::changes)),
    ("stale_year", Whole(stale_year::sentences)),
    ("subject_amount", Whole(subjects::amounts)),
    ("table_unit", Whole(units::stated)),
    ("three_public_counts", Whole(rates::trips::counts)),
    ("three_public_split", Whole(completeness::split)),
    // Named by the verdict: a contradiction that a slip of the unit explains.
    ("unit_slip", Whole(|_, _, _| {})),
    ("vehicle_purchases", Whole(purchases::vehicles)),
    ("wording", Whole(wording::words)),
];

/// Is there a function of this name?
pub fn exists(name: &str) -> bool {
    find(name).is_some()
}

/// The function of a name.
pub fn find(name: &str) -> Option<Function> {
    FUNCTIONS.iter().find(|(known, _)| *known == name).map(|(_, function)| *function)
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
    let system = context.is_exact() && !sides.figures().any(|id| context.is_by_hand(id));
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
