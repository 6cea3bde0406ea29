//! The engine of gouji: text → blocks → tables → figures → relations → findings.
//!
//! No input or output, no runtime, no editor protocol. The floors, from the ground up, each importing only those
//! below it: [`text`], [`finding`] (plain data), [`layout`], [`catalog`], [`reading`], [`rules`], [`verdict`],
//! [`document`]. A test holds the order (`tests/floors.rs`).

/// A pattern that is compiled once.
macro_rules! pattern {
    ($source:expr) => {{
        static FORM: std::sync::LazyLock<regex::Regex> = std::sync::LazyLock::new(|| $crate::compiled($source));
        &*FORM
    }};
}

/// What a search may keep of the automaton it builds as it goes, in bytes; past it, it begins anew. By default each
/// pattern may keep megabytes for each thread that ever searched with it: of texts that differ all day a server would
/// grow for hours.
const AUTOMATON: usize = 1 << 17;

/// A constant pattern.
pub(crate) fn compiled(source: &str) -> regex::Regex {
    regex::RegexBuilder::new(source).dfa_size_limit(AUTOMATON).build().expect("a constant pattern")
}

pub mod catalog;
pub mod document;
pub mod finding;
pub mod layout;
pub mod reading;
pub mod rules;
pub mod text;
pub mod verdict;

pub use document::{Analysis, Document};
