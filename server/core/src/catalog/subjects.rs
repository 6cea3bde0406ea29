//! Budget subjects (科目): the functional list, the two economic lists and the income list, by code, name and parent.
//!
//! The lists are recalled and partly confirmed (`data/functional.csv` says how to read the columns). They are a help
//! for reading and a source of doubts, never a proof: see [`NameVerdict`].

mod names;
pub(super) mod rows;
#[cfg(test)]
mod tests;
mod verdict;

use std::borrow::Cow;

use crate::hash::Map;
use std::sync::OnceLock;

pub use names::{nearest_name, normal_name};
pub use verdict::NameVerdict;

/// One of the published lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum List {
    /// 支出功能分类科目, `2080505`.
    Functional,
    /// 部门预算支出经济分类科目, `30101`.
    EconomicDepartment,
    /// 政府预算支出经济分类科目, `50101`.
    EconomicGovernment,
    /// 收入分类科目, `10301`.
    Income,
}

/// How deep a subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 类
    Class,
    /// 款
    Section,
    /// 项
    Item,
    /// 目
    Detail,
}

impl Level {
    /// The word documents use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Class => "类",
            Self::Section => "款",
            Self::Item => "项",
            Self::Detail => "目",
        }
    }

    fn from_word(word: &str) -> Option<Self> {
        [Self::Class, Self::Section, Self::Item, Self::Detail].into_iter().find(|level| level.word() == word)
    }
}

/// One code with one of the names it has had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Digits only.
    pub code: &'static str,
    /// As published, with full-width brackets.
    pub name: &'static str,
    /// 类, 款, 项 or 目.
    pub level: Level,
    /// Code of the subject above.
    pub parent: Option<&'static str>,
    /// First budget year; `None` is "not known", not "always".
    pub valid_from: Option<u16>,
    /// Last budget year; `None` is "not known", not "for ever".
    pub valid_to: Option<u16>,
    /// The pair was seen in a real document, not only recalled.
    pub seen: bool,
}

impl Subject {
    /// True where nothing known speaks against the name in that budget year.
    pub fn valid_in(&self, year: u16) -> bool {
        self.valid_from.is_none_or(|from| from <= year) && self.valid_to.is_none_or(|to| year <= to)
    }

    /// Greater is newer. Windows overlap where the year of a rename is doubtful: the later start wins then.
    fn recency(&self) -> (u16, u16) {
        (self.valid_to.unwrap_or(u16::MAX), self.valid_from.unwrap_or(0))
    }

    fn parse(fields: [&'static str; rows::FIELDS]) -> Option<Self> {
        let [code, name, level, parent, valid_from, valid_to, seen] = fields;
        Some(Self {
            code,
            name,
            level: Level::from_word(level)?,
            parent: (!parent.is_empty()).then_some(parent),
            valid_from: valid_from.parse().ok(),
            valid_to: valid_to.parse().ok(),
            seen: seen == "yes",
        })
    }
}

/// A list with its indexes.
#[derive(Debug)]
pub struct SubjectList {
    list: List,
    rows: Vec<Subject>,
    names: OnceLock<Vec<(Cow<'static, str>, usize)>>,
    /// The rows of the 类, by their names without 支出.
    classes: OnceLock<Map<&'static str, usize>>,
    uncertain: Vec<&'static str>,
}

/// The list, read on first use.
pub fn subjects(list: List) -> &'static SubjectList {
    static FUNCTIONAL: OnceLock<SubjectList> = OnceLock::new();
    static DEPARTMENT: OnceLock<SubjectList> = OnceLock::new();
    static GOVERNMENT: OnceLock<SubjectList> = OnceLock::new();
    static INCOME: OnceLock<SubjectList> = OnceLock::new();
    let cell = match list {
        List::Functional => &FUNCTIONAL,
        List::EconomicDepartment => &DEPARTMENT,
        List::EconomicGovernment => &GOVERNMENT,
        List::Income => &INCOME,
    };
    cell.get_or_init(|| SubjectList::read(list))
}

/// Name of the list in `uncertain.csv`, and its rows.
const fn source(list: List) -> (&'static str, &'static str) {
    match list {
        List::Functional => ("functional", include_str!("../../data/functional.csv")),
        List::EconomicDepartment => ("economic_department", include_str!("../../data/economic_department.csv")),
        List::EconomicGovernment => ("economic_government", include_str!("../../data/economic_government.csv")),
        List::Income => ("income", include_str!("../../data/income.csv")),
    }
}

impl SubjectList {
    fn read(list: List) -> Self {
        let (key, csv) = source(list);
        let mut rows: Vec<_> = rows::fields(csv).filter_map(Subject::parse).collect();
        // The files are kept sorted, which makes this one pass; a row put in the wrong place by hand must still be found.
        rows.sort_by_key(|subject| subject.code);
        Self { list, rows, names: OnceLock::new(), classes: OnceLock::new(), uncertain: rows::uncertain(key) }
    }

