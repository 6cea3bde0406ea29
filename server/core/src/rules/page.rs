//! A rule page: definition, documentation, examples and hover text in one Markdown file.

use crate::verdict::finding::{Message, Severity};

/// One rule.
#[derive(Clone, Debug)]
pub struct Page {
    /// Public code: `IN06`. Never changes its meaning.
    pub code: String,
    /// Short name.
    pub name: Message,
    /// How loudly a contradiction is said.
    pub severity: Severity,
    /// On whose authority: 143, 表, 审 …
    pub authority: String,
    /// Version that brought it.
    pub since: String,
    /// The formulas, as written; empty where a function decides.
    pub formulas: Vec<String>,
    /// The page's text after its front matter, Markdown, examples included.
    pub body: String,
    /// The page's text up to the examples: what `explain` and the hover on a finding show.
    pub explanation: String,
}

/// All pages, in order of code.
pub fn book() -> &'static [Page] {
    &[]
}

/// The page of a code, whatever its letter case.
pub fn page(code: &str) -> Option<&'static Page> {
    book().iter().find(|page| page.code.eq_ignore_ascii_case(code))
}
