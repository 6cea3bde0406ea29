//! From the engine's types to the protocol's.

use gouji_core::document::{OutlineItem, OutlineKind};
use gouji_core::rules::Book;
use gouji_core::text::{Span, Text};
use gouji_core::verdict::finding::{Edit, Elsewhere, Finding, Locale, Related, Severity};
use gouji_ide::Hover;
use serde::Serialize;
use tower_lsp::ls_types;
use tower_lsp::ls_types::*;

use crate::capabilities::Settings;

/// Where the page of a rule can be read: this, its code, `.md`.
const RULE_PAGES: &str = "https://github.com/gouji/gouji/blob/main/server/core/rules/";

/// All that a conversion needs to know of the document it is about.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// Its text.
    pub text: &'a Text,
    /// Its canonical URI.
    pub uri: &'a Uri,
    /// What was agreed on with the client.
    pub settings: Settings,
    /// The user's language.
    pub locale: Locale,
}

/// A diagnostic with its data.
#[derive(Serialize)]
pub struct Published<'f> {
    #[serde(flatten)]
    diagnostic: Diagnostic,
    data: Data<'f>,
}

/// What a client needs to offer the fixes without asking again.
#[derive(Serialize)]
struct Data<'f> {
    key: String,
    fixes: Vec<DataFix<'f>>,
}

#[derive(Serialize)]
struct DataFix<'f> {
    title: &'f str,
    preferred: bool,
    edits: Vec<TextEdit>,
}

impl Place<'_> {
    /// The range of a span.
    pub fn range(&self, span: Span) -> Range {
        let position = |offset| {
            let position = self.text.position(offset, self.settings.encoding);
            ls_types::Position::new(position.line, position.column)
        };
        Range::new(position(span.start), position(span.end))
    }

    /// A finding as the editor underlines it, for use in an answer.
    pub fn diagnostic_with_data(&self, finding: &Finding) -> Diagnostic {
        Diagnostic { data: serde_json::to_value(self.data(finding)).ok(), ..self.diagnostic(finding) }
    }

    /// A finding as it is published: written straight to the stream, with nothing built in between.
    pub fn published<'f>(&self, finding: &'f Finding) -> Published<'f> {
        Published { diagnostic: self.diagnostic(finding), data: self.data(finding) }
    }

    /// A finding without its data.
    fn diagnostic(&self, finding: &Finding) -> Diagnostic {
        let page = || format!("{RULE_PAGES}{}.md", finding.rule).parse().ok();
        // Nobody but the user has the pages of the user's own.
        let embedded = Book::embedded().page(&finding.rule).is_some();
        let evidence = || finding.related.iter().map(|related| self.related(related)).collect();
        Diagnostic {
            range: self.range(finding.span),
            severity: Some(severity(finding.severity)),
            code: Some(NumberOrString::String(finding.rule.clone())),
            code_description: (self.settings.links && embedded)
                .then(page)
                .flatten()
                .map(|href| CodeDescription { href }),
            source: Some("gouji".to_owned()),
            message: finding.message.in_locale(self.locale).to_owned(),
            related_information: self.settings.evidence.then(evidence),
            tags: None,
            data: None,
        }
    }

    /// The place, and what stands there: editors show the place as a file and a line only.
    fn related(&self, related: &Related) -> DiagnosticRelatedInformation {
        let location = match &related.elsewhere {
            None => Location { uri: self.uri.clone(), range: self.range(related.span) },
            // Other files are known by their canonical URIs.
            Some(Elsewhere { file, spot }) => {
                let uri = file.parse().unwrap_or_else(|_| self.uri.clone());
                let (start, end) = (spot.start(self.settings.encoding), spot.end(self.settings.encoding));
                let position = |at: gouji_core::text::Position| ls_types::Position::new(at.line, at.column);
                Location { uri, range: Range::new(position(start), position(end)) }
            }
        };
        let message = format!("{} — {}", related.text, related.message.in_locale(self.locale));
        DiagnosticRelatedInformation { location, message }
    }

    fn data<'f>(&self, finding: &'f Finding) -> Data<'f> {
        let fixes = finding.fixes.iter().map(|fix| DataFix {
            title: fix.title.in_locale(self.locale),
            preferred: fix.preferred,
            edits: self.edits(&fix.edits),
        });
        Data { key: finding.key.to_string(), fixes: fixes.collect() }
    }

    /// Edits.
    pub fn edits(&self, edits: &[Edit]) -> Vec<TextEdit> {
        edits.iter().map(|edit| TextEdit::new(self.range(edit.span), edit.new_text.clone())).collect()
    }

    /// A hover, as Markdown or as plain text.
    pub fn hover(&self, hover: Hover) -> ls_types::Hover {
        let (kind, value) = match self.settings.markdown {
            true => (MarkupKind::Markdown, hover.markdown),
            false => (MarkupKind::PlainText, hover.text()),
        };
        let contents = HoverContents::Markup(MarkupContent { kind, value });
        ls_types::Hover { contents, range: Some(self.range(hover.span)) }
    }

    /// An entry of the outline with all below it.
    pub fn symbol(&self, item: &OutlineItem) -> DocumentSymbol {
        #[expect(deprecated, reason = "the field has to be named to build the value")]
        DocumentSymbol {
            name: item.name.clone(),
            detail: Some(item.detail.clone()).filter(|detail| !detail.is_empty()),
            kind: kind(item.kind),
            tags: None,
            deprecated: None,
            range: self.range(item.span),
            selection_range: self.range(item.name_span),
            children: Some(item.children.iter().map(|child| self.symbol(child)).collect()),
        }
    }

    /// The outline without its nesting, for clients that know no other.
    pub fn flat_symbols(&self, items: &[OutlineItem], container: Option<&str>) -> Vec<SymbolInformation> {
        let mut flat = Vec::new();
        for item in items {
            #[expect(deprecated, reason = "the field has to be named to build the value")]
            flat.push(SymbolInformation {
                name: item.name.clone(),
                kind: kind(item.kind),
                tags: None,
                deprecated: None,
                location: Location { uri: self.uri.clone(), range: self.range(item.span) },
                container_name: container.map(str::to_owned),
            });
            flat.extend(self.flat_symbols(&item.children, Some(&item.name)));
        }
        flat
    }
}

