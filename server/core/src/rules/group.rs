//! The groups of rules, for lists of them.

use std::sync::LazyLock;

use serde::Deserialize;

use super::book::Book;
use super::page::Page;
use crate::finding::Message;

/// A group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The letters of its codes; empty for what is in no other group.
    pub letters: String,
    /// What its rules look at.
    pub name: Message,
}

#[derive(Deserialize)]
struct Entry {
    letters: String,
    name: String,
    name_en: String,
}

#[derive(Deserialize)]
struct File {
    group: Vec<Entry>,
}

static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
    let file: File = crate::embedded::list!("groups");
    let group = |own: Entry| Group { letters: own.letters, name: Message::new(own.name, own.name_en) };
    file.group.into_iter().map(group).collect()
});

/// The pages of a book by group, in the order in which they are shown; the empty groups left out, those of pages of
/// one's own last.
pub fn grouped(book: &Book) -> Vec<(Group, Vec<&Page>)> {
    let of = |letters: &str| -> Vec<&Page> { book.pages().filter(|page| page.group() == letters).collect() };
    let mut out: Vec<(Group, Vec<&Page>)> = GROUPS.iter().map(|group| (group.clone(), of(&group.letters))).collect();
    let rest = book.pages().filter(|page| GROUPS.iter().all(|group| group.letters != page.group())).collect();
    out.push((Group { letters: String::new(), name: Message::new("其他", "Others") }, rest));
    out.retain(|(_, pages)| !pages.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_page_is_in_one_group_with_a_name() {
        let all = grouped(Book::embedded());
        assert_eq!(all.iter().map(|(_, pages)| pages.len()).sum::<usize>(), Book::embedded().pages().len());
        assert!(all.iter().all(|(group, _)| !group.letters.is_empty()), "{:?}", all.last());
    }
}
