//! The projects that the narrative lists and the sheets they have.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::sync::{Arc, Mutex, PoisonError};

use rust_decimal::Decimal;

use super::project::{Budgeted, budgeted, name_place};
use super::similar::{self, Core};
use super::{figure_place, relation, term};
use crate::finding::{Message, Severity};
use crate::hash::hasher;
use crate::reading::statement::{Aspect, Statement};
use crate::reading::table::Label;
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::{Note, NotePlace};

/// An item of a list and the project it is about.
pub struct Match<'a> {
    /// Section of the item.
    pub section: u32,
    /// The item.
    pub item: &'a Statement,
    /// The name of the item that fits best: the short or the long reading.
    pub name: &'a Label,
    /// The project.
    pub of: Budgeted<'a>,
}

/// A match by the numbers of what it is of.
#[derive(Clone, Copy)]
pub struct Pair {
    section: u32,
    item: usize,
    /// It is the long reading of the item that fits best.
    long: bool,
    /// The number of the project among those with a budget.
    project: usize,
}

/// Likeness from which an item and a sheet of the same amount belong together.
const EQUAL: u32 = 500;

/// Pairs the items of each list with sheets: by name first, then by an amount that only one of each side has.
pub fn matches<'a>(context: &Context<'a>) -> Vec<Match<'a>> {
    let projects: Vec<Budgeted> = budgeted(context).collect();
    let pairs = context.sections.once(&context.shared.projects, || found(context, &projects));
    let found = pairs.iter().map(|&Pair { section, item, long, project }| {
        let item = &context.sections.get(section as usize).statements[item];
        let name = if long { &item.long_label } else { &item.label };
        Match { section, item, name, of: projects[project] }
    });
    found.collect()
}

/// Is it an item of a list that may be a project?
fn is_item(said: &Statement) -> bool {
    said.measure.is_none() && said.aspect == Aspect::Level && said.parent.is_some()
}

fn found(context: &Context, projects: &[Budgeted]) -> Vec<Pair> {
    let mut lists: BTreeMap<(u32, Option<usize>), Vec<usize>> = BTreeMap::new();
    for (section, node, said) in context.disclosure.statements().filter(|(.., said)| is_item(said)) {
        lists.entry((section, said.parent)).or_default().push(node);
    }
    lists.into_iter().flat_map(|((section, _), items)| pair(context, section, &items, projects)).collect()
}

/// The short and the long reading of what each item of a section's lists is about, ready to be compared.
struct Readings {
    /// One for each statement.
    both: Vec<(Core, Core)>,
    /// What was compared last. Names stay while amounts are typed.
    last: Mutex<Vec<Arc<Alike>>>,
}

/// How much each statement of a section is like a project, and whether it is so in its long reading.
struct Alike {
    project: Core,
    statements: Vec<(u32, bool)>,
}

impl Readings {
    fn of(section: &Section) -> Self {
        let both = |said: &Statement| match is_item(said) {
            true => (Core::of(&said.label.text), Core::of(&said.long_label.text)),
            false => <(Core, Core)>::default(),
        };
        Self { both: section.statements.iter().map(both).collect(), last: Mutex::default() }
    }

    /// Compared with each of these projects.
    fn alike(&self, projects: &[Budgeted]) -> Vec<Arc<Alike>> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let now = projects.iter().enumerate().map(|(number, Budgeted { project, .. })| {
            let same = |known: &&Arc<Alike>| known.project == project.core;
            let known = last.get(number).filter(same).or_else(|| last.iter().find(same));
            known.map_or_else(|| Arc::new(self.compared(&project.core)), Arc::clone)
        });
        let now: Vec<Arc<Alike>> = now.collect();
        last.clone_from(&now);
        now
    }

    fn compared(&self, project: &Core) -> Alike {
        let each = self.both.iter().map(|(short_core, long_core)| {
            let short = short_core.likeness(project, EQUAL);
            let long = if long_core == short_core { short } else { long_core.likeness(project, EQUAL) };
            (short.max(long), long > short)
        });
        Alike { project: project.clone(), statements: each.collect() }
    }
}

fn pair(context: &Context, section: u32, items: &[usize], projects: &[Budgeted]) -> Vec<Pair> {
    let own = context.sections.get(section as usize);
    let value = |item: usize| -> Decimal { own.figures[own.statements[item].figure as usize].value() };
    let alike = own.kept.get(|| Readings::of(own)).alike(projects);
    let mut scored: Vec<(u32, bool, usize, usize, bool)> = Vec::new();
    for &item in items {
        for (project, alike) in alike.iter().enumerate() {
            let (likeness, long) = alike.statements[item];
            if likeness >= EQUAL {
                scored.push((likeness, value(item) == projects[project].value, item, project, long));
            }
        }
    }
    scored.sort_by_key(|&(score, equal, i, s, _)| (std::cmp::Reverse(score + if equal { 200 } else { 0 }), i, s));
    let mut left: Vec<usize> = items.to_vec();
    let mut used = vec![false; projects.len()];
    let mut out = Vec::new();
    for (score, equal, item, project, long) in scored {
        let enough = equal || score >= 800;
        if enough && !used[project] && left.contains(&item) {
            left.retain(|other| *other != item);
            used[project] = true;
            out.push(Pair { section, item, long, project });
        }
    }
    if out.is_empty() {
        return out;
    }
    // What is left may be named quite differently: an amount that stands once on either side tells.
    for &item in &left {
        let amount = value(item);
        let once = left.iter().filter(|other| value(**other) == amount).count() == 1;
        let mut same = (0..projects.len()).filter(|&project| !used[project] && projects[project].value == amount);
        if let (true, Some(project), None) = (once, same.next(), same.next()) {
            out.push(Pair { section, item, long: false, project });
        }
    }
    out
}

/// NT05: the amount of a project in the narrative is that of its sheet.
pub fn amounts(context: &Context, page: usize, laid: &mut Laid) {
    let all = matches(context);
    let mut hash = hasher();
    for found in &all {
        let item = FigureId { section: found.section, index: found.item.figure };
        (item, context.figure(item).by_hand, &found.name.text).hash(&mut hash);
        (found.of.budget, &found.of.project.name).hash(&mut hash);
    }
    if context.recalls(hash.finish(), laid) {
        return;
    }
    for found in all {
        let item = FigureId { section: found.section, index: found.item.figure };
        let left = vec![term(item, format!("说明所列{}", found.name.text))];
        let right = vec![term(found.of.budget, "绩效目标表预算数")];
        laid.relations.push(relation(context, page, left, Op::Equal, right, found.of.project.name.clone()));
    }
}

/// CN05: the name of a project in the narrative is that of its sheet. Short forms are usual; a wrong character is not.
pub fn names(context: &Context, page: usize, laid: &mut Laid) {
    let all = matches(context);
    for found in &all {
        let (printed, right) = (&found.name.text, &found.of.project.name);
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
                name_place(context, found.of.section, Message::new("绩效目标表的项目名称", "The name in the sheet")),
                figure_place(context, found.of.budget, Message::new("预算数", "Its budget")),
            ],
            fixes: vec![(Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new)],
            certain: true,
            key: format!("{right}/{printed}"),
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
