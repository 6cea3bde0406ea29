//! The official forms of the tables: titles, columns, rows and identities (`data/forms.toml`).

use std::borrow::Cow;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::name;
use crate::hash::Map;

/// How a form is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// 科目 rows × amount columns.
    Subject,
    /// Income on the left, outlay on the right.
    Sided,
    /// Named rows × amount columns.
    Label,
    /// A project sheet (绩效目标表).
    Sheet,
    /// Purchases under projects.
    Procurement,
    /// Words only.
    Names,
    /// Named rows × 预算数 and 决算数; often printed lying on its side, with the names as the header.
    Crossed,
}

/// What a form is published in. `None` where budgets and accounts have it alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
pub enum Kind {
    /// 部门预算
    #[serde(rename = "预算")]
    Budget,
    /// 部门决算
    #[serde(rename = "决算")]
    Accounts,
}

impl Kind {
    /// The kind of a word: 预算, 决算.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "预算" => Some(Kind::Budget),
            "决算" => Some(Kind::Accounts),
            _ => None,
        }
    }

    /// Does what is published in one of them (`own`), or in both (none), belong to this one?
    pub fn has(self, own: Option<Kind>) -> bool {
        own.is_none_or(|own| own == self)
    }
}

/// A column or a row that has a name in formulas, with the wordings it is printed in.
#[derive(Clone, Debug, Deserialize)]
pub struct Item {
    /// The name formulas use.
    pub name: String,
    /// Other wordings.
    #[serde(default)]
    pub also: Vec<String>,
    /// 收入 or 支出, for rows of a two-sided table.
    #[serde(default)]
    pub side: Option<String>,
    /// A column that most bodies leave empty.
    #[serde(default)]
    pub rare: bool,
}

impl Item {
    fn wordings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.name.as_str()).chain(self.also.iter().map(String::as_str))
    }
}

/// One official form.
#[derive(Clone, Debug, Deserialize)]
pub struct Form {
    /// Short id: `B3`.
    pub id: String,
    /// The name formulas use.
    pub name: String,
    titles: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
    /// How it is laid out.
    pub shape: Shape,
    /// Budgets, accounts, or (none) both.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// The list its codes come from.
    #[serde(default)]
    list: Option<String>,
    /// Amount columns in official order.
    pub columns: Vec<Item>,
    /// The columns of the plain form, where it is printed without a readable header.
    #[serde(default)]
    pub official: Vec<String>,
    /// Rows that formulas call by name.
    #[serde(default)]
    pub rows: Vec<Item>,
    /// Identities that hold within each row, in the formula language.
    #[serde(default)]
    pub identity: Vec<String>,
    #[serde(skip)]
    words: OnceLock<Words>,
}

/// The wordings of a form's columns and rows, by which they are found.
#[derive(Clone, Debug)]
struct Words {
    /// The first column that each wording is of.
    columns: Map<Box<str>, usize>,
    /// Wordings long enough to be known where a header ends with them, with their columns.
    endings: Vec<(Box<str>, usize)>,
    /// The rows that each wording is of, in order.
    rows: Map<Box<str>, Vec<usize>>,
}

impl Words {
    fn of(form: &Form) -> Self {
        let mut words = Self { columns: Map::default(), endings: Vec::new(), rows: Map::default() };
        for (number, column) in form.columns.iter().enumerate() {
            for word in column.wordings() {
                words.columns.entry(word.into()).or_insert(number);
                if word.chars().count() >= 4 {
                    words.endings.push((word.into(), number));
                }
            }
        }
        for (number, row) in form.rows.iter().enumerate() {
            row.wordings().for_each(|word| words.rows.entry(word.into()).or_default().push(number));
        }
        words
    }
}

#[derive(Deserialize)]
struct File {
    form: Vec<Form>,
}

static FORMS: LazyLock<Vec<Form>> = LazyLock::new(|| {
    let file: File = crate::embedded::list!("forms");
    file.form
});

static TITLES_WITHOUT_TABLE: LazyLock<Vec<String>> = LazyLock::new(|| {
    FORMS.iter().flat_map(|form| form.titles.iter().filter(|title| !title.contains('表')).cloned()).collect()
});

/// All forms.
pub fn forms() -> &'static [Form] {
    &FORMS
}

