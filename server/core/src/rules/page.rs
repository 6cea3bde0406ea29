//! A rule page: definition, documentation, examples and hover text in one Markdown file.

use std::sync::LazyLock;

use serde::Deserialize;

use super::formula::{self, Formula};
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
            "T1" | "T3" => Tolerance::Sum,
            "T2" => Tolerance::Product,
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

macro_rules! pages {
    ($($code:literal),+ $(,)?) => {
        /// The pages that are embedded, by file name.
        pub const SOURCES: &[(&str, &str)] = &[$(($code, include_str!(concat!("../../rules/", $code, ".md")))),+];
    };
}

pages![
    "AS01", "AS02", "CN01", "CN02", "CN03", "CN05", "CN06", "CN07", "IN01", "IN02", "IN03", "IN04", "IN05", "IN06",
    "IN07", "IN08", "IN09", "IN10", "IN11", "IN12", "IN13", "IN14", "IN15", "IN16", "NN01", "NN02", "NN03", "NN04",
    "NN05", "NN06", "NN07", "NN08", "NT01", "NT02", "NT03", "NT04", "NT05", "NT06", "NT07", "NT08", "NT09", "NT10",
    "NT11", "NT12", "NT13", "PF01", "PF02", "PF03", "PF04", "PF05", "PF06", "PF07", "PR01", "PR02", "PR03", "PR04",
    "PR05", "PR06", "XT01", "XT02", "XT03", "XT04", "XT05", "XT06", "XT07", "XT08", "XT09", "XT10", "XT11", "XT12",
    "XT13", "XT14", "XT15", "YY01", "YY04", "YY06", "YY07",
];

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
    fn every_page_in_the_folder_is_embedded_under_its_code() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/rules");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .expect("the folder of rules")
            .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_string_lossy().into_owned()))
            .collect();
        files.sort();
        let codes: Vec<&str> = SOURCES.iter().map(|(code, _)| *code).collect();
        assert_eq!(files, codes);
        for (code, source) in SOURCES {
            let page = Page::parse(source).unwrap_or_else(|error| panic!("{code}: {error}"));
            assert_eq!(page.code, *code);
            assert!(page.explanation.starts_with("# ") && !page.below_heading().starts_with('#'), "{code}");
        }
    }
}
