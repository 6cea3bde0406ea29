//! A rule page: definition, documentation, examples and hover text in one Markdown file.

use std::sync::LazyLock;

use serde::Deserialize;

use super::formula::{self, Formula};
use crate::catalog::Kind;
use crate::finding::{Message, Severity};

/// How the two sides of a relation are compared (RULES.md §1).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tolerance {
    /// The same fact printed twice.
    Copy,
    /// A sum of rounded figures.
    Sum,
    /// A product of rounded figures.
    Product,
    /// A percentage of rounded figures.
    Percentage,
}

/// One rule.
#[derive(Clone, Debug)]
pub struct Page {
    /// Public code: `IN06`. Never changes its meaning.
    pub code: String,
    /// Short name.
    pub name: Message,
    /// How loudly a contradiction is said.
    pub severity: Severity,
    /// How its sides are compared.
    pub tolerance: Tolerance,
    /// On whose authority: 143, 表, 审 …
    pub authority: String,
    /// Version that brought it.
    pub since: String,
    /// The formulas, as written; empty where a function decides.
    pub formulas: Vec<String>,
    /// The formulas, parsed.
    pub parsed: Vec<Formula>,
    /// The function that decides where there is no formula.
    pub function: Option<String>,
    /// The lists on the left of its formulas may be published in part: a sum that falls short proves nothing by itself.
    pub partial: bool,
    /// Owed by administrative bodies; for others it is a hint.
    pub administrative: bool,
    /// Owed by budgets or by accounts only; none where both owe it, as far as they have its tables and measures.
    pub kind: Option<Kind>,
    /// Checked only where the user asks for it: a rule of wording whose findings are often no slips.
    pub opt_in: bool,
    /// The page's text after its front matter, Markdown, examples included.
    pub body: String,
    /// The page's text up to the examples: what `explain` and the hover on a finding show.
    pub explanation: String,
}

#[derive(Deserialize)]
struct Front {
    code: String,
    name: String,
    name_en: String,
    severity: String,
    tolerance: String,
    #[serde(default)]
    authority: Vec<String>,
    #[serde(default)]
    since: String,
    #[serde(default)]
    formula: Vec<String>,
    function: Option<String>,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    administrative: bool,
    kind: Option<Kind>,
    #[serde(default)]
    opt_in: bool,
}

impl Page {
    /// Reads a page; says in Chinese what is wrong with it.
    pub fn parse(source: &str) -> Result<Self, String> {
        let source = source.replace("\r\n", "\n");
        let rest = source.strip_prefix("+++\n").ok_or("规则页应以 +++ 开头")?;
        let (front, body) = rest.split_once("\n+++").ok_or("规则页缺少结束的 +++")?;
        let front: Front = toml::from_str(front).map_err(|error| format!("规则页的头部写法不对：{error}"))?;
        let severity = Severity::of_word(&front.severity).ok_or_else(|| format!("不认识的级别“{}”", front.severity))?;
        let tolerance = match front.tolerance.as_str() {
            "T0" | "T4" | "T5" => Tolerance::Copy,
            "T1" => Tolerance::Sum,
            "T2" => Tolerance::Product,
            "T3" => Tolerance::Percentage,
            other => return Err(format!("不认识的精度“{other}”")),
        };
        if front.formula.is_empty() && front.function.is_none() {
            return Err("规则页既没有公式，也没有函数".to_owned());
        }
        let parsed = front
            .formula
            .iter()
            .map(|text| formula::parse(text).map_err(|mistake| format!("{}：{text}：{mistake}", front.code)))
            .collect::<Result<Vec<_>, _>>()?;
        let body = body.trim_start_matches(['\n', '\r']).to_owned();
        let explanation = body.split("\n## 例").next().unwrap_or_default().trim_end().to_owned();
        Ok(Self {
            code: front.code,
            name: Message::new(front.name, front.name_en),
            severity,
            tolerance,
            authority: front.authority.join("、"),
            since: front.since,
            formulas: front.formula,
            parsed,
            function: front.function,
            partial: front.partial,
            administrative: front.administrative,
            kind: front.kind,
            opt_in: front.opt_in,
            body,
            explanation,
        })
    }

    /// The explanation without its heading, for where the rule has been named already.
    pub fn below_heading(&self) -> &str {
        let text = self.explanation.trim();
        let below = text.strip_prefix("# ").and_then(|rest| rest.split_once('\n')).map_or(text, |(_, below)| below);
        below.trim_start()
    }
}

/// The pages that are embedded, by file name, in order of code.
pub const SOURCES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

static BOOK: LazyLock<Vec<Page>> = LazyLock::new(|| {
    SOURCES.iter().map(|(_, source)| Page::parse(source).expect("pages are checked by a test")).collect()
});

/// All pages, in order of code.
pub fn book() -> &'static [Page] {
    &BOOK
}

/// The number in the book of the page of a code, whatever its letter case.
pub fn number(code: &str) -> Option<usize> {
    book().iter().position(|page| page.code.eq_ignore_ascii_case(code))
}

/// The page of a code, whatever its letter case.
pub fn page(code: &str) -> Option<&'static Page> {
    book().get(number(code)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_embedded_under_its_code() {
        assert!(!SOURCES.is_empty() && SOURCES.is_sorted());
        for (code, source) in SOURCES {
            let page = Page::parse(source).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(page.code, *code);
            assert!(page.explanation.starts_with("# ") && !page.below_heading().starts_with('#'), "{code}");
        }
    }
}
