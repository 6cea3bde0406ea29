//! What a place means: the finding there, the figure there with its relations, the 科目 there.

mod figure;
mod finding;
#[cfg(test)]
pub(crate) mod samples;
mod subject;

use gouji_core::Document;
use gouji_core::text::Span;

use crate::audience::Audience;
use crate::markdown::unmarked;

/// What an editor shows when the pointer rests on a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The place it is about.
    pub span: Span,
    /// The text, Markdown.
    pub markdown: String,
}

impl Hover {
    /// The text for a reader who would see the marks.
    pub fn text(&self) -> String {
        unmarked(&self.markdown)
    }
}

/// What is known of the place at an offset: first what is wrong there, then what the figure is, then what the 科目 is.
pub fn hover(document: &Document, offset: usize, audience: Audience) -> Option<Hover> {
    let (analysis, locale) = (document.analysis(), audience.locale);
    let near = audience.findings_at(document, Span::new(offset, offset));
    let here = near.iter().filter(|finding| finding.span.touches(offset));
    let mut parts: Vec<Hover> =
        here.map(|finding| finding::part(finding, analysis.selection().book(), locale)).collect();
    if let Some(view) = analysis.figure_at(offset) {
        parts.push(figure::part(&view, analysis.relations_at(offset), locale));
    }
    parts.extend(analysis.subject_at(offset).and_then(|view| subject::part(&view, locale)));
    join(parts)
}

/// The parts as one text, at the smallest of their places.
fn join(parts: Vec<Hover>) -> Option<Hover> {
    let span = parts.iter().map(|part| part.span).min_by_key(|span| span.len())?;
    let texts: Vec<String> = parts.into_iter().map(|part| part.markdown).collect();
    Some(Hover { span, markdown: texts.join("\n\n---\n\n") })
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::verdict::finding::{Locale, Severity};

    #[test]
    fn nothing_is_said_of_an_ordinary_place() {
        let audience = Audience { locale: Locale::Chinese, floor: Severity::Hint };
        assert_eq!(hover(&Document::open("春眠不觉晓"), 3, audience), None);
    }

    #[test]
    fn parts_are_joined_at_the_smallest_place() {
        let part = |start, end, markdown: &str| Hover { span: Span::new(start, end), markdown: markdown.into() };
        let joined = join(vec![part(0, 9, "甲"), part(3, 6, "乙")]).unwrap();
        assert_eq!((joined.span, joined.markdown.as_str()), (Span::new(3, 6), "甲\n\n---\n\n乙"));
    }
}
