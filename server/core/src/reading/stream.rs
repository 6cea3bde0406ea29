//! Tables that a page flattened: one cell a line (FORMATS L2, L7), or rows between bars of which blank cells were
//! dropped (L6). Rows are found anew by what begins one: a serial number, a code, a label of the form. Where all cells
//! of a row are there, each of its figures knows its column; the others are placed as those of PDF text are.

use super::flow_header::{self, FlowHeader};
use super::flow_table;
use super::grid_table::class_named;
use super::header::{is_code, numbers_columns};
use super::number::{Amount, Printed, printed};
use super::source::{SourceLine, is_page_number, is_surely_a_page, states_unit};
use super::table::{Label, TableReading};
use crate::catalog::name::{bare, fold};
use crate::catalog::{Form, Shape, Unit};
use crate::hash::{Map, Set};
use crate::layout::BlockKind;
use crate::layout::grid::Cell;
use crate::layout::line::{BARS, LineKind, numbering};
use crate::text::Span;

/// Cells of a header at most, and rows of one cell that make a table one cell a line.
const HEADER: usize = 60;

/// More cells than this are no row.
const ENDLESS: usize = 24;

/// The column of a figure, by the place where it is printed.
pub type Hints = Map<usize, usize>;

/// Are these lines cells of a table, one a line: words by themselves, figures by themselves?
pub fn is_one_cell_a_line(lines: &[SourceLine]) -> bool {
    let (mut alone, mut together) = (0usize, 0usize);
    for line in lines {
        let mut words = line.text.split_whitespace();
        let figures =
            words.clone().filter(|word| Amount::parse(word).is_some_and(|amount| amount.decimals > 0)).count();
        if figures == 1 && words.nth(1).is_none() {
            alone += 1;
        } else if figures > 0 && line.text.chars().count() < 200 {
            together += 1;
        }
    }
    alone >= 4 && together * 10 <= alone
}

/// The cells of such lines. A blank cell is a blank line with the blank line that parts it from the next.
pub fn cells(lines: &[SourceLine], text: &str) -> Vec<Cell> {
    let breaks = |pair: &[SourceLine]| text.get(pair[0].span.end..pair[1].span.start).map_or(1, line_breaks);
    let lines: Vec<SourceLine> = lines.iter().filter(|line| !is_surely_a_page(&fold(line.text))).copied().collect();
    let gaps: Vec<usize> = lines.windows(2).map(breaks).collect();
    let usual = gaps.iter().copied().min().unwrap_or(1).max(1);
    // One blank line or none beside each cell; other gaps tell nothing.
    let regular = gaps.iter().all(|gap| gap % usual == 0);
    let mut out = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        out.push(cell(line.text, line.span));
        if let Some(gap) = gaps.get(index).filter(|_| regular) {
            let blanks = (gap / usual).saturating_sub(1).min(HEADER);
            out.extend(
                (0..blanks).map(|_| Cell { span: Span::new(line.span.end, line.span.end), text: String::new() }),
            );
        }
    }
    out
}

/// How often a line ends: at an LF, and at a CR without one.
fn line_breaks(text: &str) -> usize {
    let next = text.bytes().skip(1).chain([0]);
    text.bytes().zip(next).filter(|pair| matches!(pair, (b'\n', _)) || pair.0 == b'\r' && pair.1 != b'\n').count()
}

fn cell(text: &str, span: Span) -> Cell {
    let trimmed = text.trim();
    let start = span.start + (text.len() - text.trim_start().len());
    Cell { span: Span::new(start, start + trimmed.len()), text: trimmed.to_owned() }
}

/// The text of a section with nothing in it but these cells: bars, and lines that are no part of the table, are spaces.
fn only(rows: &[Vec<Cell>], text: &str) -> String {
    let mut out = vec![b' '; text.len()];
    for span in rows.iter().flatten().map(|cell| cell.span) {
        if let (Some(place), Some(own)) = (out.get_mut(span.start..span.end), text.get(span.start..span.end)) {
            place.copy_from_slice(own.as_bytes());
        }
    }
    String::from_utf8(out).unwrap_or_default()
}

