//! Assets and purchases.

use super::{figure_place, place, relation, term};
use crate::catalog::procurement;
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::reading::disclosure::CellFact;
use crate::reading::statement::Aspect;
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::Note;

/// YY07: the asset table states the last day of the year before the budget's.
pub fn date(context: &Context, page: usize, laid: &mut Laid) {
    let Some(year) = context.disclosure.year else { return };
    for number in context.disclosure.sections.clone() {
        let section = &context.sections[number];
        let Some(((stated, month, day), label)) = &section.date else { continue };
        if section.table.as_ref().is_none_or(|table| table.form.id != "A")
            || (*stated, *month, *day) == (year - 1, 12, 31)
        {
            continue;
        }
        let new = label.text.replacen(&stated.to_string(), &(year - 1).to_string(), 1);
        let only_year = (*month, *day) == (12, 31);
        laid.notes.push(Note {
            page,
            severity: Severity::Error,
            at: place(
                number as u32,
                label,
                Message::new(
                    format!("{year}年预算的资产表截止时间应为 {}年12月31日，此处为 {}", year - 1, label.text),
                    format!(
                        "The asset table of the {year} budget should state 31 December {}; printed: {}",
                        year - 1,
                        label.text
                    ),
                ),
            ),
            related: Vec::new(),
            fixes: if only_year {
                vec![(Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new)]
            } else {
                Vec::new()
            },
            certain: only_year,
            key: "截止时间".to_owned(),
            explains: Vec::new(),
        });
    }
}

/// NT12: what the narrative says will be bought as fixed assets is what the procurement table lists as such.
pub fn purchase(context: &Context, page: usize, laid: &mut Laid) {
    let Some(table) = context.disclosure.table("政府采购表") else { return };
    for (section, _, statement) in context.disclosure.statements(context.sections) {
        if statement.measure != Some("拟购置固定资产") || statement.aspect != Aspect::Level {
            continue;
        }
        let own = FigureId { section, index: statement.figure };
        if table.is_empty() {
            if !context.figure(own).value().is_zero() {
                laid.notes.push(empty(context, page, own, table));
            }
            continue;
        }
        let Some(column) = table.column("合计") else { continue };
        let mut parts = Vec::new();
        let mut sure = true;
        for fact in table.rows.iter().filter(|fact| fact.row.kind == RowKind::Item) {
            let asset = fact.row.code.as_ref().and_then(|code| procurement::is_fixed_asset(&code.text));
            match (asset, fact.cells[column]) {
                (Some(true), CellFact::Figure(id)) => parts.push(term(id, format!("采购{}", fact.row.name.text))),
                (Some(false), _) | (_, CellFact::Blank) => {}
                _ => sure = false,
            }
        }
        if !sure {
            laid.unchecked += 1;
            continue;
        }
        let left = vec![term(own, "说明拟购置固定资产")];
        let mut found = relation(context, page, left, Op::Equal, parts, "拟购置固定资产");
        found.tolerance = crate::rules::page::Tolerance::Sum;
        laid.relations.push(found);
    }
}

fn empty(context: &Context, page: usize, own: FigureId, table: &crate::reading::disclosure::FactTable) -> Note {
    let text = &context.figure(own).text;
    Note {
        page,
        severity: Severity::Error,
        at: figure_place(
            context,
            own,
            Message::new(
                format!("说明拟购置固定资产 {text}，政府采购表却是空表"),
                format!("Fixed assets of {text} are to be bought, but the procurement table is empty"),
            ),
        ),
        related: vec![place(
            table.section,
            &table.title,
            Message::new("政府采购表（空表）", "The procurement table (empty)"),
        )],
        fixes: Vec::new(),
        certain: false,
        key: "拟购置固定资产".to_owned(),
        explains: Vec::new(),
    }
}
