//! The measures of the narrative in formulas: which mentions belong together in one relation.

use std::collections::BTreeMap;

use super::context::Context;
use super::formula::{Comparison, Factor, Relative};
use crate::hash::Map;
use crate::reading::FigureId;
use crate::reading::statement::{Aspect, Base, Statement};

/// For each measure with its aspect, the statement (section, number) that stands for it.
pub type Binding = BTreeMap<(String, &'static str), (u32, usize)>;

/// Most mentions of a measure in one disclosure.
const MENTIONS: usize = 40;
/// Most ways to choose mentions: past it a formula asks for more than one fact of one budget.
const WAYS: usize = 20_000;

/// The words behind a measure that say which aspect is meant.
fn aspect_of(name: &str) -> (&str, &'static str) {
    for (suffix, aspect) in
        [(".增减", "增减"), (".上年", "上年"), (".年初预算", "年初预算"), (".分项", ""), (".全部分项", "")]
    {
        if let Some(measure) = name.strip_suffix(suffix) {
            return (measure, aspect);
        }
    }
    (name, "")
}

fn word(aspect: Aspect) -> Option<&'static str> {
    match aspect {
        Aspect::Level => Some(""),
        Aspect::Change => Some("增减"),
        Aspect::Prior => Some("上年"),
        Aspect::Planned => Some("年初预算"),
        Aspect::Reason => None,
    }
}

/// All ways to choose mentions for the measures of some comparisons, such that the mentions stand together: in one
/// sentence or list. One empty binding where no measure is named.
pub fn bindings(context: &Context, comparisons: &[&Comparison], own: Option<&'static str>) -> Vec<Binding> {
    let mut wanted: Vec<(String, &'static str, bool)> = Vec::new();
    let mut last_year = false;
    for term in comparisons.iter().flat_map(|comparison| comparison.left.iter().chain(&comparison.right)) {
        for factor in &term.factors {
            let Factor::Reference(reference) = factor else { continue };
            last_year |= reference.of == Some(Relative::LastYear);
            if reference.of.is_some() {
                continue;
            }
            let Some(name) = reference.name.as_deref() else { continue };
            let full = match (reference.table.as_deref(), name) {
                (Some("说明"), name) => name.to_owned(),
                (None, "本量") => own.unwrap_or_default().to_owned(),
                (Some("本量"), name) => format!("{}.{name}", own.unwrap_or_default()),
                _ => continue,
            };
            let (measure, aspect) = aspect_of(&full);
            match wanted.iter_mut().find(|(known, known_aspect, _)| known == measure && *known_aspect == aspect) {
                Some(known) => known.2 &= reference.optional,
                None => wanted.push((measure.to_owned(), aspect, reference.optional)),
            }
        }
    }
    if wanted.is_empty() {
        return vec![Binding::new()];
    }
    let mut all = vec![Binding::new()];
    for (measure, aspect, optional) in &wanted {
        let mut mentions: Vec<(u32, usize)> = mentions(context, measure, aspect);
        if last_year && !aspect.is_empty() {
            mentions.retain(|mention| compares_with_last_year(context, statement(context, *mention)));
        }
        // Said so often it is no one fact of one budget.
        if mentions.len() > MENTIONS {
            return Vec::new();
        }
        if mentions.is_empty() {
            if *optional {
                continue;
            }
            return Vec::new();
        }
        let mut next = Vec::new();
        for binding in &all {
            let near: Vec<_> = mentions
                .iter()
                .filter(|mention| binding.values().all(|other| together(context, **mention, *other)))
                .collect();
            // Far apart, a measure must be said once to be meant for sure.
            let chosen = match (near.is_empty(), mentions.as_slice()) {
                (false, _) => near,
                (true, [only]) if !*optional || binding.is_empty() => vec![only],
                (true, _) if *optional => {
                    next.push(binding.clone());
                    continue;
                }
                _ => Vec::new(),
            };
            for mention in chosen {
                let mut binding = binding.clone();
                binding.insert((measure.clone(), aspect), *mention);
                next.push(binding);
            }
        }
        all = next;
        if all.len() > WAYS {
            return Vec::new();
        }
    }
    all.retain(|binding| binding.values().all(|whole| known_parts(context, binding, *whole)));
    all
}

/// A whole that is split over bound measures has no further part of that kind that nobody knows: 其中：基本支出增加A，
/// 项目支出减少B，上缴上级支出增加C.
fn known_parts(context: &Context, binding: &Binding, (section, node): (u32, usize)) -> bool {
    let all = &context.sections[section as usize].statements;
    let split: Vec<Aspect> = binding
        .values()
        .filter(|(other, part)| *other == section && all[*part].parent == Some(node))
        .map(|(_, part)| all[*part].aspect)
        .collect();
    all.iter()
        .filter(|part| part.parent == Some(node) && split.contains(&part.aspect))
        .all(|part| part.measure.is_some())
}

/// Where a measure is told in an aspect, of this disclosure's year: section and number of the statement.
pub fn mentions(context: &Context, measure: &str, aspect: &str) -> Vec<(u32, usize)> {
    let (year, accounts) = (context.disclosure.year, context.disclosure.accounts);
    let told = context.sections.once(&context.shared.told, || told(context)).get(measure);
    told.into_iter()
        .flatten()
        .copied()
        .filter(|mention| {
            let own = statement(context, *mention);
            word(own.aspect) == Some(aspect) && (!aspect.is_empty() || !of_other_year(own, year, accounts))
        })
        .collect()
}

/// Where each measure is told, in whatever aspect: section and number of the statement.
pub type Told = Map<&'static str, Vec<(u32, usize)>>;

fn told(context: &Context) -> Told {
    let mut told = Told::default();
    for (section, node, statement) in context.disclosure.statements() {
        if let Some(measure) = statement.measure {
            told.entry(measure).or_default().push((section, node));
        }
    }
    told
}

/// Does the narrative state a measure?
pub fn states(context: &Context, name: &str) -> bool {
    let (measure, aspect) = aspect_of(name);
    !mentions(context, measure, aspect).is_empty()
}

/// Does the paragraph compare with the disclosure of the year before, and not with something worked out for the
/// comparison?
fn compares_with_last_year(context: &Context, statement: &Statement) -> bool {
    match statement.base {
        Base::Published => true,
        Base::Spent => context.disclosure.accounts,
        Base::Restated => false,
    }
}

/// A level whose label names another year, or in a budget an execution figure, is not this disclosure's.
fn of_other_year(statement: &Statement, year: Option<u16>, accounts: bool) -> bool {
    let label = &statement.long_label.text;
    let named = pattern_year(label);
    matches!((named, year), (Some(named), Some(year)) if named != year)
        || ["上年预算", "上年决算", "上年度", "上年支出", "上年同期", "上一年", "去年"]
            .iter()
            .any(|word| label.contains(word))
        || !accounts && ["决算", "执行数", "实际"].iter().any(|word| label.contains(word))
}

/// Does a label name a year other than this one, or the year before?
pub fn names_other_year(label: &str, year: Option<u16>) -> bool {
    matches!((pattern_year(label), year), (Some(named), Some(year)) if named != year)
        || ["上年", "去年", "上一年"].iter().any(|word| label.contains(word))
}

fn pattern_year(label: &str) -> Option<u16> {
    let at = label.rfind('年')?;
    let digits = label.get(at.checked_sub(4)?..at)?;
    digits.starts_with("20").then(|| digits.parse().ok()).flatten()
}

fn statement<'a>(context: &Context<'a>, (section, node): (u32, usize)) -> &'a Statement {
    &context.sections.get(section as usize).statements[node]
}

