//! Project sheets (绩效目标表): label and value in turn, then a table of indicators.

use super::clause;
use super::figure::Figure;
use super::number::Amount;
use super::table::Label;
use crate::catalog::Unit;
use crate::catalog::name::fold;
use crate::layout::grid::Cell;
use crate::text::Span;

/// One indicator of a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Indicator {
    /// Its kind: 数量指标, 成本指标 …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its name and description, joined.
    pub words: String,
    /// Its value as printed.
    pub value: Label,
    /// The number in it.
    pub number: Option<Amount>,
    /// Where the number is printed.
    pub number_span: Span,
    /// What the number is counted in: 万元, 人, %.
    pub unit: String,
}

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
}

/// Between two cells, and between two rows.
const CELL: char = '\u{1}';
const ROW: char = '\n';

struct Tape {
    text: String,
    places: Vec<usize>,
    ends: Vec<usize>,
}

impl Tape {
    fn of(rows: &[Vec<Cell>]) -> Self {
        let mut tape = Self { text: String::new(), places: Vec::new(), ends: Vec::new() };
        for row in rows {
            for cell in row.iter().filter(|cell| !cell.is_blank()) {
                for (at, c) in cell.text.char_indices() {
                    if let Some(folded) = crate::catalog::name::fold_char(c) {
                        tape.push(folded, cell.span.start + at, cell.span.start + at + c.len_utf8());
                    }
                }
                tape.push(CELL, cell.span.end, cell.span.end);
            }
            let end = row.last().map_or(0, |cell| cell.span.end);
            tape.push(ROW, end, end);
        }
        tape
    }

    fn push(&mut self, c: char, place: usize, end: usize) {
        self.text.push(c);
        self.places.resize(self.text.len(), place);
        self.ends.resize(self.text.len(), end);
    }

    fn span(&self, range: std::ops::Range<usize>) -> Span {
        Span::new(self.places[range.start], self.ends[range.end - 1])
    }
}

