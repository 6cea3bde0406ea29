//! The paper that a disclosure is written on: tables in a layout, sentences, and where each amount stands.

use std::ops::Range;

/// How tables are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One cell a line behind a tab, a blank line ends the row (converted from docx).
    Cells,
    /// One row a line, tabs between its cells.
    Rows,
    /// A table of Markdown.
    Markdown,
}

/// What an amount is, as far as slips care.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A total, or what depends on many others.
    Sum,
    /// A cell of a row of a subject, in a table by function or by economic purpose.
    Subject,
    /// The amount of a line of procurement.
    Purchase,
    /// The funds of a project sheet.
    Sheet,
    /// An asset of one kind.
    Asset,
    /// An amount of a sentence.
    Said,
}

/// An amount that was written.
#[derive(Clone, Debug)]
pub struct Mark {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is.
    pub kind: Kind,
    /// What it is about: subject, project, line. Of the same matter there are other amounts.
    pub about: u64,
    /// The disclosure it stands in.
    pub body: usize,
}

/// A cell of a table.
#[derive(Clone, Debug)]
pub enum Cell {
    /// Words, or nothing.
    Words(String),
    /// An amount in hundredths.
    Amount(i64, Kind, u64),
}

impl Cell {
    /// An empty cell.
    pub fn none() -> Self {
        Cell::Words(String::new())
    }

    /// Words.
    pub fn words(words: impl Into<String>) -> Self {
        Cell::Words(words.into())
    }

    /// An amount; nothing where it is nil.
    pub fn amount(hundredths: i64, kind: Kind, about: u64) -> Self {
        if hundredths == 0 { Self::none() } else { Cell::Amount(hundredths, kind, about) }
    }
}

/// The head of a table, as each family of layouts writes it.
#[derive(Clone, Copy, Debug)]
pub struct Head {
    /// Rows with merged cells, for one cell a line.
    pub cells: &'static [&'static [&'static str]],
    /// One row, for layouts with rows.
    pub rows: &'static [&'static str],
}

/// An amount in hundredths, as printed: `12.34`.
pub fn printed(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// What has been written.
#[derive(Debug)]
pub struct Paper {
    /// The text.
    pub text: String,
    /// The amounts in it, in order.
    pub marks: Vec<Mark>,
    layout: Layout,
    /// The number of the disclosure that is being written.
    pub body: usize,
}

impl Paper {
    /// An empty one.
    pub fn new(layout: Layout) -> Self {
        Self { text: String::new(), marks: Vec::new(), layout, body: 0 }
    }

    /// Writes words.
    pub fn put(&mut self, words: &str) -> &mut Self {
        self.text.push_str(words);
        self
    }

    /// Writes a line.
    pub fn line(&mut self, words: &str) -> &mut Self {
        self.put(words).put("\n")
    }

    /// Writes an amount of a sentence.
    pub fn sum(&mut self, hundredths: i64, kind: Kind, about: u64) -> &mut Self {
        let start = self.text.len();
        self.text.push_str(&printed(hundredths));
        self.marks.push(Mark { at: start..self.text.len(), kind, about, body: self.body });
        self
    }

    /// Begins a table: its title, lines above the head, the head.
    pub fn table(&mut self, title: &str, above: &[&str], head: Head) {
        match self.layout {
            Layout::Cells => {
                self.line(title);
                above.iter().for_each(|cell| self.cell(cell));
                self.end_row();
                for row in head.cells {
                    row.iter().for_each(|cell| self.cell(cell));
                    self.end_row();
                }
            }
            Layout::Rows | Layout::Markdown => {
                let width = head.rows.len().max(above.len());
                let title = if self.layout == Layout::Markdown { format!("### {title}\n") } else { title.to_owned() };
                self.line(&title);
                let mut rows = Vec::new();
                if !above.is_empty() {
                    rows.push(above);
                }
                rows.push(head.rows);
                for (number, row) in rows.into_iter().enumerate() {
                    let cells = row.iter().map(|cell| Cell::words(*cell));
                    let all: Vec<Cell> = cells.chain((row.len()..width).map(|_| Cell::none())).collect();
                    self.row(&all);
                    if number == 0 && self.layout == Layout::Markdown {
                        self.line(&format!("|{}", " --- |".repeat(width)));
                    }
                }
            }
        }
    }

    /// Writes a row of a table.
    pub fn row(&mut self, cells: &[Cell]) {
        let (before, between, behind) = match self.layout {
            Layout::Cells => ("\t", "\n\t", "\n\n"),
            Layout::Rows => ("", "\t", "\n"),
            Layout::Markdown => ("| ", " | ", " |\n"),
        };
        self.put(before);
        for (number, cell) in cells.iter().enumerate() {
            if number > 0 {
                self.put(between);
            }
            match cell {
                Cell::Words(words) => self.put(words),
                Cell::Amount(hundredths, kind, about) => self.sum(*hundredths, *kind, *about),
            };
        }
        self.put(behind);
    }

    /// Ends a table.
    pub fn end(&mut self) {
        self.put("\n");
    }

    fn cell(&mut self, words: &str) {
        self.put("\t").put(words).put("\n");
    }

    fn end_row(&mut self) {
        self.put("\n");
    }
}
