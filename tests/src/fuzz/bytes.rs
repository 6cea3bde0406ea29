//! Arbitrary bytes, as a file holds them: decoding → layout → figures → relations → findings and repairs.

use gouji_core::Document;
use gouji_files::{decode, encode};

use super::holds::holds;

/// Reads bytes as a file is read.
pub fn bytes(input: &[u8]) {
    let Ok(source) = decode(input.to_vec()) else { return };
    // GB18030 has a second spelling for a few characters.
    if source.script.encoding != "GB18030" {
        assert_eq!(encode(&source.text, source.script), input, "written as it was read");
    }
    holds(&Document::open(&source.text));
}
