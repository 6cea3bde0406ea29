//! PDF text that kept its columns by spaces (FORMATS L4): a column is a stretch of the screen that pieces of many rows
//! share.

use super::number::{Amount, Printed, printed};
use super::source::SourceLine;
use crate::layout::grid::{Cell, Piece, Wide, pieces};
use crate::text::Span;

/// One cell with a figure and something else in so many rows is a slip; more are columns that are none.
const CLASHES: usize = 20;

/// The rows of such lines; none where they are joined by single spaces, or where the columns run into each other.
/// `names_a_column` tells whether words are the header of a column. Wide characters count two columns of the screen, unless
/// fewer pieces run into each other where they count one.
pub fn rows(lines: &[SourceLine], names_a_column: &dyn Fn(&str) -> bool) -> Option<Vec<Vec<Cell>>> {
    let two = counted(lines, names_a_column, Wide::Two);
    let best = match two {
        Some((_, 0)) => two,
        _ => [counted(lines, names_a_column, Wide::One), two].into_iter().flatten().min_by_key(|(_, clashes)| *clashes),
    };
    // Columns that shift from page to page run into each other: they are better read without.
    best.filter(|(rows, clashes)| *clashes * CLASHES <= rows.len()).map(|(rows, _)| rows)
}

/// The rows where wide characters count so many columns, and how many pieces with figures share a cell with others.
fn counted(lines: &[SourceLine], names_a_column: &dyn Fn(&str) -> bool, wide: Wide) -> Option<(Vec<Vec<Cell>>, usize)> {
    let lines: Vec<Vec<Piece>> = lines.iter().map(|line| pieces(line.text, line.span.start, wide)).collect();
    let figured: Vec<bool> = lines.iter().map(|line| line.iter().any(is_figure)).collect();
    let with_figures = || lines.iter().zip(&figured).filter(|(_, figured)| **figured).map(|(line, _)| line);
    let kept = with_figures().filter(|line| line.len() >= 2).count();
    let all = with_figures().count();
    // Figures of one row that stand in one piece were joined by single spaces.
    let joined = lines.iter().flatten().filter(|piece| piece.cell.text.contains(char::is_whitespace)).any(|piece| {
        piece.cell.text.split_whitespace().filter(|word| Amount::parse(word).is_some_and(|a| a.decimals > 0)).count()
            >= 2
    });
    let wide = lines.iter().filter(|line| line.len() >= 3).count();
    if joined || wide < 2 || all > 0 && kept * 10 < all * 9 {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let numbered = lines.iter().find(|line| line.first().is_some_and(|piece| piece.cell.text == "栏次"));
    let sample = with_figures().filter(|line| line.len() >= 2).chain(numbered);
    let mut spans: Vec<(usize, usize)> = sample.flatten().map(|piece| piece.columns).collect();
    spans.sort_unstable();
    for (left, right) in spans {
        match columns.last_mut() {
            Some(last) if left < last.1 => last.1 = last.1.max(right),
            _ => columns.push((left, right)),
        }
    }
    if columns.len() < 2 {
        return None;
    }
    let lines = if left_aligned(&lines, &columns) {
        lines.iter().map(|line| rejoined(line, &columns, names_a_column)).collect()
    } else {
        lines
    };
    // A header that stands over no column of figures has one of its own, empty throughout.
    for piece in lines.iter().take(12).filter(|line| line.len() >= 3).flatten() {
        if names_a_column(&piece.cell.text) && !columns.iter().any(|column| meet(*column, piece.columns)) {
            columns.push(piece.columns);
            columns.sort_unstable();
        }
    }
    let rows: Vec<Vec<Cell>> =
        lines.iter().map(|line| row(line, &columns)).filter(|row| row.iter().any(|cell| !cell.is_blank())).collect();
    let clash = |cell: &&Cell| {
        cell.text.contains(' ')
            && cell.text.split_whitespace().any(|word| Amount::parse(word).is_some_and(|amount| amount.decimals > 0))
    };
    let clashes = rows.iter().flatten().filter(clash).count();
    Some((rows, clashes))
}

/// Do nearly all amounts begin where their column begins? (Numbers of rows would, on either side.)
fn left_aligned(lines: &[Vec<Piece>], columns: &[(usize, usize)]) -> bool {
    let amount = |piece: &&Piece| Amount::parse(&piece.cell.text).is_some_and(|amount| amount.decimals > 0);
    let amounts: Vec<&Piece> = lines.iter().filter(|line| line.len() >= 2).flatten().filter(amount).collect();
    let aligned = amounts.iter().filter(|piece| columns.iter().any(|column| column.0 == piece.columns.0)).count();
    aligned * 20 >= amounts.len() * 19
}

/// In a left-aligned table a piece that begins where no column does is the rest of a cell with a gap in it.
fn rejoined(line: &[Piece], columns: &[(usize, usize)], names_a_column: &dyn Fn(&str) -> bool) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for piece in line {
        let begins = names_a_column(&piece.cell.text) || columns.iter().any(|column| column.0 == piece.columns.0);
        match out.last_mut() {
            Some(last) if !begins && !is_figure(piece) && !is_figure(last) => {
                last.cell.text = format!("{} {}", last.cell.text, piece.cell.text);
                last.cell.span = Span::new(last.cell.span.start, piece.cell.span.end);
            }
            _ => out.push(piece.clone()),
        }
    }
    out
}

fn is_figure(piece: &Piece) -> bool {
    matches!(printed(&piece.cell.text), Printed::Number(_))
}

fn meet(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 < b.1 && b.0 < a.1
}

fn row(line: &[Piece], columns: &[(usize, usize)]) -> Vec<Cell> {
    let mut cells = vec![Cell::default(); columns.len()];
    for piece in line {
        let shared =
            |column: &(usize, usize)| column.1.min(piece.columns.1).saturating_sub(column.0.max(piece.columns.0));
        let best = (0..columns.len()).max_by_key(|&index| (shared(&columns[index]), std::cmp::Reverse(index)));
        // Words over no column belong to the nearest: 科目    编码 is one cell.
        let away = |column: &(usize, usize)| {
            piece.columns.0.saturating_sub(column.1) + column.0.saturating_sub(piece.columns.1)
        };
        let nearest = (0..columns.len()).min_by_key(|&index| away(&columns[index]));
        let Some(best) = best.filter(|&index| shared(&columns[index]) > 0).or(nearest) else { continue };
        let cell = &mut cells[best];
        if cell.is_blank() {
            *cell = piece.cell.clone();
        } else {
            cell.text = format!("{} {}", cell.text, piece.cell.text);
            cell.span = Span::new(cell.span.start, piece.cell.span.end);
        }
    }
    cells
}
