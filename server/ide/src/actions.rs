//! The repairs offered at a place, and all those that leave no doubt at once.

use gouji_core::Document;
use gouji_core::document::mend::mend;
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
    let here = audience.findings_at(document, span);
    here.iter().flat_map(|finding| offered(finding, audience.locale)).collect()
}

/// All repairs whose evidence is unique, as one: just what `gouji check --fix` writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FixAll {
    /// How many figures it puts right.
    pub title: String,
    /// The edits, in order of place, none touching another.
    pub edits: Vec<Edit>,
}

/// All repairs of the findings shown that leave no doubt; none where there is no such repair.
pub fn fix_all(document: &Document, audience: Audience) -> Option<FixAll> {
    let mended = mend(document, audience.floor);
    let count = mended.made.len();
    let title = match audience.locale {
        Locale::Chinese => format!("修正依据唯一的全部 {count} 处"),
        Locale::English => format!("Fix all {count} that the evidence leaves no doubt of"),
    };
    (count > 0).then_some(FixAll { title, edits: mended.edits })
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
    use gouji_core::verdict::finding::Severity;

    use super::*;
    use crate::hover::samples;

    #[test]
    fn a_finding_is_offered_at_its_place_and_where_its_fix_would_write() {
        let finding = samples::finding();
        assert!(finding.concerns(Span::new(7, 7)));
        assert!(finding.concerns(Span::new(21, 21)));
        assert!(!finding.concerns(Span::new(40, 50)));
        let titles: Vec<_> = offered(&finding, Locale::English).map(|action| action.title).collect();
        assert_eq!(titles, ["Change to 148.61"]);
    }

    #[test]
    fn all_that_is_beyond_doubt_is_put_right_at_once() {
        let source = include_str!("../../../fixtures/tab/nongye-faulty.txt");
        let document = Document::open(source);
        let audience = Audience { locale: Locale::Chinese, floor: Severity::Hint };
        let all = fix_all(&document, audience).expect("repairs");
        assert_eq!(all.title, "修正依据唯一的全部 2 处");
        let mut text = source.to_owned();
        all.edits.iter().rev().for_each(|edit| text.replace_range(edit.span.start..edit.span.end, &edit.new_text));
        assert_eq!(text, mend(&document, Severity::Hint).document.text().to_string());
        assert_eq!(fix_all(&Document::open(&text), audience), None);
    }
}
