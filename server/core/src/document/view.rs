//! Plain data for those who show an analysis: the editor features, the command line.

use crate::finding::Message;
use crate::rules::relation::Verdict;
use crate::text::Span;

/// Whose disclosure a document is.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Identity {
    /// 预算 or 决算.
    pub kind: String,
    /// Budget year.
    pub year: Option<u16>,
    /// The body that publishes it.
    pub body: Option<String>,
    /// Unit of its amounts: 元, 万元, 亿元.
    pub unit: Option<String>,
}

/// How much of a document is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Coverage {
    /// Printed amounts.
    pub amounts: usize,
    /// Amounts that stand in at least one relation.
    pub checked: usize,
    /// Relations that hold to the last digit.
    pub exact: usize,
    /// Relations that hold within rounding.
    pub rounded: usize,
    /// Relations that no rounding explains.
    pub contradicted: usize,
    /// Relations that could not be evaluated because a figure is missing or not placed.
    pub unchecked: usize,
}

/// The part a figure plays in a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// The sum.
    Total,
    /// An addend.
    Part,
    /// Taken off the sum.
    Minus,
    /// Left side of a copy or a bound (the smaller).
    Left,
    /// Right side of a copy or a bound (the larger).
    Right,
    /// 数量.
    Quantity,
    /// 单价.
    Price,
    /// 金额.
    Amount,
    /// A percentage.
    Rate,
    /// What a percentage is a share of.
    Base,
}

impl Role {
    /// The word of the JSON contract.
    pub const fn word(self) -> &'static str {
        match self {
            Role::Total => "total",
            Role::Part => "part",
            Role::Minus => "minus",
            Role::Left => "left",
            Role::Right => "right",
            Role::Quantity => "quantity",
            Role::Price => "price",
            Role::Amount => "amount",
            Role::Rate => "rate",
            Role::Base => "base",
        }
    }
}

/// A printed figure and what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureView {
    /// Where it is printed.
    pub span: Span,
    /// As printed.
    pub text: String,
    /// The table or section it stands in: 部门预算支出总表, 说明.
    pub place: String,
    /// What it measures: the 科目 with its code, the line item, the project, the measure.
    pub what: String,
    /// The column, where it stands in a table.
    pub column: Option<String>,
    /// The year it is of.
    pub year: Option<u16>,
    /// Its unit: 万元, 元, 亿元; empty for a count.
    pub unit: String,
}

/// A table as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableView {
    /// The form's name, as in [`FigureView::place`]: 支出总表.
    pub place: String,
    /// Its title as printed, tidied; of the project sheets the first sheet's name.
    pub title: String,
    /// Its unit: 万元, 元, 亿元.
    pub unit: String,
    /// The form's names of its columns of figures; empty where a header is not understood.
    pub columns: Vec<String>,
    /// Its rows in order of place; of two-sided tables each side's row is one.
    pub rows: Vec<RowView>,
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowView {
    /// 科目, 品目 or project code.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
    /// How many rows it is a part of: 0 for 合计 and 类, 1 for 款.
    pub depth: usize,
    /// One for each column.
    pub cells: Vec<CellView>,
}

/// What a cell of a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellView {
    /// Nothing.
    Blank,
    /// A figure.
    Figure {
        /// Where it is printed.
        span: Span,
        /// As printed.
        text: String,
    },
    /// It cannot be told which figure stands here, if any.
    Unknown,
}

/// A relation laid over the figures of one disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationView {
    /// Rule code.
    pub rule: String,
    /// What became of it.
    pub verdict: Verdict,
    /// Its printed figures with the parts they play.
    pub figures: Vec<(Role, Span, String)>,
    /// The equation with names and figures filled in: 合计 603.57 = 基本支出 595.57 + 项目支出 8.00.
    pub sentence: Message,
}

/// A 科目 in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubjectView {
    /// Where its code or name is printed.
    pub span: Span,
    /// `functional` or `economic_department`: which list the place belongs to.
    pub list: &'static str,
    /// Its code.
    pub code: String,
}

/// What an outline item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineKind {
    /// A headed part of the narrative.
    Section,
    /// A table.
    Table,
    /// A project sheet (绩效目标表).
    ProjectSheet,
}

/// An entry of the document's outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// Its title, tidied.
    pub name: String,
    /// What it is, in a word or two: 表, 项目, number of rows.
    pub detail: String,
    /// Its kind.
    pub kind: OutlineKind,
    /// All of it.
    pub span: Span,
    /// Its title.
    pub name_span: Span,
    /// What it holds.
    pub children: Vec<OutlineItem>,
}
