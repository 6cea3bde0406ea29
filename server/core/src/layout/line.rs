//! A line is classified from itself alone.

use std::sync::LazyLock;

use regex::Regex;

use super::BlockKind;
use super::markup::is_table_line;
use super::signs::Signs;
use crate::text::rest::{is_digit, is_numeral};

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineKind {
    /// Nothing but white space.
    Blank,
    /// A leading tab and no other: one cell.
    Cell,
    /// Cells parted by tabs.
    Tabbed,
    /// Cells between pipes.
    Piped,
    /// Tags of an HTML table.
    Html,
    /// Three cells or more parted by commas.
    Commas,
    /// Begins with a number as headings have: 一、 （二） 3. 第四部分.
    Heading,
    /// Short and without the punctuation of sentences: a title, or a scrap of a table.
    Caption,
    /// A sentence, or a part of one.
    Prose,
    /// A sentence that ends with the line.
    ProseEnd,
    /// Words and figures parted by spaces.
    Row,
}

/// Longest caption, in characters.
const CAPTION: usize = 60;

impl LineKind {
    /// Classifies a line (without its line break), in which these occur.
    pub(super) fn of(line: &str, signs: Signs) -> Self {
        if signs.tag() && is_table_line(line) {
            return LineKind::Html;
        }
        if signs.tab() {
            return if line.starts_with('\t') && !line[1..].contains('\t') { LineKind::Cell } else { LineKind::Tabbed };
        }
        if line.trim_start().is_empty() {
            return LineKind::Blank;
        }
        if signs.bar() && is_piped(line.trim()) {
            return LineKind::Piped;
        }
        let body = tidy(line);
        let commas = if signs.comma() { separators(body) } else { 0 };
        let spoken = signs.parts() && commas + body.matches(';').count() > 0 && is_spoken(body);
        let stopped = signs.stop() && body.contains(['，', '。', '；']);
        let sentence =
            (spoken || stopped) && body.chars().count() >= 12 || signs.stop() && body.ends_with(['。', '；']);
        if !sentence && commas >= 2 {
            return LineKind::Commas;
        }
        if numbering(body).is_some() {
            return LineKind::Heading;
        }
        if signs.stop() && body.ends_with('。') {
            return LineKind::ProseEnd;
        }
        if sentence || body.ends_with(['，', '、', '：', ':']) {
            return LineKind::Prose;
        }
        let figures = (signs.figure() || signs.comma())
            && body
                .split_whitespace()
                .any(|word| word.bytes().all(|b| b.is_ascii_digit() || b == b'.') || is_grouped(word));
        if figures || body.chars().count() > CAPTION { LineKind::Row } else { LineKind::Caption }
    }

    pub(super) fn family(self) -> BlockKind {
        match self {
            LineKind::Cell => BlockKind::Cells,
            LineKind::Tabbed => BlockKind::Tabbed,
            LineKind::Piped => BlockKind::Piped,
            LineKind::Commas => BlockKind::Commas,
            LineKind::Html => BlockKind::Html,
            _ => BlockKind::Text,
        }
    }

    pub(super) fn continues_a_cell(self) -> bool {
        matches!(self, LineKind::Heading | LineKind::Prose | LineKind::ProseEnd | LineKind::Row)
    }
}

/// How many commas of a line part cells: those in 8,465,960.68 part its digits.
fn separators(body: &str) -> usize {
    body.split_whitespace().filter(|word| !is_grouped(word)).map(|word| word.matches(',').count()).sum()
}

/// A number with thousands separators and nothing else.
fn is_grouped(word: &str) -> bool {
    static FORM: LazyLock<Regex> = LazyLock::new(|| crate::compiled(r"^[-△]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$"));
    word.contains(',') && FORM.is_match(word)
}

/// The bars that part cells.
pub const BARS: [char; 3] = ['|', '｜', '│'];

/// A row of cells between bars, or cells each closed by one. A sentence that a page closed with a bar is a sentence.
fn is_piped(trimmed: &str) -> bool {
    let Some(first) = trimmed.find(BARS) else { return false };
    let bars = trimmed.matches(BARS).count();
    if !trimmed.starts_with(BARS) && !trimmed.ends_with(BARS) && bars < 2 {
        return false;
    }
    let inside = trimmed.trim_matches(|c: char| BARS.contains(&c) || c.is_whitespace());
    let spoken = inside.ends_with('。') || inside.contains('，') && inside.chars().count() >= 40;
    bars > 2 || first == 0 && bars == 2 || !spoken
}

