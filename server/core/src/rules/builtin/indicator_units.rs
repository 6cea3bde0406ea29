//! Units of project sheets: rates that carry another unit, plans in percent that hold amounts.

use rust_decimal::Decimal;

use super::{at, note};
use crate::catalog::name::{fold, without_brackets};
use crate::finding::{Message, Severity};
use crate::reading::Section;
use crate::reading::indicator::Indicator;
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;
use crate::text::Span;

/// What things are counted in. A rate is counted in none of them; units with 每 or / in them are rates of their own.
const THINGS: [&str; 36] = [
    "天",
    "日",
    "个工作日",
    "工作日",
    "小时",
    "分钟",
    "个月",
    "月",
    "月底",
    "年",
    "人",
    "万人",
    "人次",
    "万人次",
    "次",
    "个",
    "家",
    "件",
    "份",
    "户",
    "项",
    "台",
    "辆",
    "场",
    "期",
    "套",
    "批",
    "批次",
    "篇",
    "条",
    "公里",
    "平方米",
    "亩",
    "名",
    "所",
    "处",
];

/// Words that end in 率 and are no share of a hundred.
const NO_SHARES: [&str; 12] =
    ["频率", "效率", "速率", "汇率", "利率", "心率", "概率", "几率", "功率", "税率", "费率", "死亡率"];

/// Is an indicator of this folded name a share of a hundred?
fn is_share(name: &str) -> bool {
    let plain = without_brackets(name);
    ["率", "满意度", "满意程度", "占比", "百分比"].iter().any(|end| plain.ends_with(end))
        && !NO_SHARES.iter().any(|end| plain.ends_with(end))
}

/// What a value is counted in, without the words that make it a bound.
fn unit(indicator: &Indicator) -> &str {
    let mut unit = indicator.unit.as_str();
    for tail in ["以上", "以下", "以内", "左右", "之内", "之前", "及", "内", "前"] {
        unit = unit.strip_suffix(tail).unwrap_or(unit);
    }
    unit
}

/// Of PDF text: do the name of an indicator and its value stand on one line?
fn on_one_line(section: &Section, indicator: &Indicator) -> bool {
    let start = indicator.value.span.start;
    let own = section.lines().find(|line| line.span.start <= start && start < line.span.end);
    let Some(line) = own else { return false };
    line.text.get(..start - line.span.start).is_some_and(|before| fold(before).contains(&indicator.name))
}

/// Does the sheet state units in a column of their own?
fn has_unit_column(section: &Section) -> bool {
    let form = pattern!(r"(?m)计量单位|度量单位|指标单位|(?:^|[\t|>,])\s*单位\s*(?:[\t|<,]|$)");
    section.blocks.iter().any(|block| form.is_match(&block.text))
}

/// The shares of a hundred among the indicators of a sheet.
#[derive(PartialEq)]
struct Shares {
    /// How many are printed with a percent sign.
    percents: usize,
    /// Those that are counted in something else or in nothing, by their numbers.
    others: Vec<usize>,
}

impl Facet for Shares {
    fn of(section: &Section) -> Self {
        let Some(sheet) = &section.sheet else { return Self { percents: 0, others: Vec::new() } };
        let shares = || sheet.indicators.iter().enumerate().filter(|(_, indicator)| is_share(&indicator.name));
        let percents = shares().filter(|(_, indicator)| indicator.unit.contains('%')).count();
        let bare = |indicator: &Indicator| unit(indicator).is_empty();
        let counted = |indicator: &Indicator| THINGS.contains(&unit(indicator)) || is_money(unit(indicator));
        let other = shares().filter(|(_, indicator)| bare(indicator) || counted(indicator));
        let mut others: Vec<usize> = other.map(|(number, _)| number).collect();
        if others.is_empty() {
            return Self { percents, others };
        }
        let (separate, cells) = (has_unit_column(section), section.has_cells());
        others.retain(|&number| {
            let indicator = &sheet.indicators[number];
            let known = indicator.number.filter(|_| cells || on_one_line(section, indicator));
            known.is_some_and(|number| !bare(indicator) || !separate && lacks_percent(indicator, number.value))
        });
        Self { percents, others }
    }
}

fn is_money(unit: &str) -> bool {
    matches!(unit, "万元" | "元")
}

/// From 1 to 100 it is a percentage without its sign; up to 1 it is a fraction, which is no slip.
fn lacks_percent(indicator: &Indicator, value: Decimal) -> bool {
    let Indicator { name, words, value: label, .. } = indicator;
    let marks = |text: &str| text.contains('%') || text.contains("百分") || text.contains("得分");
    let scored = marks(name) || marks(words) || words.contains("评分") || words.contains("打分");
    value > Decimal::ONE && value <= Decimal::ONE_HUNDRED && !scored && !marks(&fold(&label.text))
}

