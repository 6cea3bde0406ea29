//! Project sheets: caps, plans, purposes.

use rust_decimal::Decimal;

use super::{constant, relation, term};
use crate::reading::FigureId;
use crate::reading::sheet::Sheet;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::page::Tolerance;

/// The figure of a sheet's budget.
fn budget_of(section: u32, sheet: &Sheet) -> Option<FigureId> {
    sheet.budget.map(|index| FigureId { section, index })
}

/// Words of an indicator that is about all the money of a project.
const WHOLE: [&str; 9] = ["预算", "总成本", "总费用", "总额", "资金成本", "项目成本", "成本控制", "控制数", "支出金额"];

/// PF02: the one cap on money among the cost indicators is the budget. A cap on a part of the costs is none of it: it
/// must be named as the whole or come near it.
pub fn cost_cap(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    let Some(budget) = budget_of(section, sheet) else { return };
    let figures = &context.sections[section as usize].figures;
    let mut caps = figures.iter().enumerate().filter(|(_, figure)| figure.column.starts_with("成本指标"));
    let (Some((index, cap)), None) = (caps.next(), caps.next()) else { return };
    let whole = WHOLE.iter().any(|word| cap.column.contains(word));
    if !whole && !near(cap.value(), context.figure(budget).value()) {
        return;
    }
    let left = vec![term(FigureId { section, index: index as u32 }, "成本指标上限")];
    let right = vec![term(budget, "预算数")];
    laid.relations.push(relation(context, page, left, Op::Equal, right, sheet.name.text.clone()));
}

/// Within a fifth.
fn near(a: Decimal, b: Decimal) -> bool {
    !b.is_zero() && (a - b).abs() * Decimal::from(5) <= b.abs()
}

/// PF04: the plan never falls and ends at 100 % or at the budget.
pub fn spending_plan(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    const MONTHS: [&str; 4] = ["3月底", "6月底", "10月底", "12月底"];
    let Some(budget) = budget_of(section, sheet) else { return };
    let id = |at: usize| FigureId { section, index: sheet.plan[at] };
    if sheet.plan.len() != 4 {
        return;
    }
    for at in 0..3 {
        let (left, right) = (vec![term(id(at), MONTHS[at])], vec![term(id(at + 1), MONTHS[at + 1])]);
        laid.relations.push(relation(context, page, left, Op::AtMost, right, sheet.name.text.clone()));
    }
    let end = if sheet.plan_in_percent {
        let last = context.figure(id(3)).amount.value;
        let whole = if last <= Decimal::ONE { Decimal::ONE } else { Decimal::ONE_HUNDRED };
        constant(whole, "全部资金")
    } else {
        term(budget, "预算数")
    };
    laid.relations.push(relation(
        context,
        page,
        vec![term(id(3), MONTHS[3])],
        Op::Equal,
        vec![end],
        sheet.name.text.clone(),
    ));
}

/// PF05: the amount in the text of the purpose is the budget.
pub fn purpose(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    let Some(budget) = budget_of(section, sheet) else { return };
    // Several amounts are parts of it.
    let [only] = sheet.purpose.as_slice() else { return };
    let left = vec![term(FigureId { section, index: *only }, "资金用途所述金额")];
    laid.relations.push(relation(
        context,
        page,
        left,
        Op::Equal,
        vec![term(budget, "预算数")],
        sheet.name.text.clone(),
    ));
}

/// PF06: persons × standard = budget, where the two come near it at all (a project may have other costs).
pub fn head_count(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    let Some(budget) = budget_of(section, sheet) else { return };
    let figures = &context.sections[section as usize].figures;
    let of = |column: &str| {
        let mut found = figures.iter().enumerate().filter(|(_, figure)| &*figure.column == column);
        match (found.next(), found.next()) {
            (Some((index, _)), None) => Some(FigureId { section, index: index as u32 }),
            _ => None,
        }
    };
    let (Some(persons), Some(standard)) = (of("人数"), of("人均标准")) else { return };
    let product = context.figure(persons).value() * context.figure(standard).value();
    if !near(product, context.figure(budget).value()) {
        return;
    }
    let left = vec![term(persons, "人数"), term(standard, "人均标准")];
    let mut found = relation(context, page, left, Op::Equal, vec![term(budget, "预算数")], sheet.name.text.clone());
    found.sides.product = true;
    found.tolerance = Tolerance::Product;
    laid.relations.push(found);
}

/// PF07: a clause that a sheet says twice, word for word, has the same numbers; so have a target and its indicator.
pub fn same_clause(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    if sheet.budget.is_some() {
        word_for_word(context, page, section, sheet, laid);
    }
    super::targets::within_sheet(context, page, section, sheet, laid);
}

fn word_for_word(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    let mut first: std::collections::BTreeMap<&str, FigureId> = std::collections::BTreeMap::new();
    for (key, index) in &sheet.clauses {
        let own = FigureId { section, index: *index };
        let Some(known) = first.get(key.as_str()) else {
            first.insert(key, own);
            continue;
        };
        let (left, right) = (vec![term(*known, "前一处")], vec![term(own, "后一处")]);
        laid.relations.push(relation(context, page, left, Op::Equal, right, sheet.name.text.clone()));
    }
}
