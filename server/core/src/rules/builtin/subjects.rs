//! 科目: codes, names, and where they may stand.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{figure_place, place, relation, term, told_subjects};
use crate::catalog::Shape;
use crate::catalog::subjects::{List, NameVerdict, nearest_name, subjects};
use crate::finding::{Message, Severity};
use crate::hash::Map;
use crate::reading::FigureId;
use crate::reading::fact_table::FactRow;
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::statement::{Aspect, Statement};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::Note;

fn tables<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a FactTable> {
    context.disclosure.tables(|form| form.shape == Shape::Subject)
}

/// CN01, CN02: the name printed beside a code is one the lists give it. How far a list may accuse is the catalogue's to
/// say (CONFLICTS: a code that is not listed proves nothing, a name of another year is no finding).
pub fn names(context: &Context, page: usize, economic: bool, laid: &mut Laid) {
    let list = subjects(if economic { List::EconomicDepartment } else { List::Functional });
    for table in tables(context).filter(|table| table.form.is_economic() == economic) {
        for fact in table.rows.iter().filter(|fact| fact.row.name_sure && !fact.row.name.text.is_empty()) {
            let (RowKind::Subject(_), Some(code)) = (fact.row.kind, &fact.row.code) else { continue };
            let name = &fact.row.name.text;
            let NameVerdict::OtherName(right) = list.verdict(&code.text, name, context.disclosure.year) else {
                continue;
            };
            let new = right.last().map_or("", |subject| subject.name).to_owned();
            let certain = right.len() == 1;
            // Most of the lists is recalled. Such a row accuses only where the printed name is the list's own under
            // another code, or the list's name with a slip; else the document may know better.
            let slip = nearest_name(name, right).is_some();
            let sure = right.iter().any(|subject| subject.seen) || slip || !list.by_name(name).is_empty();
            laid.notes.push(Note {
                page,
                severity: if sure { Severity::Warning } else { Severity::Hint },
                at: place(
                    fact.section,
                    &fact.row.name,
                    Message::new(
                        format!("科目编码 {} 的名称是“{new}”，此处为“{name}”", code.text),
                        format!("Code {} is “{new}”; printed here: “{name}”", code.text),
                    ),
                ),
                related: vec![place(fact.section, code, Message::new("科目编码", "The code"))],
                fixes: vec![(Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new)],
                certain,
                key: format!("{}/{}", table.form.name, code.text),
                explains: Vec::new(),
            });
        }
    }
}

/// CN03: a 项 has its 款 and its 类, a 款 its 类. Only where the table prints rows of that level at all.
pub fn missing_parent(context: &Context, page: usize, laid: &mut Laid) {
    for table in tables(context) {
        // Rows of a page whose names were pieced together may have been lost.
        if context.disclosure.accounts && table.rows.iter().any(|fact| !fact.row.name_sure) {
            continue;
        }
        let printed: BTreeSet<RowKind> = table.rows.iter().map(|fact| fact.row.kind).collect();
        for fact in &table.rows {
            let (RowKind::Subject(level), Some(code)) = (fact.row.kind, &fact.row.code) else { continue };
            if level < 2 || !printed.contains(&RowKind::Subject(level - 1)) || fact.row.parent.is_some() {
                continue;
            }
            let parent = &code.text[..code.text.len() - 2];
            let word = if level == 2 { "类" } else { "款" };
            laid.notes.push(Note {
                page,
                severity: Severity::Error,
                at: place(
                    fact.section,
                    code,
                    Message::new(
                        format!("{} 缺少上级科目 {parent}（{word}）的行", code.text),
                        format!("The row of {parent}, which {} belongs to, is missing", code.text),
                    ),
                ),
                related: Vec::new(),
                fixes: Vec::new(),
                certain: false,
                key: format!("{}/{}", table.form.name, code.text),
                explains: Vec::new(),
            });
        }
    }
}

/// IN14: 301 and 303 are 人员经费, 302 and 310 are 公用经费.
pub fn economic_side(context: &Context, page: usize, laid: &mut Laid) {
    let Some(table) = context.disclosure.table("基本支出表") else { return };
    let (Some(staff), Some(office)) = (table.column("人员经费"), table.column("公用经费")) else { return };
    if is_out_of_step(context, table) {
        return;
    }
    let misplaced = |row: usize, wrong: usize| match table.rows[row].cells[wrong] {
        CellFact::Figure(id) if !context.figure(id).value().is_zero() => Some(id),
        _ => None,
    };
    let below = by_parent(table);
    for (number, fact) in table.rows.iter().enumerate() {
        let Some(code) = &fact.row.code else { continue };
        let (wrong, right) = match code.text.get(..3) {
            Some("301" | "303") => (office, "人员经费"),
            Some("302" | "310") => (staff, "公用经费"),
            _ => continue,
        };
        let Some(id) = misplaced(number, wrong) else { continue };
        // A 类 has there what its 款 have: they are the cause.
        if below.get(&number).is_some_and(|below| below.iter().any(|&row| misplaced(row, wrong).is_some())) {
            continue;
        }
        laid.notes.push(Note {
            page,
            severity: Severity::Warning,
            at: figure_place(
                context,
                id,
                Message::new(
                    format!("{} 应列入{right}", fact.row.what()),
                    format!("{} belongs under {right}", fact.row.what()),
                ),
            ),
            related: vec![place(fact.section, code, Message::new("科目编码", "The code"))],
            fixes: Vec::new(),
            certain: false,
            key: code.text.clone(),
            explains: Vec::new(),
        });
    }
}

