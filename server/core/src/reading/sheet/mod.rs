//! Project sheets (绩效目标表): label and value in turn, then a table of indicators.

mod labels;
mod tape;

use std::ops::Range;

use super::clause;
use super::figure::Figure;
use super::indicator::{self, Indicator};
use super::number::Amount;
use super::source::Folded;
use super::table::Label;
use super::target::{self, Target, Voice};
use crate::catalog::Unit;
use crate::layout::Kept;
use crate::layout::grid::Cell;
use crate::text::Span;
use tape::{CELL, is_end, tape};

/// A project sheet that has been read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The project's name from its cell, else from the title.
    pub name: Label,
    /// The project's name in the title.
    pub title: Label,
    /// The project's code.
    pub code: Label,
    /// 预算数
    pub budget: Option<u32>,
    /// 其中：财政资金
    pub fiscal: Option<u32>,
    /// 其他资金
    pub other: Option<u32>,
    /// Amounts of money that the purpose states as those of the project.
    pub purpose: Vec<u32>,
    /// 资金支出计划: 3月底, 6月底, 10月底, 12月底; empty where it is not read.
    pub plan: Vec<u32>,
    /// True where the plan is in percent or in fractions.
    pub plan_in_percent: bool,
    /// Indicators.
    pub indicators: Vec<Indicator>,
    /// The kinds of the first level that its text names: 产出指标, 效益指标, 满意度指标.
    pub levels: Vec<&'static str>,
    /// What its purpose, its goals and its indicators promise, in this order.
    pub targets: Vec<Target>,
    /// The numbers of clauses that it says twice, with a key that is the same for the same number of the same clause.
    pub clauses: Vec<(String, u32)>,
}

/// Reads the rows of a sheet. For PDF text a row is a line and a cell a word.
pub fn read(rows: &[Vec<Cell>], title: Label, unit: Unit, figures: &mut Vec<Figure>) -> Sheet {
    let tape = tape(rows);
    let title_name = project_of(&title.text);
    let mut sheet = Sheet { title: Label { text: title_name.clone(), span: title.span }, ..Sheet::default() };
    let body = &tape.text;
    if let Some(code) = labels::code(body) {
        sheet.code = Label { text: body[code.clone()].to_owned(), span: tape.span(code) };
    }
    let name = labels::name(body).map(|name| Label { text: body[name.clone()].to_owned(), span: tape.span(name) });
    sheet.name = name.unwrap_or_else(|| sheet.title.clone());
    let what = sheet.name.text.replace(is_end, "");
    let mut figure = |place: Range<usize>, column: &str| -> Option<u32> {
        let text = &body[place.clone()];
        let amount = Amount::parse(text.trim_end_matches('%'))?;
        let span = tape.span(place);
        figures.push(Figure {
            span,
            text: text.into(),
            amount,
            unit,
            sign: 1,
            what: what.as_str().into(),
            column: column.into(),
            by_hand: true,
        });
        Some(figures.len() as u32 - 1)
    };
    let mut after = 0;
    if let Some(amounts) = labels::amounts(body) {
        sheet.budget = figure(amounts.budget, "预算数");
        sheet.fiscal = amounts.fiscal.and_then(|fiscal| figure(fiscal, "财政资金"));
        sheet.other = amounts.other.and_then(|other| figure(other, "其他资金"));
        after = amounts.end;
    }
    let plan = labels::plan(body);
    let plan_start = plan.as_ref().map_or(body.len(), |(_, whole)| whole.start);
    let plan_end = plan.as_ref().map_or(after, |(_, whole)| whole.end);
    if after < plan_start {
        let purpose = body[after..plan_start].split("资金支出计").next().unwrap_or_default();
        for sum in labels::sums(purpose) {
            sheet.purpose.extend(figure(after + sum.start..after + sum.end, "资金用途"));
        }
    }
    if let Some((parts, _)) = plan {
        sheet.plan_in_percent = parts.iter().any(|part| body[part.clone()].ends_with('%'));
        sheet.plan = parts.into_iter().filter_map(|part| figure(part, "资金支出计划")).collect();
        if sheet.plan.len() < 4 {
            sheet.plan.clear();
        }
    }
    let value = |index: Option<&u32>| index.map(|&index| figures[index as usize].amount.value);
    if let (Some(last), budget) = (value(sheet.plan.last()), value(sheet.budget.as_ref())) {
        // The four figures are percents, fractions or money, whatever the label says (FORMATS (a), project sheets).
        let hundred = rust_decimal::Decimal::ONE_HUNDRED;
        sheet.plan_in_percent |= Some(last) != budget && (last == hundred || last == rust_decimal::Decimal::ONE);
    }
    if sheet.plan_in_percent {
        for &index in &sheet.plan {
            figures[index as usize].unit = Unit::Count;
        }
    }
    let mut purpose_end = plan_start;
    // The plan may stand above the amounts.
    if let Some(label) = body.get(after..plan_start).and_then(|purpose| purpose.find("资金支出计")) {
        purpose_end = after + label;
    }
    let mut goals = plan_end.max(after);
    let table = body[goals..].find("一级指标").map_or(body.len(), |at| goals + at);
    if goals < purpose_end {
        // No plan parts the purpose from the goals: what is said is one or the other, never both.
        let label = goal_label(&body[after..table]).map_or(table, |at| after + at);
        purpose_end = purpose_end.min(label);
        goals = label;
    }
    if after > 0 {
        spoken(&tape, after..purpose_end, Voice::Purpose, &what, figures, &mut sheet.targets);
        spoken(&tape, goals..table, Voice::Goal, &what, figures, &mut sheet.targets);
    }
    sheet.indicators = indicator::read(rows);
    let mut clause = sheet.targets.iter().map(|target| target.clause + 1).max().unwrap_or(0);
    for indicator in &mut sheet.indicators {
        if let Some(figure) = indicator::figure_of(indicator, &what) {
            indicator.figure = u32::try_from(figures.len()).ok();
            figures.push(figure);
            clause += 1;
            sheet.targets.extend(indicator::target_of(indicator, clause));
        }
    }
    let behind: String = body[table..].split(is_end).collect();
    sheet.levels = LEVELS.into_iter().filter(|level| behind.contains(level)).collect();
    // The words of the purpose and the goals, before the indicators.
    let words = body.split("一级指标").next().unwrap_or_default();
    for (key, range) in clause::repeated(words, &[CELL]) {
        let text = &body[range.clone()];
        let Some(amount) = Amount::parse(text) else { continue };
        let span = tape.span(range);
        let known = figures.iter().position(|figure| figure.span == span).map(|index| index as u32);
        let figure = known.unwrap_or_else(|| {
            figures.push(counted(text, span, amount, &what, "资金用途和绩效目标"));
            figures.len() as u32 - 1
        });
        sheet.clauses.push((key, figure));
    }
    sheet.name.text = what;
    sheet
}

