//! Codes of projects (项目编码) and of what is bought (品目编码).

use std::collections::BTreeMap;

use super::{at, note, place};
use crate::catalog::name::fold;
use crate::catalog::procurement::{self, by_code, by_name};
use crate::finding::{Message, Severity};
use crate::reading::Section;
use crate::reading::sheet::Sheet;
use crate::reading::table::{Label, RowKind};
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;
use crate::rules::note::Note;
use crate::text::Rest;
use crate::text::rest::is_digit;

/// Length of a project code: 6 of the region, 2 of the year, a letter, 12 more.
const LENGTH: usize = 21;

/// Does a code begin as those of the integrated budget system do?
fn is_system_code(code: &str) -> bool {
    let is_sign = |c: char| is_digit(c) || c.is_ascii_uppercase();
    let mut rest = Rest(code);
    let region = rest.take_digits(8).chars().count();
    let letter = rest.0.starts_with(|c: char| c.is_ascii_uppercase());
    region == 8 && letter && (7..=19).contains(&rest.0.chars().count()) && rest.0.chars().all(is_sign)
}

/// The code of a project and its name.
#[derive(PartialEq)]
struct Coded {
    code: Label,
    name: String,
    /// The sheet has cells: else the code may have been cut.
    cells: bool,
}

impl Facet for Coded {
    fn of(section: &Section) -> Self {
        let of = |label: fn(&Sheet) -> &Label| section.sheet.as_ref().map(label).cloned().unwrap_or_default();
        Self { code: of(|sheet| &sheet.code), name: of(|sheet| &sheet.name).text, cells: section.has_cells() }
    }
}

/// CN08: project codes have 21 characters, one region, no later year than the budget's, and are not used twice.
pub fn projects(context: &Context, page: usize, laid: &mut Laid) {
    let all = context.sections.facets::<Coded>(|class| class.sheet);
    let sheets: Vec<(u32, &Coded)> = all.filter(|(_, sheet)| is_system_code(&sheet.code.text)).collect();
    let whole: Vec<&(u32, &Coded)> = sheets.iter().filter(|(_, sheet)| sheet.code.text.len() == LENGTH).collect();
    for (section, sheet) in &sheets {
        let length = sheet.code.text.len();
        // The form of code must be this body's own.
        if length != LENGTH && sheet.cells && whole.len() * 2 >= sheets.len() {
            let message = Message::new(
                format!("项目编码 {} 为 {length} 位，应为 {LENGTH} 位", sheet.code.text),
                format!("The project code {} has {length} characters instead of {LENGTH}", sheet.code.text),
            );
            laid.notes.push(said(page, *section, sheet, message));
        }
    }
    regions(page, &whole, laid);
    years(context, page, &whole, laid);
    twice(page, &whole, laid);
}

fn said(page: usize, section: u32, sheet: &Coded, message: Message) -> Note {
    let key = format!("{}/{}", sheet.name, sheet.code.text);
    note(page, Severity::Warning, place(section, &sheet.code, message), key)
}

/// One region that nearly all codes begin with; another that differs from it in one digit, or has two exchanged. Codes
/// of a province or a city (…00) are those of projects handed down.
fn regions(page: usize, whole: &[&(u32, &Coded)], laid: &mut Laid) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, sheet) in whole {
        *counts.entry(&sheet.code.text[..6]).or_default() += 1;
    }
    let Some((right, most)) = counts.iter().max_by_key(|(_, count)| **count).map(|(code, count)| (*code, *count))
    else {
        return;
    };
    if most < 3 {
        return;
    }
    for (section, sheet) in whole {
        let own = &sheet.code.text[..6];
        let off = own.bytes().zip(right.bytes()).filter(|(a, b)| a != b).count();
        let same_digits = {
            let sorted = |text: &str| {
                let mut bytes = text.as_bytes().to_vec();
                bytes.sort_unstable();
                bytes
            };
            sorted(own) == sorted(right)
        };
        if counts[own] == 1 && !own.ends_with("00") && (off == 1 || off == 2 && same_digits) {
            let message = Message::new(
                format!("项目编码的区划 {own} 与其他项目的 {right} 不一致"),
                format!("The region {own} of this project code is {right} in the others"),
            );
            let mut found = said(page, *section, sheet, message);
            let new = format!("{right}{}", &sheet.code.text[6..]);
            found.fixes.push(super::change(&new));
            laid.notes.push(found);
        }
    }
}

/// A project of this budget was coded in its year or before.
fn years(context: &Context, page: usize, whole: &[&(u32, &Coded)], laid: &mut Laid) {
    let Some(year) = context.disclosure.year else { return };
    for (section, sheet) in whole {
        let Ok(own) = sheet.code.text[6..8].parse::<u16>() else { continue };
        if 2000 + own > year {
            let message = Message::new(
                format!("项目编码 {} 的年份 20{own:02} 晚于预算年度 {year}", sheet.code.text),
                format!("The year 20{own:02} in the project code {} is after the budget year {year}", sheet.code.text),
            );
            laid.notes.push(said(page, *section, sheet, message));
        }
    }
}