/// The form of a name used in formulas.
pub fn by_name(name: &str) -> Option<&'static Form> {
    forms().iter().find(|form| form.name == name)
}

/// The form of an id.
pub fn by_id(id: &str) -> Option<&'static Form> {
    forms().iter().find(|form| form.id == id)
}

/// Words before a title that say whose table it is or number it.
const TITLE_LEADS: [&str; 6] = ["预算公开", "部门预算", "单位预算", "部门", "单位", "表"];

/// The form whose title a line is, and how well it fits (length of the match in characters). A title that says 决算 is
/// one of accounts, any other is none.
pub fn by_title(line: &str) -> Option<(&'static Form, usize)> {
    // Asked of every line: most are no title at first sight.
    if !line.contains('表') && !TITLES_WITHOUT_TABLE.iter().any(|title| line.contains(title.as_str())) {
        return None;
    }
    let title = title_of(line)?;
    let accounts = title.contains("决算");
    forms()
        .iter()
        .filter(|form| accounts == (form.kind == Some(Kind::Accounts)))
        .filter_map(|form| {
            let known = form.titles.iter().filter(|known| ends(&title, known));
            Some((form, known.map(|known| known.chars().count()).max()?))
        })
        .filter(|(form, _)| !form.not.iter().any(|word| title.contains(word.as_str())))
        .max_by_key(|(_, length)| *length)
}

/// A title says more only before the known words, or in brackets behind them.
fn ends(title: &str, known: &str) -> bool {
    let may =
        title.ends_with('）') || title.strip_suffix('表').unwrap_or(title).ends_with(known) || title.ends_with(known);
    may && title.find(known).is_some_and(|at| {
        let rest = &title[at + known.len()..];
        rest.is_empty() || rest == "表" || rest.starts_with('（') && rest.ends_with('）')
    })
}

/// A tidied, folded title, where a line can be one.
fn title_of(line: &str) -> Option<String> {
    let body = crate::layout::line::tidy(line);
    if body.len() > 400 || body.contains(['。', '；']) {
        return None;
    }
    let mut title = name::bare(body);
    // 收入支出决算总表 公开01表
    if let Some(mark) = title.rfind("公开").filter(|&at| at > 0 && is_number_of_table(&title[at..])) {
        title.truncate(mark);
    }
    title.retain(|c| !matches!(c, '、' | '，'));
    for lead in TITLE_LEADS {
        if let Some(rest) = title.strip_prefix(lead)
            && rest.chars().count() > 3
            && lead != "表"
        {
            title = rest.to_owned();
        }
    }
    (title.chars().count() >= 4).then_some(title)
}

/// 公开01表: the number of a table of accounts.
pub fn is_number_of_table(text: &str) -> bool {
    let digits = text.strip_prefix("公开").and_then(|rest| rest.strip_suffix('表'));
    digits
        .is_some_and(|digits| matches!(digits.len(), 1..=3) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'-'))
}

