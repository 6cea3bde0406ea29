//! Rows found anew in a stream of cells, by what begins one.

use super::HEADER;
use super::shape::{is_number, is_sided_row, is_words, sided_width};
use crate::catalog::name::{bare, fold};
use crate::catalog::{Form, Shape};
use crate::hash::Set;
use crate::layout::grid::Cell;
use crate::layout::line::numbering;
use crate::reading::grid_table::class_named;
use crate::reading::header::is_code;
use crate::reading::source::{is_page_number, states_unit};

/// Rows of a stream of cells; the cells of the header are rows of their own. True where they contradict each other.
pub fn split(form: &Form, cells: Vec<Cell>) -> (Vec<Vec<Cell>>, bool) {
    let mut cells = renumbered(cells);
    let Some((head, body)) = body(form, &cells) else {
        return (cells.into_iter().map(|cell| vec![cell]).collect(), true);
    };
    let headers: Set<String> = cells[..head].iter().map(|cell| fold(&cell.text)).collect();
    let end = cells[body..]
        .iter()
        .position(|cell| fold(&cell.text).starts_with('注') || fold(&cell.text).starts_with("说明："))
        .map_or(cells.len(), |at| body + at);
    let notes = cells.split_off(end);
    let kept = without_repeats(form, cells.drain(body..).collect(), &headers);
    let starts = starts(form, &kept);
    let torn = starts.is_empty();
    let mut rows: Vec<Vec<Cell>> = cells[..head].iter().cloned().map(|cell| vec![cell]).collect();
    if body > head {
        rows.push(cells[head..body].to_vec());
    }
    let lead = starts.first().copied().unwrap_or(kept.len());
    rows.extend(kept[..lead].iter().filter(|cell| !cell.is_blank()).cloned().map(|cell| vec![cell]));
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(kept.len());
        rows.push(kept[start..end].to_vec());
    }
    rows.extend(notes.into_iter().map(|cell| vec![cell]));
    (rows, torn)
}

/// A number that stands on a line of its own belongs to the label in the next.
fn renumbered(cells: Vec<Cell>) -> Vec<Cell> {
    let mut out: Vec<Cell> = Vec::new();
    for cell in cells {
        let alone = |last: &Cell| numbering(&last.text).is_some_and(|(_, end)| end == last.text.len());
        match out.last_mut().filter(|last| is_words(&cell) && alone(last)) {
            Some(last) => {
                last.text.push_str(&cell.text);
                last.span = last.span.cover(cell.span);
            }
            None => out.push(cell),
        }
    }
    out
}

/// A body without the headers that come again at page breaks, the rows that number the columns, the numbers of pages.
fn without_repeats(form: &Form, cells: Vec<Cell>, headers: &Set<String>) -> Vec<Cell> {
    let is_head = |cell: &Cell| {
        let folded = fold(&cell.text);
        let known = form.row(&cell.text).is_some() || class_named(&folded).is_some();
        is_words(cell) && (headers.contains(&folded) && !known || folded == "栏次" || states_unit(&cell.text))
    };
    let mut kept: Vec<Cell> = Vec::new();
    // The number that goes on with a row that numbers the columns.
    let mut numbered = None;
    for cell in cells {
        if is_head(&cell) {
            if numbered.is_none() {
                let last = kept.iter().rposition(|cell| !cell.is_blank());
                let page = |cell: &Cell| !cell.text.contains('.') && is_page_number(&fold(&cell.text));
                if let Some(last) = last.filter(|&last| page(&kept[last])) {
                    kept.truncate(last);
                }
            }
            numbered = Some(1u32);
            continue;
        }
        let own: Option<u32> = fold(&cell.text).parse().ok();
        match (numbered, own) {
            (Some(_), _) if cell.is_blank() => {}
            (Some(wanted), Some(own)) if own == wanted => numbered = Some(wanted + 1),
            _ => {
                numbered = None;
                kept.push(cell);
            }
        }
    }
    kept
}

