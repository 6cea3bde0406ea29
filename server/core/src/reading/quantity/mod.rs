//! Every number that a sentence states, in the order of the text: amounts, percentages, counts, with what the words
//! around it make of it. Statements know what an amount is a part of; a quantity knows its neighbours, which is how a
//! sentence ties a percentage to its amounts (比上年增加 A，增长 P; K A，占 P; 完成年初预算的 P).

mod claim;
mod ending;
mod months;
mod numbering;
mod scan;
mod turn;
mod words;

use super::figure::Figure;
use super::number::Amount;
use super::prose::Prose;
use super::statement::Statement;
use crate::catalog::Unit;
use crate::text::Span;

pub use claim::{Claim, read as claims};
pub use months::{Months, read as months};
pub use words::key;

/// What a number counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An amount of money.
    Money,
    /// A percentage.
    Percent,
    /// 百分点: the difference of two percentages, which is no rate.
    Points,
    /// Things of a kind: 辆, 台（套）, 批次.
    Count(Box<str>),
}

/// What the words make of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// How much it is.
    Level,
    /// By how much it changed.
    Change,
    /// How much it was the year before.
    Prior,
    /// What was planned (年初预算).
    Budget,
    /// What became of it (支出决算, 执行数).
    Result,
    /// 增长 P.
    Growth,
    /// 占 … P.
    Share,
    /// 完成预算的 P.
    Completion,
    /// Something else: a target, a rate of its own.
    Other,
}

/// One number of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The figure, by its number in the section.
    pub figure: u32,
    /// Of an amount, its statement.
    pub statement: Option<usize>,
    /// What it counts.
    pub kind: Kind,
    /// What the words make of it.
    pub role: Role,
    /// 1 up, -1 down; 0 where the words leave it open: 增加（减少）.
    pub way: i8,
    /// The words of its clause that name it.
    pub name: Box<str>,
    /// The words that leave the way open, where both are printed: 下降（增长）.
    pub turn: Option<Span>,
    /// Of a share or a completion, the words that say of what.
    pub base: Box<str>,
    /// Where it begins in the section's prose, and where its unit ends.
    pub start: usize,
    /// See `start`.
    pub end: usize,
    /// How many sentences end before it.
    pub sentence: usize,
    /// How many numbered items begin before it.
    pub item: usize,
    /// How many brackets are open where it stands.
    pub depth: usize,
    /// About, at least, by another standard: no fact to be computed.
    pub vague: bool,
    /// A percentage whose sign is not printed.
    pub bare: bool,
    /// Only a joint stands between it and the number before: 12.0、13.0和14.0.
    pub chained: bool,
}

impl Quantity {
    /// Is it an amount that says how much something is?
    pub fn is_level(&self) -> bool {
        self.kind == Kind::Money && matches!(self.role, Role::Level | Role::Budget | Role::Result)
    }

    /// Is it a percentage of a role, to be computed?
    pub fn is_rate(&self, role: Role) -> bool {
        self.kind == Kind::Percent && self.role == role && !self.vague
    }
}

/// Reads the numbers of a narrative; `statements` are those of its amounts, in order.
pub fn read(prose: &Prose, statements: &[Statement], figures: &mut Vec<Figure>) -> Vec<Quantity> {
    let text = prose.folded.text.as_str();
    let found = scan::all(prose);
    let items: Vec<usize> = numbering::items(text);
    let mut out: Vec<Quantity> = Vec::with_capacity(found.len());
    let (mut end, mut sentence, mut depth) = (0, 0, 0usize);
    for number in found {
        let gap = &text[end..number.start];
        sentence += words::ends(gap);
        for c in gap.chars() {
            match c {
                '（' => depth += 1,
                '）' => depth = depth.saturating_sub(1),
                '\n' => depth = 0,
                _ => {}
            }
        }
        let told = words::tell(&number, gap, &text[number.end..], out.last());
        let item = items.partition_point(|&at| at < number.start);
        let figure = match number.statement {
            Some(statement) => statements.get(statement).map(|own| own.figure),
            None => None,
        };
        let figure = figure.unwrap_or_else(|| {
            let span = prose.span(number.start..number.digits);
            let unit = if matches!(number.kind, Kind::Count(_)) { Unit::Count } else { Unit::Percent };
            figures.push(Figure {
                span,
                text: prose.original(span).into(),
                amount: number.amount,
                unit,
                sign: if told.way < 0 { -1 } else { 1 },
                what: told.name.clone(),
                column: words::column(&number.kind, told.role).into(),
                by_hand: true,
            });
            (figures.len() - 1) as u32
        });
        out.push(Quantity {
            figure,
            statement: number.statement,
            kind: number.kind,
            role: told.role,
            way: told.way,
            name: told.name,
            turn: told.turn.map(|(from, to)| prose.span(end + from..end + to)),
            base: told.base,
            start: number.start,
            end: number.end,
            sentence,
            item,
            depth,
            vague: told.vague,
            bare: number.bare,
            chained: told.chained,
        });
        end = number.end;
    }
    out
}

/// A number as found in the text.
struct Found {
    start: usize,
    /// Where its digits end.
    digits: usize,
    /// Where its unit ends.
    end: usize,
    kind: Kind,
    amount: Amount,
    statement: Option<usize>,
    bare: bool,
}