/// One code, two projects. The pages of one sheet bear one name.
fn twice(page: usize, whole: &[&(u32, &Coded)], laid: &mut Laid) {
    let mut first: BTreeMap<&str, (u32, &Coded)> = BTreeMap::new();
    for (section, sheet) in whole {
        let Some((other, known)) = first.get(sheet.code.text.as_str()) else {
            first.insert(&sheet.code.text, (*section, sheet));
            continue;
        };
        let (a, b) = (fold(&known.name), fold(&sheet.name));
        if a.is_empty() || b.is_empty() || a.contains(&b) || b.contains(&a) {
            continue;
        }
        let message = Message::new(
            format!("项目编码 {} 与另一项目“{}”的相同", sheet.code.text, known.name),
            format!("The project code {} is also that of “{}”", sheet.code.text, known.name),
        );
        let mut found = said(page, *section, sheet, message);
        found.related.push(place(*other, &known.code, Message::new("另一处的编码", "The same code elsewhere")));
        laid.notes.push(found);
    }
}

/// CN09: codes of what is bought have the form of one of the two editions, and a listed name is not under the code of
/// quite another thing. The lists are subsets: a code that is not listed proves nothing, nor does a name.
pub fn procurement(context: &Context, page: usize, laid: &mut Laid) {
    let Some(table) = context.disclosure.table("政府采购表") else { return };
    for fact in table.rows.iter().filter(|fact| fact.row.kind == RowKind::Item) {
        let name = &fact.row.name;
        let (open, close) = (name.text.matches(['（', '(']).count(), name.text.matches(['）', ')']).count());
        if fact.row.name_sure && open != close {
            let message = Message::new(
                format!("物品名称“{}”的括号不成对", name.text),
                format!("The brackets in the item “{}” do not match", name.text),
            );
            laid.notes.push(note(page, Severity::Hint, place(fact.section, name, message), name.text.clone()));
        }
        let Some(code) = &fact.row.code else { continue };
        if context.sections[fact.section as usize].has_cells() && is_cut(&code.text) {
            let message = Message::new(
                format!("品目编码 {} 的位数不对", code.text),
                format!("The catalogue code {} has a wrong number of digits", code.text),
            );
            laid.notes.push(note(page, Severity::Warning, place(fact.section, code, message), code.text.clone()));
            continue;
        }
        if let Some((listed, right)) = misplaced(&code.text, &name.text) {
            let message = Message::new(
                format!("品目编码 {} 是“{listed}”，物品名称却是“{}”（编码 {right}）", code.text, name.text),
                format!("The code {} is “{listed}”, but the item is “{}” ({right})", code.text, name.text),
            );
            let mut found = note(page, Severity::Warning, place(fact.section, code, message), code.text.clone());
            found.related.push(at(fact.section, name.span, Message::new("物品名称", "The item")));
            laid.notes.push(found);
        }
    }
}

/// Two digits a level in the edition of 2013, eight digits in that of 2022: an odd number of digits is none of both.
/// Short codes may be of a local list.
fn is_cut(code: &str) -> bool {
    let mut rest = Rest(code);
    rest.take(&["A", "B", "C"]) && matches!(rest.take_digits(9).chars().count(), 5 | 7 | 9) && rest.is_empty()
}

/// The name a code is listed with and the code its printed name is listed with, where they are of different classes.
fn misplaced(code: &str, name: &str) -> Option<(&'static str, &'static str)> {
    procurement::kind(code)?;
    let listed = by_code(code);
    let mut right = by_name(name).peekable();
    let first = right.peek()?.code;
    let class = |code: &str| code.get(..3).map(str::to_owned);
    let apart = right
        .all(|item| class(item.code) != class(code) && !item.code.starts_with(code) && !code.starts_with(item.code));
    let unlike = !listed.is_empty()
        && listed.iter().all(|item| !item.name.contains(name) && !name.contains(item.name) && item.seen);
    // The editions give one class different letters and numbers: a name that only one of them lists proves nothing of
    // a code that only the other lists.
    let same_edition = listed.iter().any(|item| by_name(name).any(|other| other.edition == item.edition));
    (apart && unlike && same_edition).then(|| (listed[0].name, first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const CODES: [&str; 9] = ["A", "B", "D", "0000", "12", "３", "4970725", "P", "p"];

    proptest! {
        #[test]
        fn codes_are_told_as_patterns_would(code in of(&CODES)) {
            prop_assert_eq!(is_system_code(&code), pattern!(r"^\d{8}[A-Z][0-9０-９A-Z]{6,18}$").is_match(&code), "{}", code);
            prop_assert_eq!(is_cut(&code), pattern!(r"^[ABC](?:\d{5}|\d{7}|\d{9})$").is_match(&code), "{}", code);
        }
    }
}
