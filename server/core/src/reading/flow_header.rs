//! The header of a table of PDF text: scraps of wrapped cells, one line interleaved with the next.

use super::header::is_code;
use super::number::Amount;
use super::source::SourceLine;
use super::source::{states_unit, words};
use crate::catalog::name::{bare, fold, without_brackets};
use crate::catalog::{Form, Kind, Shape, Unit};
use crate::layout::line::numbering;

/// What the header tells.
#[derive(Debug, Default)]
pub struct FlowHeader {
    /// How many lines it takes.
    pub lines: usize,
    /// The columns of figures, in order; empty where they cannot be told.
    pub columns: Vec<String>,
    /// The rows are numbered.
    pub serial: bool,
    /// Both sides of a row are numbered (行次), behind their labels.
    pub numbered_lines: bool,
    /// The unit that a header cell states.
    pub unit: Option<Unit>,
}

/// Reads the header at the top of `lines`.
pub fn read(form: &Form, lines: &[SourceLine]) -> FlowHeader {
    let numbers_columns = |line: &SourceLine| {
        let folded = fold(line.text);
        folded.starts_with("栏次") || folded.starts_with("类款项栏次")
    };
    let numbered = lines.iter().take(40).position(numbers_columns);
    let head = numbered.unwrap_or_else(|| lines.iter().position(|line| begins_body(form, line)).unwrap_or(lines.len()));
    let taken = (head + usize::from(numbered.is_some())).min(lines.len());
    let scraps: Vec<(usize, String)> = lines[..head.min(lines.len())]
        .iter()
        .filter(|line| !states_unit(line.text))
        .enumerate()
        .flat_map(|(number, line)| {
            words(line).into_iter().map(move |word| (number, without_brackets(&fold(&word.text)).into_owned()))
        })
        .collect();
    let read: Vec<String> = form
        .columns
        .iter()
        .filter(|item| form.wordings(item).any(|word| composed(&word, &scraps, None)))
        .map(|item| item.name.clone())
        .collect();
    let count = numbered.map(|line| words(&lines[line]).len().saturating_sub(1));
    // Accounts number only the columns of figures.
    let numbers = numbered
        .map(|line| words(&lines[line]).iter().filter(|word| word.text.bytes().all(|b| b.is_ascii_digit())).count());
    let plain = form.kind == Some(Kind::Accounts) && numbers.is_some_and(|numbers| numbers > 0);
    let labels = match form.shape {
        Shape::Subject => 2,
        Shape::Sided => 3,
        _ => 1,
    };
    let official = form.official.len();
    let columns = match count {
        _ if plain && form.shape == Shape::Sided => {
            let expected = if official == 0 { 2 } else { official + 1 };
            if numbers == Some(expected) { names(form) } else { Vec::new() }
        }
        _ if plain && numbers == Some(read.len()) => read,
        _ if plain && numbers == Some(official) => form.official.clone(),
        // Two-sided tables number the columns of both sides: the left one has one figure.
        Some(count) if form.shape == Shape::Sided && official == 0 => {
            if count == 4 {
                names(form)
            } else {
                Vec::new()
            }
        }
        Some(count) if form.shape == Shape::Sided && count == official + labels => names(form),
        Some(count) if official > 0 && count == official + labels => form.official.clone(),
        Some(count) if read.len() + labels == count => read,
        Some(_) => Vec::new(),
        None if form.shape == Shape::Sided && official == 0 => names(form),
        None if read.len() >= 2 && read.iter().any(|name| is_whole(form, name))
            || form.id == "A" && read.len() == 2 =>
        {
            read
        }
        None if form.is_economic() && form.kind == Some(Kind::Accounts) && read.len() == 1 => read,
        None if form.shape == Shape::Label && form.id == "B9" && read.len() == 1 => read,
        None => Vec::new(),
    };
    let serial = scraps.iter().any(|(_, scrap)| scrap == "序号" || scrap == "行次");
    let unit = lines[..taken]
        .iter()
        .find_map(|line| line.text.contains(['位', '元']).then(|| Unit::stated(line.text)).flatten());
    let numbered_lines = form.shape == Shape::Sided && scraps.iter().filter(|(_, scrap)| scrap == "行次").count() >= 2;
    FlowHeader { lines: taken, columns, serial: serial && !numbered_lines, numbered_lines, unit }
}

/// Is this the column that the others are parts of?
fn is_whole(form: &Form, name: &str) -> bool {
    let sums = form.identity.iter().filter(|identity| !identity.contains(" - "));
    name == "合计" || sums.into_iter().any(|identity| identity.starts_with(&format!("{name} =")))
}

fn names(form: &Form) -> Vec<String> {
    form.columns.iter().map(|item| item.name.clone()).collect()
}

fn begins_body(form: &Form, line: &SourceLine) -> bool {
    let words = words(line);
    // An unlabelled 合计 row.
    let amount = |text: &str| Amount::parse(text).is_some_and(|amount| amount.decimals > 0);
    if form.shape == Shape::Subject && words.len() >= 2 && words.iter().all(|word| amount(&word.text)) {
        return true;
    }
    let mut words = words.iter().map(|word| word.text.as_str());
    let Some(mut first) = words.next() else { return false };
    if first.len() <= 2 && first.bytes().all(|b| b.is_ascii_digit()) {
        match words.next() {
            Some(second) => first = second,
            None => return false,
        }
    }
    let label = bare(first);
    match form.shape {
        Shape::Subject => {
            is_code(first, form.is_economic()) || matches!(label.as_str(), "合计" | "总计") && line.text.contains('.')
        }
        _ => {
            numbering(first).is_some()
                || form.row(first).is_some() && form.column(first).is_none()
                || label == "合计" && line.text.contains('.')
        }
    }
}

/// Is a label made of scraps, each further one from a later line?
fn composed(label: &str, scraps: &[(usize, String)], above: Option<usize>) -> bool {
    if label.is_empty() {
        return true;
    }
    scraps.iter().enumerate().any(|(index, (line, scrap))| {
        above.is_none_or(|above| *line > above)
            && !scrap.is_empty()
            && label.strip_prefix(scrap.as_str()).is_some_and(|rest| composed(rest, &scraps[index + 1..], Some(*line)))
    })
}
