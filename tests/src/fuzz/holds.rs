//! What holds of every document, whatever its text: nothing that is shown of it lies outside it or cuts a character, a
//! range holds the text that it claims, and repairs can be made.

use gouji_core::Document;
use gouji_core::document::mend::mend;
use gouji_core::document::{CellView, OutlineItem};
use gouji_core::finding::{Edit, Finding, Locale, Severity};
use gouji_core::text::{Encoding, Span};
use gouji_ide::{Audience, actions, hover, symbols};

/// Places where it is asked what stands there.
const PLACES: usize = 8;

/// Sees that all of it holds.
///
/// # Panics
/// Where something does not hold.
pub fn holds(document: &Document) {
    let text = document.text().to_string();
    let analysis = document.analysis();
    analysis.findings().iter().chain(analysis.suppressed().iter().map(|(_, own)| own)).for_each(|own| {
        finding(&text, own);
    });
    for relation in analysis.relations() {
        relation.figures.iter().for_each(|(_, span, printed)| claimed(&text, *span, printed, &relation.rule));
    }
    analysis.unread().iter().for_each(|figure| claimed(&text, figure.span, &figure.text, "unread"));
    for table in analysis.tables() {
        for cell in table.rows.iter().flat_map(|row| &row.cells) {
            if let CellView::Figure { span, text: printed } = cell {
                claimed(&text, *span, printed, &table.place);
            }
        }
        let wide = table.columns.len();
        assert!(table.rows.iter().all(|row| row.cells.len() == wide), "{}: one cell for each column", table.place);
    }
    symbols(document).iter().for_each(|item| outlined(&text, item));
    let coverage = analysis.coverage();
    assert!(coverage.checked <= coverage.amounts, "{coverage:?}");
    places(document, &text);
    mended(document, &text);
}

fn finding(text: &str, own: &Finding) {
    claimed(text, own.span, &own.text, &own.rule);
    let here = own.related.iter().filter(|related| related.elsewhere.is_none());
    here.for_each(|related| claimed(text, related.span, &related.text, &own.rule));
    own.fixes.iter().for_each(|fix| drop(applied(text, &fix.edits, &own.rule)));
    assert!(!own.message.zh.is_empty() && !own.message.en.is_empty(), "{}: a message in both languages", own.rule);
}

/// The text with edits made, which must be in order of place and must not overlap.
pub fn applied(text: &str, edits: &[Edit], whose: &str) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for edit in edits {
        inside(text, edit.span, whose);
        assert!(at <= edit.span.start, "{whose}: edits in order of place: {edits:?}");
        out.push_str(&text[at..edit.span.start]);
        out.push_str(&edit.new_text);
        at = edit.span.end;
    }
    out.push_str(&text[at..]);
    out
}

/// A span lies in the text, on borders of characters.
pub fn inside(text: &str, span: Span, whose: &str) {
    assert!(text.get(span.start..span.end).is_some(), "{whose}: {span:?} in a text of {} bytes", text.len());
}

/// A span holds the text that it claims, line breaks apart: a number that a line breaks is shown whole.
fn claimed(text: &str, span: Span, printed: &str, whose: &str) {
    let whole = |text: &str| text.replace(['\r', '\n'], "");
    let held = text.get(span.start..span.end).map(whole);
    assert_eq!(held, Some(whole(printed)), "{whose}: {span:?} in a text of {} bytes", text.len());
}

fn outlined(text: &str, item: &OutlineItem) {
    inside(text, item.span, &item.name);
    inside(text, item.name_span, &item.name);
    let within = item.span.start <= item.name_span.start && item.name_span.end <= item.span.end;
    assert!(within, "{}: a name within its item", item.name);
    item.children.iter().for_each(|child| outlined(text, child));
}

fn places(document: &Document, text: &str) {
    let audience = Audience { locale: Locale::Chinese, floor: Severity::Hint };
    let findings = document.analysis().findings().iter().map(|own| own.span.start).take(PLACES);
    for place in findings.chain((0..=PLACES).map(|number| text.len() * number / PLACES)) {
        if let Some(shown) = hover(document, place, audience) {
            inside(text, shown.span, "hover");
        }
        let _ = document.analysis().subject_at(place);
        if text.is_char_boundary(place) {
            for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
                let position = document.text().position(place, encoding);
                let back = document.text().offset(position, encoding);
                // Between CR and LF nothing can be pointed at.
                let split = text[..place].ends_with('\r') && text[place..].starts_with('\n');
                assert!(back == place || split, "{place} → {position:?} → {back} in {encoding:?}");
            }
        }
    }
    drop(actions(document, Span::new(0, text.len()), audience));
}

fn mended(document: &Document, text: &str) {
    let mended = mend(document, Severity::Hint);
    let written = applied(text, &mended.edits, "all repairs");
    assert_eq!(written, mended.document.text().to_string(), "the edits of all repairs make the mended text");
}