impl Form {
    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self))
    }

    /// The column a header names: the wording that fits exactly, else the longest that ends it.
    pub fn column(&self, header: &str) -> Option<&str> {
        let bare = name::bared(header);
        if bare.is_empty() {
            return None;
        }
        let plain = name::without_brackets(&bare);
        let words = self.words();
        let exact = words.columns.get(&*bare).or_else(|| words.columns.get(&*plain));
        let ending = || {
            let fitting = words.endings.iter().filter(|(word, _)| plain.ends_with(&**word));
            fitting.max_by_key(|(word, _)| word.len()).map(|(_, column)| column)
        };
        exact.or_else(ending).map(|&column| self.columns[column].name.as_str())
    }

    /// The row a printed label names.
    pub fn row(&self, label: &str) -> Option<&Item> {
        self.row_of(label, |_| true)
    }

    /// The row a printed label names on a side (收入, 支出) of a two-sided table.
    pub fn row_on(&self, label: &str, side: &str) -> Option<&Item> {
        self.row_of(label, |row| row.side.as_deref().is_none_or(|own| own == side))
    }

    fn row_of(&self, label: &str, own: impl Fn(&Item) -> bool) -> Option<&Item> {
        let bare = name::bared(label);
        let hit = |wanted: &str| {
            let rows = self.words().rows.get(wanted)?;
            rows.iter().map(|&row| &self.rows[row]).find(|row| own(row))
        };
        hit(&bare).or_else(|| match name::without_brackets(&bare) {
            Cow::Borrowed(_) => None,
            Cow::Owned(plain) => hit(&plain),
        })
    }

    /// The wordings of one of its columns.
    pub fn wordings(&self, item: &Item) -> impl Iterator<Item = String> + use<> {
        item.wordings().map(str::to_owned).collect::<Vec<_>>().into_iter()
    }

    /// True where its codes are economic ones.
    pub fn is_economic(&self) -> bool {
        self.list.as_deref() == Some("economic_department")
    }

    /// Is this column left empty by most bodies?
    pub fn is_rare(&self, column: &str) -> bool {
        self.columns.iter().any(|item| item.name == column && item.rare)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(title: &str) -> Option<&'static str> {
        by_title(title).map(|(form, _)| form.id.as_str())
    }

    #[test]
    fn titles_name_their_forms() {
        assert_eq!(id(" [bookmark: _Toc_2_2_0000000001]部门预算收支总表"), Some("B1"));
        assert_eq!(id("部门预算收入总表"), Some("B2"));
        assert_eq!(id("部门预算财政拨款收支总表"), Some("B4"));
        assert_eq!(id("表5：一般公共预算财政拨款支出表"), Some("B5"));
        assert_eq!(id("部门预算一般公共预算财政拨款基本支出表"), Some("B6"));
        assert_eq!(id("部门预算财政拨款“三公”经费支出表"), Some("B9"));
        assert_eq!(id("1、长期护理保险专项经费绩效目标表"), Some("P"));
        assert_eq!(id("部门政府采购预算"), Some("G"));
        assert_eq!(id("某某县水务局固定资产占用情况表"), Some("A"));
        assert_eq!(id("一般公共预算财政拨款支出决算表"), Some("F5"));
        assert_eq!(id("八、政府采购预算情况"), None);
    }

    #[test]
    fn titles_of_accounts_are_no_titles_of_budgets() {
        for (title, form) in [
            ("收入支出决算总表", "F1"),
            ("2023年度收入支出决算总表 公开01表", "F1"),
            ("部门收支决算总表", "F1"),
            ("二、收入决算表", "F2"),
            ("收入决算总表", "F2"),
            ("支出决算表", "F3"),
            ("财政拨款收入支出决算总表", "F4"),
            ("财政拨款收入支出决算表", "F4"),
            ("五、一般公共预算财政拨款支出决算表", "F5"),
            ("一般公共预算财政拨款基本支出决算明细表", "F6"),
            ("一般公共预算财政拨款“三公”经费支出决算表", "F7"),
            ("政府性基金预算财政拨款收入支出决算表", "F8"),
            ("国有资本经营预算财政拨款支出决算表", "F9"),
        ] {
            assert_eq!(id(title), Some(form), "{title}");
        }
        // Tables of a government, and others that a body may add.
        for title in [
            "2023年某区一般公共预算收入决算表",
            "一般公共预算支出决算表",
            "政府性基金收入决算表",
            "社会保险基金支出决算表",
            "一般公共预算收入支出决算总表",
            "一般公共预算财政拨款项目支出决算表",
            "一般公共预算财政拨款收入支出决算表",
            "“三公”经费及会议费、培训费支出决算表",
            "政府采购支出决算表",
        ] {
            assert_eq!(id(title), None, "{title}");
        }
        assert_eq!(id("部门预算收入总表"), Some("B2"));
    }

    #[test]
    fn headers_name_their_columns() {
        let form = by_name("收入总表").expect("a form");
        assert_eq!(form.column("财政拨款 收入"), Some("财政拨款收入"));
        let assets = by_name("固定资产表").expect("a form");
        assert_eq!(assets.column("价值（金额单位：万元）"), Some("价值"));
        assert_eq!(assets.row("　　其中：办公用房（平方米）").map(|row| row.name.as_str()), Some("办公用房"));
        let purchases = by_name("政府采购表").expect("a form");
        assert_eq!(purchases.column("2025年  预留中  小微企  业份额"), Some("中小微预留"));
    }
}