/// In one tree of lists.
fn together(context: &Context, a: (u32, usize), b: (u32, usize)) -> bool {
    a.0 == b.0 && root(context, a) == root(context, b)
}

fn root(context: &Context, (section, mut node): (u32, usize)) -> usize {
    while let Some(above) = {
        let own = statement(context, (section, node));
        own.parent.or(own.about)
    } {
        node = above;
    }
    node
}

/// The figures that a measure, its change, its last year's figure or its list stands for.
pub fn resolve(context: &Context, name: &str, binding: &Binding) -> Option<Vec<(FigureId, String)>> {
    let (measure, aspect) = aspect_of(name);
    let &(section, node) = binding.get(&(measure.to_owned(), aspect))?;
    let id = |statement: &Statement| FigureId { section, index: statement.figure };
    if !name.ends_with("分项") {
        let own = statement(context, (section, node));
        let label = match aspect {
            "" => format!("说明{}", short(measure)),
            "上年" => format!("说明{}上年数", short(measure)),
            "年初预算" => format!("说明{}年初预算数", short(measure)),
            _ => format!("说明{}增减", short(measure)),
        };
        return Some(vec![(id(own), label)]);
    }
    let all = &context.sections[section as usize].statements;
    let parts: Vec<&Statement> =
        all.iter().filter(|part| part.parent == Some(node) && part.aspect == Aspect::Level).collect();
    // A list whose items do not all carry an amount, or that ends with 等, is not the whole.
    let whole = !name.ends_with("全部分项")
        || parts.iter().all(|part| part.label.text == part.long_label.text && !part.open_ended);
    (!parts.is_empty() && whole).then(|| parts.iter().map(|part| (id(part), part.label.text.clone())).collect())
}

fn short(measure: &str) -> &str {
    measure.rsplit('.').next().unwrap_or(measure)
}
