//! Rows of cells whose columns are known: one cell a line, tabs, pipes, commas, tags, and columns kept by spaces.

use unicode_width::UnicodeWidthChar;

use super::line::{BARS, LineKind};
use super::{Block, BlockKind, html};
use crate::text::Span;

/// A cell: its text without white space at either end, and where that stands.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Cell {
    /// Where (in whatever the rows were read from); empty where the cell is blank.
    pub span: Span,
    /// The text.
    pub text: String,
}

impl Cell {
    /// True where nothing is printed in it.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    fn cut(source: &str, span: Span) -> Self {
        let raw = &source[span.start..span.end];
        let text = raw.trim();
        let start = span.start + (raw.len() - raw.trim_start().len());
        Self { span: Span::new(start, start + text.len()), text: text.to_owned() }
    }
}

/// The rows of a block that keeps its columns; `base` is added to every place. None for text.
pub fn rows(block: &Block, base: usize) -> Option<Vec<Vec<Cell>>> {
    let mut rows = match block.kind {
        BlockKind::Cells => cells(block),
        BlockKind::Tabbed => each_line(block, |line| fields(line, '\t')),
        BlockKind::Piped => {
            let framed = is_framed(block);
            each_line(block, |line| piped(line, framed))
        }
        BlockKind::Commas => each_line(block, |line| fields(line, ',')),
        BlockKind::Html => html::rows(&block.text),
        BlockKind::Text => return None,
    };
    for cell in rows.iter_mut().flatten() {
        cell.span = cell.span.shifted(base);
    }
    Some(rows)
}

fn cells(block: &Block) -> Vec<Vec<Cell>> {
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut open = false;
    for line in &*block.lines {
        match line.kind {
            LineKind::Blank => open = false,
            LineKind::Cell => {
                if !open {
                    rows.push(Vec::new());
                    open = true;
                }
                if let Some(row) = rows.last_mut() {
                    row.push(Cell::cut(&block.text, Span::new(line.span().start + 1, line.span().end)));
                }
            }
            // The next line of a cell: the cell grows over it.
            _ => {
                if let Some(cell) = rows.last_mut().and_then(|row| row.last_mut()) {
                    *cell = Cell::cut(&block.text, Span::new(cell.span.start, line.span().end));
                }
            }
        }
    }
    rows
}

fn each_line(block: &Block, split: impl Fn(&str) -> Vec<Span>) -> Vec<Vec<Cell>> {
    let used = block.lines.iter().filter(|line| line.kind != LineKind::Blank);
    used.filter_map(|line| {
        let text = &block.text[line.span().range()];
        let spans = split(text);
        (!spans.is_empty())
            .then(|| spans.into_iter().map(|span| Cell::cut(&block.text, span.shifted(line.span().start))).collect())
    })
    .collect()
}

/// The fields of a line, with the quoting of CSV (RFC 4180): a quoted field may hold the separator.
fn fields(line: &str, separator: char) -> Vec<Span> {
    let mut spans = Vec::new();
    let (mut start, mut quoted, mut blank) = (0, false, true);
    for (at, c) in line.char_indices() {
        if c == '"' && (quoted || blank) {
            quoted = !quoted;
        } else if c == separator && !quoted {
            spans.push(unquoted(line, Span::new(start, at)));
            (start, blank) = (at + c.len_utf8(), true);
            continue;
        }
        blank &= c.is_whitespace();
    }
    spans.push(unquoted(line, Span::new(start, line.len())));
    spans
}

fn unquoted(line: &str, span: Span) -> Span {
    let field = &line[span.start..span.end];
    let trimmed = field.trim();
    if trimmed.len() >= 2 && trimmed.starts_with('"') && trimmed.ends_with('"') {
        let start = span.start + field.find('"').unwrap_or(0) + 1;
        return Span::new(start, start + trimmed.len() - 2);
    }
    span
}

/// True where every row begins with a bar: then a row's first bar opens its first cell. Else the first cell of a row
/// that begins with a bar is empty.
fn is_framed(block: &Block) -> bool {
    let mut rows = block.lines.iter().filter(|line| line.kind != LineKind::Blank);
    let mut alone = true;
    let framed = rows.all(|line| {
        let text = block.text[line.span().range()].trim();
        alone &= text.chars().count() == 1;
        text.starts_with(BARS)
    });
    framed && !alone
}

/// True where the block has the rule of a Markdown table under its header.
pub fn is_ruled(block: &Block) -> bool {
    let mut lines = block.lines.iter().map(|line| &block.text[line.span().range()]);
    block.kind == BlockKind::Piped && lines.any(|line| is_rule(line) && line.contains("--"))
}

fn is_rule(line: &str) -> bool {
    line.contains('-') && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace())
}

