//! “三公”经费 in accounts: six quantities × (预算数, 决算数). Printed as rows and columns like any table, or lying on its
//! side: twelve cells in a row, in pairs or the six of the plan before the six of the outcome, or two rows of six.

use super::grid_table;
use super::header::numbers_columns;
use super::number::{Amount, Printed, printed};
use super::table::{Label, TableReading};
use crate::catalog::name::{bare, fold};
use crate::catalog::{Form, Unit};
use crate::layout::grid::Cell;
use rust_decimal::Decimal;

/// The quantities in the order of the official form.
const NAMES: [&str; 6] =
    ["合计", "因公出国（境）费", "公务用车购置及运行维护费", "公务用车购置费", "公务用车运行维护费", "公务接待费"];

/// In which order twelve cells stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Order {
    /// 预算数, 决算数 of each quantity.
    Pairs,
    /// All of the plan, then all of the outcome.
    Halves,
}

/// Reads the rows of such a table, or its lines as rows of words. Where it cannot be told which cell is which, the table
/// stays unread.
pub fn read(form: &'static Form, title: Label, unit: Option<Unit>, rows: &[Vec<Cell>], lines: bool) -> TableReading {
    if upright(form, rows) {
        let rows = if lines { gathered(rows) } else { rows.to_vec() };
        return grid_table::read(form, title, unit, &rows);
    }
    let turned = turned(rows);
    let (mut table, figures) = grid_table::read(form, title, unit, &turned.clone().unwrap_or_default());
    table.unread = turned.is_none();
    (table, figures)
}

/// Does a row begin with the name of a quantity and go on with a figure?
fn upright(form: &Form, rows: &[Vec<Cell>]) -> bool {
    let named = |row: &&Vec<Cell>| {
        let mut used = row.iter().filter(|cell| !cell.is_blank());
        used.next().is_some_and(|cell| {
            form.row(&cell.text).is_some_and(|row| row.name != "合计") && bare(&cell.text) != "小计"
        }) && used.any(|cell| matches!(printed(&cell.text), Printed::Number(_)))
    };
    rows.iter().filter(named).count() >= 2
}

/// Words of lines as cells: the name, then exactly two figures; other lines say nothing.
fn gathered(rows: &[Vec<Cell>]) -> Vec<Vec<Cell>> {
    let head = ["项目", "预算数", "决算数"].map(|text| Cell { text: text.to_owned(), ..Cell::default() }).to_vec();
    let row = |row: &Vec<Cell>| {
        let words = row.iter().take_while(|cell| printed(&cell.text) == Printed::Words).count();
        match (&row[..words], &row[words..]) {
            ([name], [plan, outcome]) => Some(vec![name.clone(), plan.clone(), outcome.clone()]),
            _ => None,
        }
    };
    std::iter::once(head).chain(rows.iter().filter_map(row)).collect()
}

/// The table set upright: a header and a row for each quantity.
fn turned(rows: &[Vec<Cell>]) -> Option<Vec<Vec<Cell>>> {
    let mut plan: Option<Vec<Cell>> = None;
    let mut outcome: Option<Vec<Cell>> = None;
    let mut said: Option<bool> = None; // the row or the header right above says 预算数 (true) or 决算数
    let mut words: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| !numbers_columns(row)) {
        if let Some(cells) = figures_of(row) {
            let label = row.iter().find(|cell| !cell.is_blank()).and_then(|cell| kind_of(&fold(&cell.text)));
            match cells.len() {
                12 if plan.is_none() && outcome.is_none() => {
                    let (first, second) = split(&cells, order(&words, &cells)?);
                    (plan, outcome) = (Some(first), Some(second));
                }
                6 => match label.or(said.take())? {
                    true if plan.is_none() => plan = Some(cells),
                    false if outcome.is_none() => outcome = Some(cells),
                    _ => return None,
                },
                _ => return None,
            }
            continue;
        }
        let used: Vec<String> = row.iter().filter(|cell| !cell.is_blank()).map(|cell| fold(&cell.text)).collect();
        if let Some(kind) = used.iter().find_map(|cell| kind_of(cell))
            && used.iter().all(|cell| kind_of(cell).is_none_or(|own| own == kind))
        {
            said = Some(kind);
        }
        words.extend(used);
    }
    let blank = || vec![Cell::default(); 6];
    let (has_plan, has_outcome) = (plan.is_some(), outcome.is_some());
    let (plan, outcome) = (plan.unwrap_or_else(blank), outcome.unwrap_or_else(blank));
    // The words of a header may come in any order in PDF text: the sums must tell that the cells do not.
    let sound = [&plan, &outcome].into_iter().map(|half| held(half)).sum::<usize>();
    if !has_plan && !has_outcome || sound < 2 {
        return None;
    }
    let cell = |text: &str| Cell { text: text.to_owned(), ..Cell::default() };
    let mut out = vec![vec![cell("项目"), cell("预算数"), cell("决算数")]];
    for (at, name) in NAMES.iter().enumerate() {
        let at_figure = if outcome[at].is_blank() { plan[at].span } else { outcome[at].span };
        out.push(vec![Cell { text: (*name).to_owned(), span: at_figure }, plan[at].clone(), outcome[at].clone()]);
    }
    Some(out)
}

