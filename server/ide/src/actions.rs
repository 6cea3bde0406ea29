//! The repairs offered at a place.

use gouji_core::Document;
use gouji_core::text::Span;
use gouji_core::verdict::finding::{Edit, Finding, Locale};

use crate::audience::Audience;

/// A repair as a menu shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// What it does: 改为 148.61.
    pub title: String,
    /// True where the evidence leaves no other repair.
    pub preferred: bool,
    /// The edits, in order of place, none overlapping.
    pub edits: Vec<Edit>,
    /// The finding that it repairs.
    pub finding: Finding,
}

/// The repairs of the findings shown at a span: of those that stand there and of those that would change something
/// there.
pub fn actions(document: &Document, span: Span, audience: Audience) -> Vec<Action> {
    let here = audience.findings(document).filter(|finding| concerns(finding, span));
    here.flat_map(|finding| offered(finding, audience.locale)).collect()
}

fn concerns(finding: &Finding, span: Span) -> bool {
    let mut edits = finding.fixes.iter().flat_map(|fix| &fix.edits);
    finding.span.meets(span) || edits.any(|edit| edit.span.meets(span))
}

fn offered(finding: &Finding, locale: Locale) -> impl Iterator<Item = Action> + '_ {
    finding.fixes.iter().map(move |fix| Action {
        title: fix.title.in_locale(locale).to_owned(),
        preferred: fix.preferred,
        edits: fix.edits.clone(),
        finding: finding.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hover::samples;

    #[test]
    fn a_finding_is_offered_at_its_place_and_where_its_fix_would_write() {
        let finding = samples::finding();
        assert!(concerns(&finding, Span::new(7, 7)));
        assert!(concerns(&finding, Span::new(21, 21)));
        assert!(!concerns(&finding, Span::new(40, 50)));
        let titles: Vec<_> = offered(&finding, Locale::English).map(|action| action.title).collect();
        assert_eq!(titles, ["Change to 148.61"]);
    }
}
