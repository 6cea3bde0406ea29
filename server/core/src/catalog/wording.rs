//! Wrong words and what is meant by them (`data/wording.toml`).

use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// A wrong word.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Word {
    /// As it is misprinted.
    pub wrong: String,
    /// What is meant.
    pub right: String,
    /// Behind it these make it another word.
    #[serde(default)]
    not_after: Vec<String>,
    /// Before it these make it another word.
    #[serde(default)]
    not_before: Vec<String>,
    /// A document that has one of these may mean it.
    #[serde(default)]
    pub absent: Vec<String>,
    /// Who says so.
    pub source: String,
}

#[derive(Deserialize)]
struct File {
    word: Vec<Word>,
}

static WORDS: LazyLock<Vec<Word>> = LazyLock::new(|| {
    let file: File = crate::embedded::list!("wording");
    file.word
});

/// All wrong words, by their numbers.
static WRONG: LazyLock<AhoCorasick> = LazyLock::new(|| super::words::any(WORDS.iter().map(|word| &word.wrong)));

/// The wrong words of a line, with their places.
pub fn slips(line: &str) -> impl Iterator<Item = (&'static Word, Range<usize>)> {
    WRONG.find_iter(line).filter_map(move |found| {
        let word = &WORDS[found.pattern()];
        let (before, after) = (&line[..found.start()], &line[found.end()..]);
        let meant = word.not_after.iter().any(|known| after.starts_with(known.as_str()))
            || word.not_before.iter().any(|known| before.ends_with(known.as_str()));
        (!meant).then(|| (word, found.range()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_word_is_found_and_differs_from_the_right_one() {
        for word in WORDS.iter() {
            assert!(!word.wrong.is_empty() && word.wrong != word.right && !word.source.is_empty(), "{}", word.wrong);
            assert_eq!(slips(&word.right).count(), 0, "{} holds a wrong word", word.right);
            assert_eq!(slips(&word.wrong).count(), 1, "{}", word.wrong);
        }
        let each: std::collections::BTreeSet<&str> = WORDS.iter().map(|word| word.wrong.as_str()).collect();
        assert_eq!(each.len(), WORDS.len());
    }

    #[test]
    fn a_longer_word_is_meant_where_it_says_so() {
        assert_eq!(slips("人民监督检察院、自己经办、预防犯罪、叫做为民").count(), 0);
        assert_eq!(
            slips("开展监督检察，及时拔付资金").map(|(word, _)| word.right.as_str()).collect::<Vec<_>>(),
            ["监督检查", "拨付"]
        );
    }
}