/// 预算数 (true) or 决算数.
fn kind_of(text: &str) -> Option<bool> {
    let plain = crate::catalog::name::without_brackets(text);
    let ends = |word: &str| plain.ends_with(word) && plain.chars().count() <= 7;
    if ends("预算数") || plain == "预算" {
        Some(true)
    } else {
        (ends("决算数") || plain == "决算" || plain == "决算统计数").then_some(false)
    }
}

/// The figures of a row that holds nothing else but words before them: six or twelve cells.
fn figures_of(row: &[Cell]) -> Option<Vec<Cell>> {
    let lead = row.iter().take_while(|cell| printed(&cell.text) == Printed::Words).count();
    let cells = &row[lead..];
    let figures = cells.iter().filter(|cell| matches!(printed(&cell.text), Printed::Number(_))).count();
    let others = cells.iter().any(|cell| printed(&cell.text) == Printed::Words);
    // 1 2 3 … numbers the columns.
    let running = cells.iter().enumerate().all(|(at, cell)| {
        Amount::parse(&cell.text)
            .is_some_and(|amount| amount.decimals == 0 && amount.value == Decimal::from(at as u64 + 1))
    });
    let sized =
        [6, 12].into_iter().find(|size| cells.len() == *size || cells.len() > *size && blank_from(cells, *size));
    (figures >= 1 && !others && !running).then_some(())?;
    sized.map(|size| cells[..size].to_vec())
}

fn blank_from(cells: &[Cell], from: usize) -> bool {
    from == 12 && cells[from..].iter().all(Cell::is_blank)
}

/// The order that the header states; where it states none, the one whose sums hold.
fn order(words: &[String], cells: &[Cell]) -> Option<Order> {
    let kinds: Vec<bool> = words.iter().filter_map(|word| kind_of(word)).collect();
    let mut runs = kinds.clone();
    runs.dedup();
    match (runs.len(), kinds.len()) {
        (12, 12) => return Some(Order::Pairs),
        (2, _) if runs[0] => return Some(Order::Halves),
        _ => {}
    }
    let sound = |order| {
        let (plan, outcome) = split(cells, order);
        held(&plan) + held(&outcome)
    };
    match (sound(Order::Pairs), sound(Order::Halves)) {
        (4, other) if other < 4 => Some(Order::Pairs),
        (other, 4) if other < 4 => Some(Order::Halves),
        _ => None,
    }
}

fn split(cells: &[Cell], order: Order) -> (Vec<Cell>, Vec<Cell>) {
    match order {
        Order::Halves => (cells[..6].to_vec(), cells[6..].to_vec()),
        Order::Pairs => {
            let every = |from: usize| cells.iter().skip(from).step_by(2).cloned().collect();
            (every(0), every(1))
        }
    }
}

/// How many of the two sums hold: the whole of three, and the vehicles of two.
fn held(half: &[Cell]) -> usize {
    let value = |at: usize| Amount::parse(&half[at].text).map_or(Decimal::ZERO, |amount| amount.value);
    let near = |a: Decimal, b: Decimal| (a - b).abs() <= Decimal::new(2, 2);
    usize::from(near(value(0), value(1) + value(2) + value(5))) + usize::from(near(value(2), value(3) + value(4)))
}