/// The rows that are parts of each row.
fn by_parent(table: &FactTable) -> Map<usize, Vec<usize>> {
    let mut below: Map<usize, Vec<usize>> = Map::default();
    for (row, parent) in table.rows.iter().enumerate().filter_map(|(row, fact)| Some((row, fact.row.parent?))) {
        below.entry(parent).or_default().push(row);
    }
    below
}

/// Two and more classes are not the sum of what stands below them: labels and figures are out of step, and which side a
/// figure stands on says nothing of its row.
fn is_out_of_step(context: &Context, table: &FactTable) -> bool {
    let Some(total) = table.column("合计") else { return false };
    let value = |row: usize| match table.rows[row].cells[total] {
        CellFact::Figure(id) => Some(context.figure(id).value()),
        CellFact::Blank => Some(Decimal::ZERO),
        CellFact::Unknown => None,
    };
    let broken = by_parent(table).into_iter().filter(|(row, below)| {
        let parts: Option<Decimal> = below.iter().map(|&child| value(child)).sum();
        let rounding = Decimal::from(below.len() + 1) * Decimal::from(100);
        parts.zip(value(*row)).is_some_and(|(parts, own)| (parts - own).abs() > rounding)
    });
    broken.count() >= 2
}

/// The economic subjects that 三公 outlay is booked under.
const THREE_PUBLIC: [&str; 4] = ["30212", "30217", "30231", "31013"];

/// XT11: an empty 三公 table beside such outlay in the table of basic expenditure. One table is empty: one finding.
pub fn empty_three_public(context: &Context, page: usize, laid: &mut Laid) {
    let (Some(table), Some(basic)) = (context.disclosure.table("三公经费表"), context.disclosure.table("基本支出表"))
    else {
        return;
    };
    let Some(column) = basic.column("合计").filter(|_| table.is_empty()) else { return };
    let outlay = |fact: &&FactRow| fact.row.code.as_ref().is_some_and(|code| THREE_PUBLIC.contains(&&*code.text));
    let printed = |fact: &FactRow| match fact.cells[column] {
        CellFact::Figure(id) if !context.figure(id).value().is_zero() => {
            Some((id, format!("{} {}", fact.row.what(), context.figure(id).text)))
        }
        _ => None,
    };
    let rows: Vec<_> = basic.rows.iter().filter(outlay).filter_map(printed).collect();
    let Some(((first, _), others)) = rows.split_first() else { return };
    let names: Vec<&str> = rows.iter().map(|(_, name)| name.as_str()).collect();
    let title = Message::new("“三公”经费表", "The table of “three public” expenses");
    let others = others.iter().map(|(id, name)| figure_place(context, *id, Message::new(name, name)));
    laid.notes.push(Note {
        page,
        severity: Severity::Error,
        at: figure_place(
            context,
            *first,
            Message::new(
                format!("基本支出表列有{}，“三公”经费表却是空表", names.join("、")),
                format!("{} here while the table of “three public” expenses is empty", names.join(", ")),
            ),
        ),
        related: std::iter::once(place(table.section, &table.title, title)).chain(others).collect(),
        fixes: Vec::new(),
        certain: false,
        key: "三公经费表".to_owned(),
        explains: Vec::new(),
    });
}

/// NT06: the amount of a 科目 named with its level (…（项）) is that of its row; so is that of an item of the list of
/// projects.
pub fn amounts(context: &Context, page: usize, laid: &mut Laid) {
    for (section, _, statement) in context.disclosure.statements() {
        if statement.aspect == Aspect::Level && statement.measure.is_none() && statement.parent.is_some() {
            listed(context, page, section, statement, laid);
        }
    }
    told_subjects::amounts(context, page, laid);
}

/// An item of the list of projects that is named as a 科目 of the table: its row's 项目支出, where the list would then
/// add up (a 科目 may hold more than one project).
fn listed(context: &Context, page: usize, section: u32, statement: &Statement, laid: &mut Laid) {
    let all = &context.sections[section as usize].statements;
    let Some(whole) = statement
        .parent
        .map(|parent| &all[parent])
        .filter(|whole| whole.measure == Some("项目支出") && whole.aspect == Aspect::Level)
    else {
        return;
    };
    let Some(table) = context.disclosure.table("支出总表") else { return };
    let Some(column) = table.column("项目支出") else { return };
    let mut rows = table
        .rows
        .iter()
        .filter(|fact| matches!(fact.row.kind, RowKind::Subject(3)) && fact.row.name.text == statement.label.text);
    let (Some(row), None) = (rows.next(), rows.next()) else { return };
    let CellFact::Figure(id) = row.cells[column] else { return };
    let value = |item: &Statement| context.figure(FigureId { section, index: item.figure }).value();
    let items: rust_decimal::Decimal =
        all.iter().filter(|item| item.parent == statement.parent && item.aspect == Aspect::Level).map(value).sum();
    let (own, wanted) = (value(statement), context.figure(id).value());
    if own == wanted || items - own + wanted == value(whole) {
        let left = vec![term(FigureId { section, index: statement.figure }, format!("说明{}", statement.label.text))];
        let right = vec![term(id, format!("支出总表{}的项目支出", row.row.what()))];
        laid.relations.push(relation(context, page, left, Op::Equal, right, row.row.what()));
    }
}
