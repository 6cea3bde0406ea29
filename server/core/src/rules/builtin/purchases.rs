//! What the rows of the procurement table say of each other and of the vehicles.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::project::{Project, projects};
use super::{figure_place, relation, term};
use crate::catalog::name::bare;
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::Note;
use crate::rules::page::Tolerance;
use crate::rules::rowset;

struct Bought {
    quantity: FigureId,
    amount: FigureId,
    /// Least and most price of one, in 元, by what is printed.
    price: (Decimal, Decimal),
}

/// PR07: one item has one price, as far as amounts and quantities tell, unless a note allows for specifications.
pub fn same_price(context: &Context, page: usize, laid: &mut Laid) {
    let Some(table) = context.disclosure.table("政府采购表") else { return };
    let notes = &context.sections[table.section as usize].prose;
    if ["规格", "配置", "型号"].iter().any(|word| notes.contains(word)) {
        return;
    }
    let (Some(quantity), Some(amount)) = (table.column("数量"), table.column("合计")) else { return };
    let mut items: BTreeMap<(String, String), Vec<Bought>> = BTreeMap::new();
    for fact in table.rows.iter().filter(|fact| fact.row.kind == RowKind::Item) {
        let (Some(code), CellFact::Figure(count), CellFact::Figure(sum)) =
            (&fact.row.code, fact.cells[quantity], fact.cells[amount])
        else {
            continue;
        };
        // Services are bought by the piece: their prices differ.
        if !code.text.starts_with('A') || context.figure(count).value() < Decimal::TWO {
            continue;
        }
        let (pieces, paid, half) =
            (context.figure(count).value(), context.figure(sum).value(), context.figure(sum).half_ulp());
        let (Some(least), Some(most)) = ((paid - half).checked_div(pieces), (paid + half).checked_div(pieces)) else {
            continue;
        };
        items.entry((code.text.clone(), fact.row.name.text.clone())).or_default().push(Bought {
            quantity: count,
            amount: sum,
            price: (least, most),
        });
    }
    for ((_, name), rows) in items {
        let Some((first, rest)) = rows.split_first() else { continue };
        let apart = |a: &Bought, b: &Bought| a.price.0 > b.price.1 || b.price.0 > a.price.1;
        let Some(other) = rest.iter().find(|other| apart(first, other)) else { continue };
        let price = |bought: &Bought| {
            let (paid, count) = (context.figure(bought.amount).value(), context.figure(bought.quantity).value());
            paid.checked_div(count).unwrap_or_default().round_dp(2).normalize()
        };
        laid.notes.push(Note {
            page,
            severity: Severity::Hint,
            at: figure_place(
                context,
                other.amount,
                Message::new(
                    format!("{name}每单位 {} 元，另一处为 {} 元，单价不一致", price(other), price(first)),
                    format!("{name} costs {} yuan each here and {} elsewhere", price(other), price(first)),
                ),
            ),
            related: [first.amount, first.quantity, other.quantity]
                .into_iter()
                .map(|id| figure_place(context, id, Message::new(name.clone(), name.clone())))
                .collect(),
            fixes: Vec::new(),
            certain: false,
            key: name,
            explains: Vec::new(),
        });
    }
}

/// Insurance of property, and repair and fuel of vehicles, in both editions of the catalogue.
const VEHICLES: [&str; 6] = ["C18040102", "C1804010201", "C231203", "C15040201", "C050301", "C050302"];

/// PR08: what is bought for the vehicles stays within 30231 公务用车运行维护费.
pub fn vehicles(context: &Context, page: usize, laid: &mut Laid) {
    let (Some(table), Some(basic)) = (context.disclosure.table("政府采购表"), context.disclosure.table("基本支出表"))
    else {
        return;
    };
    let (Some(amount), Some(row), Some(column)) = (table.column("合计"), basic.row("30231"), basic.column("合计"))
    else {
        return;
    };
    let CellFact::Figure(limit) = basic.rows[row].cells[column] else { return };
    let mut parts = Vec::new();
    let mut vehicles = false;
    for (number, fact) in table.rows.iter().enumerate().filter(|(_, fact)| fact.row.kind == RowKind::Item) {
        let Some(code) = &fact.row.code else { continue };
        if !VEHICLES.iter().any(|prefix| code.text.starts_with(prefix)) || of_project(context, table, number) {
            continue;
        }
        vehicles |= fact.row.name.text.contains('车');
        match fact.cells[amount] {
            CellFact::Figure(id) => parts.push(term(id, format!("采购{}", bare(&fact.row.name.text)))),
            CellFact::Blank => {}
            CellFact::Unknown => return,
        }
    }
    if vehicles && !parts.is_empty() {
        let right = vec![term(limit, "30231公务用车运行维护费")];
        let mut found = relation(context, page, parts, Op::AtMost, right, "车辆保险、维修、加油");
        found.tolerance = Tolerance::Sum;
        laid.relations.push(found);
    }
}

/// Is it bought for a project that has a sheet, and so not paid from 公用经费?
fn of_project(context: &Context, table: &FactTable, row: usize) -> bool {
    let Some(name) = table.rows[row].row.group.as_ref().map(|label| rowset::project_key(&label.text)) else {
        return false;
    };
    projects(context).any(|(_, Project { key, .. })| {
        *key == name || name.chars().count() >= 4 && (key.contains(&name) || name.contains(key))
    })
}
