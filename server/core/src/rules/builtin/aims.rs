//! Form and direction of indicators.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rust_decimal::Decimal;

use super::place;
use super::project::{Project, name_place};
use crate::catalog::name::fold;
use crate::finding::{Message, Severity};
use crate::hash::hasher;
use crate::reading::indicator::Indicator;
use crate::reading::sheet::{LEVELS, Sheet};
use crate::reading::target::Aim;
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;
use crate::rules::note::Note;

fn note(page: usize, section: u32, indicator: &Indicator, message: Message, sheet: &Sheet) -> Note {
    Note {
        page,
        severity: Severity::Hint,
        at: place(section, &indicator.value, message),
        related: vec![place(section, &sheet.name, Message::new("项目", "The project"))],
        fixes: Vec::new(),
        certain: false,
        key: format!("{}/{}", sheet.name.text, indicator.words),
        explains: Vec::new(),
    }
}

/// PF08: costs are capped, satisfaction and coverage are to be reached, and the work ends no sooner than its money.
pub fn direction(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    for indicator in &sheet.indicators {
        if let Some(message) = turned(indicator).or_else(|| early(context, section, sheet, indicator)) {
            laid.notes.push(note(page, section, indicator, message, sheet));
        }
    }
}

/// A cost that is to be at least so much, a satisfaction that is to be at most so much.
fn turned(indicator: &Indicator) -> Option<Message> {
    /// Costs that are paid out to people or saved: the more the better.
    const PAID: [&str; 16] = [
        "标准", "补助", "补贴", "救助", "奖", "投入", "收入", "节约", "节省", "降低", "减少", "工资", "养老", "抚恤",
        "到位", "效益",
    ];
    const WANTED: [&str; 5] = ["满意度", "满意率", "知晓率", "合格率", "覆盖率"];
    const UNWANTED: [&str; 8] = ["不满意", "投诉", "不合格", "未", "差错", "违规", "不良", "病"];
    let words = &indicator.words;
    let money = indicator.unit.starts_with("元") || indicator.unit.starts_with("万元");
    if indicator.kind == "成本指标"
        && money
        && indicator.aim == Aim::AtLeast
        && !PAID.iter().any(|word| words.contains(word))
    {
        return Some(Message::new(
            format!("成本指标“{}”取 {}，成本一般只设上限（≤）", indicator.name, fold(&indicator.value.text)),
            format!("The cost “{}” is to be {}; costs are capped (≤)", indicator.name, fold(&indicator.value.text)),
        ));
    }
    let wanted =
        WANTED.iter().any(|word| indicator.name.ends_with(word)) && !UNWANTED.iter().any(|word| words.contains(word));
    (wanted && indicator.aim == Aim::AtMost && indicator.unit == "%").then(|| {
        Message::new(
            format!("“{}”取 {}，应为下限（≥）", indicator.name, fold(&indicator.value.text)),
            format!("“{}” is to be {}; it should be a floor (≥)", indicator.name, fold(&indicator.value.text)),
        )
    })
}

/// A month by which the work is done, while at least half of the money flows later.
fn early(context: &Context, section: u32, sheet: &Sheet, indicator: &Indicator) -> Option<Message> {
    const ENDS: [i64; 4] = [3, 6, 10, 12];
    let by = indicator.aim == Aim::AtMost || indicator.unit.starts_with("月底") || indicator.unit.starts_with("月前");
    let whole = ["全部", "各项", "整体", "项目", "工作", "完成"].iter().any(|word| indicator.words.contains(word));
    if indicator.kind != "时效指标" || !indicator.unit.starts_with('月') || !by || !whole || sheet.plan.len() != 4
    {
        return None;
    }
    let month = indicator.number?.value;
    let at = ENDS.iter().position(|end| month <= Decimal::from(*end))?;
    let value = |at: usize| context.figure(FigureId { section, index: sheet.plan[at] }).amount.value;
    let (then, last) = (value(at), value(3));
    (at < 3 && month >= Decimal::ONE && then * Decimal::TWO <= last && !last.is_zero()).then(|| {
        Message::new(
            format!(
                "“{}”为 {}，资金支出计划到 {}月底才支出 {then}（全部 {last}）",
                indicator.name,
                fold(&indicator.value.text),
                ENDS[at]
            ),
            format!(
                "“{}” is {}, but by the end of month {} only {then} of {last} is to be spent",
                indicator.name,
                fold(&indicator.value.text),
                ENDS[at]
            ),
        )
    })
}

