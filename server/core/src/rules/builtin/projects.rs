//! The projects that the narrative lists and the sheets they have.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::similar::{self, Core};
use super::{figure_place, place, relation, term};
use crate::finding::{Message, Severity};
use crate::reading::sheet::Sheet;
use crate::reading::statement::{Aspect, Statement};
use crate::reading::table::Label;
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::{Note, NotePlace};
use crate::rules::rowset::project_key;

/// An item of a list and the sheet it is about.
pub struct Match<'a> {
    /// Section of the item.
    pub section: u32,
    /// The number of the item in its section.
    node: usize,
    /// The item.
    pub item: &'a Statement,
    /// The name of the item that fits best: the short or the long reading.
    pub name: &'a Label,
    /// Section of the sheet.
    pub sheet_section: u32,
    /// The sheet.
    pub sheet: &'a Sheet,
    budget: FigureId,
}

/// Likeness from which an item and a sheet of the same amount belong together.
const EQUAL: u32 = 500;

/// Pairs the items of each list with sheets: by name first, then by an amount that only one of each side has.
pub fn matches<'a>(context: &Context<'a>) -> Vec<Match<'a>> {
    let pairs = context.sections.once(&context.shared.projects, || found(context).iter().map(Pair::of).collect());
    let all = context.sections;
    let found = pairs.iter().filter_map(|pair| {
        let item = &all.get(pair.section as usize).statements[pair.item];
        let name = if pair.long { &item.long_label } else { &item.label };
        let sheet = all.get(pair.sheet_section as usize).sheet.as_ref()?;
        let Pair { section, sheet_section, budget, .. } = *pair;
        Some(Match { section, node: pair.item, item, name, sheet_section, sheet, budget })
    });
    found.collect()
}

/// A match by the numbers of what it is of.
pub struct Pair {
    section: u32,
    item: usize,
    long: bool,
    sheet_section: u32,
    budget: FigureId,
}

impl Pair {
    fn of(found: &Match) -> Self {
        let &Match { section, node, sheet_section, budget, .. } = found;
        Self { section, item: node, long: std::ptr::eq(found.name, &found.item.long_label), sheet_section, budget }
    }
}

fn found<'a>(context: &Context<'a>) -> Vec<Match<'a>> {
    let sheets: Vec<(u32, &Sheet, FigureId)> = context
        .disclosure
        .sheets()
        .filter_map(|(section, sheet)| Some((section, sheet, FigureId { section, index: sheet.budget? })))
        .collect();
    type Items<'s> = Vec<(usize, &'s Statement)>;
    let mut lists: BTreeMap<(u32, Option<usize>), Items> = BTreeMap::new();
    for (section, node, statement) in context.disclosure.statements() {
        if statement.measure.is_none() && statement.aspect == Aspect::Level && statement.parent.is_some() {
            lists.entry((section, statement.parent)).or_default().push((node, statement));
        }
    }
    let mut out = Vec::new();
    for ((section, _), items) in lists {
        out.extend(pair(context, section, &items, &sheets));
    }
    out
}

/// See [`key_of`].
struct Key(String);

/// The name of a sheet as it is [compared](project_key).
pub fn key_of<'a>(context: &Context<'a>, section: u32, sheet: &Sheet) -> &'a str {
    &context.sections.get(section as usize).kept.get(|| Key(project_key(&sheet.name.text))).0
}

/// The name of a sheet, ready to be compared.
struct Name(Core);

fn name_of<'a>(context: &Context<'a>, section: u32, sheet: &Sheet) -> &'a Core {
    &context.sections.get(section as usize).kept.get(|| Name(Core::of(&sheet.name.text))).0
}

/// The short and the long reading of what each statement of a section is about, ready to be compared.
struct Readings(Vec<(Core, Core)>);

impl Readings {
    fn of(section: &Section) -> Self {
        let both = |said: &Statement| (Core::of(&said.label.text), Core::of(&said.long_label.text));
        Self(section.statements.iter().map(both).collect())
    }
}