/// Are these the rows of a table in which every row of figures has all its cells, under a header that has as many? Where
/// blank cells were dropped, words come to stand in columns of figures.
pub fn is_whole(form: &Form, rows: &[Vec<Cell>]) -> bool {
    let figured: Vec<&Vec<Cell>> = rows.iter().filter(|row| row.iter().any(is_decimal)).collect();
    let Some(width) = figured.first().map(|row| row.len()) else { return !is_one_cell_a_row(rows) };
    if width < 2 || figured.iter().any(|row| row.len() != width) {
        return false;
    }
    let first = rows.iter().position(|row| row.iter().any(is_decimal)).unwrap_or(0);
    let holds = |column: usize, kind: fn(&Cell) -> bool| figured.iter().any(|row| kind(&row[column]));
    let clean = (0..width).all(|column| !(holds(column, is_words) && holds(column, is_decimal)));
    let names = |cell: &Cell| form.column(&cell.text).is_some();
    let over_figures = |row: &Vec<Cell>| {
        row.iter().enumerate().all(|(column, cell)| !names(cell) || !holds(column, is_words)) && row.iter().any(names)
    };
    let heads = |row: &Vec<Cell>| row.len() == width && (numbers_columns(row) || over_figures(row));
    let labels = ["序号", "行次", "栏次", "科目编码", "科目名称", "项目"];
    let over_labels = |row: &Vec<Cell>| {
        row.len() != width
            || (0..width)
                .all(|column| !labels.contains(&fold(&row[column].text).as_str()) || !holds(column, is_decimal))
    };
    clean && rows[..first].iter().any(heads) && rows[..first].iter().all(over_labels)
}

/// Do rows of figures lack cells that others have? Whether those were the last cannot be told.
pub fn has_short_rows(rows: &[Vec<Cell>]) -> bool {
    let mut widths = rows.iter().filter(|row| row.iter().any(is_decimal)).map(Vec::len);
    let first = widths.next();
    widths.any(|width| Some(width) != first)
}

/// Rows that never end, where cells stand one a line and no blank line parts a row from the next?
pub fn is_endless(rows: &[Vec<Cell>]) -> bool {
    let widest = rows.iter().map(Vec::len).max().unwrap_or(0);
    widest > ENDLESS || rows.len() == 1 && widest > ENDLESS / 2
}

/// One `cell |` a line?
pub fn is_one_cell_a_row(rows: &[Vec<Cell>]) -> bool {
    let single = rows.iter().filter(|row| row.len() <= 1).count();
    rows.len() >= 6 && single * 10 >= rows.len() * 9
}

fn is_decimal(cell: &Cell) -> bool {
    matches!(printed(&cell.text), Printed::Number(amount) if amount.decimals > 0)
}

fn is_number(cell: &Cell) -> bool {
    matches!(printed(&cell.text), Printed::Number(_))
}

fn is_words(cell: &Cell) -> bool {
    printed(&cell.text) == Printed::Words
}

