//! What a disclosure must hold: tables and topics (`data/publication.toml`).

use std::iter::repeat;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use serde::Deserialize;

/// A table that must be published.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    /// The id of its form.
    pub form: String,
    /// A caption with 表 and one of these may be its title.
    pub words: Vec<String>,
    /// The first budget year it is wanted in; none for always.
    pub since: Option<u16>,
    /// Of final accounts, not of a budget.
    #[serde(default)]
    pub accounts: bool,
}

/// A table that may be published empty, with a note.
#[derive(Debug, Deserialize)]
pub struct MayBeEmpty {
    /// The id of its form.
    pub form: String,
    /// How a note names it.
    pub words: Vec<String>,
    /// Of final accounts, not of a budget.
    #[serde(default)]
    pub accounts: bool,
}

/// A topic of the narrative.
#[derive(Debug, Deserialize)]
pub struct Topic {
    /// What it is called.
    pub name: String,
    /// A text that has one of these speaks of it.
    pub words: Vec<String>,
}

/// All of it.
#[derive(Debug, Deserialize)]
pub struct Publication {
    /// The nine tables.
    #[serde(rename = "table")]
    pub tables: Vec<Wanted>,
    /// Those that may be empty.
    pub empty: Vec<MayBeEmpty>,
    /// What the narrative speaks of.
    #[serde(rename = "topic")]
    pub topics: Vec<Topic>,
}

static PUBLICATION: LazyLock<Publication> = LazyLock::new(|| crate::embedded::list!("publication"));

/// What must be published.
pub fn publication() -> &'static Publication {
    &PUBLICATION
}

/// The words of all topics, and of which topic each is.
struct TopicWords {
    words: AhoCorasick,
    of: Vec<usize>,
}

static TOPIC_WORDS: LazyLock<TopicWords> = LazyLock::new(|| {
    let words = || publication().topics.iter().enumerate().flat_map(|(topic, own)| own.words.iter().zip(repeat(topic)));
    let (each, of): (Vec<&String>, Vec<usize>) = words().unzip();
    TopicWords { words: super::words::any_that_overlap(&each), of }
});

/// The topics that a text speaks of, by their numbers; one may come several times.
pub fn topics_in(text: &str) -> impl Iterator<Item = usize> {
    TOPIC_WORDS.words.find_overlapping_iter(text).map(|found| TOPIC_WORDS.of[found.pattern()])
}

impl MayBeEmpty {
    /// Does a folded note name this table?
    pub fn named_in(&self, note: &str) -> bool {
        self.words.iter().any(|word| note.contains(word.as_str()))
    }
}

impl Wanted {
    /// May a folded caption be its title?
    pub fn may_be(&self, caption: &str) -> bool {
        self.words.iter().any(|word| caption.contains(word.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::forms;

    #[test]
    fn a_text_has_the_topics_of_its_words() {
        for topic in &publication().topics {
            let text: String = topic.words.iter().map(|word| format!("有关{word}的")).collect();
            let wanted = publication().topics.iter().enumerate();
            let wanted: Vec<usize> = wanted
                .filter(|(_, other)| other.words.iter().any(|word| text.contains(word.as_str())))
                .map(|(number, _)| number)
                .collect();
            let mut found: Vec<usize> = topics_in(&text).collect();
            found.dedup();
            assert_eq!(found, wanted, "{}", topic.name);
        }
        assert_eq!(topics_in("支出总表").count(), 0);
    }

    #[test]
    fn every_form_is_known() {
        let all = publication();
        let tables = all.tables.iter().map(|table| (&table.form, table.accounts));
        for (id, accounts) in tables.chain(all.empty.iter().map(|table| (&table.form, table.accounts))) {
            assert!(accounts && id.starts_with('F') || !accounts && forms::by_id(id).is_some(), "{id}");
        }
        assert!([true, false].map(|kind| all.tables.iter().filter(|table| table.accounts == kind).count()) == [9, 9]);
        assert!(all.topics.iter().all(|topic| !topic.words.is_empty()));
    }
}
