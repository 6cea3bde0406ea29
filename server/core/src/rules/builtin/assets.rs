//! Assets and purchases.

use super::{figure_place, place, relation, term};
use crate::catalog::procurement;
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::statement::Aspect;
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::Note;

/// YY07: the asset table states the last day of the year before the budget's.
pub fn date(context: &Context, page: usize, laid: &mut Laid) {
    let Some(year) = context.disclosure.year else { return };
    for (number, section) in context.sections.of(|class| class.date) {
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
                number,
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
    for (section, _, statement) in context.disclosure.statements() {
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

fn empty(context: &Context, page: usize, own: FigureId, table: &crate::reading::fact_table::FactTable) -> Note {
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

/// AS03: who has vehicles pays for their upkeep, and who pays has vehicles.
pub fn vehicles(context: &Context, page: usize, laid: &mut Laid) {
    let (Some(assets), Some(three)) = (context.disclosure.table("固定资产表"), context.disclosure.table("三公经费表"))
    else {
        return;
    };
    let cell =
        |table: &'_ FactTable, row: &str, column: &str| Some(table.rows[table.row(row)?].cells[table.column(column)?]);
    let (Some(count), Some(cost)) = (cell(assets, "车辆", "数量"), cell(three, "公务用车运行维护费", "合计"))
    else {
        return;
    };
    let worth = cell(assets, "车辆", "价值").unwrap_or(CellFact::Blank);
    let filled = |cell: CellFact| match cell {
        CellFact::Figure(id) => Some(!context.figure(id).value().is_zero()),
        CellFact::Blank => Some(false),
        CellFact::Unknown => None,
    };
    let (Some(have), Some(worth), Some(pay)) = (filled(count), filled(worth), filled(cost)) else { return };
    // A table of assets without a figure says nothing.
    let told = assets.rows.iter().flat_map(|fact| &fact.cells).any(|cell| matches!(cell, CellFact::Figure(_)));
    if (have || worth) == pay || !told {
        return;
    }
    let (zh, en) = if pay {
        ("三公经费表有公务用车运行维护费，固定资产表却没有车辆", "Vehicles are paid for, but none are among the assets")
    } else {
        (
            "固定资产表有车辆，三公经费表却没有公务用车运行维护费",
            "There are vehicles among the assets, but nothing is paid for them",
        )
    };
    let at = if pay {
        cost
    } else if have {
        count
    } else {
        return;
    };
    let CellFact::Figure(id) = at else { return };
    laid.notes.push(Note {
        page,
        severity: Severity::Hint,
        at: figure_place(context, id, Message::new(zh, en)),
        related: vec![place(assets.section, &assets.title, Message::new("固定资产表", "The table of assets"))],
        fixes: Vec::new(),
        certain: false,
        key: "车辆".to_owned(),
        explains: Vec::new(),
    });
}

/// AS04: a body with staff has more than vehicles: 其他固定资产 is not empty.
pub fn rest(context: &Context, page: usize, laid: &mut Laid) {
    let Some(assets) = context.disclosure.table("固定资产表") else { return };
    let (Some(row), Some(worth), Some(total)) =
        (assets.row("其他固定资产"), assets.column("价值"), assets.row("资产总额"))
    else {
        return;
    };
    let staffed = context.disclosure.table("基本支出表").is_some_and(|table| {
        let (Some(row), Some(column)) = (table.row("301"), table.column("合计")) else { return false };
        matches!(table.rows[row].cells[column], CellFact::Figure(id) if !context.figure(id).value().is_zero())
    });
    let empty = assets.rows[row].cells.iter().all(|cell| match cell {
        CellFact::Blank => true,
        CellFact::Figure(id) => context.figure(*id).value().is_zero(),
        CellFact::Unknown => false,
    });
    let CellFact::Figure(all) = assets.rows[total].cells[worth] else { return };
    if !staffed || !empty || context.figure(all).value().is_zero() {
        return;
    }
    laid.notes.push(Note {
        page,
        severity: Severity::Hint,
        at: place(
            assets.rows[row].section,
            &assets.rows[row].row.name,
            Message::new(
                "有在职人员，其他固定资产（办公设备、家具等）却为空，请核对",
                "There is staff, but no other fixed assets (equipment, furniture); please check",
            ),
        ),
        related: vec![figure_place(context, all, Message::new("资产总额", "All assets"))],
        fixes: Vec::new(),
        certain: false,
        key: "其他固定资产".to_owned(),
        explains: Vec::new(),
    });
}