/// Reads a flattened table; `rows` are those printed, or a single one of all the cells where row ends are lost. `text`
/// is that of the section.
pub fn read(form: &'static Form, title: Label, unit: Option<Unit>, rows: Vec<Vec<Cell>>, text: &str) -> TableReading {
    let (rows, torn) = if is_one_cell_a_row(&rows) || rows.len() == 1 {
        split(form, rows.into_iter().flatten().collect())
    } else {
        (rows, false)
    };
    let parted = only(&rows, text);
    let lines: Vec<SourceLine> = rows.iter().filter_map(|row| line(row, &parted)).collect();
    let mut head = flow_header::read(form, &lines);
    if let Some(printed) = printed_columns(form, &rows) {
        head.columns = printed;
    }
    // Without a header, a list of labels with one figure each has the form's first column.
    let alone = |row: &Vec<Cell>| row.iter().filter(|cell| is_number(cell)).count() <= 1;
    if form.shape == Shape::Label && head.lines == 0 && head.columns.is_empty() && rows.iter().all(alone) {
        head.columns = form.columns.iter().take(1).map(|item| item.name.clone()).collect();
    }
    head.unit = unit.or(head.unit);
    let (hints, mixed) = hints(form, &rows, &head);
    let (mut table, figures) = flow_table::read_with(form, title, &lines, &head, &hints);
    table.unread |= torn || mixed || is_out_of_step(form, &rows, &head);
    // A name that was pieced together from several cells may be wrong.
    for row in &mut table.rows {
        let printed = text.get(row.name.span.start..row.name.span.end).unwrap_or_default();
        row.name_sure &= !printed.contains(BARS) && !printed.contains(['\n', '\r']);
    }
    (table, figures)
}

/// Rows that cannot be: with more figures than columns, with a second code, with the number of the next row at the end.
fn is_out_of_step(form: &Form, rows: &[Vec<Cell>], head: &FlowHeader) -> bool {
    let sided = form.shape == Shape::Sided;
    let most = if sided { sided_width(form).0 + 1 } else { head.columns.len() };
    rows.iter().any(|row| {
        let Some(first) = row.iter().position(is_decimal) else { return false };
        let numbers = || row[first..].iter().filter(|cell| is_number(cell));
        let serial: Option<u32> = row.first().and_then(|cell| fold(&cell.text).parse().ok());
        let next = numbers().next_back().and_then(|cell| fold(&cell.text).parse::<u32>().ok());
        let code = |cell: &Cell| form.shape == Shape::Subject && is_code(&cell.text, form.is_economic());
        let unnamed = form.shape == Shape::Subject && !row[..first].iter().any(is_words);
        numbers().count() > most.max(1)
            || sided && row.iter().filter(|cell| begins(form, cell)).count() > 2
            || unnamed && row[..first].iter().any(code)
            || row[first..].iter().any(code)
            || serial.is_some() && next == serial.map(|serial| serial + 1)
    })
}

/// A row as a line of text.
fn line<'a>(row: &[Cell], text: &'a str) -> Option<SourceLine<'a>> {
    let mut used = row.iter().filter(|cell| !cell.is_blank());
    let first = used.next()?;
    let span = Span::new(first.span.start, used.next_back().unwrap_or(first).span.end);
    let text = text.get(span.start..span.end)?;
    Some(SourceLine { span, text, kind: LineKind::Row, family: BlockKind::Text, block: 0 })
}

