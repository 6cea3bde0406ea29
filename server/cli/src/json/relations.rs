//! `relations --format json`: what was compared, and what was not.

use gouji_core::document::{FigureView, RelationView, Role};
use gouji_core::text::{Span, Text};
use serde::Serialize;

use super::place::Range;
use super::report::unusual;
use crate::survey::Opened;

/// One document's relations.
#[derive(Serialize)]
pub struct Compared {
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    relations: Vec<RelationJson>,
    unread: Vec<UnreadJson>,
}

#[derive(Serialize)]
struct RelationJson {
    rule: String,
    verdict: &'static str,
    figures: Vec<FigureJson>,
}

#[derive(Serialize)]
struct FigureJson {
    role: &'static str,
    range: Range,
    text: String,
}

#[derive(Serialize)]
struct UnreadJson {
    range: Range,
    text: String,
}

impl Compared {
    /// The relations of a document.
    pub fn new(opened: &Opened) -> Self {
        let (text, analysis) = (opened.document.text(), opened.document.analysis());
        let unread = |figure: FigureView| UnreadJson { range: Range::new(text, figure.span), text: figure.text };
        Self {
            encoding: unusual(opened.script.encoding),
            relations: analysis.relations().into_iter().map(|relation| RelationJson::new(text, relation)).collect(),
            unread: analysis.unread().into_iter().map(unread).collect(),
        }
    }
}

impl RelationJson {
    fn new(text: &Text, relation: RelationView) -> Self {
        let figure = |(role, span, printed): (Role, Span, String)| FigureJson {
            role: role.word(),
            range: Range::new(text, span),
            text: printed,
        };
        Self {
            rule: relation.rule,
            verdict: relation.verdict.word(),
            figures: relation.figures.into_iter().map(figure).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::document::Verdict;
    use gouji_core::verdict::finding::Message;

    #[test]
    fn a_relation_is_written_as_the_contract_says() {
        let text = Text::new("合计\t3\t𠀀1\t2");
        let figures = vec![(Role::Total, Span::new(7, 8), "3".into()), (Role::Part, Span::new(13, 14), "1".into())];
        let relation =
            RelationView { rule: "IN06".into(), verdict: Verdict::Exact, figures, sentence: Message::default() };
        let written = serde_json::to_string(&RelationJson::new(&text, relation)).expect("plain data");
        assert_eq!(
            written,
            concat!(
                r#"{"rule":"IN06","verdict":"exact","figures":["#,
                r#"{"role":"total","range":{"start":{"line":1,"column":4},"end":{"line":1,"column":5}},"text":"3"},"#,
                r#"{"role":"part","range":{"start":{"line":1,"column":7},"end":{"line":1,"column":8}},"text":"1"}]}"#,
            )
        );
    }
}