/// PF09: output, benefit and satisfaction each have an indicator, and what is counted has a number.
pub fn form(_: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    // Where one of the three is not seen the others must be, or the table was not understood.
    if sheet.indicators.len() >= 3 && sheet.levels.len() == 2 {
        let missing = LEVELS.into_iter().find(|level| !sheet.levels.contains(level)).unwrap_or_default();
        laid.notes.push(Note {
            page,
            severity: Severity::Hint,
            at: place(
                section,
                &sheet.name,
                Message::new(format!("绩效目标表没有{missing}"), format!("The sheet has no {missing}")),
            ),
            related: Vec::new(),
            fixes: Vec::new(),
            certain: false,
            key: format!("{}/{missing}", sheet.name.text),
            explains: Vec::new(),
        });
    }
    for indicator in sheet.indicators.iter().filter(|indicator| indicator.kind == "数量指标") {
        let price = indicator.unit.starts_with("元/") || indicator.unit.starts_with("万元/");
        if price {
            let message = Message::new(
                format!("数量指标“{}”填的是单价 {}", indicator.name, fold(&indicator.value.text)),
                format!("The quantity “{}” holds a price, {}", indicator.name, fold(&indicator.value.text)),
            );
            laid.notes.push(note(page, section, indicator, message, sheet));
        }
    }
}

/// What a sheet has for indicators, costs left out; with a hash by which most sheets are told apart.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Indicators(u64, BTreeSet<String>);

impl Facet for Indicators {
    fn of(section: &Section) -> Self {
        let all = section.sheet.iter().flat_map(|sheet| &sheet.indicators);
        let compared = all.filter(|one| one.kind != "成本指标");
        let set = compared.map(|one| format!("{} {} {}", one.kind, one.words, fold(&one.value.text))).collect();
        let mut hash = hasher();
        BTreeSet::hash(&set, &mut hash);
        Self(hash.finish(), set)
    }
}

/// PF10: unlike projects do not have the same indicators throughout. What several copy is said once.
pub fn copies(context: &Context, page: usize, laid: &mut Laid) {
    const ENOUGH: usize = 5;
    let mut seen: BTreeMap<&Indicators, Vec<(u32, &Project)>> = BTreeMap::new();
    for (section, own) in context.sections.facets::<Indicators>(|class| class.sheet) {
        if own.1.len() >= ENOUGH {
            seen.entry(own).or_default().push((section, context.sections.facet(section as usize)));
        }
    }
    for (Indicators(_, set), sheets) in seen {
        let [(_, first), rest @ ..] = sheets.as_slice() else { continue };
        let unlike: Vec<_> = rest.iter().filter(|(_, own)| own.core.likeness(&first.core, 0) < 500).collect();
        let Some((section, _)) = unlike.first() else { continue };
        laid.notes.push(Note {
            page,
            severity: Severity::Hint,
            at: name_place(
                context,
                *section,
                Message::new(
                    format!("{} 个项目的 {} 项指标完全相同，与“{}”无区别", unlike.len() + 1, set.len(), first.name),
                    format!("{} projects have the same {} indicators as “{}”", unlike.len() + 1, set.len(), first.name),
                ),
            ),
            related: sheets
                .iter()
                .filter(|(other, _)| other != section)
                .take(8)
                .map(|(section, _)| {
                    let message = Message::new("指标相同的项目", "A project with the same indicators");
                    name_place(context, *section, message)
                })
                .collect(),
            fixes: Vec::new(),
            certain: false,
            key: first.name.clone(),
            explains: Vec::new(),
        });
    }
}
