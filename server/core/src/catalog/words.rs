//! Lists of words that are looked for all at once. A pattern of a list takes several times as long to compile, and as much
//! more memory.

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};

/// Any of these words; of those that begin at one place, the longest.
pub fn any(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> AhoCorasick {
    made(words, MatchKind::LeftmostLongest)
}

/// Any of these words, those too that lie in one another.
pub fn any_that_overlap(words: impl IntoIterator<Item = impl AsRef<[u8]>>) -> AhoCorasick {
    made(words, MatchKind::Standard)
}

fn made(words: impl IntoIterator<Item = impl AsRef<[u8]>>, kind: MatchKind) -> AhoCorasick {
    let mut builder = AhoCorasick::builder();
    builder.match_kind(kind).kind(Some(AhoCorasickKind::ContiguousNFA)).build(words).expect("a short list of words")
}
