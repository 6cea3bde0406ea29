//! PDF text that kept its columns by spaces (FORMATS L4): a column is a stretch of the screen that pieces of many rows
//! share.

use super::number::{Amount, Printed, printed};
use super::source::SourceLine;
use crate::layout::grid::{Cell, Piece, pieces};
use crate::text::Span;

/// The rows of such lines; none where they are joined by single spaces, or where the columns run into each other.
pub fn rows(lines: &[SourceLine]) -> Option<Vec<Vec<Cell>>> {
    let lines: Vec<Vec<Piece>> = lines.iter().map(|line| pieces(line.text, line.span.start)).collect();
    let figured = |line: &&Vec<Piece>| line.iter().any(|piece| is_figure(piece));
    let kept = lines.iter().filter(figured).filter(|line| line.len() >= 2).count();
    let all = lines.iter().filter(figured).count();
    // Figures of one row that stand in one piece were joined by single spaces.
    let joined = lines.iter().flatten().any(|piece| piece.cell.text.split_whitespace().filter(|word| Amount::parse(word).is_some_and(|a| a.decimals > 0)).count() >= 2);
    let wide = lines.iter().filter(|line| line.len() >= 3).count();
    if joined || wide < 2 || all > 0 && kept * 10 < all * 9 {
        return None;
    }
    let mut columns: Vec<(usize, usize)> = Vec::new();
    let numbered = lines.iter().find(|line| line.first().is_some_and(|piece| piece.cell.text == "栏次"));
    let sample = lines.iter().filter(|line| line.len() >= 2 && line.iter().any(is_figure)).chain(numbered);
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
    // A header that stands over no column of figures has one of its own, empty throughout.
    for piece in lines.iter().take(12).filter(|line| line.len() >= 3).flatten() {
        if !columns.iter().any(|column| meet(*column, piece.columns)) {
            columns.push(piece.columns);
            columns.sort_unstable();
        }
    }
    Some(lines.iter().map(|line| row(line, &columns)).filter(|row| row.iter().any(|cell| !cell.is_blank())).collect())
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
        let shared = |column: &(usize, usize)| column.1.min(piece.columns.1).saturating_sub(column.0.max(piece.columns.0));
        let best = (0..columns.len()).max_by_key(|&index| (shared(&columns[index]), std::cmp::Reverse(index)));
        let Some(best) = best.filter(|&index| shared(&columns[index]) > 0) else { continue };
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
