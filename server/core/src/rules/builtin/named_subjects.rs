//! 科目 that the narrative names with their level: 教育支出（类）普通教育（款）小学教育（项）.

use std::collections::BTreeMap;

use super::{change, note, place};
use crate::catalog::subjects::{Level, List, normal_name, subjects};
use crate::finding::{Message, Severity};
use crate::reading::Section;
use crate::reading::class::Class;
use crate::reading::fact_table::FactRow;
use crate::reading::prose::Prose;
use crate::reading::source::SourceLine;
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::note::NotePlace;

/// CN04: a name with its level is one that the tables or the lists have, or says nothing we can judge; it is a slip only
/// where it is a character or two from a name of that level and no name itself.
pub fn names(context: &Context, page: usize, laid: &mut Laid) {
    let mut said: Vec<String> = Vec::new();
    for (number, section) in context.sections.of(Class::is_narrative) {
        for found in &section.kept.get(|| Mentions::of(section)).0 {
            if said.contains(&found.name) {
                continue;
            }
            if let Some(right) = meant(context, found) {
                said.push(found.name.clone());
                laid.notes.push(slip(page, number, found, &right));
            } else if found.level > 1 && is_class_only(context, found) {
                said.push(found.name.clone());
                laid.notes.push(level_slip(page, number, found));
            }
        }
    }
}

struct Mention {
    name: String,
    level: u8,
    span: crate::text::Span,
}

/// The names of a section that surely begin where they are said to begin: behind a mark or a line's start.
struct Mentions(Vec<Mention>);

impl Mentions {
    fn of(section: &Section) -> Self {
        let named = ["（类", "（款", "（项"].iter().any(|level| section.prose.contains(level));
        Self(if named { mentions(section) } else { Vec::new() })
    }
}

fn mentions(section: &Section) -> Vec<Mention> {
    let lines: Vec<SourceLine> = section.lines().collect();
    let prose = Prose::of(&lines);
    let text = &prose.folded.text;
    let form = pattern!(r"(?:^|[\n，。；：、）.\d])([\p{Han}、]{2,30})（(类|款|项)");
    form.captures_iter(text)
        .filter_map(|found| {
            let name = found.get(1)?;
            let level = match &found[2] {
                "类" => 1,
                "款" => 2,
                _ => 3,
            };
            Some(Mention { name: name.as_str().to_owned(), level, span: prose.span(name.range()) })
        })
        .collect()
}

/// What is meant by a name that is none.
enum Meant<'a> {
    /// A row of the document's own tables.
    Row(&'a FactRow),
    /// A name of the lists only.
    Listed(&'static str),
}

fn meant<'a>(context: &Context<'a>, mention: &Mention) -> Option<Meant<'a>> {
    let list = subjects(List::Functional);
    let printed = normal_name(&mention.name).into_owned();
    // Words before the name may have come along: then some end of it is a name.
    let known = |name: &str| {
        !list.by_name(name).is_empty() || !list.by_name(&format!("{name}支出")).is_empty() || listed_stem(name)
    };
    let ends = printed.char_indices().map(|(at, _)| &printed[at..]).filter(|end| end.chars().count() >= 2);
    if ends.clone().any(known) {
        return None;
    }
    let of_level = || {
        let tables = context.disclosure.tables(|form| !form.is_economic());
        tables.flat_map(|table| &table.rows).filter(|fact| fact.row.kind == RowKind::Subject(mention.level))
    };
    if ends.clone().any(|end| of_level().any(|fact| normal_name(&fact.row.name.text) == end)) {
        return None;
    }
    let mut near: BTreeMap<String, &FactRow> = BTreeMap::new();
    for fact in of_level().filter(|fact| fact.row.name_sure) {
        let name = normal_name(&fact.row.name.text).into_owned();
        if differs_little(&printed, &name) {
            near.insert(name, fact);
        }
    }
    if near.len() == 1 {
        return near.into_values().next().map(Meant::Row);
    }
    // The lists alone accuse of a wrong or missing character in a long name, no more.
    let level = [Level::Class, Level::Section, Level::Item][usize::from(mention.level) - 1];
    let mut listed: Vec<&'static str> = list
        .rows()
        .iter()
        .filter(|row| row.level == level && row.seen && !list.uncertain(row.code))
        .filter(|row| distance(&printed, row.name, 1).is_some() && printed.chars().count() >= 6)
        .map(|row| row.name)
        .collect();
    listed.sort_unstable();
    listed.dedup();
    match listed.as_slice() {
        [only] if near.is_empty() => Some(Meant::Listed(only)),
        _ => None,
    }
}

