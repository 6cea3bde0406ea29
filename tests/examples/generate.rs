//! Writes a disclosure, or a compilation of many, to the standard output.
//!
//!     generate 400K                     right in every figure
//!     generate 4M --slips 2000          a contradiction for each 2,000 bytes
//!     generate 40K --layout rows        one row a line (cells, rows or markdown)
//!     generate 40960 2000               as JSON with the places for keystrokes, for harnesses outside

use std::io::Write;
use std::process::ExitCode;

use gouji_tests::generate::{Generated, Layout, Place, TYPED, Wish, generate};
use serde_json::json;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((wish, harness)) = wish(&arguments) else {
        eprintln!(
            "generate SIZE [--seed N] [--layout cells|rows|markdown] [--slips BYTES] | generate SIZE BYTES_PER_SLIP"
        );
        return ExitCode::from(2);
    };
    let made = generate(wish);
    let out = if harness { for_harness(&made).to_string() } else { made.text };
    match std::io::stdout().write_all(out.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// What is wanted, and whether as JSON.
fn wish(arguments: &[String]) -> Option<(Wish, bool)> {
    let (first, rest) = arguments.split_first()?;
    let mut wish = Wish::clean(size(first)?);
    let mut harness = false;
    let mut rest = rest.iter();
    while let Some(word) = rest.next() {
        match word.as_str() {
            "--seed" => wish.seed = rest.next()?.parse().ok()?,
            "--slips" => wish.slip_every = Some(size(rest.next()?)?),
            "--layout" => {
                wish.layout = match rest.next()?.as_str() {
                    "cells" => Layout::Cells,
                    "rows" => Layout::Rows,
                    "markdown" => Layout::Markdown,
                    _ => return None,
                }
            }
            bytes => {
                wish.slip_every = Some(size(bytes)?).filter(|bytes| *bytes > 0);
                harness = true;
            }
        }
    }
    Some((wish, harness))
}

/// `40000`, `40K`, `4M`.
fn size(word: &str) -> Option<usize> {
    let (digits, unit) = match word.strip_suffix(['K', 'M']) {
        Some(digits) if word.ends_with('K') => (digits, 1000),
        Some(digits) => (digits, 1_000_000),
        None => (word, 1),
    };
    digits.parse::<usize>().ok()?.checked_mul(unit)
}

/// Offsets are in characters.
fn for_harness(made: &Generated) -> serde_json::Value {
    let text = &made.text;
    let edit = |places: &[Place]| {
        let place = places.first()?;
        Some(json!({"off": text[..place.type_at].chars().count(), "ins": TYPED}))
    };
    // Forty amounts from all over the text, in one pass.
    let wanted: Vec<usize> = made.amounts.iter().step_by((made.amounts.len() / 40).max(1)).map(|at| at.start).collect();
    let mut hovers = Vec::new();
    let mut wanted = wanted.into_iter().peekable();
    for (number, (at, _)) in text.char_indices().enumerate() {
        if wanted.peek() == Some(&at) {
            hovers.push(number);
            wanted.next();
        }
    }
    let mut edits = serde_json::Map::new();
    for (name, edit) in [("neutral", edit(&made.neutral)), ("toggle", edit(&made.toggle))] {
        edits.extend(edit.map(|edit| (name.to_owned(), edit)));
    }
    json!({"text": text, "planted": made.planted, "edits": edits, "hovers": hovers, "completions": []})
}