/// How loudly a client shows it.
pub fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

fn kind(kind: OutlineKind) -> SymbolKind {
    match kind {
        OutlineKind::Section => SymbolKind::NAMESPACE,
        OutlineKind::Table => SymbolKind::STRUCT,
        OutlineKind::ProjectSheet => SymbolKind::OBJECT,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::verdict::finding::{Fix, Key, Message};
    use serde_json::json;

    fn sample() -> Finding {
        let both = |zh: &str, en: &str| Message::new(zh, en);
        Finding {
            rule: "AS01".into(),
            name: both("资产总额", "total assets"),
            severity: Severity::Error,
            message: both("资产总额 1，各项合计 2", "total 1, items 2"),
            span: Span::new(7, 8),
            text: "1".into(),
            related: vec![Related {
                span: Span::new(0, 6),
                elsewhere: None,
                text: "合计".into(),
                message: both("此处", "here"),
            }],
            fixes: vec![Fix {
                title: both("改为 2", "change to 2"),
                preferred: true,
                edits: vec![Edit { span: Span::new(7, 8), new_text: "2".into() }],
            }],
            key: Key { rule: "AS01".into(), body: Some("甲".into()), year: Some(2025), ..Key::default() },
        }
    }

    #[test]
    fn a_finding_arrives_with_all_that_an_editor_can_show() {
        let (text, uri) = (Text::new("合计 1"), "file:///a.txt".parse().unwrap());
        let settings = Settings::resolve(&InitializeParams::default());
        let place = Place { text: &text, uri: &uri, settings, locale: Locale::Chinese };
        let range =
            |start, end| json!({"start": {"line": 0, "character": start}, "end": {"line": 0, "character": end}});
        let edits = json!([{"range": range(3, 4), "newText": "2"}]);
        let expected = json!({
            "range": range(3, 4),
            "severity": 1,
            "code": "AS01",
            "codeDescription": {"href": "https://github.com/gouji/gouji/blob/main/server/core/rules/AS01.md"},
            "source": "gouji",
            "message": "资产总额 1，各项合计 2",
            "relatedInformation": [{"location": {"uri": "file:///a.txt", "range": range(0, 2)}, "message": "合计 — 此处"}],
            "data": {"key": "AS01/甲/2025///", "fixes": [{"title": "改为 2", "preferred": true, "edits": edits}]},
        });
        assert_eq!(serde_json::to_value(place.published(&sample())).unwrap(), expected);
        assert_eq!(serde_json::to_value(place.diagnostic_with_data(&sample())).unwrap(), expected);
        let english = Place { locale: Locale::English, ..place }.diagnostic(&sample());
        assert_eq!(english.message, "total 1, items 2");
        let less = Place { settings: Settings { evidence: false, links: false, ..settings }, ..place };
        let spared = serde_json::to_value(less.published(&sample())).unwrap();
        assert_eq!((&spared["relatedInformation"], &spared["codeDescription"]), (&json!(null), &json!(null)));
    }
}