fn pair<'a>(
    context: &Context<'a>,
    section: u32,
    items: &[(usize, &'a Statement)],
    sheets: &[(u32, &'a Sheet, FigureId)],
) -> Vec<Match<'a>> {
    let value = |id| -> Decimal { context.figure(id).value() };
    let item_value = |item: &Statement| value(FigureId { section, index: item.figure });
    let mut scored: Vec<(u32, bool, usize, usize, bool)> = Vec::new();
    let cores: Vec<&Core> = sheets.iter().map(|&(number, sheet, _)| name_of(context, number, sheet)).collect();
    let own = context.sections.get(section as usize);
    let readings = &own.kept.get(|| Readings::of(own)).0;
    for (i, (node, item)) in items.iter().enumerate() {
        let (short_core, long_core) = &readings[*node];
        for (s, (_, _, budget)) in sheets.iter().enumerate() {
            let short = short_core.likeness(cores[s], EQUAL);
            let long = if long_core == short_core { short } else { long_core.likeness(cores[s], EQUAL) };
            if short.max(long) >= EQUAL {
                scored.push((short.max(long), item_value(item) == value(*budget), i, s, long > short));
            }
        }
    }
    scored.sort_by_key(|&(score, equal, i, s, _)| (std::cmp::Reverse(score + if equal { 200 } else { 0 }), i, s));
    let (mut used_items, mut used_sheets) = (vec![false; items.len()], vec![false; sheets.len()]);
    let mut out = Vec::new();
    for (score, equal, i, s, long) in scored {
        let enough = equal || score >= 800;
        if enough && !used_items[i] && !used_sheets[s] {
            (used_items[i], used_sheets[s]) = (true, true);
            let (node, item) = items[i];
            let name = if long { &item.long_label } else { &item.label };
            out.push(Match {
                section,
                node,
                item,
                name,
                sheet_section: sheets[s].0,
                sheet: sheets[s].1,
                budget: sheets[s].2,
            });
        }
    }
    if out.is_empty() {
        return out;
    }
    // What is left may be named quite differently: an amount that stands once on either side tells.
    for (_, &(node, item)) in items.iter().enumerate().filter(|(i, _)| !used_items[*i]) {
        let amount = item_value(item);
        let same_items = items
            .iter()
            .enumerate()
            .filter(|(other, (_, item))| !used_items[*other] && item_value(item) == amount)
            .count();
        let mut same = sheets.iter().enumerate().filter(|(s, sheet)| !used_sheets[*s] && value(sheet.2) == amount);
        if let (1, Some((_, sheet)), None) = (same_items, same.next(), same.next()) {
            out.push(Match {
                section,
                node,
                item,
                name: &item.label,
                sheet_section: sheet.0,
                sheet: sheet.1,
                budget: sheet.2,
            });
        }
    }
    out
}

/// NT05: the amount of a project in the narrative is that of its sheet.
pub fn amounts(context: &Context, page: usize, laid: &mut Laid) {
    for found in matches(context) {
        let item = FigureId { section: found.section, index: found.item.figure };
        let left = vec![term(item, format!("说明所列{}", found.name.text))];
        let right = vec![term(found.budget, "绩效目标表预算数")];
        laid.relations.push(relation(context, page, left, Op::Equal, right, found.sheet.name.text.clone()));
    }
}

/// CN05: the name of a project in the narrative is that of its sheet. Short forms are usual; a wrong character is not.
pub fn names(context: &Context, page: usize, laid: &mut Laid) {
    let all = matches(context);
    for found in &all {
        let (printed, right) = (&found.name.text, &found.sheet.name.text);
        if right.ends_with(printed.as_str()) {
            continue;
        }
        let wanted = same_length_tail(printed, right);
        let Some((first, last)) = wanted.as_deref().and_then(|wanted| similar::slip(printed, wanted)) else { continue };
        let exact = all.iter().any(|other| {
            similar::likeness(&other.name.text, right) == 1000
                && other.name.text != *printed
                && other.section == found.section
                && other.item.parent == found.item.parent
        });
        if exact {
            continue;
        }
        let wanted = wanted.unwrap_or_default();
        let chars: Vec<char> = printed.chars().collect();
        // From the mark before the slip to the end of the name: the word a reader sees.
        let from = chars[..first]
            .iter()
            .rposition(|c| matches!(c, '号' | '】' | '）' | '〕' | ']' | '、' | '-'))
            .map_or(0, |at| at + 1);
        let to = chars[last..].iter().position(|c| matches!(c, '（' | '、')).map_or(chars.len(), |at| last + at);
        let new: String = wanted.chars().skip(from).take(to - from).collect();
        let old: String = chars[from..to].iter().collect();
        laid.notes.push(Note {
            page,
            severity: Severity::Warning,
            at: NotePlace {
                section: found.section,
                span: found.name.span,
                chars: Some((from, to)),
                message: Message::new(
                    format!("项目名称“{old}”与绩效目标表的“{new}”不一致，金额相同，疑为错字"),
                    format!("The project is called “{old}” here and “{new}” in its sheet; the amount is the same"),
                ),
            },
            related: vec![
                place(
                    found.sheet_section,
                    &found.sheet.name,
                    Message::new("绩效目标表的项目名称", "The name in the sheet"),
                ),
                figure_place(context, found.budget, Message::new("预算数", "Its budget")),
            ],
            fixes: vec![(Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new)],
            certain: true,
            key: format!("{}/{}", found.sheet.name.text, printed),
            explains: Vec::new(),
        });
    }
}

/// The part of the right name that the printed one spells: all of it, or its tail of the same length.
fn same_length_tail(printed: &str, right: &str) -> Option<String> {
    let fold = crate::catalog::name::fold;
    let (printed, right): (Vec<char>, Vec<char>) = (fold(printed).chars().collect(), fold(right).chars().collect());
    let start = right.len().checked_sub(printed.len())?;
    Some(right[start..].iter().collect())
}
