//! The formula language (docs/formulas.md): its words as data.

mod parse;

pub use parse::parse;
use rust_decimal::Decimal;

/// For whom a formula holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Once for the disclosure.
    Once,
    /// For each row of a table, or of a set of its rows.
    Row(String, Option<String>),
    /// For each column of figures of a table.
    Column(String),
    /// For each cell of a table that holds a figure.
    Cell(String),
    /// For each 科目 of a table that has others under it, in each column.
    Subject(String),
    /// For each measure of the narrative.
    Measure,
}

/// Whose disclosure a reference names, where it is not the one that is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relative {
    /// 上年: the same body's of the year before, budget for budget, accounts for accounts.
    LastYear,
    /// 本年预算: the budget that accounts are of.
    Budget,
    /// 上年决算: the accounts of the year before a budget.
    LastAccounts,
    /// 所属单位: those of the units of a department, all of them.
    Units,
}

impl Relative {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::LastYear, Self::Budget, Self::LastAccounts, Self::Units];

    /// The word before a table, in formulas and messages.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LastYear => "上年",
            Self::Budget => "本年预算",
            Self::LastAccounts => "上年决算",
            Self::Units => "所属单位",
        }
    }
}

/// How the two sides compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// =
    Equal,
    /// ≤
    AtMost,
}

/// A cell, a row, a column or a measure that a formula names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// Whose disclosure; none for the one that is checked.
    pub of: Option<Relative>,
    /// Table, or 说明; none for a bare name.
    pub table: Option<String>,
    /// Row or row set, from the brackets.
    pub row: Option<String>,
    /// Column, or the measure with its aspect.
    pub name: Option<String>,
    /// `?`: counts as zero where it is not there.
    pub optional: bool,
    /// Σ
    pub sum: bool,
}

/// A part of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Factor {
    /// A constant, in 元 where the other side is money.
    Number(Decimal),
    /// Something printed.
    Reference(Reference),
}

/// A signed product.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// 1 or -1.
    pub sign: i8,
    /// Usually one.
    pub factors: Vec<Factor>,
}

/// Two sides compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The left side (of ≥, the right one).
    pub left: Vec<Term>,
    /// = or ≤.
    pub op: Op,
    /// The right side.
    pub right: Vec<Term>,
}

/// What must hold before a formula is laid.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// The table is in the file.
    Present(String),
    /// The table is not in the file, or could not be read.
    Absent(String),
    /// The table is in the file and has no figure.
    Empty(String),
    /// The narrative does not state the measure.
    Unsaid(String),
    /// A comparison that holds.
    Holds(Comparison),
}

/// A formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Formula {
    /// For whom.
    pub scope: Scope,
    /// What.
    pub comparison: Comparison,
    /// When.
    pub conditions: Vec<Condition>,
}

impl Formula {
    /// Everything it names.
    pub fn references(&self) -> impl Iterator<Item = &Reference> {
        let guards = self.conditions.iter().filter_map(|condition| match condition {
            Condition::Holds(comparison) => Some(comparison),
            _ => None,
        });
        let all = std::iter::once(&self.comparison).chain(guards);
        let terms = all.flat_map(|comparison| comparison.left.iter().chain(&comparison.right));
        terms.flat_map(|term| &term.factors).filter_map(|factor| match factor {
            Factor::Reference(reference) => Some(reference),
            Factor::Number(_) => None,
        })
    }
}

/// What is wrong with a formula, in Chinese, and where (in characters from its beginning).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub what: String,
    /// Where.
    pub at: usize,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "第 {} 个字：{}", self.at + 1, self.what)
    }
}

impl std::error::Error for Mistake {}
