//! What must hold of any input, as plain functions of bytes: the fuzzer calls them (`fuzz/`), and so does a short run in
//! the tests (`tests/fuzz.rs`), with the kept corpus and small changes of it. What does not hold panics.

mod bytes;
mod config;
mod edits;
mod frames;
mod holds;
mod mutate;
mod pages;
mod words;

pub use mutate::{Mutator, mutants};

/// A name, as `fuzz/run` takes it, and what is done with an input.
pub type Target = (&'static str, fn(&[u8]));

/// All of them. The corpus of each lies in `fuzz/corpus/NAME`.
pub const TARGETS: [Target; 6] = [
    ("bytes", bytes::bytes),
    ("words", words::words),
    ("edits", edits::edits),
    ("pages", pages::pages),
    ("config", config::config),
    ("frames", frames::frames),
];

/// The field's words, one a line, with `\t` and `\n` as in Rust: bare bytes never make a disclosure.
pub const WORDS: &str = include_str!("../../../fuzz/words.txt");

/// [`WORDS`] as texts.
pub fn dictionary() -> Vec<String> {
    WORDS.lines().map(|line| line.replace("\\t", "\t").replace("\\n", "\n").replace("\\r", "\r")).collect()
}

/// Calls a target by its name.
///
/// # Panics
/// Where something does not hold, or where there is no such target.
pub fn run(name: &str, input: &[u8]) {
    let (_, body) = TARGETS.iter().find(|(own, _)| *own == name).expect("a target of this name");
    body(input);
}
