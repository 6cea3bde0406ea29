//! Targets told twice: in the narrative and in a sheet, in a sheet's words and in its indicators.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{Hash, Hasher};

use rust_decimal::Decimal;

use super::alike::{Likeness, items};
use super::{relation, similar, term};
use crate::finding::Severity;
use crate::hash::hasher;
use crate::reading::sheet::Sheet;
use crate::reading::target::{Aim, Target, Voice};
use crate::reading::told::Words;
use crate::reading::{FigureId, Section};
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;
use crate::rules::formula::Op;
use crate::rules::page::Tolerance;

/// Most targets of a disclosure that are compared.
const MOST: usize = 1500;

/// So many characters of a part tell what it is about; what follows may name other things on the way.
const HEAD: usize = 80;

/// A target with its value and its words.
struct Said<'a> {
    id: FigureId,
    target: &'a Target,
    value: Decimal,
}

impl<'a> Said<'a> {
    /// Targets of a section.
    fn all(number: u32, section: &'a Section, targets: &'a [Target]) -> impl Iterator<Item = Self> {
        targets.iter().map(move |target| Self {
            id: FigureId { section: number, index: target.figure },
            target,
            value: section.figures[target.figure as usize].value(),
        })
    }

    fn likeness(&self, other: &Self) -> (Likeness, usize) {
        if self.target.unit != other.target.unit || opposed(self.target.aim, other.target.aim) {
            return (Likeness::None, 0);
        }
        self.target.words().likeness(other.target.words(), &self.target.unit, self.id.section == other.id.section)
    }

    fn label(&self) -> String {
        let place = match self.target.voice {
            Voice::Indicator => "指标",
            Voice::Goal => "绩效目标",
            Voice::Purpose => "资金用途",
            Voice::Narrative => "说明",
        };
        let words = if self.target.lead.is_empty() { &self.target.tail } else { &self.target.lead };
        let count = words.chars().count();
        let from = if self.target.voice == Voice::Indicator { 0 } else { count.saturating_sub(16) };
        format!("{place}“{}”", words.chars().skip(from).take(16).collect::<String>())
    }
}

/// 不低于 and 不超过 are of two things.
fn opposed(a: Aim, b: Aim) -> bool {
    matches!((a, b), (Aim::AtLeast, Aim::AtMost) | (Aim::AtMost, Aim::AtLeast))
}

fn lay(context: &Context, page: usize, one: &Said, other: &Said, severity: Severity, place: &str, laid: &mut Laid) {
    let (left, right) = (vec![term(one.id, one.label())], vec![term(other.id, other.label())]);
    let mut found = relation(context, page, left, Op::Equal, right, place);
    found.severity = severity;
    laid.relations.push(found);
}

/// A hash of all that a section promises: its targets with their values, and whose they are.
#[derive(PartialEq)]
struct Promised(u64);

impl Facet for Promised {
    fn of(section: &Section) -> Self {
        let mut hash = hasher();
        section.sheet.as_ref().map(|sheet| (&sheet.name.text, &sheet.targets)).hash(&mut hash);
        section.targets.hash(&mut hash);
        let in_sheet = section.sheet.iter().flat_map(|sheet| &sheet.targets);
        for target in section.targets.iter().chain(in_sheet) {
            let figure = &section.figures[target.figure as usize];
            (figure.value(), figure.by_hand).hash(&mut hash);
        }
        Self(hash.finish())
    }
}

/// NT13: a target of the narrative is that of the sheets, and that of its other parts.
pub fn of_narrative(context: &Context, page: usize, laid: &mut Laid) {
    let told = context.sections.as_far_as::<Promised>(|class| class.targets);
    let told = told.flat_map(|(number, section)| Said::all(number, section, &section.targets));
    let told: Vec<Said> = told.take(MOST).collect();
    let sheets: Vec<(&Sheet, Vec<Said>)> = sheets(context);
    let names: Vec<BTreeSet<[char; 2]>> =
        sheets.iter().map(|(sheet, _)| pairs_of(&similar::core(&sheet.name.text))).collect();
    let mut pairs: Vec<(Score, &Said, &Said, Severity)> = Vec::new();
    for own in &told {
        // The part may be about one project: 进一步完善城乡居民医保 … and the sheet of that name.
        let head: String = own.target.part.chars().take(HEAD).collect();
        let part = pairs_of(&head);
        let about: Vec<usize> =
            (0..sheets.len()).filter(|&sheet| names[sheet].len() >= 3 && inside(&names[sheet], &part)).collect();
        let scoped: &[usize] = if about.len() == 1 { &about } else { &[] };
        let all = || sheets.iter().flat_map(|(_, targets)| targets);
        let near: Vec<&Said> = scoped.iter().flat_map(|&sheet| &sheets[sheet].1).collect();
        let mut found = choose(own, near.into_iter());
        if found.is_empty() {
            // What the whole body is to reach may be more than what one project does for it.
            found = choose(own, all());
            found.retain(|(_, other, _)| own.target.unit == "%" || own.value <= other.value);
        }
        if found.is_empty() {
            found = by_value(own, all());
        }
        pairs.extend(found.into_iter().map(|(score, other, severity)| (score, own, other, severity)));
    }
    for (score, own, other, severity) in &pairs {
        // 城市… and 农村… that are both like one indicator: at most one of them is it.
        let rival = pairs.iter().any(|(rival, twin, same, _)| {
            same.id == other.id && twin.id != own.id && twin.value != own.value && rival.1 + 8 >= score.1
        });
        if own.value == other.value || !rival {
            lay(context, page, own, other, *severity, "", laid);
        }
    }
    within_narrative(context, page, &told, laid);
}