    /// Every row, by code.
    pub fn rows(&self) -> &[Subject] {
        &self.rows
    }

    /// All names the code has had; empty where it is not listed.
    pub fn by_code(&self, code: &str) -> &[Subject] {
        let code = code.trim();
        let start = self.rows.partition_point(|row| row.code < code);
        let len = self.rows[start..].partition_point(|row| row.code == code);
        &self.rows[start..start + len]
    }

    /// The newest name of the code.
    pub fn current(&self, code: &str) -> Option<&Subject> {
        self.by_code(code).iter().max_by_key(|subject| subject.recency())
    }

    /// Every subject of that name, whatever the year; 行政运行 stands under dozens of codes.
    pub fn by_name(&self, name: &str) -> Vec<&Subject> {
        let name = normal_name(name);
        let names = self.names.get_or_init(|| self.index_names());
        let start = names.partition_point(|(listed, _)| *listed < name);
        names[start..]
            .iter()
            .take_while(|(listed, _)| *listed == name)
            .filter_map(|&(_, row)| self.rows.get(row))
            .collect()
    }

    fn index_names(&self) -> Vec<(Cow<'static, str>, usize)> {
        let mut names: Vec<_> =
            self.rows.iter().enumerate().map(|(row, subject)| (normal_name(subject.name), row)).collect();
        names.sort_unstable();
        names
    }

    /// The subjects right below, each under its newest name; the 类 for an empty code.
    pub fn children(&self, code: &str) -> Vec<&Subject> {
        let code = code.trim();
        let parent = (!code.is_empty()).then_some(code);
        self.rows
            .chunk_by(|a, b| a.code == b.code)
            .filter(|same| same.first().is_some_and(|row| row.parent == parent))
            .filter_map(|same| same.iter().max_by_key(|subject| subject.recency()))
            .collect()
    }

    /// 类, 款, 项 of the code, as far as they are listed, under their newest names. The code itself need not be
    /// listed: a local 项 still has its 款.
    pub fn path(&self, code: &str) -> Vec<&Subject> {
        let code = code.trim();
        (3..=code.len()).step_by(2).filter_map(|len| self.current(code.get(..len)?)).collect()
    }

    /// True where the list itself is in doubt about the code, listed or not.
    pub fn uncertain(&self, code: &str) -> bool {
        self.uncertain.contains(&code.trim())
    }

    /// The 类 of a printed name (`八、社会保障和就业支出` without its ordinal), with or without 支出 or （类）, by its
    /// present name or one it had before.
    pub fn class_by_name(&self, name: &str) -> Option<&Subject> {
        let mut name = normal_name(name);
        if name.contains("（类）") {
            name = Cow::Owned(name.replace("（类）", ""));
        }
        let classes = self.classes.get_or_init(|| self.index_classes());
        classes.get(names::stem(&name)).map(|&row| &self.rows[row])
    }

    /// The newest row of each name, and of the names that functional 类 had before the lists begin.
    fn index_classes(&self) -> Map<&'static str, usize> {
        let mut rows: Vec<usize> = (0..self.rows.len()).filter(|&row| self.rows[row].level == Level::Class).collect();
        rows.sort_by_key(|&row| self.rows[row].recency());
        let mut classes: Map<_, _> = rows.into_iter().map(|row| (names::stem(self.rows[row].name), row)).collect();
        let former = if self.list == List::Functional { names::FORMER_CLASSES } else { &[] };
        for (name, code) in former {
            let newest = |row: &usize| self.rows[*row].recency();
            if let Some(row) = (0..self.rows.len()).filter(|&row| self.rows[row].code == *code).max_by_key(newest) {
                classes.entry(name).or_insert(row);
            }
        }
        classes
    }
}
