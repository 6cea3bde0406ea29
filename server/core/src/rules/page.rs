//! A rule page: definition, documentation, examples and hover text in one Markdown file.

use std::borrow::Cow;

use super::formula::Formula;
use super::front;
use crate::catalog::Kind;
use crate::finding::{Complaint, Message, Severity};

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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub body: Cow<'static, str>,
    /// The page's text up to the examples: what `explain` and the hover on a finding show.
    pub explanation: String,
}

impl Page {
    /// One of the embedded pages; its text is not held twice.
    pub(super) fn embedded(source: &'static str) -> Option<Self> {
        let page = Self::parse(source).ok()?;
        let body = source.get(source.len() - page.body.len()..).filter(|body| *body == page.body);
        Some(Self { body: body.map_or(page.body, Cow::Borrowed), ..page })
    }

    /// Reads a page, or says the first thing that is wrong with it.
    pub fn parse(source: &str) -> Result<Self, Complaint> {
        let (page, complaints) = front::read(source);
        let wrong = complaints.into_iter().find(|complaint| complaint.severity == Severity::Error);
        wrong.map_or(page.ok_or_else(front::no_page), Err)
    }

    /// Reads a page and says all that is wrong with it; none where it is no page or cannot be laid as it is meant.
    pub fn check(source: &str) -> (Option<Self>, Vec<Complaint>) {
        front::read(source)
    }

    /// The group its code names: `IN` of `IN06`.
    pub fn group(&self) -> &str {
        self.code.trim_end_matches(|c: char| c.is_ascii_digit())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_embedded_under_its_code() {
        assert!(!SOURCES.is_empty() && SOURCES.is_sorted());
        for (code, source) in SOURCES {
            let page = Page::parse(source).unwrap_or_else(|error| panic!("{code}: {error:?}"));
            assert_eq!(page.code, *code);
            assert!(page.explanation.starts_with("# ") && !page.below_heading().starts_with('#'), "{code}");
        }
    }
}