fn sheets<'a>(context: &Context<'a>) -> Vec<(&'a Sheet, Vec<Said<'a>>)> {
    let mut count = 0;
    let all = context.sections.as_far_as::<Promised>(|class| class.sheet);
    let sheets = all.filter_map(|(number, section)| Some((number, section, section.sheet.as_ref()?)));
    let few = sheets.take_while(|(.., sheet)| {
        count += sheet.targets.len();
        count <= MOST
    });
    few.map(|(number, section, sheet)| (sheet, Said::all(number, section, &sheet.targets).collect())).collect()
}

fn pairs_of(text: &str) -> BTreeSet<[char; 2]> {
    let chars: Vec<char> = text.chars().filter(|c| c.is_alphanumeric()).collect();
    chars.windows(2).map(|pair| [pair[0], pair[1]]).collect()
}

/// Are nearly all pairs of a name in a text?
fn inside(name: &BTreeSet<[char; 2]>, text: &BTreeSet<[char; 2]>) -> bool {
    name.intersection(text).count() * 10 >= name.len() * 8
}

/// How alike two targets are, and by how much.
type Score = (Likeness, usize);

/// What a target was found to be, how alike, and how loudly a difference is said.
type Choice<'s, 'a> = (Score, &'s Said<'a>, Severity);

/// Most sheets that one target of the narrative is compared with.
const EQUALS: usize = 4;

/// The targets that say the same as `own`: those that are like it and equal, one of each sheet; else the one most like
/// it, where no other that is as like differs. With each, how loudly a difference is said.
fn choose<'s, 'a: 's>(own: &Said, others: impl Iterator<Item = &'s Said<'a>>) -> Vec<Choice<'s, 'a>> {
    let mut alike: Vec<(Score, &Said)> = others
        .map(|other| (own.likeness(other), other))
        .filter(|((likeness, _), _)| *likeness >= Likeness::Alike)
        .collect();
    alike.sort_by_key(|((likeness, score), other)| std::cmp::Reverse((*likeness, *score, std::cmp::Reverse(other.id))));
    let Some(&((likeness, score), best)) = alike.first() else { return Vec::new() };
    let severity = severity(likeness, own, best);
    let equal = first_of_each(alike.iter().map(|(_, other)| *other).filter(|other| other.value == own.value));
    if !equal.is_empty() {
        return equal.into_iter().map(|other| ((likeness, score), other, severity)).collect();
    }
    // Those told as well must agree; of those that are merely alike, all.
    let mut rivals = alike.iter().filter(|((other, other_score), _)| {
        likeness == Likeness::Alike || *other == Likeness::Same && other_score + 4 >= score
    });
    if rivals.all(|(_, other)| other.value == best.value) {
        vec![((likeness, score), best, severity)]
    } else {
        Vec::new()
    }
}

fn first_of_each<'s, 'a: 's>(others: impl Iterator<Item = &'s Said<'a>>) -> Vec<&'s Said<'a>> {
    let mut seen = BTreeSet::new();
    others.filter(|other| seen.insert(other.id.section)).take(EQUALS).collect()
}

fn severity(likeness: Likeness, own: &Said, other: &Said) -> Severity {
    // What the whole body is to reach may be more than what one project does for it.
    let part = own.target.unit != "%" && own.value > other.value && own.target.voice == Voice::Narrative;
    if likeness == Likeness::Same && !part { Severity::Warning } else { Severity::Info }
}

