//! What a printed pair of code and name deserves.
//!
//! The lists are recalled, tables in PDF text are cut by lines and pages, and local 项 exist: so the burden of proof
//! lies with the list, and whatever could be the layout's doing is [`NameVerdict::Known`].

use super::names::stem;
use super::{Subject, SubjectList, normal_name};
use crate::text::script::is_han;

/// Shortest piece of a name that still tells which name it is a piece of. Subjects of two and three characters (文化,
/// 水利, 农林水) are names of their own; from four characters on, a piece is far more often a cell cut by a line or a
/// page (财政对城乡居) than a wrong name that happens to begin like the right one.
const TELLING: usize = 4;

/// What the list says to a printed code and name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NameVerdict<'a> {
    /// Listed, or not distinguishable from a listed pair: say nothing.
    Known,
    /// Listed for another year only. Years are recalled: a hint at most.
    OtherYear(&'a Subject),
    /// The code is not listed, which proves nothing: local and new 项 exist.
    Unlisted,
    /// The code is listed with these names and no other: worth a warning.
    OtherName(&'a [Subject]),
    /// The list is in doubt about the code, or the name cannot be read: say nothing.
    Uncertain,
}

impl SubjectList {
    /// Judges a printed pair. Without a year any listed name is known.
    pub fn verdict(&self, code: &str, name: &str, year: Option<u16>) -> NameVerdict<'_> {
        let name = normal_name(name);
        let printed = name.trim_end_matches(['…', '.']);
        let rows = self.by_code(code);
        let same = |row: &&Subject| stem(&normal_name(row.name)) == stem(printed);
        if rows.iter().filter(same).any(|row| year.is_none_or(|year| row.valid_in(year))) {
            return NameVerdict::Known;
        }
        if self.uncertain(code) || !legible(printed) {
            return NameVerdict::Uncertain;
        }
        if rows.is_empty() {
            return NameVerdict::Unlisted;
        }
        if let Some(row) = rows.iter().find(same) {
            return NameVerdict::OtherYear(row);
        }
        let another = self.by_name(printed).iter().any(|row| row.code != code.trim());
        if rows.iter().any(|row| is_damaged(printed, &normal_name(row.name), another)) {
            return NameVerdict::Known;
        }
        NameVerdict::OtherName(rows)
    }
}

/// True where the printed name may be the listed one, cut or with debris around it. `another` says that the printed
/// name, as it stands, is that of another subject: then only a beginning counts as cut, the commonest damage of all.
fn is_damaged(printed: &str, listed: &str, another: bool) -> bool {
    let telling = |piece: &str| piece.chars().count() >= TELLING;
    if telling(printed) && (listed.starts_with(printed) || !another && listed.ends_with(printed)) {
        return true;
    }
    // Debris before the name is a code or an ordinal, never more name; debris after it may be the next cell's words.
    printed.split_once(listed).is_some_and(|(before, after)| {
        !before.ends_with(is_han) && (!after.starts_with(is_han) || telling(listed) && !another)
    })
}

/// False for names with characters that PDF extraction makes up: radicals, compatibility forms, private use, U+FFFD.
fn legible(name: &str) -> bool {
    let made_up = |c| matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{e000}'..='\u{faff}' | '\u{fffd}');
    name.chars().any(is_han) && !name.chars().any(made_up)
}
