//! UF07: the numbers of headings leave no gap.

use super::{at, note};
use crate::finding::{Message, Severity};
use crate::layout::line::{Numbering, numbering};
use crate::reading::class::Class;
use crate::rules::context::{Context, Laid};

/// The value of 一 … 九十九 that a heading begins with, in brackets or not.
pub fn number_of(heading: &str) -> Option<u32> {
    let mut value = 0;
    for c in heading.trim_start_matches(['（', '(', '第', ' ']).chars() {
        value = match "一二三四五六七八九".chars().position(|digit| digit == c) {
            Some(at) => value + at as u32 + 1,
            None if c == '十' => value.max(1) * 10,
            None => break,
        };
    }
    (value > 0).then_some(value)
}

/// One number left out where both sides of the gap go on counting: a list that begins anew, or a heading that lost its
/// number to automatic numbering, is no gap.
pub fn numbers(context: &Context, page: usize, laid: &mut Laid) {
    let chapters: Vec<(u32, u32, crate::text::Span)> = context
        .sections
        .of(Class::is_narrative)
        .filter_map(|(number, section)| {
            let text = &section.heading.text;
            let (Numbering::Chapter, end) = numbering(text)? else { return None };
            let span = crate::text::Span::new(section.heading.span.start, section.heading.span.start + end);
            Some((number, number_of(text)?, span))
        })
        .collect();
    for three in chapters.windows(3) {
        let [(_, before, _), (section, own, span), (_, after, _)] = three else { continue };
        if *own == before + 2 && *after == own + 1 && *before >= 1 {
            let message = Message::new(
                format!("标题序号由 {before} 跳到 {own}，中间缺一节"),
                format!("The headings jump from {before} to {own}"),
            );
            laid.notes.push(note(page, Severity::Hint, at(*section, *span, message), format!("{before}-{own}")));
        }
    }
}
