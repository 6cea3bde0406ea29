//! 科目: codes, names, and where they may stand.

use std::sync::LazyLock;

use regex::Regex;

use super::{figure_place, place, relation, similar, term};
use crate::catalog::Shape;
use crate::catalog::subjects::{List, NameVerdict, subjects};
use crate::finding::{Message, Severity};
use crate::reading::disclosure::{CellFact, FactTable};
use crate::reading::statement::{Aspect, Statement};
use crate::reading::table::RowKind;
use crate::reading::{FigureId, disclosure::FactRow};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::{Note, NotePlace};

fn tables<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a FactTable> {
    context.disclosure.tables.iter().filter(|table| table.form.shape == Shape::Subject)
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
            laid.notes.push(Note {
                page,
                severity: Severity::Warning,
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
        let has = |level: u8| table.rows.iter().any(|fact| fact.row.kind == RowKind::Subject(level));
        for fact in &table.rows {
            let (RowKind::Subject(level), Some(code)) = (fact.row.kind, &fact.row.code) else { continue };
            if level < 2 || !has(level - 1) || fact.row.parent.is_some() {
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
    for fact in &table.rows {
        let Some(code) = &fact.row.code else { continue };
        let (wrong, right) = match code.text.get(..3) {
            Some("301" | "303") => (office, "人员经费"),
            Some("302" | "310") => (staff, "公用经费"),
            _ => continue,
        };
        let CellFact::Figure(id) = fact.cells[wrong] else { continue };
        if context.figure(id).value().is_zero() {
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

/// The economic subjects that 三公 outlay is booked under.
const THREE_PUBLIC: [&str; 4] = ["30212", "30217", "30231", "31013"];

/// XT11: an empty 三公 table beside such outlay in the table of basic expenditure.
pub fn empty_three_public(context: &Context, page: usize, laid: &mut Laid) {
    let (Some(table), Some(basic)) = (context.disclosure.table("三公经费表"), context.disclosure.table("基本支出表"))
    else {
        return;
    };
    if !table.is_empty() {
        return;
    }
    let Some(column) = basic.column("合计") else { return };
    let outlay =
        |fact: &&FactRow| fact.row.code.as_ref().is_some_and(|code| THREE_PUBLIC.contains(&code.text.as_str()));
    for fact in basic.rows.iter().filter(outlay) {
        let CellFact::Figure(id) = fact.cells[column] else { continue };
        if context.figure(id).value().is_zero() {
            continue;
        }
        let text = &context.figure(id).text;
        laid.notes.push(Note {
            page,
            severity: Severity::Error,
            at: figure_place(
                context,
                id,
                Message::new(
                    format!("基本支出表列有{} {text}，“三公”经费表却是空表", fact.row.what()),
                    format!("{} is {text} here while the table of “three public” expenses is empty", fact.row.what()),
                ),
            ),
            related: vec![place(
                table.section,
                &table.title,
                Message::new("“三公”经费表", "The table of “three public” expenses"),
            )],
            fixes: Vec::new(),
            certain: false,
            key: fact.row.what(),
            explains: Vec::new(),
        });
    }
}

/// NT06: the amount of a 科目 named with its level (…（项）) is that of its row.
pub fn amounts(context: &Context, page: usize, laid: &mut Laid) {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[）（])([\p{Han}、]{2,30})（(类|款|项)）[^（）]{0,8}$").expect("a constant pattern")
    });
    let Some(table) = context.disclosure.table("一般公共预算支出表").or_else(|| context.disclosure.table("支出总表"))
    else {
        return;
    };
    let Some(column) = table.column("合计") else { return };
    for (section, _, statement) in context.disclosure.statements(context.sections) {
        if statement.aspect != Aspect::Level || statement.measure.is_some() {
            continue;
        }
        let own = FigureId { section, index: statement.figure };
        let Some(found) = NAMED.captures(&statement.long_label.text) else {
            listed(context, page, section, statement, laid);
            continue;
        };
        let level = ["类", "款", "项"].iter().position(|word| *word == &found[2]).map_or(0, |at| at as u8 + 1);
        let of_level = || table.rows.iter().filter(|fact| fact.row.kind == RowKind::Subject(level));
        let mut rows = of_level().filter(|fact| fact.row.name.text == found[1]);
        match (rows.next(), rows.next()) {
            (Some(row), None) => {
                let CellFact::Figure(id) = row.cells[column] else { continue };
                let left = vec![term(own, format!("说明{}", &found[1]))];
                let right = vec![term(id, format!("{}{}", table.form.name, row.row.what()))];
                laid.relations.push(relation(context, page, left, Op::Equal, right, row.row.what()));
            }
            (None, _) => {
                // No such 科目, but one of the same amount whose name differs in a character or two.
                let value = |fact: &&FactRow| matches!(fact.cells[column], CellFact::Figure(id) if context.figure(id).value() == context.figure(own).value());
                let Some(right) =
                    of_level().filter(value).find(|fact| similar::slip(&found[1], &fact.row.name.text).is_some())
                else {
                    continue;
                };
                laid.notes.push(misnamed(page, section, statement, &found[1], right));
            }
            _ => {}
        }
    }
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

fn misnamed(page: usize, section: u32, statement: &Statement, name: &str, right: &FactRow) -> Note {
    let label = &statement.long_label;
    let from = label.text.rfind(name).map_or(0, |at| label.text[..at].chars().count());
    let new = right.row.name.text.clone();
    Note {
        page,
        severity: Severity::Warning,
        at: NotePlace {
            section,
            span: label.span,
            chars: Some((from, from + name.chars().count())),
            message: Message::new(
                format!("“{name}”不是科目名称，表中同额的科目是“{}”", right.row.what()),
                format!("“{name}” is no subject; the one of this amount in the table is “{}”", right.row.what()),
            ),
        },
        related: vec![place(
            right.section,
            &right.row.name,
            Message::new("表中的科目名称", "The subject in the table"),
        )],
        fixes: vec![(Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new)],
        certain: true,
        key: name.to_owned(),
        explains: Vec::new(),
    }
}
