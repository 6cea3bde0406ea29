//! Names and codes of the publishing body.

use std::collections::BTreeMap;

use super::place;
use crate::finding::{Message, Severity};
use crate::reading::mentions::BodyMention;
use crate::reading::table::Label;
use crate::rules::context::{Context, Laid, SameText};
use crate::rules::note::Note;
use crate::text::Span;

fn mentions<'a>(context: &Context<'a>) -> Vec<(u32, &'a BodyMention)> {
    let naming = context.sections.of(|class| class.bodies);
    naming.flat_map(|(number, section)| section.bodies.iter().map(move |body| (number, body))).collect()
}

/// CN06: the body is called the same in titles and table heads.
pub fn names(context: &Context, page: usize, laid: &mut Laid) {
    let Some(name) = context.disclosure.body() else { return };
    let all = mentions(context);
    let Some((right_section, right)) = all.iter().find(|(_, body)| body.name.text == *name) else { return };
    let mut said = Vec::new();
    for (section, body) in &all {
        let other = &body.name.text;
        let same_code = matches!((&body.code, &right.code), (Some(a), Some(b)) if a.text == b.text);
        let uncoded = body.code.is_none();
        if other == name || said.contains(&other) || !(same_code || uncoded) || !nearly(other, name) {
            continue;
        }
        said.push(other);
        laid.notes.push(Note {
            page,
            severity: Severity::Warning,
            at: place(
                *section,
                &body.name,
                Message::new(
                    format!("单位名称“{other}”与他处的“{name}”不一致"),
                    format!("The body is “{other}” here and “{name}” elsewhere"),
                ),
            ),
            related: vec![place(*right_section, &right.name, Message::new("他处的名称", "The name elsewhere"))],
            fixes: vec![(Message::new(format!("改为 {name}"), format!("Change to {name}")), None, name.to_owned())],
            certain: false,
            key: other.clone(),
            explains: Vec::new(),
        });
    }
}

/// The same body with a slip, or with another ending: not a subordinate (本级, …中心 of its own).
fn nearly(a: &str, b: &str) -> bool {
    if a.contains(b) || b.contains(a) {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let longest = a.len().max(b.len());
    // One character, or 部门 for 局.
    longest >= 5 && (same + tail + 1 >= longest || tail == 0 && same >= 4 && same + 2 >= longest)
}

/// CN07: one name has one code, and the codes of units begin with that of their department.
pub fn codes(context: &Context, page: usize, laid: &mut Laid) {
    let all = mentions(context);
    /// For each code of a name, where it is printed.
    type Codes<'a> = BTreeMap<&'a str, Vec<(u32, &'a Label)>>;
    let mut by_name: BTreeMap<(&str, usize), Codes> = BTreeMap::new();
    for (section, body) in &all {
        let Some(code) = &body.code else { continue };
        by_name
            .entry((&body.name.text, code.text.len()))
            .or_default()
            .entry(&code.text)
            .or_default()
            .push((*section, code));
    }
    for ((name, _), codes) in &by_name {
        let places: Vec<(u32, Span)> =
            codes.values().flatten().map(|(section, label)| (*section, label.span)).collect();
        if places.len() > 1 {
            laid.texts.push(SameText { page, places, holds: codes.len() == 1 });
        }
        let Some((right, places)) = codes.iter().max_by_key(|(_, places)| places.len()) else { continue };
        for (code, wrong) in codes.iter().filter(|(code, wrong)| *code != right && wrong.len() < places.len()) {
            for (section, label) in wrong {
                laid.notes.push(Note {
                    page,
                    severity: Severity::Error,
                    at: place(
                        *section,
                        label,
                        Message::new(
                            format!("{name}的编码 {code} 与他处的 {right} 不一致"),
                            format!("The code of {name} is {code} here and {right} elsewhere"),
                        ),
                    ),
                    related: places
                        .iter()
                        .take(3)
                        .map(|(section, label)| {
                            place(*section, label, Message::new("他处的编码", "The code elsewhere"))
                        })
                        .collect(),
                    fixes: vec![(
                        Message::new(format!("改为 {right}"), format!("Change to {right}")),
                        None,
                        (*right).to_owned(),
                    )],
                    certain: true,
                    key: format!("{name}/{code}"),
                    explains: Vec::new(),
                });
            }
        }
    }
    let departments: Vec<&str> = all
        .iter()
        .filter_map(|(_, body)| body.code.as_ref())
        .filter(|code| code.text.len() == 3)
        .map(|code| code.text.as_str())
        .collect();
    let Some(department) = departments.first().filter(|first| departments.iter().all(|code| code == *first)) else {
        return;
    };
    let mut said = Vec::new();
    for (section, body) in &all {
        let Some(code) = body.code.as_ref().filter(|code| code.text.len() > 3 && !code.text.starts_with(department))
        else {
            continue;
        };
        if said.contains(&&code.text) {
            continue;
        }
        said.push(&code.text);
        laid.notes.push(Note {
            page,
            severity: Severity::Error,
            at: place(
                *section,
                code,
                Message::new(
                    format!("单位编码 {} 应以部门编码 {department} 开头", code.text),
                    format!("The unit's code {} should begin with the department's code {department}", code.text),
                ),
            ),
            related: Vec::new(),
            fixes: Vec::new(),
            certain: false,
            key: code.text.clone(),
            explains: Vec::new(),
        });
    }
}

/// YY06: titles and table heads state one budget year.
pub fn years(context: &Context, page: usize, laid: &mut Laid) {
    let stating = || context.sections.of(|class| class.years);
    let told = || {
        stating()
            .flat_map(|(number, section)| section.told_years.iter().map(move |(year, span)| (number, *year, *span)))
    };
    let Some(year) = context.disclosure.year.or_else(|| told().map(|(_, year, _)| year).max()) else { return };
    let all: Vec<(u32, u16, Span)> = stating()
        .flat_map(|(number, section)| section.years.iter().map(move |(year, span)| (number, *year, *span)))
        .collect();
    // What sentences say of another year may be a comparison: only those of this year stand beside the heads.
    let told = told().filter(|(_, told, _)| *told == year).map(|(section, _, span)| (section, span));
    let mut places: Vec<(u32, Span)> = all.iter().map(|(section, _, span)| (*section, *span)).chain(told).collect();
    places.sort_by_key(|(section, span)| (*section, span.start));
    places.dedup();
    if places.len() > 1 {
        laid.texts.push(SameText { page, places, holds: all.iter().all(|(_, stated, _)| *stated == year) });
    }
    let right: Vec<_> = all.iter().filter(|(_, stated, _)| *stated == year).collect();
    for (section, wrong, span) in all.iter().filter(|(_, stated, _)| *stated != year) {
        let new = year.to_string();
        let label = |span: Span, text: u16| Label { text: text.to_string(), span };
        laid.notes.push(Note {
            page,
            severity: Severity::Warning,
            at: place(
                *section,
                &label(*span, *wrong),
                Message::new(
                    format!("预算年度 {wrong} 与他处的 {year} 不一致"),
                    format!("The budget year is {wrong} here and {year} elsewhere"),
                ),
            ),
            related: right
                .iter()
                .take(3)
                .map(|(section, year, span)| {
                    place(*section, &label(*span, *year), Message::new("他处的年度", "The year elsewhere"))
                })
                .collect(),
            fixes: vec![(Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new)],
            certain: right.len() >= 3,
            key: format!("{section}"),
            explains: Vec::new(),
        });
    }
}
