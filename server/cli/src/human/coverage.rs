//! The amounts of a document that stand in no relation, one a line: what nobody checked.

use gouji_core::document::FigureView;
use gouji_core::text::Text;
use gouji_core::verdict::finding::Locale;

use super::cells::plain;
use super::words::{FAINT, PLACE, say};
use crate::json::Place;
use crate::survey::Opened;

/// The unchecked amounts of a document, a blank line after them; nothing where there are none.
pub fn coverage(opened: &Opened, locale: Locale) -> String {
    let text = opened.document.text();
    let unread = opened.document.analysis().unread();
    let mut shown: String = unread.iter().map(|figure| line(text, &opened.path, figure, locale)).collect();
    if !unread.is_empty() {
        shown.push('\n');
    }
    shown
}

fn line(text: &Text, path: &str, figure: &FigureView, locale: Locale) -> String {
    let Place { line, column } = Place::new(text, figure.span.start);
    let meaning = [Some(&figure.place), Some(&figure.what), figure.column.as_ref()];
    let meaning: Vec<_> =
        meaning.into_iter().flatten().map(|part| plain(part)).filter(|part| !part.is_empty()).collect();
    let (word, comma) = (say(locale, "未核", "unchecked"), say(locale, "，", ", "));
    format!(
        "{PLACE}{}:{line}:{column}{PLACE:#}: {FAINT}{word}{FAINT:#} {} — {}\n",
        plain(path),
        plain(&figure.text),
        meaning.join(comma)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::text::Span;

    #[test]
    fn an_amount_is_one_line() {
        let figure = FigureView {
            span: Span::new(7, 11),
            text: "8.00".into(),
            place: "收支总表".into(),
            what: "合计".into(),
            column: None,
            year: Some(2025),
            unit: "万元".into(),
        };
        let shown = line(&Text::new("合计\t8.00"), "a.txt", &figure, Locale::Chinese);
        assert_eq!(anstream::adapter::strip_str(&shown).to_string(), "a.txt:1:4: 未核 8.00 — 收支总表，合计\n");
    }
}