/// Equal numbers that share a word: a count that stands in one sheet only, a rate of the same side of the same things.
fn by_value<'s, 'a: 's>(own: &Said, others: impl Iterator<Item = &'s Said<'a>>) -> Vec<Choice<'s, 'a>> {
    let rate = own.target.unit == "%";
    if !rate && own.value < Decimal::TEN {
        return Vec::new();
    }
    let equal = first_of_each(others.filter(|other| {
        let shared = || {
            own.target.words().same_side(other.target.words()) && own.target.words().shared(other.target.words()) >= 4
        };
        other.value == own.value && own.likeness(other).0 >= Likeness::Weak && (!rate || shared())
    }));
    if !rate && equal.len() > 1 {
        Vec::new()
    } else {
        equal.into_iter().map(|other| ((Likeness::Weak, 0), other, Severity::Info)).collect()
    }
}

/// The overall goals and their parts state the same rates.
fn within_narrative(context: &Context, page: usize, told: &[Said], laid: &mut Laid) {
    for (index, own) in told.iter().enumerate().skip(1).filter(|(_, own)| own.target.unit == "%") {
        let earlier = told[..index].iter().filter(|other| {
            other.target.part != own.target.part && other.target.aim == own.target.aim && own.target.aim != Aim::Exactly
        });
        let alike: Vec<&Said> = earlier.filter(|other| own.likeness(other).0 >= Likeness::Alike).collect();
        if let [other] = alike.as_slice() {
            lay(context, page, other, own, Severity::Info, "", laid);
        }
    }
}

/// PF07: a sheet's purpose, goals and indicators promise the same.
pub fn within_sheet(context: &Context, page: usize, section: u32, sheet: &Sheet, laid: &mut Laid) {
    if sheet.targets.len() > MOST {
        return;
    }
    let all: Vec<Said> = Said::all(section, &context.sections[section as usize], &sheet.targets).collect();
    let name = &sheet.name.text;
    let word_for_word: BTreeMap<u32, &str> =
        sheet.clauses.iter().map(|(key, figure)| (*figure, key.as_str())).collect();
    let (indicators, texts): (Vec<&Said>, Vec<&Said>) =
        all.iter().partition(|said| said.target.voice == Voice::Indicator);
    for own in &texts {
        if own.target.voice == Voice::Goal {
            let key = word_for_word.get(&own.target.figure);
            let said = texts.iter().filter(|other| {
                other.target.voice == Voice::Purpose
                    && (key.is_none() || word_for_word.get(&other.target.figure) != key)
            });
            if let Some((other, severity)) = told_again(own, said.copied()) {
                lay(context, page, other, own, severity, name, laid);
            }
        }
        if let Some((other, severity)) = as_indicator(own, &indicators, &texts) {
            lay(context, page, own, other, severity, name, laid);
        }
    }
}

/// The same count of the same people or things, in the purpose and in the goals.
fn told_again<'s, 'a: 's>(own: &Said, others: impl Iterator<Item = &'s Said<'a>>) -> Option<(&'s Said<'a>, Severity)> {
    let listed = items(&own.target.lead);
    let long = listed.len() >= 2 || listed.iter().map(|item| item.chars().count()).sum::<usize>() >= 6;
    let mut same: Vec<(&Said, bool)> = Vec::new();
    for other in others.filter(|other| other.target.unit == own.target.unit && own.target.unit != "%") {
        let people = !listed.is_empty() && items(&other.target.lead) == listed;
        let behind = own.target.tail.chars().zip(other.target.tail.chars()).take_while(|(a, b)| a == b).count();
        let leads = listed.is_empty() && items(&other.target.lead).is_empty();
        if people || behind >= 2 && (leads || other.value == own.value) {
            same.push((other, people && long || behind >= 6 && leads));
        }
    }
    if let Some((equal, _)) = same.iter().find(|(other, _)| other.value == own.value) {
        return Some((equal, Severity::Info));
    }
    match same.as_slice() {
        [(only, true)] => Some((only, Severity::Info)),
        _ => None,
    }
}

