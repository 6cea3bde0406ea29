//! The rows of an HTML table. Cells that span columns or rows are expanded; every cell knows where its text stands, so
//! that tags, entities and white space around a figure are none of it.

use super::grid::Cell;
use super::markup::{Token, TokenKind, number_of, tokens};
use crate::text::Span;

/// Widest cell, in columns.
const WIDE: usize = 100;
/// Columns that cells of the rows above may reach down into; no table has more.
const REACHED: usize = 1000;

/// The rows of the table in `text`. Text outside of cells (a caption, a title before the table) is a row of its own.
pub(super) fn rows(text: &str) -> Vec<Vec<Cell>> {
    let mut reader = Reader { text, ..Reader::default() };
    tokens(text).for_each(|token| reader.token(token));
    reader.end_row();
    expanded(reader.rows)
}

/// Under a merged header cell stand all the columns it covers: above the first row with a number the text is repeated.
/// Anywhere else it stands in the first of them.
fn expanded(rows: Vec<Vec<Placed>>) -> Vec<Vec<Cell>> {
    let numeric = |placed: &Placed| {
        let text = &placed.cell.text;
        text.bytes().any(|b| b.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
    };
    let head = rows.iter().position(|row| row.iter().any(numeric)).unwrap_or(rows.len());
    let believed = spans_believed(&rows[..head]);
    let expand = |(index, row): (usize, Vec<Placed>)| {
        let mut cells: Vec<Cell> = Vec::new();
        for placed in row {
            let cell = placed.cell;
            let end = Span::new(cell.span.end, cell.span.end);
            let (covered, columns) = match index < head {
                true => (cell.clone(), if believed { placed.columns } else { 1 }),
                false => (Cell { span: end, text: String::new() }, placed.columns),
            };
            cells.push(cell);
            cells.extend(std::iter::repeat_n(covered, columns - 1));
        }
        cells
    };
    rows.into_iter().enumerate().map(expand).collect()
}

/// An empty cell written out below a row of header cells is the rest of a cell that was merged over rows, so whoever
/// wrote the table did not keep the spans. Then the header is one of plain cells.
fn spans_believed(head: &[Vec<Placed>]) -> bool {
    let used = |row: &[Placed]| row.iter().filter(|placed| !placed.cell.is_blank()).count();
    let lost = |pair: &[Vec<Placed>]| {
        used(&pair[0]) >= 2
            && used(&pair[1]) >= 2
            && pair[1].iter().any(|placed| placed.cell.is_blank() && placed.written)
    };
    !head.windows(2).any(lost)
}

struct Placed {
    cell: Cell,
    columns: usize,
    /// It has a tag of its own; else a cell above reaches down.
    written: bool,
}

/// A cell that is being read.
#[derive(Default)]
struct Open {
    columns: usize,
    rows: usize,
    /// Its characters and where each stands.
    characters: Vec<(char, Span)>,
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    rows: Vec<Vec<Placed>>,
    row: Option<Vec<Placed>>,
    /// Columns of the row so far.
    width: usize,
    cell: Option<Open>,
    /// For each column, how many of the next rows a cell above covers.
    hanging: Vec<usize>,
    depth: usize,
    at: usize,
}

impl Reader<'_> {
    fn token(&mut self, token: Token) {
        self.at = token.span.start;
        match token.kind {
            TokenKind::Text => self.characters(token.span),
            TokenKind::Open(name, attributes) => self.open(&name.to_ascii_lowercase(), attributes, token.span),
            TokenKind::Close(name) => self.close(&name.to_ascii_lowercase(), token.span),
            TokenKind::Other | TokenKind::Unfinished => self.mark(' ', token.span),
        }
    }

    fn open(&mut self, name: &str, attributes: &str, span: Span) {
        match name {
            "table" => {
                self.depth += 1;
                self.mark(' ', span);
            }
            "tr" if self.depth <= 1 => {
                self.begin_row();
            }
            "td" | "th" if self.depth <= 1 => {
                self.end_cell();
                let stated = |name| number_of(attributes, name);
                let rows = stated("rowspan").map_or(1, |rows| if rows == 0 { usize::MAX } else { rows });
                let columns = stated("colspan").unwrap_or(1).clamp(1, WIDE);
                if self.row.is_none() {
                    self.begin_row();
                }
                self.cell = Some(Open { columns, rows, characters: Vec::new() });
            }
            "caption" if self.depth <= 1 => {
                self.begin_row();
                self.cell = Some(Open { columns: 1, rows: 1, characters: Vec::new() });
            }
            "br" | "p" | "div" | "li" | "tr" | "td" | "th" => self.mark('\n', span),
            _ => self.mark(' ', span),
        }
    }

    fn close(&mut self, name: &str, span: Span) {
        match name {
            "table" => {
                if self.depth <= 1 {
                    self.end_row();
                    self.hanging.clear();
                }
                self.depth = self.depth.saturating_sub(1);
                self.mark(' ', span);
            }
            "tr" | "caption" if self.depth <= 1 => self.end_row(),
            "td" | "th" if self.depth <= 1 => self.end_cell(),
            "p" | "div" | "li" | "tr" | "td" | "th" => self.mark('\n', span),
            _ => self.mark(' ', span),
        }
    }

    /// A tag inside a cell.
    fn mark(&mut self, c: char, span: Span) {
        if let Some(cell) = &mut self.cell {
            cell.characters.push((c, span));
        }
    }

    fn characters(&mut self, span: Span) {
        let run = &self.text[span.start..span.end];
        let mut characters = Vec::new();
        let mut at = 0;
        while let Some(c) = run[at..].chars().next() {
            let (c, length) = entity(&run[at..]).unwrap_or((c, c.len_utf8()));
            characters.push((c, Span::new(span.start + at, span.start + at + length)));
            at += length;
        }
        match (&mut self.cell, &self.row) {
            (Some(cell), _) => cell.characters.append(&mut characters),
            (None, None) => {
                let cell = cut(&characters, span.start);
                if !cell.is_blank() {
                    self.rows.push(vec![Placed { cell, columns: 1, written: true }]);
                }
            }
            (None, Some(_)) => {}
        }
    }

    fn begin_row(&mut self) {
        self.end_row();
        (self.row, self.width) = (Some(Vec::new()), 0);
    }

    fn end_cell(&mut self) {
        let Some(open) = self.cell.take() else { return };
        let at = self.at;
        self.pass_hanging();
        let Some(row) = &mut self.row else { return };
        let from = self.width;
        row.push(Placed { cell: cut(&open.characters, at), columns: open.columns, written: true });
        self.width += open.columns;
        let to = self.width.min(REACHED);
        if open.rows > 1 && from < to {
            self.hanging.resize(self.hanging.len().max(to), 0);
            // The row itself takes one of them when it ends.
            self.hanging[from..to].fill(open.rows);
        }
    }

    /// Puts empty cells where cells of the rows above reach down.
    fn pass_hanging(&mut self) {
        let Some(row) = &mut self.row else { return };
        while self.hanging.get(self.width).is_some_and(|&rows| rows > 0) {
            let span = Span::new(self.at, self.at);
            row.push(Placed { cell: Cell { span, text: String::new() }, columns: 1, written: false });
            self.width += 1;
        }
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.pass_hanging();
        let Some(row) = self.row.take() else { return };
        for rows in &mut self.hanging {
            *rows = rows.saturating_sub(1);
        }
        if !row.is_empty() {
            self.rows.push(row);
        }
    }
}