/// The cells of a row between bars; none for the rule under the header.
fn piped(line: &str, framed: bool) -> Vec<Span> {
    if is_rule(line) {
        return Vec::new();
    }
    let mut cells = Vec::new();
    let mut start = (!framed).then_some(0);
    let mut escaped = false;
    for (at, c) in line.char_indices() {
        if BARS.contains(&c) && !escaped {
            cells.extend(start.map(|start| Span::new(start, at)));
            start = Some(at + c.len_utf8());
        }
        escaped = c == '\\' && !escaped;
    }
    if let Some(start) = start.filter(|&start| !line[start..].trim().is_empty()) {
        cells.push(Span::new(start, line.len()));
    }
    cells
}

/// A line of text in columns kept by spaces: pieces parted by two spaces or more (or one wide space), each with the
/// screen columns it covers.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Text and place.
    pub cell: Cell,
    /// First screen column and one past the last.
    pub columns: (usize, usize),
}

/// How many columns of the screen a wide character covers: two on a terminal, one for programs that count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wide {
    /// One column.
    One,
    /// Two columns.
    Two,
}

/// The pieces of a line; `base` is added to every place.
pub fn pieces(line: &str, base: usize, wide: Wide) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut column = 0;
    let mut start: Option<(usize, usize)> = None; // byte, screen column
    let mut end = (0, 0);
    let mut gap = 0;
    for (at, c) in line.char_indices().chain([(line.len(), ' ')]) {
        let width = match c {
            ' '..='~' => 1,
            '\u{4e00}'..='\u{9fff}' => 2,
            c => c.width().unwrap_or(0).max(usize::from(c == '\t')),
        };
        let width = if wide == Wide::One { width.min(1) } else { width };
        if c.is_whitespace() {
            gap += if c == '\u{3000}' { 2 } else { 1 };
        } else {
            if gap >= 2
                && let Some((byte, left)) = start.take()
            {
                pieces.push(piece(line, base, (byte, end.0), (left, end.1)));
            }
            start.get_or_insert((at, column));
            end = (at + c.len_utf8(), column + width);
            gap = 0;
        }
        column += width;
    }
    if let Some((byte, left)) = start {
        pieces.push(piece(line, base, (byte, end.0), (left, end.1)));
    }
    pieces
}

fn piece(line: &str, base: usize, bytes: (usize, usize), columns: (usize, usize)) -> Piece {
    let mut cell = Cell::cut(line, Span::new(bytes.0, bytes.1));
    cell.span = cell.span.shifted(base);
    Piece { cell, columns }
}

#[cfg(test)]
mod tests {
    use super::super::block::Forming;
    use super::*;
    use crate::text::Text;

    fn texts(source: &str) -> Vec<Vec<String>> {
        let block = Forming::from(&Text::new(source), 0).next().expect("a block");
        let rows = rows(&block, 0).expect("a table");
        for cell in rows.iter().flatten() {
            assert_eq!(&source[cell.span.start..cell.span.end], cell.text);
        }
        rows.into_iter().map(|row| row.into_iter().map(|cell| cell.text).collect()).collect()
    }

    #[test]
    fn every_family_gives_the_same_cells() {
        let want = vec![
            vec!["合计".to_owned(), String::new(), "1,878.09".to_owned()],
            vec!["a".into(), "b".into(), "2".into()],
        ];
        assert_eq!(texts("\t合计\n\t\n\t1,878.09\n\n\ta\n\tb\n\t2\n\n"), want);
        assert_eq!(texts("合计\t\t1,878.09\na\tb\t2\n"), want);
        assert_eq!(texts("| 合计 |  | 1,878.09 |\n|---|:--:|---|\n| a | b | 2 |\n"), want);
        assert_eq!(texts("合计,,\"1,878.09\"\na,b,2\n"), want);
    }

    #[test]
    fn bars_may_close_cells_without_opening_the_first() {
        assert_eq!(texts("合计 | | 3 |\n | 丙 | 4 |\n"), [["合计", "", "3"], ["", "丙", "4"]]);
        assert_eq!(texts("合 计 |\n|\n167.37 |\n"), [["合 计"], [""], ["167.37"]]);
        assert_eq!(texts("项目 | 预算数 | 上年数\n甲 | 1 | 2\n"), [["项目", "预算数", "上年数"], ["甲", "1", "2"]]);
    }

    #[test]
    fn a_cell_may_run_over_lines() {
        assert_eq!(texts("\t目标\n\t1.减轻压力\n2.保障生活\n \n\n\t指标\n")[0][1], "1.减轻压力\n2.保障生活");
    }

    #[test]
    fn columns_count_wide_characters_twice() {
        let columns: Vec<_> = pieces("合计    12.00  3", 0, Wide::Two).into_iter().map(|p| p.columns).collect();
        assert_eq!(columns, [(0, 4), (8, 13), (15, 16)]);
        let columns: Vec<_> = pieces("合计    12.00  3", 0, Wide::One).into_iter().map(|p| p.columns).collect();
        assert_eq!(columns, [(0, 2), (6, 11), (13, 14)]);
    }
}
