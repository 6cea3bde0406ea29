//! Sentences that were taken over from last year's disclosure with their year.

use super::{change, note};
use crate::finding::{Message, Severity};
use crate::reading::Section;
use crate::reading::fact_table::CellFact;
use crate::reading::quantity::Quantity;
use crate::reading::statement::{Aspect, Statement};
use crate::rules::context::{Context, Laid};
use crate::rules::note::NotePlace;
use crate::text::Span;

/// Quantities that stand by themselves, with the cell of this year's tables that they are: measure, table, row, column.
const STATED: [(&str, &str, &str, &str); 11] = [
    ("预算收入", "收支总表", "收入总计", "预算数"),
    ("支出预算", "收支总表", "支出总计", "预算数"),
    ("收支安排", "收支总表", "支出总计", "预算数"),
    ("三公经费", "三公经费表", "三公经费小计", "合计"),
    ("机关运行经费", "基本支出表", "合计", "公用经费"),
    ("收支总计", "收入支出决算总表", "收入总计", "金额"),
    ("本年收入", "收入决算表", "合计", "合计"),
    ("本年支出", "支出决算表", "合计", "合计"),
    ("一般公共预算支出", "一般公共预算支出决算表", "合计", "合计"),
    ("财政拨款收支总计", "财政拨款收支决算总表", "收入总计", "金额"),
    ("三公经费", "三公经费决算表", "合计", "决算数"),
];

/// Fewest sentences that state the year, to be sure of it, and most that may miss it: more, and the year of the
/// disclosure was misread.
const SURE: usize = 3;

/// YY09: a sentence that gives the amount of this year's table under another year, while its paragraph never names this one.
pub fn sentences(context: &Context, page: usize, laid: &mut Laid) {
    let Some(year) = context.disclosure.year else { return };
    let told = || context.sections.of(|class| class.years);
    let others = told().any(|(_, section)| section.told_years.iter().any(|(told, _)| *told != year));
    if !others {
        return;
    }
    let right = told().flat_map(|(_, section)| &section.told_years).filter(|(told, _)| *told == year).count();
    let mut found = Vec::new();
    for (number, section) in told() {
        for head in &section.kept.get(|| Heads::of(section)).0 {
            let paragraph = section.prose.get(head.paragraph.0..head.paragraph.1).unwrap_or_default();
            if head.year == year || head.year.abs_diff(year) > 2 || paragraph.contains(&format!("{year}年")) {
                continue;
            }
            let statement = &section.statements[head.statement];
            let own = &section.figures[statement.figure as usize];
            if cell(context, statement).filter(|value| !value.is_zero()) == Some(own.value()) {
                found.push((number, head.year, head.span, own.text.clone()));
            }
        }
    }
    if right < SURE || found.len() * SURE > right {
        return;
    }
    for (section, stale, span, amount) in found {
        let message = Message::new(
            format!("{stale}年与金额不符：{amount} 是{year}年的数，疑为沿用上年文字未改年度"),
            format!("{amount} is this year's amount, but the sentence says {stale}"),
        );
        let at = NotePlace { section, span, chars: None, message };
        let mut note = note(page, Severity::Warning, at, amount.to_string());
        note.fixes.push(change(&year.to_string()));
        note.certain = true;
        laid.notes.push(note);
    }
}

/// A sentence that begins with a year and states a quantity that stands by itself.
struct Head {
    year: u16,
    span: Span,
    statement: usize,
    /// Where its paragraph stands in the section's prose.
    paragraph: (usize, usize),
}

/// Those of a section.
struct Heads(Vec<Head>);

impl Heads {
    fn of(section: &Section) -> Self {
        if section.told_years.is_empty() {
            return Self(Vec::new());
        }
        Self(section.quantities.iter().filter_map(|quantity| head(section, quantity)).collect())
    }
}

fn head(section: &Section, quantity: &Quantity) -> Option<Head> {
    let node = quantity.statement?;
    let statement = &section.statements[node];
    if statement.aspect != Aspect::Level || statement.parent.is_some() || statement.measure.is_none() {
        return None;
    }
    let before = section.prose.get(..quantity.start)?;
    let said = before.rsplit(['。', '\n', '；']).next()?;
    let found = pattern!(r"^(?:[^，\d]{0,30}，?)?(20\d\d)年(?:度)?[^\d]*$").captures(said)?;
    let year: u16 = found[1].parse().ok()?;
    if ["比", "较", "与", "上年", "去年"].iter().any(|word| said.contains(word)) {
        return None;
    }
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let end = section.prose[quantity.start..].find('\n').map_or(section.prose.len(), |at| quantity.start + at);
    let own = section.figures[statement.figure as usize].span.start;
    let span = section.told_years.iter().rfind(|(printed, span)| *printed == year && span.start < own)?.1;
    Some(Head { year, span, statement: node, paragraph: (start, end) })
}

/// What this year's table says of a quantity.
fn cell(context: &Context, statement: &Statement) -> Option<rust_decimal::Decimal> {
    let own = STATED.iter().filter(|(measure, ..)| statement.measure == Some(*measure));
    own.into_iter().find_map(|(_, table, row, column)| {
        let table = context.disclosure.table(table)?;
        match table.rows[table.row(row)?].cells[table.column(column)?] {
            CellFact::Figure(id) => Some(context.figure(id).value()),
            _ => None,
        }
    })
}
