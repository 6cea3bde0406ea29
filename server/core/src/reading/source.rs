//! The text of a section: its blocks laid end to end.

use std::sync::Arc;

use crate::catalog::name::{fold_char, folded, without_brackets};
use crate::layout::grid::Cell;
use crate::layout::line::LineKind;
use crate::layout::{Block, BlockKind};
use crate::text::Span;

/// A line of a section.
#[derive(Clone, Copy, Debug)]
pub struct SourceLine<'a> {
    /// Where, in the section.
    pub span: Span,
    /// Its text.
    pub text: &'a str,
    /// What it looks like.
    pub kind: LineKind,
    /// The family of its block.
    pub family: BlockKind,
    /// The number of its block in the section.
    pub block: usize,
}

/// The lines of some blocks that are not blank.
pub fn lines(blocks: &[Arc<Block>]) -> Vec<SourceLine<'_>> {
    let mut out = Vec::new();
    let mut base = 0;
    for (number, block) in blocks.iter().enumerate() {
        for line in block.lines.iter().filter(|line| line.kind != LineKind::Blank) {
            out.push(SourceLine {
                span: line.span.shifted(base),
                text: &block.text[line.span.start..line.span.end],
                kind: line.kind,
                family: block.kind,
                block: number,
            });
        }
        base += block.len();
    }
    out
}

/// Words parted by white space, with their places.
pub fn words(line: &SourceLine) -> Vec<Cell> {
    pieces(line)
        .map(|(start, text)| Cell { span: Span::new(start, start + text.len()), text: text.to_owned() })
        .collect()
}

/// The same, where they begin in the section and what they are.
pub fn pieces<'a>(line: &SourceLine<'a>) -> impl Iterator<Item = (usize, &'a str)> + use<'a> {
    let (mut rest, mut at) = (line.text, line.span.start);
    std::iter::from_fn(move || {
        let word = rest.trim_start();
        at += rest.len() - word.len();
        let end = word.find(char::is_whitespace).unwrap_or(word.len());
        let found = (at, &word[..end]);
        (rest, at) = (&word[end..], at + end);
        (end > 0).then_some(found)
    })
}

/// Does the line state a unit or a year, as the line under a title does? It comes again on each page.
pub fn states_unit(text: &str) -> bool {
    // Each of the marks holds a colon.
    if !text.contains([':', '：']) {
        return false;
    }
    // A unit in brackets belongs to the column it stands behind.
    let folded = folded(text);
    let plain = without_brackets(&folded);
    let folded = if plain.is_empty() { &folded } else { &plain };
    ["单位：万元", "单位：元", "单位：亿元", "预算年度：", "截止时间", "单位：人民币"]
        .iter()
        .any(|mark| folded.contains(mark))
}

/// Text without white space and quotes, in one width, that knows where each character came from. Sentences of PDF text
/// are broken anywhere, inside a number and its unit too: reading this instead heals them.
#[derive(Clone, Debug, Default)]
pub struct Folded {
    /// The folded text.
    pub text: String,
    /// For each byte of `text`, the byte of the section it came from.
    places: Vec<usize>,
    end: usize,
}

impl Folded {
    /// Adds a piece of the section that begins at `base`.
    pub fn push(&mut self, text: &str, base: usize) {
        for (at, c) in text.char_indices() {
            if let Some(folded) = fold_char(c) {
                self.text.push(folded);
                self.places.resize(self.text.len(), base + at);
            }
            self.end = base + at + c.len_utf8();
        }
    }

    /// Full-width marks for the half-width ones of flattened pages; a comma within 1,878.09 stays.
    pub fn punctuate(&mut self) {
        if !self.text.contains([',', ';', '.', '﹐', '﹔', '､']) {
            return;
        }
        let (text, places) = (std::mem::take(&mut self.text), std::mem::take(&mut self.places));
        let mut before = [' '; 4];
        for (at, c) in text.char_indices() {
            let after = &text.as_bytes()[at + c.len_utf8()..];
            let digits = |count: usize| after.len() >= count && after[..count].iter().all(u8::is_ascii_digit);
            let lead = before.iter().rposition(|c| !c.is_ascii_digit());
            let grouped = lead.is_some_and(|lead| lead < 3 && before[lead] != '.') && digits(3) && !digits(4);
            let marked = match c {
                ',' if grouped => ',',
                ',' | '﹐' => '，',
                ';' | '﹔' => '；',
                '､' => '、',
                // 增加7.5万元. at the end of a line or before the next sentence.
                '.' if is_word(before[3]) && after.first().is_none_or(|&b| b == b'\n' || !b.is_ascii()) => '。',
                c => c,
            };
            self.text.push(marked);
            self.places.resize(self.text.len(), places.get(at).copied().unwrap_or(self.end));
            before.rotate_left(1);
            before[3] = c;
        }
    }

    /// Adds the mark of a sentence that ends with its line.
    pub fn mark(&mut self, place: usize) {
        self.text.push('\n');
        self.places.resize(self.text.len(), place);
    }

    /// The place in the section of a range of the folded text, from its first to its last character.
    pub fn span(&self, start: usize, end: usize, section: &dyn Fn(usize) -> usize) -> Span {
        let from = self.places.get(start).copied().unwrap_or(self.end);
        let last = end.checked_sub(1).and_then(|at| self.places.get(at).copied()).unwrap_or(from);
        Span::new(from, last + section(last))
    }
}

fn is_word(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c) || matches!(c, '）' | '%')
}

/// Is a line nothing but the number of its page: 34, - 34 -, 第 34 页, 3/20?
pub fn is_page_number(folded: &str) -> bool {
    folded.len() <= 5 && !folded.is_empty() && folded.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        || folded.len() <= 30
            && folded.contains(['页', '/'])
            && pattern!(r"^-*(?:第?\d{1,3}页(?:[，,/]?共\d{1,3}页)?|\d{1,3}/\d{1,3})-*$").is_match(folded)
}

/// A page number that no figure of a table can be: - 34 -, 第 34 页.
pub fn is_surely_a_page(folded: &str) -> bool {
    is_page_number(folded) && (folded.contains(['页', '/']) || folded.starts_with('-') && folded.ends_with('-'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_width_marks_are_read_as_full_width_ones() {
        let printed = "收入1,878.09万元,其中:拨款18.5万元;其他4125.49,143.91万元.";
        let mut folded = Folded::default();
        folded.push(printed, 0);
        folded.punctuate();
        assert_eq!(folded.text, "收入1,878.09万元，其中：拨款18.5万元；其他4125.49，143.91万元。");
        let at = folded.text.find("143").unwrap_or(0);
        let span = folded.span(at, at + 6, &|_| 1);
        assert_eq!(&printed[span.start..span.end], "143.91");
    }

    #[test]
    fn page_numbers_are_told_from_figures() {
        for page in ["34", "-5-", "第3页", "第3页共20页", "3/20"] {
            assert!(is_page_number(page), "{page}");
        }
        assert!(!is_page_number("1878.09"));
    }
}