/// The indicator that says what a clause of the purpose or the goals says.
fn as_indicator<'s, 'a: 's>(
    own: &Said,
    indicators: &[&'s Said<'a>],
    texts: &[&Said],
) -> Option<(&'s Said<'a>, Severity)> {
    let of_unit: Vec<&Said> = indicators.iter().copied().filter(|other| other.target.unit == own.target.unit).collect();
    let graded = |other: &&Said| own.likeness(other).0;
    let counted = own.target.unit != "%" && own.value >= Decimal::TEN;
    if let Some(equal) = of_unit
        .iter()
        .filter(|other| other.value == own.value)
        .filter(|other| {
            graded(other) >= if own.target.unit == "%" { Likeness::Alike } else { Likeness::Weak } || counted
        })
        .max_by_key(|other| own.likeness(other))
    {
        return Some((equal, Severity::Info));
    }
    // One of several numbers of a clause is a part of what the indicator counts.
    let alone = !texts.iter().any(|other| {
        other.id != own.id && other.target.clause == own.target.clause && other.target.unit == own.target.unit
    });
    let (best, likeness) = of_unit.iter().map(|other| (*other, graded(other))).max_by_key(|(_, grade)| *grade)?;
    let told = texts.iter().any(|other| other.target.unit == best.target.unit && other.value == best.value);
    let sure = likeness == Likeness::Same || likeness == Likeness::Alike && of_unit.len() == 1;
    (alone && sure && !told).then(|| (best, severity(likeness, own, best)))
}

/// NN11: in a sheet, counts of parts add up to the count of the whole and to the indicator.
pub fn counts(context: &Context, page: usize, laid: &mut Laid) {
    for (sheet, all) in sheets(context) {
        let texts: Vec<&Said> = all.iter().filter(|said| said.target.voice != Voice::Indicator).collect();
        for whole in &texts {
            if let Some(parts) = parts_of(whole, &texts) {
                sum(context, page, &parts, whole, Severity::Warning, &sheet.name.text, laid);
            }
        }
        let mut taken = BTreeSet::new();
        for joined in joined(&texts) {
            let counted = all
                .iter()
                .filter(|said| said.target.voice == Voice::Indicator && said.target.unit == joined[0].target.unit);
            let [only] = counted.collect::<Vec<_>>()[..] else { continue };
            let (first, last) = (joined[0], joined[joined.len() - 1]);
            // The words of the whole clause, as those of one target.
            let lead: String = joined.iter().map(|part| part.target.lead.as_str()).collect();
            let clause = Words::of(&lead, &last.target.tail, first.target.voice);
            let member = joined.iter().any(|part| part.value == only.value);
            let alike = clause.shared(only.target.words()) >= 2 && !opposed(first.target.aim, only.target.aim);
            if alike && !member && taken.insert(only.id) {
                sum(context, page, &joined, only, Severity::Info, &sheet.name.text, laid);
            }
        }
    }
}

fn sum(
    context: &Context,
    page: usize,
    parts: &[&Said],
    whole: &Said,
    severity: Severity,
    place: &str,
    laid: &mut Laid,
) {
    let left = vec![term(whole.id, whole.label())];
    let right = parts.iter().map(|part| term(part.id, part.label())).collect();
    let mut found = relation(context, page, left, Op::Equal, right, place);
    found.severity = severity;
    found.tolerance = Tolerance::Sum;
    laid.relations.push(found);
}

/// The counts whose lists, put together, are the list of the whole: 甲、乙、丙等61人, 甲、乙等53人, 丙8人.
fn parts_of<'s, 'a>(whole: &Said<'a>, texts: &[&'s Said<'a>]) -> Option<Vec<&'s Said<'a>>> {
    let mut open: Vec<&str> = items(&whole.target.lead);
    if open.len() < 2 || open.windows(2).any(|pair| pair[0] == pair[1]) {
        return None;
    }
    let mut parts: Vec<&Said> = Vec::new();
    for other in texts.iter().filter(|other| other.target.unit == whole.target.unit && other.id != whole.id) {
        let own = items(&other.target.lead);
        if own.is_empty() || own.len() >= items(&whole.target.lead).len() {
            continue;
        }
        if own.iter().all(|item| open.contains(item)) {
            open.retain(|item| !own.contains(item));
            parts.push(other);
        }
    }
    (open.is_empty() && parts.len() >= 2).then_some(parts)
}

/// Counts of one clause that are joined by 和 or 、: 6座大型水库和13座小型水库.
fn joined<'s, 'a>(texts: &[&'s Said<'a>]) -> Vec<Vec<&'s Said<'a>>> {
    let mut out: Vec<Vec<&Said>> = Vec::new();
    for said in texts {
        let link = ["和", "及", "与", "、", "以及"].iter().any(|word| said.target.lead.ends_with(word));
        let last = out.last_mut().filter(|group| {
            group[0].target.clause == said.target.clause && group[0].target.unit == said.target.unit && link
        });
        match last {
            Some(group) => group.push(said),
            None => out.push(vec![said]),
        }
    }
    out.retain(|group| group.len() >= 2);
    out
}
