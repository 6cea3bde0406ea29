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

/// Which words stand in a section at all.
#[derive(Clone, Copy)]
struct Stated {
    /// 年度 with a colon.
    year: bool,
    /// 截止, 截至.
    date: bool,
}

/// Longest name of a body, in characters.
const LONGEST: usize = 41;

impl Section {
    /// Bodies, years and dates that heads and titles state.
    pub(super) fn mentions(&mut self, lines: &[SourceLine], blocks: &[Arc<Block>]) {
        // Looked for once: most sections state neither, and heads have many lines.
        let anywhere = |words: [&str; 2]| words.iter().any(|word| blocks.iter().any(|block| block.text.contains(word)));
        let stated = Stated { year: anywhere(["年度：", "年度:"]), date: anywhere(["截止", "截至"]) };
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
            self.head_mentions(line.text, line.span.start, source::pieces(line), stated);
        }
        // Of tags, what the cells say.
        let mut base = 0;
        for block in blocks {
            if block.kind == BlockKind::Html {
                for cell in grid::rows(block, base).unwrap_or_default().into_iter().take(20).flatten() {
                    let piece = (cell.span.start, cell.text.as_str());
                    self.head_mentions(&cell.text, cell.span.start, [piece].into_iter(), stated);
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
        stated: Stated,
    ) {
        // A digit with a Han character right behind it, in half or full width; most lines have none. Without a way out
        // the bytes are looked at many at a time.
        let bytes = text.as_bytes();
        let digit = bytes.iter().fold(false, |found, byte| found | matches!(byte, b'0'..=b'9' | 0xbc));
        let glued = digit
            && bytes
                .windows(3)
                .any(|bytes| matches!(bytes, [_, b'0'..=b'9', 0xe2..=0xf4] | [0xbc, 0x90..=0x99, 0xe2..=0xf4]));
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
        if stated.year
            && let Some(year) = stated_year(text)
        {
            self.years.push((text[year.range()].parse().unwrap_or(0), year.shifted(start)));
        }
        self.told_years.extend(years::heads(text, start));
        if stated.date
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

/// Does a name end as those of public bodies do?
pub fn is_body(name: &str) -> bool {
    let folded = folded(name);
    let name = without_brackets(&folded);
    BODY_ENDS.iter().any(|end| name.ends_with(end))
}
