//! The text of a section: its blocks laid end to end.

use std::sync::Arc;

use memchr::memmem;

use crate::catalog::name::{fold_char, folded, same, without_brackets};
use crate::layout::grid::Cell;
use crate::layout::line::LineKind;
use crate::layout::{Block, BlockKind, Line};
use crate::text::Span;
use crate::text::script::is_han;

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

/// A block of a section.
#[derive(Clone, Copy)]
struct Part<'a> {
    number: usize,
    /// Where it begins in the section.
    base: usize,
    block: &'a Block,
}

fn parts(blocks: &[Arc<Block>]) -> impl Iterator<Item = Part<'_>> {
    let mut next = 0;
    blocks.iter().enumerate().map(move |(number, block)| {
        let base = next;
        next += block.len();
        Part { number, base, block }
    })
}

impl<'a> Part<'a> {
    fn line(self, line: Line) -> SourceLine<'a> {
        SourceLine {
            span: line.span().shifted(self.base),
            text: &self.block.text[line.span().range()],
            kind: line.kind,
            family: self.block.kind,
            block: self.number,
        }
    }
}

/// The texts of some blocks, each with where it begins.
pub fn texts(blocks: &[Arc<Block>]) -> impl Iterator<Item = (usize, &str)> {
    parts(blocks).map(|part| (part.base, &*part.block.text))
}

/// The lines of some blocks that are not blank.
pub fn lines(blocks: &[Arc<Block>]) -> impl Iterator<Item = SourceLine<'_>> {
    parts(blocks).flat_map(|part| {
        part.block.lines.iter().filter(|line| line.kind != LineKind::Blank).map(move |line| part.line(*line))
    })
}

/// Where a word is printed in some blocks.
pub fn places<'a>(blocks: &'a [Arc<Block>], word: &'a str) -> impl Iterator<Item = usize> {
    texts(blocks).flat_map(move |(base, text)| memmem::find_iter(text.as_bytes(), word).map(move |at| base + at))
}

/// Those of them in which a word is printed. What is seldom said is not looked for line by line.
pub fn lines_with<'a>(blocks: &'a [Arc<Block>], word: &'a str) -> impl Iterator<Item = SourceLine<'a>> {
    parts(blocks).flat_map(move |part| {
        let Block { text, lines, .. } = part.block;
        let mut next = 0;
        memmem::find_iter(text.as_bytes(), word).filter_map(move |at| {
            let own = lines.partition_point(|line| line.span().end <= at);
            let first = own >= next;
            next = next.max(own + 1);
            lines.get(own).filter(|_| first).map(|line| part.line(*line))
        })
    })
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

/// Where a line's words begin in it.
pub fn lead(line: &str, words: &str) -> usize {
    let indent = line.len() - line.trim_start().len();
    if line[indent..].starts_with(words) && !words.is_empty() { indent } else { line.find(words).unwrap_or(0) }
}

/// Does the line state a unit or a year, as the line under a title does? It comes again on each page.
pub fn states_unit(text: &str) -> bool {
    // Each of the marks holds a colon; most cells have nothing like the first byte of one.
    let may = text.bytes().fold(false, |found, byte| found | matches!(byte, b':' | 0xef));
    if !may || !text.contains([':', '：']) {
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
    runs: Vec<Run>,
    end: usize,
}

/// A stretch of folded text that stands in the section as it is, or a single character that is another one there.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where it begins in the folded text.
    start: usize,
    /// Where it stands in the section: its first byte and one past its last.
    from: usize,
    to: usize,
}

impl Run {
    /// Does it stand there as it is, if it ends here in the folded text?
    fn is_same(&self, end: usize) -> bool {
        self.to - self.from == end - self.start
    }
}

impl Folded {
    /// Adds a piece of the section that begins at `base`.
    pub fn push(&mut self, text: &str, base: usize) {
        let mut at = 0;
        while at < text.len() {
            let same = same(&text[at..]);
            self.add(&text[at..at + same], Span::new(at, at + same).shifted(base));
            at += same;
            if let Some(c) = text[at..].chars().next() {
                if let Some(folded) = fold_char(c) {
                    self.add(folded.encode_utf8(&mut [0; 4]), Span::new(at, at + c.len_utf8()).shifted(base));
                }
                at += c.len_utf8();
            }
        }
        self.end = if text.is_empty() { self.end } else { base + at };
    }

    /// Adds what stands there in the section: as it is, or a single character that is another one there.
    pub fn add(&mut self, text: &str, there: Span) {
        if text.is_empty() {
            return;
        }
        let (start, same) = (self.text.len(), there.len() == text.len());
        match self.runs.last_mut() {
            Some(last) if same && last.to == there.start && last.is_same(start) => last.to = there.end,
            _ => self.runs.push(Run { start, from: there.start, to: there.end }),
        }
        self.text.push_str(text);
    }

    /// The stretch that holds a byte of the text, and whether it stands in the section as it is; none past the end.
    fn run(&self, at: usize) -> Option<(Run, bool)> {
        let behind = self.runs.partition_point(|run| run.start <= at);
        let run = *self.runs.get(behind.checked_sub(1)?).filter(|_| at < self.text.len())?;
        Some((run, run.is_same(self.runs.get(behind).map_or(self.text.len(), |next| next.start))))
    }

    /// Where in the section a character stands that begins here, or its stretch; none past the end.
    fn place(&self, at: usize) -> Option<usize> {
        let (run, same) = self.run(at)?;
        Some(if same { run.from + (at - run.start) } else { run.from })
    }

    /// Where in the section a character ends that ends here.
    fn place_behind(&self, end: usize) -> Option<usize> {
        let (run, same) = self.run(end.checked_sub(1)?)?;
        Some(if same { run.from + (end - run.start) } else { run.to })
    }

    /// Full-width marks for the half-width ones of flattened pages; a comma within 1,878.09 stays.
    pub fn punctuate(&mut self) {
        const MARKS: [char; 6] = [',', ';', '.', '﹐', '﹔', '､'];
        if !self.text.contains(MARKS) {
            return;
        }
        let printed = std::mem::replace(self, Self { end: self.end, ..Self::default() });
        let mut kept = 0;
        for (at, mark) in printed.text.match_indices(MARKS) {
            let (before, after) = (&printed.text[..at], &printed.text.as_bytes()[at + mark.len()..]);
            let Some(marked) = marked(mark, before, after) else { continue };
            self.copy(&printed, kept..at);
            self.add(marked, printed.span(at..at + mark.len()));
            kept = at + mark.len();
        }
        self.copy(&printed, kept..printed.text.len());
    }

    fn copy(&mut self, other: &Self, range: std::ops::Range<usize>) {
        let mut at = range.start;
        let mut behind = other.runs.partition_point(|run| run.start <= at);
        while at < range.end {
            let end = other.runs.get(behind).map_or(range.end, |run| run.start.min(range.end));
            self.add(&other.text[at..end], other.span(at..end));
            (at, behind) = (end, behind + 1);
        }
    }

    /// Adds a mark that is printed nowhere.
    pub fn mark(&mut self, mark: char, place: usize) {
        self.add(mark.encode_utf8(&mut [0; 4]), Span::new(place, place));
    }

    /// The place in the section of a range of the folded text, from its first to its last character.
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let from = self.place(range.start).unwrap_or(self.end);
        Span::new(from, self.place_behind(range.end).unwrap_or(from).max(from))
    }
}

