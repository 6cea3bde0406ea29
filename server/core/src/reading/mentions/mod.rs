//! What heads, titles and sentences of a section state of the whole: bodies with their codes, years, dates.

mod forms;

use std::sync::Arc;

use super::section::Section;
use super::source::{self, SourceLine};
use super::table::Label;
use super::years;
use crate::catalog::name::{BODY_ENDS, folded, without_brackets};
use crate::layout::line::LineKind;
use crate::layout::{Block, BlockKind, grid};
use crate::text::Span;
use forms::{coded, opening_body, stated_date, stated_year, titled};

/// A name of the publishing body, with its code where one is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyMention {
    /// Its code (450, 450001).
    pub code: Option<Label>,
    /// Its name.
    pub name: Label,
}

/// Where words begin that state something of the whole.
struct Stated {
    /// 年度.
    years: Vec<usize>,
    /// 截.
    dates: Vec<usize>,
}

impl Stated {
    fn of(blocks: &[Arc<Block>]) -> Self {
        Self { years: source::places(blocks, "年度").collect(), dates: source::places(blocks, "截").collect() }
    }
}

/// Longest name of a body, in characters.
const LONGEST: usize = 41;

impl Section {
    /// Bodies, years and dates that heads and titles state.
    pub(super) fn mentions(&mut self, lines: &[SourceLine], blocks: &[Arc<Block>]) {
        let stated = Stated::of(blocks);
        for line in
            lines.iter().filter(|line| line.kind != LineKind::ProseEnd && line.family != BlockKind::Html).take(400)
        {
            let head = matches!(
                line.kind,
                LineKind::Cell
                    | LineKind::Caption
                    | LineKind::Row
                    | LineKind::Piped
                    | LineKind::Tabbed
                    | LineKind::Commas
                    | LineKind::Heading
            );
            if !head {
                continue;
            }
            self.head_mentions(line.text, line.span.start, source::pieces(line), &stated);
        }
        // Of tags, what the cells say.
        let mut base = 0;
        for block in blocks {
            if block.kind == BlockKind::Html {
                for cell in grid::rows(block, base).unwrap_or_default().into_iter().take(20).flatten() {
                    let piece = (cell.span.start, cell.text.as_str());
                    self.head_mentions(&cell.text, cell.span.start, [piece].into_iter(), &stated);
                }
            }
            base += block.len();
        }
        if self.cover || self.heading.text.contains("预算") || self.heading.text.contains("决算") {
            self.title_mentions();
        }
    }

    /// What one line of a head states, which stands at `start`; `pieces` are its words.
    fn head_mentions<'a>(
        &mut self,
        text: &str,
        start: usize,
        pieces: impl Iterator<Item = (usize, &'a str)>,
        stated: &Stated,
    ) {
        let glued = has_glued(text);
        for (place, piece) in pieces.filter(|_| glued) {
            let trimmed = piece.trim_matches(['|', ',', '"']);
            if let Some((code, name)) = coded(trimmed) {
                let at = place + piece.find(trimmed).unwrap_or(0);
                let (digits, length) = (code.chars().count(), name.chars().count());
                let fits = matches!(digits, 3 | 6 | 9) && length <= LONGEST;
                if fits && is_body(name) && self.bodies.len() < 8 {
                    self.bodies.push(BodyMention {
                        code: Some(Label { text: code.to_owned(), span: Span::new(at, at + code.len()) }),
                        name: Label {
                            text: name.to_owned(),
                            span: Span::new(at + code.len(), at + code.len() + name.len()),
                        },
                    });
                }
            }
        }
        // Most sections state neither, and heads have many lines.
        let holds = |places: &[usize]| places.iter().any(|&at| start <= at && at < start + text.len());
        if holds(&stated.years)
            && let Some(year) = stated_year(text)
        {
            self.years.push((text[year.range()].parse().unwrap_or(0), year.shifted(start)));
        }
        self.told_years.extend(years::heads(text, start));
        if holds(&stated.dates)
            && self.date.is_none()
            && let Some((date, place)) = stated_date(text)
        {
            self.date = Some((date, Label { text: text[place.range()].to_owned(), span: place.shifted(start) }));
        }
    }

    /// Bodies that a paragraph begins with: 某县水务局上年末固定资产金额为…
    pub(super) fn sentence_mentions(&mut self, lines: &[SourceLine]) {
        for line in lines.iter().filter(|line| matches!(line.kind, LineKind::Prose | LineKind::ProseEnd)) {
            let Some(place) = opening_body(line.text) else { continue };
            let name = &line.text[place.range()];
            if is_body(name) && name.chars().count() <= 30 && !name.contains("现将") {
                let name = Label { text: name.to_owned(), span: place.shifted(line.span.start) };
                self.bodies.push(BodyMention { code: None, name });
            }
        }
    }

    fn title_mentions(&mut self) {
        let text = self.heading.text.clone();
        let Some((place, year)) = titled(&text) else { return };
        let name = &text[place.range()];
        if name.chars().count() > LONGEST {
            return;
        }
        let base = self.heading.span.start;
        self.years.push((text[year.range()].parse().unwrap_or(0), year.shifted(base)));
        if is_body(name) {
            let name = Label { text: name.to_owned(), span: place.shifted(base) };
            self.bodies.push(BodyMention { code: None, name });
        }
    }
}

/// Is there a digit with a Han character right behind it, in half or full width? Most lines have none. Without a way out
/// the bytes are looked at many at a time.
fn has_glued(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (second, third) = (bytes.get(1..).unwrap_or_default(), bytes.get(2..).unwrap_or_default());
    bytes.iter().zip(second).zip(third).fold(false, |found, ((a, b), c)| {
        let digit = b.is_ascii_digit() | (*a == 0xbc) & matches!(b, 0x90..=0x99);
        found | digit & (*c >= 0xe2)
    })
}

/// Does a name end as those of public bodies do?
pub fn is_body(name: &str) -> bool {
    let folded = folded(name);
    let name = without_brackets(&folded);
    BODY_ENDS.iter().any(|end| name.ends_with(end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn digits_glued_to_words_are_seen_as_byte_by_byte(text in "(4|５|０|县|局|一|a|（| |９８|450县){0,12}") {
            let glued = text
                .as_bytes()
                .windows(3)
                .any(|bytes| matches!(bytes, [_, b'0'..=b'9', 0xe2..=0xf4] | [0xbc, 0x90..=0x99, 0xe2..=0xf4]));
            prop_assert_eq!(has_glued(&text), glued, "{}", text);
        }
    }
}