/// Where the header ends and where the body begins; between them stands the row that numbers the columns.
fn body(form: &Form, cells: &[Cell]) -> Option<(usize, usize)> {
    if let Some(head) = cells.iter().take(HEADER).position(|cell| fold(&cell.text) == "栏次") {
        let mut body = head + 1;
        let mut number = 0u32;
        while let Some(cell) = cells.get(body) {
            let counts = fold(&cell.text).parse() == Ok(number + 1);
            if !(counts || cell.is_blank() && number == 0) {
                break;
            }
            number += u32::from(counts);
            body += 1;
        }
        return Some((head, body));
    }
    let first = cells.iter().take(HEADER).position(|cell| begins(form, cell))?;
    let serial = first.checked_sub(1).filter(|&at| fold(&cells[at].text) == "1");
    let first = serial.unwrap_or(first);
    Some((first, first))
}

/// Is this a cell that begins a row, serial numbers aside?
pub fn begins(form: &Form, cell: &Cell) -> bool {
    let folded = fold(&cell.text);
    let total = matches!(bare(&folded).as_str(), "合计" | "总计");
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    match form.shape {
        Shape::Subject => total || is_code(&folded[..digits], form.is_economic()),
        _ => {
            form.column(&cell.text).is_none() && !cell.is_blank() && (form.row(&cell.text).is_some() || total)
                || is_words(cell) && (numbering(cell.text.trim()).is_some() || folded.starts_with("其中"))
                || form.shape == Shape::Sided && is_words(cell) && class_named(&cell.text).is_some()
        }
    }
}

/// Where rows begin among the cells of a body.
fn starts(form: &Form, cells: &[Cell]) -> Vec<usize> {
    let serials = serials(form, cells);
    if serials.len() >= 2 {
        return serials;
    }
    if form.shape == Shape::Sided
        && let Some(starts) = sided_starts(form, cells)
    {
        return starts;
    }
    let mut starts = Vec::new();
    for (at, cell) in cells.iter().enumerate() {
        // A code is followed by its name or by its other parts; a figure that looks like one is not.
        let code = form.shape == Shape::Subject && is_number(cell);
        if !begins(form, cell) || code && !is_named(&cells[at + 1..]) {
            continue;
        }
        // 合计 stands in the column of names, behind a blank code.
        let behind_blank = form.shape == Shape::Subject && is_words(cell) && at > 0 && cells[at - 1].is_blank();
        let named = behind_blank && matches!(bare(&cell.text).as_str(), "合计" | "总计");
        starts.push(if named { at - 1 } else { at });
    }
    starts
}

/// Does a name follow, behind the other parts of a split code (05 05)?
fn is_named(cells: &[Cell]) -> bool {
    let part = |cell: &&Cell| cell.text.len() == 2 && cell.text.bytes().all(|b| b.is_ascii_digit());
    let mut used = cells.iter().filter(|cell| !cell.is_blank()).take(3).skip_while(part);
    used.next().is_some_and(is_words)
}

/// The serial numbers of rows, in order; empty where the first row has none.
fn serials(form: &Form, cells: &[Cell]) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut wanted = 1u32;
    for (at, cell) in cells.iter().enumerate() {
        if fold(&cell.text).parse() != Ok(wanted) {
            if starts.is_empty() && !cell.is_blank() {
                return starts;
            }
            continue;
        }
        let next = cells[at + 1..].iter().find(|cell| !cell.is_blank());
        if next.is_some_and(|next| is_words(next) || is_code(&next.text, form.is_economic())) {
            starts.push(at);
            wanted += 1;
        }
    }
    starts
}

/// Rows of a two-sided table without serial numbers, where every blank cell is there.
fn sided_starts(form: &Form, cells: &[Cell]) -> Option<Vec<usize>> {
    let (_, width) = sided_width(form);
    let fits = |row: &[Cell]| is_sided_row(row) || row.len() < width && row.iter().all(Cell::is_blank);
    (cells.len() >= width * 3 && cells.chunks(width).all(|row| row.len() < width || fits(row)))
        .then(|| (0..cells.len()).step_by(width).collect())
}
