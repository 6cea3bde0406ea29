//! A disclosure in the one-cell-a-line layout (a leading tab before each cell, a blank line behind each row), rendered
//! in the other layouts that disclosures come in, its figures untouched.

use std::collections::HashMap;

use gouji_core::text::script::simplified;

/// A piece of the source: a line of text, or the rows of a table.
enum Piece<'a> {
    Line(&'a str),
    Table(Vec<Vec<&'a str>>),
}

/// A rendering and what it keeps.
pub struct Rendering {
    /// Its name.
    pub name: &'static str,
    /// True where every figure keeps its column: then the same findings are owed.
    pub keeps: bool,
    /// Of the amounts checked in the source, per cent that must be checked here.
    pub floor: usize,
    render: fn(&str) -> String,
}

impl Rendering {
    /// The text in this layout.
    pub fn of(&self, source: &str) -> String {
        (self.render)(source)
    }
}

/// All renderings.
pub const RENDERINGS: [Rendering; 22] = [
    keeping("md", |text| tables(text, markdown)),
    keeping("html", |text| tables(text, html)),
    keeping("tsv", |text| tables(text, |rows| joined(rows, "\t", ""))),
    keeping("csv", |text| tables(text, csv)),
    keeping("pipe", |text| tables(text, |rows| joined(rows, " | ", " |"))),
    keeping("sep", |text| tables(text, |rows| tab(rows, |_, cell| separated(cell)))),
    keeping("dash", |text| tables(text, |rows| tab(rows, |nil, cell| if nil { "—".into() } else { cell.into() }))),
    keeping("zero", |text| tables(text, |rows| tab(rows, |nil, cell| if nil { "0.00".into() } else { cell.into() }))),
    keeping("wide", |text| tables(text, wide)),
    keeping("full", |text| text.chars().map(full_width).collect()),
    keeping("traditional", traditional),
    keeping("half-width marks", half_width),
    keeping("broken lines", |text| lines(text, broken)),
    losing("space", 75, |text| tables(text, space)),
    losing("bare", 60, |text| tables(text, |rows| cells(rows, |cell| format!("{cell}\n\n")))),
    losing("bare without blanks", 60, |text| tables(text, |rows| used(rows, |cell| format!("{cell}\n\n")))),
    losing("pipe without trailing blanks", 60, |text| tables(text, trimmed)),
    losing("pipe without blanks", 60, |text| tables(text, |rows| joined(&dropped(rows), " | ", " |"))),
    losing("tabs without blank lines", 0, |text| tables(text, |rows| cells(rows, |cell| format!("\t{cell}\n")))),
    losing("one cell and a pipe", 60, |text| tables(text, |rows| cells(rows, |cell| format!("{cell} |\n")))),
    losing("column by column", 0, |text| tables(text, by_column)),
    losing("on one line", 0, |text| tables(text, |rows| space(rows).replace('\n', " ") + "\n")),
];

const fn keeping(name: &'static str, render: fn(&str) -> String) -> Rendering {
    Rendering { name, keeps: true, floor: 98, render }
}

const fn losing(name: &'static str, floor: usize, render: fn(&str) -> String) -> Rendering {
    Rendering { name, keeps: false, floor, render }
}

fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let Some(cell) = line.strip_prefix('\t') else {
            let ends_a_row = open && line.trim().is_empty();
            open = false;
            if !ends_a_row {
                out.push(Piece::Line(line));
            }
            continue;
        };
        if !matches!(out.last(), Some(Piece::Table(_))) {
            out.push(Piece::Table(Vec::new()));
            open = false;
        }
        if let Some(Piece::Table(rows)) = out.last_mut() {
            if !open {
                rows.push(Vec::new());
                open = true;
            }
            if let Some(row) = rows.last_mut() {
                row.push(cell.trim());
            }
        }
    }
    out
}

fn tables(text: &str, table: impl Fn(&[Vec<&str>]) -> String) -> String {
    let each = pieces(text).into_iter().map(|piece| match piece {
        Piece::Line(line) => format!("{line}\n"),
        Piece::Table(rows) => table(&rows) + "\n",
    });
    each.collect()
}

fn lines(text: &str, line: impl Fn(&str) -> String) -> String {
    text.lines().map(|own| if own.starts_with('\t') { own.to_owned() } else { line(own) } + "\n").collect()
}

fn is_amount(cell: &str) -> bool {
    let (whole, part) = cell.strip_prefix('-').unwrap_or(cell).split_once('.').unwrap_or(("", ""));
    [whole, part].iter().all(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

fn joined(rows: &[Vec<&str>], between: &str, behind: &str) -> String {
    rows.iter().map(|row| row.join(between) + behind + "\n").collect()
}

fn cells(rows: &[Vec<&str>], cell: impl Fn(&str) -> String) -> String {
    rows.iter().flatten().map(|own| cell(own)).collect()
}

fn used(rows: &[Vec<&str>], cell: impl Fn(&str) -> String) -> String {
    rows.iter().flatten().filter(|own| !own.is_empty()).map(|own| cell(own)).collect()
}

fn dropped<'a>(rows: &[Vec<&'a str>]) -> Vec<Vec<&'a str>> {
    let rows = rows.iter().map(|row| row.iter().copied().filter(|cell| !cell.is_empty()).collect::<Vec<_>>());
    rows.filter(|row| !row.is_empty()).collect()
}