/// The full-width mark that a half-width one stands for; none where it stands for itself.
fn marked(mark: &str, before: &str, after: &[u8]) -> Option<&'static str> {
    let digits = |count: usize| after.len() >= count && after[..count].iter().all(u8::is_ascii_digit);
    match mark {
        "," => {
            let whole = before.trim_end_matches(|c: char| c.is_ascii_digit());
            let lead = before.len() - whole.len();
            let grouped = (1..=3).contains(&lead) && !whole.ends_with('.') && digits(3) && !digits(4);
            (!grouped).then_some("，")
        }
        "﹐" => Some("，"),
        ";" | "﹔" => Some("；"),
        "､" => Some("、"),
        // 增加7.5万元. at the end of a line or before the next sentence.
        _ => {
            let ends = before.ends_with(is_word) && after.first().is_none_or(|&byte| byte == b'\n' || !byte.is_ascii());
            ends.then_some("。")
        }
    }
}

fn is_word(c: char) -> bool {
    is_han(c) || matches!(c, '）' | '%')
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
    use crate::layout::Layout;
    use crate::text::Text;

    #[test]
    fn half_width_marks_are_read_as_full_width_ones() {
        let printed = "收入1,878.09万元,其中:拨款18.5万元;其他4125.49,143.91万元.";
        let mut folded = Folded::default();
        folded.push(printed, 0);
        folded.punctuate();
        assert_eq!(folded.text, "收入1,878.09万元，其中：拨款18.5万元；其他4125.49，143.91万元。");
        let at = folded.text.find("143").unwrap_or(0);
        let span = folded.span(at..at + 6);
        assert_eq!(&printed[span.start..span.end], "143.91");
    }

    #[test]
    fn a_place_in_folded_text_is_one_in_the_section() {
        let printed = " （一） 收入 (含上年) ５0.5万元";
        let mut folded = Folded::default();
        folded.mark('\n', 0);
        folded.push(printed, 7);
        assert_eq!(folded.text, "\n（一）收入（含上年）50.5万元");
        for (words, here) in [("（一）", " （一）"), ("（含上年）", "(含上年)"), ("50.5", "５0.5"), ("元", "元")]
        {
            let at = folded.text.find(words).unwrap_or(0);
            let span = folded.span(at..at + words.len());
            assert_eq!(&printed[span.start - 7..span.end - 7], here.trim());
        }
    }

    #[test]
    fn lines_with_a_word_are_those_that_contain_it() {
        let text = Text::new("收支总表\n\n一、表表\n\t表\n\t12.00\n\t附表\n本年收入增加。\n");
        let layout = Layout::new(&text);
        let blocks = layout.blocks(0..layout.len());
        let found: Vec<Span> = lines_with(&blocks, "表").map(|line| line.span).collect();
        let looked: Vec<Span> = lines(&blocks).filter(|line| line.text.contains('表')).map(|line| line.span).collect();
        assert_eq!(found, looked);
        assert_eq!(found.len(), 4);
    }

    #[test]
    fn page_numbers_are_told_from_figures() {
        for page in ["34", "-5-", "第3页", "第3页共20页", "3/20"] {
            assert!(is_page_number(page), "{page}");
        }
        assert!(!is_page_number("1878.09"));
    }
}
