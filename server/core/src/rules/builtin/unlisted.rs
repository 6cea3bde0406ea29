//! Projects that stand in the list of the narrative or among the sheets, and not in both; projects carried over.

use rust_decimal::Decimal;

use super::project::{self, Budgeted, Project, budgeted, name_place};
use super::{at, figure_place, note, projects};
use crate::finding::{Message, Severity};
use crate::reading::fact_table::CellFact;
use crate::reading::statement::{Aspect, Statement};
use crate::reading::{FigureId, SectionKind};
use crate::rules::context::{Context, Laid};

/// CP07: where the list of projects adds up to 项目支出 and the sheets fall short by just the projects that have none,
/// or the other way round, these are missing. Else the two lists may have different scopes.
pub fn projects(context: &Context, page: usize, laid: &mut Laid) {
    let sheets: Vec<Budgeted> = budgeted(context).collect();
    if sheets.len() < 2 || sheets.len() != project::projects(context).count() {
        return;
    }
    let matches = projects::matches(context);
    let budgets: Decimal = sheets.iter().map(|sheet| sheet.value).sum();
    for (section, node, whole) in context.disclosure.statements() {
        if whole.measure != Some("项目支出") || whole.aspect != Aspect::Level {
            continue;
        }
        let value = |item: &Statement| context.figure(FigureId { section, index: item.figure }).value();
        let all = &context.sections[section as usize].statements;
        let items: Vec<&Statement> =
            all.iter().filter(|item| item.parent == Some(node) && item.aspect == Aspect::Level).collect();
        if items.len() < 2 || items.iter().any(|item| item.measure.is_some() || item.open_ended) {
            continue;
        }
        let total = value(whole);
        let listed: Decimal = items.iter().map(|item| value(item)).sum();
        let has_sheet =
            |item: &Statement| matches.iter().any(|found| found.section == section && found.item.figure == item.figure);
        let lone: Vec<&Statement> = items.iter().copied().filter(|item| !has_sheet(item)).collect();
        let short: Decimal = lone.iter().map(|item| value(item)).sum();
        if !lone.is_empty() && listed == total && budgets + short == total {
            for item in lone {
                let name = &item.label.text;
                let message = Message::new(
                    format!("项目“{name}”没有绩效目标表：各表合计比项目支出正好少此数"),
                    format!("The project “{name}” has no sheet: the sheets fall short by just its amount"),
                );
                let own = at(section, item.label.span, message);
                let mut found = note(page, Severity::Warning, own, name.clone());
                let id = FigureId { section, index: whole.figure };
                found.related.push(figure_place(context, id, Message::new("项目支出", "Project expenditure")));
                laid.notes.push(found);
            }
            return;
        }
        let named = |own: u32| matches.iter().any(|found| found.of.section == own);
        let unnamed: Vec<&Budgeted> = sheets.iter().filter(|sheet| !named(sheet.section)).collect();
        let left_out: Decimal = unnamed.iter().map(|sheet| sheet.value).sum();
        let all_named = items.iter().all(|item| has_sheet(item));
        if let ([only], true) = (unnamed.as_slice(), all_named)
            && budgets == total
            && listed + left_out == total
        {
            let name = &only.project.name;
            let message = Message::new(
                format!("项目“{name}”没有列入说明的项目清单：清单合计正好少此数"),
                format!("The narrative's list leaves out the project “{name}”: it falls short by just its amount"),
            );
            laid.notes.push(note(page, Severity::Hint, name_place(context, only.section, message), name.clone()));
            return;
        }
    }
}

/// YY05: projects that are called carried over, while neither the income table nor the narrative knows of a carry-over.
pub fn carried_over(context: &Context, page: usize, laid: &mut Laid) {
    let carried: Vec<(u32, &Project)> =
        project::projects(context).filter(|(_, project)| project.name.contains("结转")).collect();
    let Some((section, Project { name, .. })) = carried.first().filter(|_| !context.disclosure.accounts) else {
        return;
    };
    // A glossary that says what 结转 means says nothing of this year.
    let told = super::sections(context).filter(|(_, own)| own.kind == Some(SectionKind::Narrative)).any(|(_, own)| {
        let mut sentences = own.prose.split(['。', '；', '\n']);
        sentences
            .any(|said| ["结转", "结余", "以前年度"].iter().any(|word| said.contains(word)) && !said.contains('指'))
    });
    let booked = ["收支总表", "收入总表", "财政拨款收支总表"].iter().any(|name| {
        let Some(table) = context.disclosure.table(name) else { return false };
        let figure = |cell: &CellFact| matches!(cell, CellFact::Figure(id) if !context.figure(*id).value().is_zero());
        let column = table.column("上年结转");
        let in_column = column.is_some_and(|column| table.rows.iter().any(|fact| figure(&fact.cells[column])));
        let unknown = table.rows.iter().any(|fact| fact.cells.contains(&CellFact::Unknown));
        let in_row = |fact: &crate::reading::fact_table::FactRow| {
            fact.row.name.text.contains("结转") && fact.cells.iter().any(figure)
        };
        in_column || unknown || table.rows.iter().any(in_row)
    });
    if told || booked {
        return;
    }
    let count = carried.len();
    let message = Message::new(
        format!("项目“{name}”是上年结转的（共 {count} 个），收入和说明中没有上年结转"),
        format!("“{name}” is carried over ({count} in all), but no carry-over is stated as income"),
    );
    let mut found = note(page, Severity::Hint, name_place(context, *section, message), "结转项目");
    let others = carried.iter().skip(1).take(8);
    found.related = others
        .map(|(section, _)| name_place(context, *section, Message::new("结转项目", "Carried over as well")))
        .collect();
    laid.notes.push(found);
}
