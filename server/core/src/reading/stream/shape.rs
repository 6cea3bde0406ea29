//! What flattened cells and rows look like: by this it is told how they are to be read.

use super::ENDLESS;
use crate::catalog::Form;
use crate::catalog::name::fold;
use crate::layout::grid::Cell;
use crate::reading::header::numbers_columns;
use crate::reading::number::{Amount, Printed, printed};
use crate::reading::source::SourceLine;

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

pub fn is_decimal(cell: &Cell) -> bool {
    matches!(printed(&cell.text), Printed::Number(amount) if amount.decimals > 0)
}

pub fn is_number(cell: &Cell) -> bool {
    matches!(printed(&cell.text), Printed::Number(_))
}

pub fn is_words(cell: &Cell) -> bool {
    printed(&cell.text) == Printed::Words
}

/// A whole row of a two-sided table: label, figure, label, figures.
pub fn is_sided_row(row: &[Cell]) -> bool {
    let label = |cell: &Cell| cell.is_blank() || is_words(cell);
    let figure = |cell: &Cell| !is_words(cell);
    row.len() >= 4 && label(&row[0]) && figure(&row[1]) && label(&row[2]) && row[3..].iter().all(figure)
}

/// How many figures the right side of a two-sided form has, and its width without serial numbers.
pub fn sided_width(form: &Form) -> (usize, usize) {
    let right = if form.columns.len() > 1 { form.official.len() } else { 1 };
    (right, right + 3)
}