/// Reads the rows of a sheet. For PDF text a row is a line and a cell a word.
pub fn read(rows: &[Vec<Cell>], title: Label, unit: Unit, figures: &mut Vec<Figure>) -> Sheet {
    let tape = Tape::of(rows);
    let title_name = project_of(&title.text);
    let mut sheet = Sheet { title: Label { text: title_name.clone(), span: title.span }, ..Sheet::default() };
    let body = &tape.text;
    if let Some(found) = pattern!(r"项目编码[\x01\n]*(\w{8,})").captures(body).and_then(|found| found.get(1)) {
        sheet.code = Label { text: found.as_str().to_owned(), span: tape.span(found.range()) };
    }
    sheet.name = name_cell(&tape).unwrap_or_else(|| sheet.title.clone());
    let what = sheet.name.text.replace([CELL, ROW], "");
    let mut figure = |found: Option<regex::Match>, column: &str| -> Option<u32> {
        let found = found?;
        let amount = Amount::parse(found.as_str().trim_end_matches('%'))?;
        let span = tape.span(found.range());
        let text = found.as_str();
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
    let amounts = pattern!(concat!(
        r"预算数[\x01\n]*(?P<budget>[\d.,，]+)[\x01\n]*(?:其中：?[\x01\n]*财政[\x01\n]*(?:拨款|资金)[\x01\n]*(?:资金)?[\x01\n]*(?P<fiscal>[\d.,，]+)?)?",
        r"(?:[\x01\n]*其他[\x01\n]*资金[\x01\n]*(?P<other>[\d.,，]+)?)?"
    ));
    let mut after = 0;
    if let Some(found) = amounts.captures(body) {
        sheet.budget = figure(found.name("budget"), "预算数");
        sheet.fiscal = figure(found.name("fiscal"), "财政资金");
        sheet.other = figure(found.name("other"), "其他资金");
        after = found.get(0).map_or(0, |m| m.end());
    }
    let plan = pattern!(concat!(
        r"12月底?[\x01\n]+(\d[\d.,，]*%?)[\x01\n]+(\d[\d.,，]*%?)[\x01\n]+",
        r"(\d[\d.,，]*%?)[\x01\n]+(\d[\d.,，]*%?)[\x01\n]"
    ))
    .captures(body);
    let plan_start = plan.as_ref().and_then(|found| found.get(0)).map_or(body.len(), |m| m.start());
    if after < plan_start {
        let purpose = body[after..plan_start].split("资金支出计").next().unwrap_or_default();
        for found in pattern!(r"(?:资金|经费|预算|共计|总额|安排)[\x01\n]*(\d[\d.,，]*)[\x01\n]*万[\x01\n]*元")
            .captures_iter(purpose)
        {
            let start = after + found.get(1).map_or(0, |number| number.start());
            sheet.purpose.extend(figure(pattern!(r"\d[\d.,，]*").find_at(body, start), "资金用途"));
        }
    }
    if let Some(found) = plan {
        sheet.plan_in_percent = (1..=4).any(|index| found[index].ends_with('%'));
        sheet.plan = (1..=4).filter_map(|index| figure(found.get(index), "资金支出计划")).collect();
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
    sheet.indicators = indicators(rows);
    for indicator in &sheet.indicators {
        figures.extend(indicator_figure(indicator, &what));
    }
    // The words of the purpose and the goals, before the indicators.
    let words = tape.text.split("一级指标").next().unwrap_or_default();
    for (key, range) in clause::repeated(words, &[CELL]) {
        let text = &tape.text[range.clone()];
        if let Some(amount) = Amount::parse(text) {
            let (span, column) = (tape.span(range.clone()), format!("同句 {key}").into());
            let what = what.as_str().into();
            figures.push(Figure {
                span,
                text: text.into(),
                amount,
                unit: Unit::Count,
                sign: 1,
                what,
                column,
                by_hand: true,
            });
        }
    }
    sheet.name.text = what;
    sheet
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

/// The cell behind 项目名称; in PDF text it may run over lines until the next label.
fn name_cell(tape: &Tape) -> Option<Label> {
    let found = pattern!(r"项目名称[\x01\n]*([^\x01\n].*?(?:\x01\n.*?)*?)[\x01\n]+预算规模").captures(&tape.text)?;
    let cell = found.get(1)?;
    let text = cell.as_str().trim_end_matches([CELL, ROW]);
    (!text.is_empty())
        .then(|| Label { text: text.to_owned(), span: tape.span(cell.start()..cell.start() + text.len()) })
}

/// The figure of an indicator that rules compare: caps on money, heads, and the standard for each head.
fn indicator_figure(indicator: &Indicator, what: &str) -> Option<Figure> {
    let money = indicator.kind == "成本指标";
    let (unit, column, what) = match indicator.unit.as_str() {
        "万元" if money => (Unit::TenThousand, format!("成本指标 {}", indicator.name), what),
        "人" if indicator.kind == "数量指标" => (Unit::Count, "人数".to_owned(), what),
        unit if money && unit.starts_with('元') && unit.contains('人') => (Unit::Yuan, "人均标准".to_owned(), what),
        unit if !money => (Unit::Count, format!("指标值 {unit}"), indicator.words.as_str()),
        _ => return None,
    };
    let printed = fold(&indicator.value.text);
    let text: String = printed.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    Some(Figure {
        span: indicator.number_span,
        text: text.into(),
        amount: indicator.number?,
        unit,
        sign: 1,
        what: what.into(),
        column: column.into(),
        by_hand: true,
    })
}

const KINDS: [&str; 12] = [
    "数量指标",
    "质量指标",
    "时效指标",
    "成本指标",
    "社会效益指标",
    "经济效益指标",
    "生态效益指标",
    "可持续影响指标",
    "服务对象满意度指标",
    "满意度指标",
    "效益指标",
    "产出指标",
];

fn indicators(rows: &[Vec<Cell>]) -> Vec<Indicator> {
    let Some(head) = rows.iter().position(|row| row.iter().any(|cell| fold(&cell.text) == "指标值")) else {
        return Vec::new();
    };
    let mut out: Vec<Indicator> = Vec::new();
    let mut kind = String::new();
    let mut name = String::new();
    let mut words = String::new();
    let mut taken = true;
    for row in &rows[head + 1..] {
        let mut cells = row.iter().filter(|cell| !cell.is_blank()).peekable();
        while let Some(cell) = cells.next() {
            let text = fold(&cell.text);
            if KINDS.contains(&text.as_str()) {
                kind = text;
                name.clear();
                words.clear();
                taken = false;
                continue;
            }
            let unit_behind = cells
                .peek()
                .map(|next| fold(&next.text))
                .filter(|next| next.starts_with('元') || next.starts_with('%'));
            let with_unit = format!("{text}{}", unit_behind.as_deref().unwrap_or(""));
            match value_of(&with_unit) {
                // In a grid each row has one value; in PDF text the first value behind a kind is its own.
                Some((amount, unit)) if !taken || row.len() > 4 && !kind.is_empty() && !name.is_empty() => {
                    let digits =
                        cell.text.find(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c)).unwrap_or(0);
                    let length = cell.text[digits..]
                        .find(|c: char| {
                            !(c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, '.' | '．' | ',' | '，'))
                        })
                        .unwrap_or(cell.text.len() - digits);
                    let number_span = Span::new(cell.span.start + digits, cell.span.start + digits + length);
                    let value = Label { text: cell.text.clone(), span: cell.span };
                    out.push(Indicator {
                        kind: kind.clone(),
                        name: std::mem::take(&mut name),
                        words: std::mem::take(&mut words),
                        value,
                        number: Some(amount),
                        number_span,
                        unit,
                    });
                    taken = true;
                }
                _ if name.is_empty() => {
                    words.push_str(&text);
                    name = text;
                }
                _ => words.push_str(&text),
            }
        }
        if row.len() > 4 {
            name.clear();
            words.clear();
        }
    }
    out
}

/// ≤450万元, ≥95%, 48万元, 150元每人每年: the number and what it is counted in.
fn value_of(text: &str) -> Option<(Amount, String)> {
    let found = pattern!(r"^(?:[≥≤=＝<>＜＞]|不超过|不低于|不少于)?(\d[\d.,]*)(\D{0,8})$").captures(text)?;
    Some((Amount::parse(&found[1])?, found[2].to_owned()))
}