/// Where the cell is that the goals are headed by.
fn goal_label(text: &str) -> Option<usize> {
    const LABEL: &str = "绩效目标";
    text.match_indices(LABEL).map(|(at, _)| at).find(|at| text[at + LABEL.len()..].starts_with(is_end))
}

/// The project that a sheet's title names.
fn project_of(title: &str) -> String {
    let bare = crate::catalog::name::bare(crate::layout::line::tidy(title));
    ["绩效目标表", "项目绩效目标公开表", "项目支出绩效目标表"]
        .iter()
        .find_map(|tail| bare.strip_suffix(tail))
        .unwrap_or(&bare)
        .to_owned()
}

/// The kinds of indicators of the first level.
pub const LEVELS: [&str; 3] = ["产出指标", "效益指标", "满意度指标"];

fn counted(text: &str, span: Span, amount: Amount, what: &str, column: &str) -> Figure {
    Figure {
        span,
        text: text.into(),
        amount,
        unit: Unit::Count,
        sign: 1,
        what: what.into(),
        column: column.into(),
        by_hand: true,
    }
}

/// Reads the targets of the purpose or the goals. Cells and lines break words anywhere; items part clauses.
fn spoken(
    tape: &Folded,
    range: Range<usize>,
    voice: Voice,
    what: &str,
    figures: &mut Vec<Figure>,
    out: &mut Vec<Target>,
) {
    if range.start >= range.end {
        return;
    }
    let mut said = Folded::default();
    let mut at = range.start;
    for piece in tape.text[range].split(is_end) {
        said.add(piece, Span::new(at, at + piece.len()));
        at += piece.len() + CELL.len_utf8();
    }
    let first = out.iter().map(|target| target.clause + 1).max().unwrap_or(0);
    for found in target::find(&said.text) {
        let place = said.span(found.number.clone());
        let printed = &said.text[found.number.clone()];
        let column = if voice == Voice::Purpose { "资金用途" } else { "绩效目标" };
        out.push(Target {
            figure: u32::try_from(figures.len()).unwrap_or(u32::MAX),
            aim: found.aim,
            unit: found.unit,
            kept: Kept::default(),
            lead: found.lead,
            tail: found.tail,
            clause: first + found.clause,
            voice,
            part: String::new(),
        });
        figures.push(counted(printed, tape.span(place.range()), found.amount, what, column));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A row a line, its cells parted by tabs.
    fn rows(text: &str) -> Vec<Vec<Cell>> {
        let mut start = 0;
        let mut cell = |text: &str| {
            let span = Span::new(start, start + text.len());
            start = span.end + 1;
            Cell { span, text: text.to_owned() }
        };
        text.lines().map(|line| line.split('\t').map(&mut cell).collect()).collect()
    }

    #[test]
    fn without_a_plan_of_payments_what_is_said_is_purpose_or_goal_never_both() {
        let head = "项目编码\t4970725P19016000000F\t项目名称\t调解\n预算数\t10.00\t其中：财政资金\t10.00\t其他资金\t";
        let said = "\t为人民调解员120人发放补贴\n绩效目标\t1.调解纠纷221件\n\t2.培训调解员120人";
        let indicators = "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t调解纠纷\t≥221件";
        for plan in ["", "\n资金支出计划（%）\t3月底\t6月底\t10月底\t12月底\n\t\t\t\t"] {
            let (purpose, goals) = said.split_once('\n').expect("two parts");
            let text = format!("{head}\n{purpose}{plan}\n{goals}\n{indicators}");
            let mut figures = Vec::new();
            let sheet = read(&rows(&text), Label::default(), Unit::TenThousand, &mut figures);
            let told: Vec<(Voice, &str)> = sheet
                .targets
                .iter()
                .filter(|target| target.voice != Voice::Indicator)
                .map(|target| (target.voice, &*figures[target.figure as usize].text))
                .collect();
            assert_eq!(told, [(Voice::Purpose, "120"), (Voice::Goal, "221"), (Voice::Goal, "120")], "{plan}");
            let spans: std::collections::BTreeSet<Span> = figures.iter().map(|figure| figure.span).collect();
            assert_eq!(spans.len(), figures.len(), "{plan}");
        }
    }
}
