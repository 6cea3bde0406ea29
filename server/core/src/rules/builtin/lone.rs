//! XT13: where one 项 alone has basic expenditure without a 款 of its own, it has all the 款 without a 项 of theirs.

use rust_decimal::Decimal;

use super::{relation, term};
use crate::reading::FigureId;
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::page::Tolerance;

/// The 项 that say by their name which 款 they are spent as: 项 that share a 款 or its like stand together.
const TWINS: [(&[&str], &[&str]); 6] = [
    (&["2210201"], &["30113"]),
    (&["2080505"], &["30108"]),
    (&["2080506"], &["30109"]),
    (&["2101101", "2101102"], &["30110"]),
    (&["2101103"], &["30111"]),
    (&["2080501", "2080502"], &["30301", "30302"]),
];

/// Lays 行政运行 (or whatever 项 it is) = the classes of the economic table, less the 款 that other 项 account for. Only
/// where those agree to the cent: else it could not be told what is left.
pub fn operating(context: &Context, page: usize, laid: &mut Laid) {
    let tables = (context.disclosure.table("一般公共预算支出表"), context.disclosure.table("基本支出表"));
    let (Some(functional), Some(economic)) = tables else { return };
    lay(context, page, functional, economic, laid);
    // All basic expenditure is of this budget: then the table of all expenditure has the same.
    if let Some(all) = context.disclosure.table("支出总表")
        && total(context, all).is_some_and(|own| Some(own) == total(context, functional))
    {
        lay(context, page, all, economic, laid);
    }
}

/// The basic expenditure of the row 合计.
fn total(context: &Context, table: &FactTable) -> Option<Decimal> {
    match table.rows[table.row("合计")?].cells[table.column("基本支出")?] {
        CellFact::Figure(id) => Some(context.figure(id).value()),
        _ => None,
    }
}

fn lay(context: &Context, page: usize, functional: &FactTable, economic: &FactTable, laid: &mut Laid) {
    if functional.repeated_codes || economic.repeated_codes {
        return;
    }
    let Some(functions) = printed(context, functional, "基本支出", RowKind::Subject(3)) else { return };
    let Some(items) = printed(context, economic, "合计", RowKind::Subject(2)) else { return };
    let Some(classes) = printed(context, economic, "合计", RowKind::Subject(1)) else { return };
    let mut lone = functions.clone();
    let mut told: Vec<&str> = Vec::new();
    for (theirs, own) in TWINS {
        let sum = |rows: &[Printed], codes: &[&str]| -> Decimal {
            let known = rows.iter().filter(|row| codes.contains(&row.code.as_str()));
            known.map(|row| context.figure(row.id).value()).sum()
        };
        let spent = sum(&functions, theirs);
        if spent.is_zero() {
            continue;
        }
        if spent != sum(&items, own) {
            return;
        }
        lone.retain(|row| !theirs.contains(&row.code.as_str()));
        told.extend(own);
    }
    let [lone] = lone.as_slice() else { return };
    let mut right = Vec::new();
    for class in &classes {
        let below = || items.iter().filter(|item| item.code.starts_with(&class.code));
        if below().any(|item| told.contains(&item.code.as_str())) {
            let rest = below().filter(|item| !told.contains(&item.code.as_str()));
            right.extend(rest.map(|item| term(item.id, item.label.clone())));
        } else {
            right.push(term(class.id, class.label.clone()));
        }
    }
    if !right.is_empty() {
        let left = vec![term(lone.id, format!("{}的基本支出", lone.label))];
        let mut found = relation(context, page, left, Op::Equal, right, "");
        found.tolerance = Tolerance::Sum;
        laid.relations.push(found);
    }
}

#[derive(Clone)]
struct Printed {
    id: FigureId,
    code: String,
    label: String,
}

/// The rows of a level with an amount in a column; none where a figure has no certain place.
fn printed(context: &Context, table: &FactTable, column: &str, level: RowKind) -> Option<Vec<Printed>> {
    let column = table.column(column)?;
    let mut out = Vec::new();
    for fact in table.rows.iter().filter(|fact| fact.row.kind == level) {
        match fact.cells[column] {
            CellFact::Figure(id) if context.figure(id).value().is_zero() => {}
            CellFact::Figure(id) => {
                let code = fact.row.code.as_ref()?.text.to_string();
                out.push(Printed { id, code, label: fact.row.what().to_string() });
            }
            CellFact::Blank => {}
            CellFact::Unknown => return None,
        }
    }
    Some(out)
}