/// A row of one cell that is worded as the title of a table: a new table begins with it.
pub(super) fn titles_a_table(line: &str) -> bool {
    let inside = line.trim_matches(|c: char| BARS.contains(&c) || c.is_whitespace());
    let named = inside.ends_with('表') || inside.ends_with(['）', ')']) && inside.contains(['表']);
    named && !inside.contains(BARS) && (5..=40).contains(&inside.chars().count())
}

/// Half-width commas in running text: an amount with its unit, or words of a sentence, stand between them, and no bare
/// numbers or empty fields as in CSV.
fn is_spoken(body: &str) -> bool {
    static AMOUNT: LazyLock<Regex> = LazyLock::new(|| crate::compiled(r"\p{Han}[^,;]*\d\s*(?:万元|亿元|元|万|[%％])"));
    let bare = |field: &str| {
        let field = field.trim();
        field.is_empty()
            || field.starts_with('"')
            || field.contains('.') && field.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    };
    let fields =
        || body.split([',', ';']).filter(|field| !field.starts_with(|c: char| c.is_ascii_digit()) || bare(field));
    !body.contains('"') && AMOUNT.is_match(body) && !fields().any(bare)
}

/// A line without what word processors leave in it: the text between the marks, and its white space at either end.
pub fn tidy(line: &str) -> &str {
    static DEBRIS: LazyLock<Regex> = LazyLock::new(|| {
        crate::compiled(
            r"^\s*(?:\[bookmark:[^\]]*\]\s*)+|\s*(?:\\f\s+C\s+\\l\s+\d+|PAGEREF\s+\S+.*|[.…·]{6,}\s*\d*)\s*$",
        )
    });
    // Most lines begin and end with a word or a number: then there is nothing but dots and digits to take off.
    let clean = |c: Option<char>| matches!(c, Some('\u{4e00}'..='\u{9fff}' | '0'..='9'));
    if clean(line.chars().next()) && clean(line.chars().next_back()) && !may_hold_debris(line) {
        return line;
    }
    // Markdown headings.
    let mut body = line.trim().trim_start_matches('#').trim_start();
    // A page that was flattened closed its cells with bars.
    body = body.trim_end_matches(|c: char| BARS.contains(&c) || c.is_whitespace());
    while may_hold_debris(body) {
        let Some(found) = DEBRIS.find(body) else { break };
        body = if found.start() == 0 { &body[found.end()..] } else { &body[..found.start()] };
        body = body.trim();
    }
    body.strip_prefix("TC ").unwrap_or(body).trim_start_matches(['\u{feff}', '\u{c}']).trim()
}

/// Every kind of debris has a bracket, a backslash or a P, or is two dots or more behind which digits may stand.
fn may_hold_debris(line: &str) -> bool {
    // Without a way out the bytes are looked at many at a time.
    let marked = line.bytes().fold(false, |found, byte| found | matches!(byte, b'[' | b'\\' | b'P'));
    let dots = line.trim_end_matches(|c: char| c.is_numeric() || c.is_whitespace());
    let dotted = |text: &str| text.ends_with(['.', '…', '·']);
    marked || dots.char_indices().next_back().is_some_and(|(last, _)| dotted(dots) && dotted(&dots[..last]))
}

/// The depth of a heading's numbering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Numbering {
    /// 第一部分
    Part,
    /// 一、
    Chapter,
    /// （一）
    Section,
    /// 1. 1、
    Item,
    /// （1） ①
    Point,
}

