//! Wrong words of the field, and reports where goals should stand.

use std::collections::BTreeMap;

use super::{at, change, note, sections};
use crate::catalog::wording::{Word, slips};
use crate::finding::{Message, Severity};
use crate::reading::{Section, SectionKind};
use crate::rules::context::{Context, Laid};
use crate::text::Span;

/// CN10: words that are misprinted for others. Each is said once, at its first place.
pub fn words(context: &Context, page: usize, laid: &mut Laid) {
    type Found = (&'static Word, Vec<(u32, Span)>);
    let mut seen: BTreeMap<&str, Found> = BTreeMap::new();
    for (section, own) in sections(context) {
        for (word, span) in &own.kept.get(|| Slips::of(own)).0 {
            seen.entry(&word.wrong).or_insert((word, Vec::new())).1.push((section, *span));
        }
    }
    for (word, places) in seen.into_values() {
        let speaks = |wanted: &String| {
            sections(context).any(|(_, own)| own.blocks.iter().any(|block| block.text.contains(wanted.as_str())))
        };
        if word.absent.iter().any(speaks) {
            continue;
        }
        let Some((section, span)) = places.first() else { continue };
        let (wrong, right) = (&word.wrong, &word.right);
        let more = if places.len() > 1 { format!("（共 {} 处）", places.len()) } else { String::new() };
        let message = Message::new(
            format!("“{wrong}”应为“{right}”{more}"),
            format!("“{wrong}” should be “{right}” ({} in all)", places.len()),
        );
        let mut found = note(page, Severity::Hint, at(*section, *span, message), wrong.clone());
        let others = places.iter().skip(1).take(8);
        found.related =
            others.map(|(section, span)| at(*section, *span, Message::new("又一处", "Another one"))).collect();
        found.fixes.push(change(right));
        laid.notes.push(found);
    }
}

/// The misprinted words of a section, with their places.
struct Slips(Vec<(&'static Word, Span)>);

impl Slips {
    fn of(own: &Section) -> Self {
        let lines = own.lines();
        let found = lines.iter().flat_map(|line| {
            let at =
                |range: std::ops::Range<usize>| Span::new(line.span.start + range.start, line.span.start + range.end);
            slips(line.text).map(move |(word, range)| (word, at(range)))
        });
        Self(found.collect())
    }
}

/// YY08: the goals of a budget tell what was done this year so far. Said once a section.
pub fn past(context: &Context, page: usize, laid: &mut Laid) {
    if context.disclosure.accounts {
        return;
    }
    let form = pattern!(
        r"今年以来|今年\s*\d{1,2}\s*[-—–~～至]\s*\d{1,2}\s*月|今年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|截[至止](?:目前|今年|\s*\d{1,2}\s*月底?)"
    );
    for (section, own) in sections(context) {
        let goals = own.kind == Some(SectionKind::Sheet) || own.context.contains("绩效");
        if !goals {
            continue;
        }
        let lines = own.lines();
        let found = lines.iter().find_map(|line| Some((line, form.find(line.text)?)));
        let Some((line, found)) = found else { continue };
        let message = Message::new(
            format!("绩效目标应写本年要做到的，“{}”是已完成工作的总结", found.as_str()),
            format!("Goals should say what will be reached; “{}” reports what was done", found.as_str()),
        );
        let span = Span::new(line.span.start + found.start(), line.span.start + found.end());
        let key: String = own.heading.text.chars().take(40).collect();
        laid.notes.push(note(page, Severity::Hint, at(section, span, message), key));
    }
}
