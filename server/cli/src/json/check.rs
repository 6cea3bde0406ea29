//! `check --format json`: one document's findings and coverage.

use gouji_core::document::{Coverage, Identity};
use gouji_core::text::Text;
use gouji_core::verdict::finding::{Edit, Elsewhere, Finding, Fix, Locale, Related};
use serde::Serialize;

use super::place::Range;
use super::report::unusual;
use crate::survey::Opened;

/// One document, checked.
#[derive(Serialize)]
pub struct Checked {
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    document: Option<DocumentJson>,
    findings: Vec<FindingJson>,
    /// Findings that the folder's gouji.toml hides.
    #[serde(skip_serializing_if = "is_zero")]
    suppressed: usize,
    coverage: CoverageJson,
}

#[derive(Serialize)]
struct DocumentJson {
    kind: String,
    year: Option<u16>,
    body: Option<String>,
    unit: Option<String>,
}

#[derive(Serialize)]
struct FindingJson {
    rule: String,
    name: String,
    severity: &'static str,
    message: String,
    range: Range,
    text: String,
    related: Vec<RelatedJson>,
    fixes: Vec<FixJson>,
}

#[derive(Serialize)]
struct RelatedJson {
    /// Only where it is another file.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    range: Range,
    text: String,
    message: String,
}

#[derive(Serialize)]
struct FixJson {
    title: String,
    preferred: bool,
    edits: Vec<EditJson>,
}

#[derive(Serialize)]
struct EditJson {
    range: Range,
    new_text: String,
}

#[derive(Serialize)]
struct CoverageJson {
    amounts: usize,
    checked: usize,
    relations: RelationCounts,
}

#[derive(Serialize)]
struct RelationCounts {
    exact: usize,
    rounded: usize,
    contradicted: usize,
    unchecked: usize,
}

impl Checked {
    /// What was found in a document.
    pub fn new(opened: &Opened, locale: Locale) -> Self {
        let (text, analysis) = (opened.document.text(), opened.document.analysis());
        Self {
            encoding: unusual(opened.script.encoding),
            document: analysis.identity().map(DocumentJson::from),
            findings: opened.findings().map(|finding| FindingJson::new(text, finding, locale)).collect(),
            suppressed: analysis.suppressed().len(),
            coverage: analysis.coverage().into(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(count: &usize) -> bool {
    *count == 0
}

impl From<Identity> for DocumentJson {
    fn from(Identity { kind, year, body, unit }: Identity) -> Self {
        Self { kind, year, body, unit }
    }
}

impl From<Coverage> for CoverageJson {
    fn from(Coverage { amounts, checked, exact, rounded, contradicted, unchecked }: Coverage) -> Self {
        Self { amounts, checked, relations: RelationCounts { exact, rounded, contradicted, unchecked } }
    }
}

impl FindingJson {
    fn new(text: &Text, finding: &Finding, locale: Locale) -> Self {
        Self {
            rule: finding.rule.clone(),
            name: finding.name.in_locale(locale).to_owned(),
            severity: finding.severity.word(),
            message: finding.message.in_locale(locale).to_owned(),
            range: Range::new(text, finding.span),
            text: finding.text.clone(),
            related: finding.related.iter().map(|related| RelatedJson::new(text, related, locale)).collect(),
            fixes: finding.fixes.iter().map(|fix| FixJson::new(text, fix, locale)).collect(),
        }
    }
}

impl RelatedJson {
    fn new(text: &Text, related: &Related, locale: Locale) -> Self {
        let message = related.message.in_locale(locale).to_owned();
        let (path, range) = match &related.elsewhere {
            None => (None, Range::new(text, related.span)),
            Some(Elsewhere { file, spot }) => (Some(file.to_string()), Range::elsewhere(spot)),
        };
        Self { path, range, text: related.text.clone(), message }
    }
}

impl FixJson {
    fn new(text: &Text, fix: &Fix, locale: Locale) -> Self {
        let edit = |edit: &Edit| EditJson { range: Range::new(text, edit.span), new_text: edit.new_text.clone() };
        Self {
            title: fix.title.in_locale(locale).to_owned(),
            preferred: fix.preferred,
            edits: fix.edits.iter().map(edit).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::human::sample::{TEXT, finding};

    #[test]
    fn a_finding_is_written_as_the_contract_says() {
        let text = Text::new(TEXT);
        let written = serde_json::to_string(&FindingJson::new(&text, &finding(), Locale::Chinese)).expect("plain data");
        assert_eq!(
            written,
            concat!(
                r#"{"rule":"AS01","name":"资产合计","severity":"error","message":"资产总额 141.68，各项合计 148.61","#,
                r#""range":{"start":{"line":2,"column":6},"end":{"line":2,"column":12}},"text":"141.68","#,
                r#""related":[{"range":{"start":{"line":3,"column":5},"end":{"line":3,"column":11}},"text":"148.61","message":"说明"}],"#,
                r#""fixes":[{"title":"改为 148.61","preferred":true,"edits":[{"range":{"start":{"line":2,"column":6},"end":{"line":2,"column":12}},"new_text":"148.61"}]}]}"#,
            )
        );
    }
}
