//! The economic classification of accounts is printed in two or three sets of columns side by side (301… | 302… | 310…),
//! and 人员经费合计 shares its last row with 公用经费合计. Here they are put below each other.

use super::header::is_code;
use super::number::{Printed, printed};
use super::source::{SourceLine, words};
use crate::catalog::name::fold;
use crate::catalog::{Form, Kind};
use crate::layout::grid::Cell;
use crate::text::Span;

/// Rows of the header that are looked at for columns that come again.
const HEAD: usize = 5;

/// Is it the economic classification of accounts?
pub fn concerns(form: &Form) -> bool {
    form.is_economic() && form.kind == Some(Kind::Accounts)
}

/// The sets of columns of a table below each other; the table as it is where it has only one.
pub fn unfold(form: &Form, rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    if !concerns(form) {
        return rows;
    }
    let head = rows.iter().take(HEAD).enumerate().find_map(|(at, row)| Some((at, period(row)?)));
    let Some((head, width)) = head else { return by_codes(form, rows) };
    let mut out: Vec<Vec<Cell>> = vec![rows[head][..width].to_vec()];
    let body = &rows[head + 1..];
    let sets = rows[head].len() / width;
    for set in 0..sets {
        for row in body.iter().filter(|row| !names_totals(form, row)) {
            let cells = row.get(set * width..row.len().min((set + 1) * width)).unwrap_or_default();
            if cells.iter().any(|cell| !cell.is_blank()) {
                out.push(cells.to_vec());
            }
        }
    }
    for row in body.iter().filter(|row| names_totals(form, row)) {
        out.extend(totals(form, row, width));
    }
    out
}

/// The same where the header does not tell: a set begins with each column of codes. Where one has more than one figure in a
/// row, nothing is left of the table.
fn by_codes(form: &Form, rows: Vec<Vec<Cell>>) -> Vec<Vec<Cell>> {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let codes = |column: &usize| {
        rows.iter().filter(|row| row.get(*column).is_some_and(|cell| is_code(&cell.text, true))).count() >= 2
    };
    let mut starts: Vec<usize> = (0..width).filter(codes).collect();
    if starts.len() < 2 {
        return rows;
    }
    starts.push(width);
    let first = rows.iter().position(|row| row.iter().any(|cell| is_code(&cell.text, true))).unwrap_or(0);
    let head = |text: &str| Cell { text: text.to_owned(), ..Cell::default() };
    let mut out = vec![vec![head("科目编码"), head("科目名称"), head("决算数")]];
    for set in starts.windows(2) {
        for row in rows[first..].iter().filter(|row| !names_totals(form, row)) {
            let cells = row.get(set[0]..set[1].min(row.len())).unwrap_or_default();
            let figure = |cell: &&Cell| matches!(printed(&cell.text), Printed::Number(_)) && !is_code(&cell.text, true);
            let mut figures = cells.iter().filter(figure);
            let (figure, more) = (figures.next(), figures.next());
            if more.is_some() {
                return Vec::new();
            }
            let code = cells.first().filter(|cell| is_code(&cell.text, true)).cloned().unwrap_or_default();
            let name = cells.iter().find(|cell| printed(&cell.text) == Printed::Words).cloned().unwrap_or_default();
            if figure.is_some() || !name.is_blank() || !code.is_blank() {
                out.push(vec![code, name, figure.cloned().unwrap_or_default()]);
            }
        }
    }
    for row in rows.iter().filter(|row| names_totals(form, row)) {
        out.extend(totals(form, row, 3));
    }
    out
}

/// How many columns a header has before it comes again.
fn period(row: &[Cell]) -> Option<usize> {
    let cells: Vec<String> = row.iter().map(|cell| fold(&cell.text)).collect();
    let used = cells.iter().rposition(|cell| !cell.is_empty())? + 1;
    let cells = &cells[..used];
    [3, 2].into_iter().find_map(|sets| {
        let width = used / sets;
        let again = width >= 2 && used == width * sets && cells.chunks(width).all(|chunk| chunk == &cells[..width]);
        (again && cells[..width].iter().all(|cell| !cell.is_empty())).then_some(width)
    })
}