/// Rows of a stream of cells; the cells of the header are rows of their own. True where they contradict each other.
fn split(form: &Form, cells: Vec<Cell>) -> (Vec<Vec<Cell>>, bool) {
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
fn begins(form: &Form, cell: &Cell) -> bool {
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

/// How many figures the right side of a two-sided form has, and its width without serial numbers.
fn sided_width(form: &Form) -> (usize, usize) {
    let right = if form.columns.len() > 1 { form.official.len() } else { 1 };
    (right, right + 3)
}

/// A whole row of a two-sided table: label, figure, label, figures.
fn is_sided_row(row: &[Cell]) -> bool {
    let label = |cell: &Cell| cell.is_blank() || is_words(cell);
    let figure = |cell: &Cell| !is_words(cell);
    row.len() >= 4 && label(&row[0]) && figure(&row[1]) && label(&row[2]) && row[3..].iter().all(figure)
}

/// Rows of a two-sided table without serial numbers, where every blank cell is there.
fn sided_starts(form: &Form, cells: &[Cell]) -> Option<Vec<usize>> {
    let (_, width) = sided_width(form);
    let fits = |row: &[Cell]| is_sided_row(row) || row.len() < width && row.iter().all(Cell::is_blank);
    (cells.len() >= width * 3 && cells.chunks(width).all(|row| row.len() < width || fits(row)))
        .then(|| (0..cells.len()).step_by(width).collect())
}

/// The columns as the header prints them, where it is a single row with one cell for each.
fn printed_columns(form: &Form, rows: &[Vec<Cell>]) -> Option<Vec<String>> {
    let body = rows.iter().position(|row| row.iter().any(is_decimal))?;
    let width = widest(rows)?;
    let heads = || rows[..body].iter().filter(|row| !numbers_columns(row));
    let cells: Vec<&Cell> = match heads().rfind(|row| row.len() == width) {
        Some(row) => row.iter().collect(),
        None => heads().flatten().filter(|cell| !states_unit(&cell.text)).collect(),
    };
    let labels = cells.iter().position(|cell| form.column(&cell.text).is_some())?;
    let names: Vec<String> =
        cells[labels..].iter().filter_map(|cell| form.column(&cell.text)).map(str::to_owned).collect();
    let mut distinct = Set::default();
    let whole = names.len() + labels == width && cells.len() == width && labels <= 4;
    let told = whole && names.len() >= 2 && names.iter().all(|name| distinct.insert(name.as_str()));
    (form.shape != Shape::Sided && told).then_some(names)
}

/// The width of most rows with figures.
fn widest(rows: &[Vec<Cell>]) -> Option<usize> {
    let mut counts: Map<usize, usize> = Map::default();
    for row in rows.iter().filter(|row| row.iter().any(is_decimal)) {
        *counts.entry(row.len()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(width, count)| (*count, *width)).map(|(width, _)| width)
}

/// The columns of the figures of whole rows. True where words stand behind figures: then rows and text are out of step.
fn hints(form: &Form, rows: &[Vec<Cell>], head: &FlowHeader) -> (Hints, bool) {
    let mut hints = Hints::default();
    let body: Vec<&Vec<Cell>> = rows.iter().filter(|row| row.iter().any(is_decimal)).collect();
    let Some(width) = widest(rows) else { return (hints, false) };
    if form.shape == Shape::Sided {
        let (right, plain) = sided_width(form);
        let lead = match width.checked_sub(plain) {
            Some(lead @ 0..=1) if head.columns.len() == form.columns.len() && right > 1 => lead,
            _ => return (hints, false),
        };
        let column = |name: &str| head.columns.iter().position(|column| column == name);
        for row in body.iter().filter(|row| row.len() == width && is_sided_row(&row[lead..])) {
            let left = row.get(lead + 1).zip(column("金额"));
            let rest = row[lead + 3..].iter().zip(form.official.iter().filter_map(|name| column(name)));
            hints.extend(left.into_iter().chain(rest).map(|(cell, column)| (cell.span.start, column)));
        }
        return (hints, false);
    }
    // Words behind an amount belong to no row that can be told.
    let mixed = body.iter().any(|row| {
        let first = row.iter().position(is_decimal).unwrap_or(row.len());
        row[first..].iter().any(is_words)
    });
    let Some(labels) = width.checked_sub(head.columns.len()).filter(|labels| (1..=5).contains(labels)) else {
        return (hints, mixed);
    };
    let whole = |row: &&&Vec<Cell>| row.len() == width;
    let sound = |row: &Vec<Cell>| {
        row[..labels].iter().any(is_words)
            && !row[..labels].iter().any(is_decimal)
            && !row[labels..].iter().any(is_words)
    };
    if head.columns.is_empty() || !body.iter().filter(whole).all(|row| sound(row)) {
        return (hints, mixed);
    }
    for row in body.iter().filter(whole) {
        hints.extend(row[labels..].iter().enumerate().map(|(column, cell)| (cell.span.start, column)));
    }
    (hints, mixed)
}
