//! The engine of gouji: text → blocks → tables → figures → relations → findings.
//!
//! No input or output, no runtime, no editor protocol. The floors, from the ground up, each importing only those
//! below it: [`text`], [`finding`] (plain data), [`layout`], [`catalog`], [`reading`], [`rules`], [`verdict`],
//! [`document`]. A test holds the order (`tests/floors.rs`).

#![forbid(unsafe_code)]

/// A pattern that is compiled once.
macro_rules! pattern {
    ($source:expr $(,)?) => {{
        static FORM: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| $crate::compiled($source));
        &*FORM
    }};
}

/// What a search may keep of the automaton it builds as it goes, in bytes; past it, it begins anew. By default each
/// pattern may keep megabytes for each thread that ever searched with it: of texts that differ all day a server would
/// grow for hours.
const AUTOMATON: usize = 1 << 16;

/// What stands for whole scripts in a pattern, and the characters that disclosures are printed in instead. Of all digits
/// and letters of the world each pattern would be an automaton many times as large, and take as much longer to make.
const SCRIPTS: [(&str, &str); 4] = [
    (r"\w", r"[0-9A-Za-z_０-９Ａ-Ｚａ-ｚ\p{Han}]"),
    (r"\d", "[0-9０-９]"),
    (r"\D", "[^0-9０-９]"),
    (r"\p{Han}", text::script::HAN),
];

/// A constant pattern.
pub(crate) fn compiled(source: &str) -> regex::Regex {
    let narrow = |pattern: String, (script, printed): &(&str, &str)| pattern.replace(script, printed);
    let pattern = SCRIPTS.iter().fold(source.to_owned(), narrow);
    regex::RegexBuilder::new(&pattern).dfa_size_limit(AUTOMATON).build().expect("a constant pattern")
}

/// Reads the pages that come with the program, which the first document would else wait for.
pub fn warm_up() {
    rules::Book::embedded();
}

pub mod catalog;
pub mod document;
mod embedded;
pub mod finding;
mod hash;
pub mod layout;
pub mod reading;
pub mod rules;
pub mod text;
pub mod verdict;

pub use document::{Analysis, Document};
