//! For whom something is shown: in which language, and how much of it.

use gouji_core::Document;
use gouji_core::text::Span;
use gouji_core::verdict::finding::{Finding, Locale, Severity};

/// What the user wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audience {
    /// The language.
    pub locale: Locale,
    /// The lowest severity that is shown.
    pub floor: Severity,
}

impl Audience {
    /// Is a finding shown?
    pub fn shows(self, finding: &Finding) -> bool {
        finding.severity <= self.floor
    }

    /// The findings that are shown of a place: those that stand there, and those with a repair that would change
    /// something there.
    pub fn findings_at(self, document: &Document, span: Span) -> Vec<Finding> {
        let mut here = document.analysis().findings_at(span);
        here.retain(|finding| self.shows(finding));
        here
    }

    /// The findings that are shown, wherever they are: underlined, in a hover, with their repairs.
    pub fn findings(self, document: &Document) -> impl Iterator<Item = &Finding> {
        document.analysis().findings().iter().filter(move |finding| self.shows(finding))
    }
}
