//! A `[[suppress]]` entry for a finding, added to a `gouji.toml` without touching what stands there.

use std::fmt::Write;

use gouji_core::finding::{Complaint, Key, Severity};
use gouji_core::rules::Book;

use crate::date::Date;
use crate::globs::exactly;
use crate::read;

/// How much is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// This finding, wherever the same fact of the same disclosure is printed.
    Finding,
    /// The rule in this file.
    File,
    /// The rule in all files.
    Project,
}

/// What is to be added at the end of a text so that findings like this are hidden; `path` is that of the document below
/// the folder, with `/`. None where the text is such that nothing can be added to it.
pub fn added(text: &str, key: &Key, scope: Scope, path: &str, book: &Book) -> Option<String> {
    let mut entry = String::from("[[suppress]]\n");
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(entry, "{name} = {}", quoted(value));
        }
    };
    line("rule", &key.rule);
    match scope {
        Scope::Project => {}
        Scope::File => line("file", &exactly(path)),
        Scope::Finding => {
            match &key.body {
                Some(body) => line("body", body),
                None => line("file", &exactly(path)),
            }
            line("table", &key.table);
            line("what", &key.what);
            line("column", &key.column);
            key.year.into_iter().for_each(|year| {
                let _ = writeln!(entry, "year = {year}");
            });
        }
    }
    entry.push_str("reason = \"\"\n");
    let gap = match text {
        "" => "",
        text if text.ends_with("\n\n") => "",
        text if text.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let added = format!("{gap}{entry}");
    counts(text, &added, key, book).then_some(added)
}

/// Is the text still read as before, with one entry more that hides the finding?
fn counts(text: &str, added: &str, key: &Key, book: &Book) -> bool {
    let today = Date { year: 0, month: 1, day: 1 };
    let errors = |complaints: &[Complaint]| {
        complaints
            .iter()
            .filter(|own| own.severity == Severity::Error)
            .map(|own| own.message.clone())
            .collect::<Vec<_>>()
    };
    let (before, wrong) = read::read(text, book, today);
    let (after, still) = read::read(&format!("{text}{added}"), book, today);
    let new = after.suppressions.last();
    errors(&wrong) == errors(&still)
        && after.suppressions.len() == before.suppressions.len() + 1
        && new.is_some_and(|entry| entry.suppression.covers(key))
}

/// A basic string.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => out.extend(['\\', character]),
            '\t' => out.push_str("\\t"),
            '\n' | '\r' => out.push(' '),
            _ if character.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> Key {
        Key {
            rule: "NT09".into(),
            body: Some("某县“水务\"局\\".into()),
            year: Some(2025),
            table: String::new(),
            what: "机关运行经费".into(),
            column: String::new(),
        }
    }

    #[test]
    fn an_entry_is_added_to_whatever_is_there() {
        for text in [
            "",
            "# 注释",
            "unit = \"元\"\n",
            "[rules]\noff = [\"XT13\"]\n\n[[suppress]]\nrule = \"IN08\"\nreason = \"x\"",
            "[[files]]\npaths = [\"a\"]\nseverity = { NT09 = \"hint\" }\n\n\n",
            "wrong = 1\n",
            "unit = \"元",
        ] {
            for scope in [Scope::Finding, Scope::File, Scope::Project] {
                let added = added(text, &key(), scope, "甲/乙[1].txt", Book::embedded()).expect("an entry");
                assert!(!text.is_empty() || added.starts_with("[[suppress]]\nrule = \"NT09\"\n"), "{added}");
                assert!(added.ends_with("reason = \"\"\n"));
            }
        }
    }

    #[test]
    fn nothing_is_added_where_it_would_not_be_read() {
        for text in ["suppress = []\n", "[suppress]\n", "x = [\n"] {
            assert_eq!(added(text, &key(), Scope::Finding, "a.txt", Book::embedded()), None, "{text}");
        }
    }
}
