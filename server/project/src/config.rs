//! What `gouji.toml` says, as it was understood.

use gouji_core::catalog::Unit;
use gouji_core::finding::Severity;
use gouji_core::rules::{Selection, Suppression};
use gouji_core::text::Span;

use crate::date::Date;
use crate::globs::Globs;

/// The whole file.
#[derive(Clone, Debug, Default)]
pub struct Config {
    /// The lowest severity that is shown.
    pub floor: Option<Severity>,
    /// The unit of tables that state none.
    pub unit: Option<Unit>,
    /// Which rules.
    pub rules: Choice,
    /// What holds for some files only.
    pub files: Vec<Section>,
    /// What is known and accepted.
    pub suppressions: Vec<Entry>,
}

/// Rules switched off, then on, and their severities; codes of the book.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// Not these.
    pub off: Vec<String>,
    /// These, all the same.
    pub on: Vec<String>,
    /// Said so loudly.
    pub severities: Vec<(String, Severity)>,
}

impl Choice {
    /// The selection as this choice leaves it.
    pub fn apply(&self, selection: Selection) -> Selection {
        let off = self.off.iter().map(String::as_str);
        let chosen = selection.and_without(off).with(self.on.iter().map(String::as_str));
        self.severities.iter().fold(chosen, |chosen, (code, severity)| chosen.with_severity(code, *severity))
    }
}

/// `[[files]]`.
#[derive(Clone, Debug, Default)]
pub struct Section {
    /// Which files.
    pub paths: Globs,
    /// Are they checked at all?
    pub check: Option<bool>,
    /// The unit of their tables that state none.
    pub unit: Option<Unit>,
    /// Which rules.
    pub rules: Choice,
}

/// `[[suppress]]`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Where it begins.
    pub at: Span,
    /// What it means; its number is its place among the entries.
    pub suppression: Suppression,
    /// In which files; in all, where none is named.
    pub files: Option<Globs>,
    /// The last day it counts.
    pub until: Option<Date>,
}

impl Entry {
    /// Does it count for a file (its path below the folder, with `/`) on a day?
    pub fn counts(&self, file: &str, today: Date) -> bool {
        self.until.is_none_or(|until| today <= until) && self.files.as_ref().is_none_or(|files| files.fit(file))
    }
}
