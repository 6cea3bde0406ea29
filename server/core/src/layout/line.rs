//! A line is classified from itself alone.

use std::sync::LazyLock;

use regex::Regex;

use super::BlockKind;
use super::markup::is_table_line;

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
    /// Classifies a line (without its line break).
    pub fn of(line: &str) -> Self {
        let trimmed = line.trim();
        if trimmed.is_empty() && !line.contains('\t') {
            return LineKind::Blank;
        }
        if is_table_line(line) {
            return LineKind::Html;
        }
        if line.contains('\t') {
            return if line.starts_with('\t') && !line[1..].contains('\t') { LineKind::Cell } else { LineKind::Tabbed };
        }
        if is_piped(trimmed) {
            return LineKind::Piped;
        }
        let body = tidy(line);
        let commas = separators(body);
        let spoken = commas + body.matches(';').count() > 0 && is_spoken(body);
        let sentence =
            (spoken || body.contains(['，', '。', '；'])) && body.chars().count() >= 12 || body.ends_with(['。', '；']);
        if !sentence && commas >= 2 {
            return LineKind::Commas;
        }
        if numbering(body).is_some() {
            return LineKind::Heading;
        }
        if body.ends_with('。') {
            return LineKind::ProseEnd;
        }
        if sentence || body.ends_with(['，', '、', '：', ':']) {
            return LineKind::Prose;
        }
        let figures = body
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
    // Markdown headings.
    let mut body = line.trim().trim_start_matches('#').trim_start();
    // A page that was flattened closed its cells with bars.
    body = body.trim_end_matches(|c: char| BARS.contains(&c) || c.is_whitespace());
    while let Some(found) = DEBRIS.find(body) {
        body = if found.start() == 0 { &body[found.end()..] } else { &body[..found.start()] };
        body = body.trim();
    }
    body.strip_prefix("TC ").unwrap_or(body).trim_start_matches(['\u{feff}', '\u{c}']).trim()
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
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        crate::compiled(concat!(
            r"^(?:(?P<part>第\s*[一二三四五六七八九十百\d]+\s*部分[：:\s]*)",
            r"|(?P<chapter>[一二三四五六七八九十]{1,4}[、．.]\s*)",
            r"|(?P<section>[（(][一二三四五六七八九十]{1,3}[）)][、．.]?\s*)",
            r"|(?P<item>\d{1,2}(?:、|[．.]\s*(?:[^\d\s．.,，%％]|(?:19|20)\d\d\s*年)))",
            r"|(?P<point>[（(]\d{1,2}[）)]|[①-⑳]))"
        ))
    });
    let found = FORM.captures(body)?;
    let of = |name| found.name(name).map(|m| m.end());
    if let Some(end) = of("part") {
        return Some((Numbering::Part, end));
    }
    if let Some(end) = of("chapter") {
        return Some((Numbering::Chapter, end));
    }
    if let Some(end) = of("section") {
        return Some((Numbering::Section, end));
    }
    if of("item").is_some() {
        let digits = body.bytes().take_while(u8::is_ascii_digit).count();
        let mark = body[digits..].chars().next().map_or(0, char::len_utf8);
        return Some((Numbering::Item, digits + mark));
    }
    of("point").map(|end| (Numbering::Point, end))
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
            assert_eq!(LineKind::of(line), kind, "{line:?}");
        }
    }

    #[test]
    fn an_item_number_is_no_figure() {
        assert_eq!(numbering("2.2025 年 12月底前支出完毕"), Some((Numbering::Item, 2)));
        assert_eq!(numbering("2.25 2.25"), None);
        assert_eq!(numbering("（一）总体目标").map(|n| n.0), Some(Numbering::Section));
    }
}