/// The cell of some characters, without white space at either end.
fn cut(characters: &[(char, Span)], otherwise: usize) -> Cell {
    let used = |(c, _): &(char, Span)| !c.is_whitespace();
    let (Some(first), Some(last)) = (characters.iter().position(used), characters.iter().rposition(used)) else {
        return Cell { span: Span::new(otherwise, otherwise), text: String::new() };
    };
    let own = &characters[first..=last];
    // For each character, whether the next that is used is part of a number.
    let mut number_next = vec![false; own.len()];
    for index in (0..own.len() - 1).rev() {
        let next = &own[index + 1];
        number_next[index] = if used(next) { next.0.is_numeric() } else { number_next[index + 1] };
    }
    let mut text = String::with_capacity(characters[last].1.end - characters[first].1.start);
    let mut number_before = false;
    for (&(c, span), number_next) in own.iter().zip(number_next) {
        // Two numbers on two lines of a cell are not one.
        text.push(if c == '\n' && number_before && number_next { '|' } else { c });
        text.extend(std::iter::repeat_n(' ', span.len() - c.len_utf8()));
        if used(&(c, span)) {
            number_before = c.is_numeric();
        }
    }
    Cell { span: Span::new(characters[first].1.start, characters[last].1.end), text }
}

/// The character that an entity at the beginning of `text` stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let rest = text.strip_prefix('&')?;
    let name = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len())];
    let length = 1 + name.len() + usize::from(rest[name.len()..].starts_with(';'));
    if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return Some((char::from_u32(code)?, length));
    }
    let c = match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "mdash" => '—',
        "ndash" => '–',
        "minus" => '−',
        "hellip" => '…',
        "middot" => '·',
        "ldquo" => '“',
        "rdquo" => '”',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ge" => '≥',
        "le" => '≤',
        "times" => '×',
        _ => return None,
    };
    Some((c, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<Vec<String>> {
        rows(source)
            .into_iter()
            .map(|row| row.into_iter().map(|cell| cell.text.split_whitespace().collect::<Vec<_>>().join(" ")).collect())
            .collect()
    }

    #[test]
    fn spans_are_expanded() {
        let source = "<TABLE border=1><tr><th rowspan=\"2\">科目</th><th colspan='2'>支出</th></tr>\n\
            <tr><td>基本支出<td>项目支出</tr>\n<tr><td>合计</td><td>\n 12.30&nbsp;</td><td><p><b>4.00</b></p></td></tr></TABLE>";
        assert_eq!(texts(source), [["科目", "支出", "支出"], ["", "基本支出", "项目支出"], ["合计", "12.30", "4.00"]]);
        for cell in rows(source).iter().flatten() {
            assert_eq!(&source[cell.span.start..cell.span.end], cell.text);
        }
    }

    #[test]
    fn a_figure_is_not_repeated_over_the_columns_it_spans() {
        assert_eq!(texts("<table><tr><td>合计<td colspan=2>1.00</table>"), [["合计", "1.00", ""]]);
        assert_eq!(texts("<table><tr><td rowspan=0>甲<td>1.00<tr><td>2.00</table>"), [["甲", "1.00"], ["", "2.00"]]);
    }

    #[test]
    fn spans_beside_written_out_empty_cells_are_not_believed() {
        let source = "<table><tr><td>科目<td colspan=2>支出<tr><td><td>基本<td>项目<tr><td>甲<td>1<td>2</table>";
        assert_eq!(texts(source), [vec!["科目", "支出"], vec!["", "基本", "项目"], vec!["甲", "1", "2"]]);
    }

    #[test]
    fn places_in_a_cell_are_places_in_the_source() {
        let source = "<table><tr><td>项&nbsp;<i>目</i> <td>12<b>.30</b>&#160;<td>1<br>2<td>3.<br/>5</table>";
        let rows = rows(source);
        for cell in rows.iter().flatten() {
            assert_eq!(cell.span.len(), cell.text.len());
            assert!(source.is_char_boundary(cell.span.end), "{}", cell.text);
        }
        let read: Vec<String> = rows[0].iter().map(|cell| cell.text.split_whitespace().collect()).collect();
        assert_eq!(read, ["项目", "12.30", "1|2", "3.5"]);
    }

    #[test]
    fn places_behind_a_table_in_a_cell_are_places_in_the_source() {
        let source = "<table><tr><td>甲<table><tr><td>乙1</table>丙2</td></tr></table>";
        let rows = rows(source);
        let cell = &rows[0][0];
        assert_eq!(cell.span.len(), cell.text.len());
        for number in ["1", "2"] {
            assert_eq!(cell.text.find(number).map(|at| cell.span.start + at), source.find(number));
        }
    }

    #[test]
    fn cells_that_reach_over_everything_stay_within_bounds() {
        let wide = "<td colspan=100 rowspan=0>甲".repeat(200);
        let rows = rows(&format!("<table><tr>{wide}{}</table>", "<tr><td>1".repeat(2000)));
        assert_eq!(rows.len(), 2001);
        assert!(rows[2000].len() <= REACHED + 1, "{}", rows[2000].len());
    }

    #[test]
    fn text_around_the_table_is_a_row_of_its_own() {
        assert_eq!(
            texts("收支总表<table><caption>单位：万元</caption><tr><td>a&lt;b<br>c</td></tr></table>注"),
            [["收支总表"], ["单位：万元"], ["a< b c"], ["注"]]
        );
    }

    #[test]
    fn a_table_in_a_cell_is_text_of_that_cell() {
        assert_eq!(
            texts("<table><tr><td>甲<table><tr><td>1.00</td><td>2.00</td></tr></table></td><td>3.00</td></tr></table>"),
            [["甲 1.00| | 2.00", "3.00"]]
        );
    }
}