/// The name of a 类, 支出 included, that no 款 or 项 bears, in the lists or in the document's tables: 援助其他地区支出 has
/// 款 of these names without 支出. The list of 类 is whole.
fn is_class_only(context: &Context, mention: &Mention) -> bool {
    let list = subjects(List::Functional);
    let name = normal_name(&mention.name);
    let of = |class: bool| {
        let mut rows = list.rows().iter();
        rows.any(|row| (row.level == Level::Class) == class && row.name == name)
    };
    let tables = context.disclosure.tables(|form| !form.is_economic());
    let printed = tables.flat_map(|table| &table.rows).any(|fact| {
        matches!(fact.row.kind, RowKind::Subject(level) if level > 1) && normal_name(&fact.row.name.text) == name
    });
    name.ends_with("支出") && of(true) && !of(false) && !printed
}

fn level_slip(page: usize, section: u32, found: &Mention) -> crate::rules::note::Note {
    let word = if found.level == 2 { "款" } else { "项" };
    let message = Message::new(
        format!("“{}”是类级科目，此处写作{word}级", found.name),
        format!("“{}” is a 类; it is called a {word} here", found.name),
    );
    let at = NotePlace { section, span: found.span, chars: None, message };
    note(page, Severity::Hint, at, format!("{}/{word}", found.name))
}

/// A name that lists print with 支出 and documents without, or the other way round.
fn listed_stem(name: &str) -> bool {
    name.strip_suffix("支出").is_some_and(|stem| !subjects(List::Functional).by_name(stem).is_empty())
}

/// One slip for a name of four characters, two from eight on.
fn differs_little(a: &str, b: &str) -> bool {
    let length = a.chars().count().min(b.chars().count());
    let limit = if length >= 8 { 2 } else { 1 };
    // 中央 for 地方, 一般 for 专项: other words, not slips, change the head of a name.
    length >= 4 && distance(a, b, limit).is_some() && a.chars().next() == b.chars().next()
}

/// Characters to put in, take out or replace, up to a limit; none beyond it, or where the names are equal.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a == b || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[head..], &b[head..]);
    let tail = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    // What is left between head and tail is at fault, whole.
    let off = (a.len() - tail).max(b.len() - tail);
    (off <= limit).then_some(off)
}

fn slip(page: usize, section: u32, found: &Mention, right: &Meant) -> crate::rules::note::Note {
    let name = &found.name;
    let at = |message| NotePlace { section, span: found.span, chars: None, message };
    match right {
        Meant::Row(fact) => {
            let new = &fact.row.name.text;
            let message = Message::new(
                format!("“{name}”不是科目名称，表中的科目是“{}”", fact.row.what()),
                format!("“{name}” is no subject; the tables have “{}”", fact.row.what()),
            );
            let mut out = note(page, Severity::Warning, at(message), name.clone());
            out.related.push(place(
                fact.section,
                &fact.row.name,
                Message::new("表中的科目名称", "The subject in the table"),
            ));
            out.fixes.push(change(new));
            out.certain = true;
            out
        }
        Meant::Listed(new) => {
            let message = Message::new(
                format!("“{name}”不是科目名称，与“{new}”只差一字"),
                format!("“{name}” is no subject; it is one character from “{new}”"),
            );
            let mut out = note(page, Severity::Hint, at(message), name.clone());
            out.fixes.push(change(new));
            out
        }
    }
}
