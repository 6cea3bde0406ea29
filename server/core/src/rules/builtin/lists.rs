//! Enumerations of the narrative.

use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

use rust_decimal::Decimal;

use super::project::projects;
use super::{figure_place, similar};
use crate::finding::{Message, Severity};
use crate::hash::Map;
use crate::reading::FigureId;
use crate::reading::statement::{Aspect, Statement};
use crate::rules::context::{Context, Laid};
use crate::rules::note::{Note, NotePlace};
use crate::rules::rowset::project_key;

/// NN05: the same item, or nearly the same, stands twice in one enumeration.
pub fn duplicates(context: &Context, page: usize, laid: &mut Laid) {
    let mut lists: BTreeMap<(u32, usize), Vec<&Statement>> = BTreeMap::new();
    for (section, _, statement) in context.disclosure.statements() {
        if let (Some(parent), Aspect::Level, None) = (statement.parent, statement.aspect, statement.measure) {
            lists.entry((section, parent)).or_default().push(statement);
        }
    }
    for ((section, parent), items) in lists {
        let whole = &context.sections[section as usize].statements[parent];
        if whole.aspect != Aspect::Level {
            continue;
        }
        let value = |item: &Statement| -> Decimal { context.figure(FigureId { section, index: item.figure }).value() };
        let total = value(whole);
        let sum: Decimal = items.iter().map(|item| value(item)).sum();
        let mut firsts: Map<(String, Decimal), &Statement> = Map::default();
        for second in &items {
            let core = similar::core(&second.label.text);
            if core.chars().count() < 3 {
                continue;
            }
            let first = match firsts.entry((core, value(second))) {
                Entry::Occupied(first) => *first.get(),
                Entry::Vacant(place) => {
                    place.insert(second);
                    continue;
                }
            };
            let explained = sum - value(second) == total;
            // A list that adds up with both of them means both.
            if sum <= total && !explained {
                continue;
            }
            // The one that no sheet bears the name of is the stray one.
            let named = |item: &Statement| {
                let key = project_key(&item.label.text);
                projects(context).any(|(_, project)| project.key == key)
            };
            let (stray, kept) = if named(second) && !named(first) { (first, *second) } else { (*second, first) };
            let name = &stray.label.text;
            let figure = |item: &Statement| FigureId { section, index: item.figure };
            let amount = &context.figure(figure(stray)).text;
            let printed = context.figure(figure(whole));
            let like = |value: Decimal| printed.reprint(value);
            let zh = if explained {
                format!(
                    "“{name}”{amount}万元重复列示：所列各项合计 {} 比 {} 多 {amount}，删去一项后相符",
                    like(sum),
                    like(total)
                )
            } else {
                format!("“{name}”{amount}万元疑为重复列示")
            };
            let en = format!("“{name}” {amount} is listed twice");
            let all = items.iter().chain([&whole]).map(|item| figure(item));
            let explains: Vec<FigureId> = if explained { all.collect() } else { Vec::new() };
            laid.notes.push(Note {
                page,
                severity: if explained { Severity::Error } else { Severity::Warning },
                at: NotePlace {
                    section,
                    span: crate::text::Span::new(stray.label.span.start, stray.item.end),
                    chars: None,
                    message: Message::new(zh, en),
                },
                related: vec![
                    figure_place(
                        context,
                        figure(kept),
                        Message::new(
                            format!("已列：{}", kept.label.text),
                            format!("Listed before: {}", kept.label.text),
                        ),
                    ),
                    figure_place(context, figure(whole), Message::new("合计数", "The total")),
                ],
                fixes: vec![(
                    Message::new("删去重复的一项", "Remove the item that is listed twice"),
                    Some(stray.item),
                    String::new(),
                )],
                certain: explained,
                key: name.clone(),
                explains,
            });
        }
    }
}