/// UF04: the value of a rate is a percentage.
pub fn units(context: &Context, page: usize, laid: &mut Laid) {
    let shares = || context.sections.facets::<Shares>(|class| class.sheet);
    let percents: usize = shares().map(|(_, shares)| shares.percents).sum();
    for (section, shares) in shares().filter(|(_, shares)| !shares.others.is_empty()) {
        let Some(sheet) = &context.sections.get(section as usize).sheet else { continue };
        for &number in &shares.others {
            let said = Said { page, section, project: &sheet.name.text, indicator: &sheet.indicators[number] };
            match unit(said.indicator) {
                "" if percents >= 2 => laid.notes.push(said.bare()),
                "" => {}
                // 预算控制率 ≤ so much money: a name that is off rather than a value.
                unit if is_money(unit) => laid.notes.push(said.other_unit(unit, Severity::Hint)),
                unit => laid.notes.push(said.other_unit(unit, Severity::Warning)),
            }
        }
    }
}

struct Said<'a> {
    page: usize,
    section: u32,
    project: &'a str,
    indicator: &'a Indicator,
}

impl Said<'_> {
    fn key(&self) -> String {
        format!("{}/{}", self.project, self.indicator.name)
    }

    fn other_unit(&self, unit: &str, severity: Severity) -> crate::rules::note::Note {
        let Indicator { name, value, .. } = self.indicator;
        let printed = value.text.trim();
        let message = Message::new(
            format!("“{name}”是比率，指标值 {printed} 却以“{unit}”计量，指标与指标值不对应"),
            format!("“{name}” is a rate, but its value {printed} is counted in “{unit}”"),
        );
        note(self.page, severity, at(self.section, value.span, message), self.key())
    }

    fn bare(&self) -> crate::rules::note::Note {
        let Indicator { name, value, number_span, .. } = self.indicator;
        let printed = value.text.trim();
        let message = Message::new(
            format!("“{name}”的指标值 {printed} 缺少百分号"),
            format!("The value {printed} of “{name}” lacks its percent sign"),
        );
        let mut found = note(self.page, Severity::Info, at(self.section, value.span, message), self.key());
        let start = number_span.start.saturating_sub(value.span.start);
        if let Some(number) = value.text.get(start..start + number_span.len()) {
            let new = format!("{number}%");
            let title = Message::new(format!("改为 {new}"), format!("Change to {new}"));
            found.fixes.push((title, Some(*number_span), new));
            found.certain = true;
        }
        found
    }
}

/// UF03: a plan of which the label says percent holds amounts. So common that it is said once.
pub fn plan(context: &Context, page: usize, laid: &mut Laid) {
    let sheets = context.sections.facets(|class| class.sheet);
    let labels: Vec<(u32, Span)> =
        sheets.filter_map(|(section, PlanInAmounts(label))| Some((section, (*label)?))).collect();
    let Some((section, span)) = labels.first() else { return };
    let count = labels.len();
    let message = Message::new(
        format!("“资金支出计划（%）”应填累计百分比，{count} 张绩效目标表填的是金额"),
        format!("The spending plan is headed “%”, but {count} project sheets state amounts"),
    );
    let mut found = note(page, Severity::Hint, at(*section, *span, message), "资金支出计划");
    let related = labels.iter().skip(1).take(8);
    found.related =
        related.map(|(section, span)| at(*section, *span, Message::new("同样填列金额", "Amounts here too"))).collect();
    laid.notes.push(found);
}

/// Where a plan that holds amounts is headed with a percent sign.
#[derive(PartialEq)]
struct PlanInAmounts(Option<Span>);

impl Facet for PlanInAmounts {
    fn of(section: &Section) -> Self {
        let amounts = section.sheet.as_ref().is_some_and(|sheet| {
            let value = |index: u32| section.figures[index as usize].amount.value;
            let last = sheet.plan.get(3).filter(|_| !sheet.plan_in_percent).map(|last| value(*last));
            last.is_some_and(|last| {
                sheet.budget.map(value) == Some(last) && last > Decimal::ONE && last != Decimal::ONE_HUNDRED
            })
        });
        Self(amounts.then(|| percent_label(section)).flatten())
    }
}

/// Where a sheet heads its plan with a percent sign; the words may run over lines.
fn percent_label(section: &Section) -> Option<Span> {
    let text: String = section.blocks.iter().map(|block| &*block.text).collect();
    let found = pattern!(r"资金\s*支出\s*计\s*划\s*[（(]\s*[%％]\s*[）)]").find(&text)?;
    Some(Span::new(found.start(), found.end()))
}
