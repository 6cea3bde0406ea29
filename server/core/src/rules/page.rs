//! A rule page: definition, documentation, examples and hover text in one Markdown file.

use std::borrow::Cow;

use serde::Deserialize;

use super::formula::{self, Formula};
use super::front;
use crate::catalog::Kind;
use crate::embedded;
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

impl Tolerance {
    /// The tolerance of a word of RULES.md §1.
    pub fn of_word(word: &str) -> Option<Self> {
        Some(match word {
            "T0" | "T4" | "T5" => Self::Copy,
            "T1" => Self::Sum,
            "T2" => Self::Product,
            "T3" => Self::Percentage,
            _ => return None,
        })
    }
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
}

impl Page {
    /// One of the embedded pages; its text is not held twice, and not looked at.
    pub(super) fn embedded(source: &Embedded) -> Option<Self> {
        let front: Front = embedded::read(source.front);
        Some(Self {
            code: front.code,
            name: Message::new(front.name, front.name_en),
            severity: Severity::of_word(&front.severity)?,
            tolerance: Tolerance::of_word(&front.tolerance)?,
            authority: front.authority.join("、"),
            since: front.since,
            parsed: front.formula.iter().map(|text| formula::parse(text).ok()).collect::<Option<_>>()?,
            formulas: front.formula,
            function: front.function,
            partial: front.partial,
            administrative: front.administrative,
            kind: front.kind.as_deref().and_then(Kind::of_word),
            opt_in: front.opt_in,
            body: Cow::Borrowed(source.body),
        })
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

    /// The page's text up to the examples: what `explain` and the hover on a finding show.
    pub fn explanation(&self) -> &str {
        self.body.split("\n## 例").next().unwrap_or_default().trim_end()
    }

    /// The explanation without its heading, for where the rule has been named already.
    pub fn below_heading(&self) -> &str {
        let text = self.explanation().trim();
        let below = text.strip_prefix("# ").and_then(|rest| rest.split_once('\n')).map_or(text, |(_, below)| below);
        below.trim_start()
    }
}

/// A page as the build leaves it.
pub(super) struct Embedded {
    /// Its front matter as JSON.
    front: &'static str,
    /// Its text after the front matter.
    body: &'static str,
}

/// What the front matter of an embedded page holds.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Front {
    code: String,
    name: String,
    name_en: String,
    severity: String,
    tolerance: String,
    #[serde(default)]
    authority: Vec<String>,
    since: String,
    #[serde(default)]
    formula: Vec<String>,
    function: Option<String>,
    #[serde(default)]
    partial: bool,
    #[serde(default)]
    administrative: bool,
    kind: Option<String>,
    #[serde(default)]
    opt_in: bool,
}

/// The pages that are embedded, in order of code.
pub(super) const SOURCES: &[Embedded] = include!(concat!(env!("OUT_DIR"), "/pages.rs"));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::Book;

    #[test]
    fn every_page_is_embedded_as_it_is_written() {
        let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/rules")).expect("the pages");
        let mut files: Vec<_> = folder.map(|entry| entry.expect("a file").path()).collect();
        files.sort();
        assert_eq!(files.len(), Book::embedded().pages().len());
        for (file, embedded) in files.iter().zip(Book::embedded().pages()) {
            let source = std::fs::read_to_string(file).expect("a page");
            let (page, complaints) = Page::check(&source);
            assert_eq!((page.as_ref(), complaints), (Some(embedded), Vec::new()), "{file:?}");
            assert_eq!(file.file_stem().and_then(|name| name.to_str()), Some(embedded.code.as_str()));
            let explained = embedded.explanation().starts_with("# ") && !embedded.below_heading().starts_with('#');
            assert!(explained, "{file:?}");
        }
    }
}
