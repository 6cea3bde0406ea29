//! Wrong words of the field, and reports where goals should stand.

use std::collections::BTreeMap;

use super::{at, change, note, sections};
use crate::catalog::wording::{Word, slips};
use crate::finding::{Message, Severity};
use crate::reading::{Section, SectionKind};
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;
use crate::text::Span;

/// CN10: words that are misprinted for others. Each is said once, at its first place.
pub fn words(context: &Context, page: usize, laid: &mut Laid) {
    type Found = (&'static Word, Vec<(u32, Span)>);
    let mut seen: BTreeMap<&str, Found> = BTreeMap::new();
    for (section, Slips(slips)) in context.sections.facets(|_| true) {
        for (word, span) in slips {
            seen.entry(&word.wrong).or_insert((word, Vec::new())).1.push((section, *span));
        }
    }
    for (word, places) in seen.into_values() {
        let speaks = |wanted: &String| sections(context).any(|(_, own)| own.says(wanted));
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
#[derive(PartialEq)]
struct Slips(Vec<(&'static Word, Span)>);

impl Facet for Slips {
    fn of(own: &Section) -> Self {
        let found = own.texts().flat_map(|(base, text)| {
            slips(text).map(move |(word, range)| (word, Span::new(range.start, range.end).shifted(base)))
        });
        Self(found.collect())
    }
}

/// YY08: the goals of a budget tell what was done this year so far. Said once a section.
pub fn past(context: &Context, page: usize, laid: &mut Laid) {
    if context.disclosure.accounts {
        return;
    }
    for (section, Past(told)) in context.sections.facets(|_| true) {
        let Some((span, words, heading)) = told else { continue };
        let message = Message::new(
            format!("绩效目标应写本年要做到的，“{words}”是已完成工作的总结"),
            format!("Goals should say what will be reached; “{words}” reports what was done"),
        );
        laid.notes.push(note(page, Severity::Hint, at(section, *span, message), heading));
    }
}

/// Where goals tell what was done, in which words, and under which heading.
#[derive(PartialEq)]
struct Past(Option<(Span, String, String)>);

impl Facet for Past {
    fn of(own: &Section) -> Self {
        let goals = own.kind == Some(SectionKind::Sheet) || own.context.contains("绩效");
        if !goals || !own.says("今年") && !own.says("截") {
            return Self(None);
        }
        let form = pattern!(
            r"今年以来|今年\s*\d{1,2}\s*[-—–~～至]\s*\d{1,2}\s*月|今年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|截[至止](?:目前|今年|\s*\d{1,2}\s*月底?)"
        );
        Self(own.lines().find_map(|line| {
            let found = form.find(line.text)?;
            let span = Span::new(found.start(), found.end()).shifted(line.span.start);
            let key = own.heading.text.chars().take(40).collect();
            Some((span, found.as_str().to_owned(), key))
        }))
    }
}