/// The numbering at the beginning of a tidied line and its length in bytes; none where there is none. `2.2025 年` is
/// item 2 followed by a year, `2.25` is a figure.
pub fn numbering(body: &str) -> Option<(Numbering, usize)> {
    let first = body.chars().next()?;
    let after = |rest: &str| body.len() - rest.len();
    if first == '第' {
        let rest = without(body[first.len_utf8()..].trim_start(), 1, usize::MAX, |c| is_ordinal(c) || is_digit(c))?;
        let rest = rest.trim_start().strip_prefix("部分")?;
        let end = rest.trim_start_matches(|c: char| matches!(c, '：' | ':') || c.is_whitespace());
        return Some((Numbering::Part, after(end)));
    }
    if is_numeral(first) {
        let rest = without(body, 1, 4, is_numeral)?.strip_prefix(POINTS)?;
        return Some((Numbering::Chapter, after(rest.trim_start())));
    }
    if let Some(inner) = body.strip_prefix(['（', '(']) {
        if let Some(rest) = without(inner, 1, 3, is_numeral) {
            let rest = rest.strip_prefix(['）', ')'])?;
            return Some((Numbering::Section, after(rest.strip_prefix(POINTS).unwrap_or(rest).trim_start())));
        }
        let rest = without(inner, 1, 2, is_digit)?.strip_prefix(['）', ')'])?;
        return Some((Numbering::Point, after(rest)));
    }
    if is_digit(first) {
        let rest = without(body, 1, 2, is_digit)?;
        if let Some(rest) = rest.strip_prefix('、') {
            return Some((Numbering::Item, after(rest)));
        }
        let rest = rest.strip_prefix(['．', '.'])?;
        let next = rest.trim_start();
        let worded =
            next.chars().next().is_some_and(|c| !is_digit(c) && !matches!(c, '．' | '.' | ',' | '，' | '%' | '％'));
        return (worded || begins_with_a_year(next)).then(|| (Numbering::Item, after(rest)));
    }
    ('①'..='⑳').contains(&first).then(|| (Numbering::Point, first.len_utf8()))
}

/// The marks behind a number that counts.
const POINTS: [char; 3] = ['、', '．', '.'];

fn is_ordinal(c: char) -> bool {
    is_numeral(c) || c == '百'
}

/// A text without the characters of a kind that it begins with; none where these are fewer or more than told.
fn without(text: &str, least: usize, most: usize, kind: impl Fn(char) -> bool) -> Option<&str> {
    let rest = text.trim_start_matches(&kind);
    let count = text[..text.len() - rest.len()].chars().count();
    (least..=most).contains(&count).then_some(rest)
}

/// 2025 年.
fn begins_with_a_year(text: &str) -> bool {
    (text.starts_with("19") || text.starts_with("20"))
        && without(&text[2..], 2, 2, is_digit).is_some_and(|rest| rest.trim_start().starts_with('年'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_apart() {
        for (line, kind) in [
            ("\t1878.09", LineKind::Cell),
            ("\t", LineKind::Cell),
            ("1\t合计\t3", LineKind::Tabbed),
            ("| 合计 | 3 |", LineKind::Piped),
            ("\t<TR><td>合计</td>", LineKind::Html),
            ("1,合计,\"1,878.09\"", LineKind::Commas),
            ("序号,项目,预算数", LineKind::Commas),
            ("1,合计,1878.09,", LineKind::Commas),
            ("2025年收入1,878.09万元,其中:一般公共预算收入878.09万元,其他收入1,000.00万元", LineKind::Prose),
            ("1、增值税 | 2319 | 2070 ||", LineKind::Piped),
            ("合 计 |", LineKind::Piped),
            ("|", LineKind::Piped),
            ("全年支出增加，主要原因是项目增加。 |", LineKind::ProseEnd),
            ("[bookmark: _Toc_2]二、部门预算安排的总体情况", LineKind::Heading),
            ("部门预算收支总表", LineKind::Caption),
            ("2025年预算收入425.30万元，其中：一般公共预算收入425.30万元。", LineKind::ProseEnd),
            ("8 2101502 一般行政管理事务 121.00 121.00", LineKind::Row),
            ("合计    8,465,960.68    6,374,310.50", LineKind::Row),
            ("8,465,960.68", LineKind::Row),
            ("  \u{3000}", LineKind::Blank),
        ] {
            assert_eq!(LineKind::of(line, Signs::of(line)), kind, "{line:?}");
        }
    }

    #[test]
    fn an_item_number_is_no_figure() {
        assert_eq!(numbering("2.2025 年 12月底前支出完毕"), Some((Numbering::Item, 2)));
        assert_eq!(numbering("2.25 2.25"), None);
        assert_eq!(numbering("（一）总体目标").map(|n| n.0), Some(Numbering::Section));
    }
}
