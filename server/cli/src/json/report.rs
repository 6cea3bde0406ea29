//! What holds the entries: the tool's name and version, the files or the rules.

use std::io::{self, BufWriter, Write};

use gouji_core::rules::{Book, Page};
use gouji_core::verdict::finding::{Locale, Message};
use serde::Serialize;

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

/// A whole output.
#[derive(Serialize)]
pub struct Report<T> {
    tool: Tool,
    #[serde(flatten)]
    body: T,
}

#[derive(Serialize)]
pub struct Files<T> {
    files: Vec<Entry<T>>,
}

#[derive(Serialize)]
pub struct Rules<'b> {
    rules: Vec<Rule<'b>>,
}

#[derive(Serialize)]
struct Rule<'b> {
    rule: &'b str,
    name: &'b str,
    severity: &'static str,
    authority: &'b str,
    since: &'b str,
    formulas: &'b [String],
}

impl<T> Report<T> {
    fn new(body: T) -> Self {
        Self { tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }, body }
    }
}

impl<T> Report<Files<T>> {
    /// A report on files.
    pub fn files(files: Vec<Entry<T>>) -> Self {
        Self::new(Files { files })
    }
}

impl<'b> Report<Rules<'b>> {
    /// A report on the rules there are.
    pub fn rules(book: &'b Book, locale: Locale) -> Self {
        let rule = |page: &'b Page| Rule {
            rule: &page.code,
            name: page.name.in_locale(locale),
            severity: page.severity.word(),
            authority: &page.authority,
            since: &page.since,
            formulas: &page.formulas,
        };
        Self::new(Rules { rules: book.pages().map(rule).collect() })
    }
}

/// One file: what was made of it, or why it was not read.
#[derive(Serialize)]
pub struct Entry<T> {
    path: String,
    #[serde(flatten)]
    result: Content<T>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Content<T> {
    Read(T),
    Refused { error: String },
}

impl<T> Entry<T> {
    /// An entry of `files`.
    pub fn new(path: String, result: Result<T, Message>, locale: Locale) -> Self {
        let refused = |reason: Message| Content::Refused { error: reason.in_locale(locale).to_owned() };
        Self { path, result: result.map_or_else(refused, Content::Read) }
    }
}

/// The encoding where it is not the usual one.
pub fn unusual(encoding: &'static str) -> Option<&'static str> {
    (encoding != "UTF-8").then_some(encoding)
}

/// Writes a report to the standard output.
pub fn print(report: &impl Serialize) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    serde_json::to_writer_pretty(&mut out, report)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Writes an entry to the standard output, as one line.
pub fn line(entry: &impl Serialize) -> io::Result<()> {
    let mut written = serde_json::to_vec(entry)?;
    written.push(b'\n');
    io::stdout().lock().write_all(&written)
}
