//! Texts of the field's words: what random bytes never reach.

use gouji_core::Document;
use gouji_core::rules::{Book, Selection};

use super::dictionary;
use super::holds::holds;

/// Reads each byte as a word, all rules checked, those that must be asked for too.
pub fn words(input: &[u8]) {
    let text = spoken(input);
    let all = Book::embedded().pages().map(|page| page.code.as_str());
    holds(&Document::open_with(&text, Selection::default().with(all)));
}

/// The text that bytes stand for.
pub fn spoken(input: &[u8]) -> String {
    let words = dictionary();
    input.iter().map(|byte| words[usize::from(*byte) % words.len()].as_str()).collect()
}