fn trimmed(rows: &[Vec<&str>]) -> String {
    let last = |row: &[&str]| row.iter().rposition(|cell| !cell.is_empty()).map_or(0, |at| at + 1);
    joined(&rows.iter().map(|row| row[..last(row)].to_vec()).collect::<Vec<_>>(), " | ", " |")
}

fn space(rows: &[Vec<&str>]) -> String {
    joined(&dropped(rows), " ", "")
}

fn by_column(rows: &[Vec<&str>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let column = |column: usize| rows.iter().filter_map(move |row| row.get(column)).filter(|cell| !cell.is_empty());
    (0..width).flat_map(column).map(|cell| format!("{cell}\n")).collect()
}

fn markdown(rows: &[Vec<&str>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let row = |row: &Vec<&str>| format!("| {} |{}\n", row.join(" | "), "  |".repeat(width - row.len()));
    let rule = format!("|{}\n", " --- |".repeat(width));
    rows.iter().enumerate().map(|(at, own)| row(own) + if at == 0 { &rule } else { "" }).collect()
}

fn html(rows: &[Vec<&str>]) -> String {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cell = |row: &Vec<&str>, at: usize| {
        let span = width - row.len() + 1;
        let open = if at + 1 == row.len() && span > 1 { format!("<td colspan=\"{span}\">") } else { "<td>".to_owned() };
        format!("{open}{}</td>", row[at].replace('&', "&amp;").replace('<', "&lt;"))
    };
    let row = |row: &Vec<&str>| format!("<tr>{}</tr>\n", (0..row.len()).map(|at| cell(row, at)).collect::<String>());
    format!("<table>\n{}</table>\n", rows.iter().map(row).collect::<String>())
}

fn csv(rows: &[Vec<&str>]) -> String {
    let cell = |cell: &&str| {
        let cell = separated(cell);
        if cell.contains([',', '"']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n").collect()
}

/// Cells with a leading tab; `cell` is told whether a cell is an empty one that means nil.
fn tab(rows: &[Vec<&str>], cell: impl Fn(bool, &str) -> String) -> String {
    let row = |row: &Vec<&str>| {
        let first = row.iter().position(|cell| is_amount(cell)).unwrap_or(row.len());
        let one = |(at, own): (usize, &&str)| format!("\t{}\n", cell(at > first && own.is_empty(), own));
        row.iter().enumerate().map(one).collect::<String>() + "\n"
    };
    rows.iter().map(row).collect()
}

/// 1,878.09
fn separated(cell: &str) -> String {
    if !is_amount(cell) {
        return cell.to_owned();
    }
    let point = cell.find('.').unwrap_or(cell.len());
    let comma = |at: usize| at > 0 && at < point && (point - at).is_multiple_of(3) && !cell[..at].ends_with('-');
    cell.char_indices().flat_map(|(at, c)| comma(at).then_some(',').into_iter().chain([c])).collect()
}

fn wide(rows: &[Vec<&str>]) -> String {
    let screen = |cell: &str| cell.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum::<usize>();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let several = |row: &&Vec<&str>| row.iter().filter(|cell| !cell.is_empty()).count() > 1 || columns < 3;
    let width =
        |column: usize| rows.iter().filter(several).filter_map(|row| row.get(column)).map(|cell| screen(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(4)).collect();
    let pad = |(at, cell): (usize, &&str)| format!("{cell}{}  ", " ".repeat(widths[at].saturating_sub(screen(cell))));
    let row = |row: &Vec<&str>| row.iter().enumerate().map(pad).collect::<String>().trim_end().to_owned() + "\n";
    rows.iter().map(row).collect()
}

fn full_width(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        '%' => '％',
        c => c,
    }
}

fn traditional(text: &str) -> String {
    let han = ('\u{4e00}'..='\u{9fff}').filter_map(|c| Some((simplified(c)?, c)));
    let written: HashMap<char, char> = han.collect();
    text.chars().map(|c| written.get(&c).copied().unwrap_or(c)).collect()
}

fn half_width(text: &str) -> String {
    let mark = |c| match c {
        '，' => ',',
        '；' => ';',
        '：' => ':',
        '（' => '(',
        '）' => ')',
        c => c,
    };
    lines(text, |line| line.chars().map(mark).collect())
}

/// Long lines broken as a converter breaks them, in the middle of words and numbers, with a page number between.
fn broken(line: &str) -> String {
    let characters: Vec<char> = line.chars().collect();
    if characters.len() < 40 {
        return line.to_owned();
    }
    let pieces: Vec<String> = characters.chunks(33).map(|piece| piece.iter().collect()).collect();
    pieces.join("\n")
}