fn is_total(form: &Form, cell: &Cell) -> bool {
    form.row(&cell.text).is_some()
}

fn names_totals(form: &Form, row: &[Cell]) -> bool {
    row.iter().any(|cell| is_total(form, cell))
}

/// Each total of a row that has several, with the figure behind it: its cells are merged in many ways.
fn totals(form: &Form, row: &[Cell], width: usize) -> Vec<Vec<Cell>> {
    let mut out: Vec<Vec<Cell>> = Vec::new();
    let mut seen: Vec<Span> = Vec::new();
    for cell in row.iter().filter(|cell| !cell.is_blank()) {
        // A merged cell stands in every column that it covers.
        if seen.contains(&cell.span) {
            continue;
        }
        seen.push(cell.span);
        if is_total(form, cell) {
            let mut cells = vec![Cell::default(); width];
            cells[0] = cell.clone();
            out.push(cells);
        } else if let (Printed::Number(_), Some(last)) = (printed(&cell.text), out.last_mut()) {
            // A nil may stand in the place of the name.
            last[width - 1] = cell.clone();
        }
    }
    out
}

/// The same of PDF text: a line is cut before each further code or total.
pub fn unfold_lines<'a>(form: &Form, lines: &[SourceLine<'a>]) -> Vec<SourceLine<'a>> {
    if !concerns(form) {
        return lines.to_vec();
    }
    let mut out = Vec::new();
    for line in lines {
        let words = words(line);
        let starts = words.iter().enumerate().filter(|(at, word)| {
            let figure_before = *at > 0 && matches!(printed(&words[at - 1].text), Printed::Number(_) | Printed::Nil);
            let digits = word.text.bytes().take_while(u8::is_ascii_digit).count();
            let code = is_code(&word.text[..digits], true) && !word.text.contains('.');
            let named = words.get(at + 1).is_some_and(|next| printed(&next.text) == Printed::Words);
            code && (figure_before || named || *at + 1 == words.len() || digits < word.text.len())
                || figure_before && is_total(form, word)
        });
        let mut cuts: Vec<usize> =
            starts.filter(|(at, _)| *at > 0).map(|(_, word)| word.span.start - line.span.start).collect();
        cuts.insert(0, 0);
        cuts.push(line.text.len());
        for pair in cuts.windows(2) {
            let span = Span::new(line.span.start + pair[0], line.span.start + pair[1]);
            out.push(SourceLine { span, text: &line.text[pair[0]..pair[1]], ..*line });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::forms;

    fn row(cells: &[&str]) -> Vec<Cell> {
        let cell =
            |(at, text): (usize, &&str)| Cell { span: Span::new(at * 10, at * 10 + text.len()), text: (*text).into() };
        cells.iter().enumerate().map(cell).collect()
    }

    fn texts(rows: &[Vec<Cell>]) -> Vec<Vec<&str>> {
        rows.iter().map(|row| row.iter().map(|cell| cell.text.as_str()).collect()).collect()
    }

    #[test]
    fn sets_of_columns_are_put_below_each_other() {
        let form = forms::by_name("基本支出决算表").expect("a form");
        let rows = vec![
            row(&["人员经费", "公用经费"]),
            row(&["编码", "名称", "决算数", "编码", "名称", "决算数"]),
            row(&["301", "工资福利支出", "9.00", "302", "商品和服务支出", "2.00"]),
            row(&["", "", "", "310", "资本性支出", "1.00"]),
            row(&["人员经费合计", "9.00", "公用经费合计", "3.00"]),
        ];
        let found = unfold(form, rows);
        assert_eq!(
            texts(&found),
            [
                vec!["编码", "名称", "决算数"],
                vec!["301", "工资福利支出", "9.00"],
                vec!["302", "商品和服务支出", "2.00"],
                vec!["310", "资本性支出", "1.00"],
                vec!["人员经费合计", "", "9.00"],
                vec!["公用经费合计", "", "3.00"],
            ]
        );
    }
}
