//! The engine of gouji: text → blocks → tables → figures → relations → findings.
//!
//! No input or output, no runtime, no editor protocol. The floors, from the ground up, each importing only those
//! below it: [`text`], [`finding`] (plain data), [`layout`], [`catalog`], [`reading`], [`rules`], [`verdict`],
//! [`document`]. A test holds the order (`tests/floors.rs`).

/// A pattern that is compiled once.
macro_rules! pattern {
    ($source:expr) => {{
        static FORM: std::sync::LazyLock<regex::Regex> =
            std::sync::LazyLock::new(|| regex::Regex::new($source).expect("a constant pattern"));
        &*FORM
    }};
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
