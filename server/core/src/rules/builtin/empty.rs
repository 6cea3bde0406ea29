//! Empty tables and what their notes say; empty sections.

use super::headings::number_of;
use super::{at, note, place, sections};
use crate::catalog::name::fold;
use crate::catalog::publication::{MayBeEmpty, publication};
use crate::finding::{Message, Severity};
use crate::layout::line::{Numbering, numbering};
use crate::reading::fact_table::{CellFact, FactTable};
use crate::reading::{FigureId, Section, SectionKind};
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;
use crate::text::Span;

/// A note that says a table is empty.
struct Emptiness {
    /// Folded.
    text: String,
    span: Span,
}

/// The notes of a section that say that there is nothing: not the template's instruction to say so.
fn emptiness(section: &Section) -> Vec<Emptiness> {
    let notes = section.lines().filter_map(|line| {
        let text = fold(line.text.trim_matches(['|', '\t', ',', '"', ' ']));
        let leads = ["注", "说明：", "备注", "本部门", "本单位", "我部门", "我单位"];
        let note = leads.iter().any(|lead| text.starts_with(lead)) || text.contains("空表");
        let says = |words: &[&str]| words.iter().any(|word| text.contains(word));
        let nothing = note && says(&["无", "没有", "不涉及", "未安排", "空表"]);
        let advice = || says(&["如", "若", "应", "须", "需", "请", "可以"]);
        let lead = line.text.len() - line.text.trim_start().len();
        let span = Span::new(line.span.start + lead, line.span.start + line.text.trim_end().len());
        (nothing && !advice() && text.chars().count() <= 80).then_some(Emptiness { text, span })
    });
    notes.collect()
}

/// CP02: the note of an empty table names this table; a table that is said to be empty has no figures.
pub fn notes(context: &Context, page: usize, laid: &mut Laid) {
    let accounts = context.disclosure.accounts;
    let all: Vec<&MayBeEmpty> = publication().empty.iter().filter(|table| table.accounts == accounts).collect();
    for own in &all {
        let Some(table) = context.disclosure.tables(|form| form.id == own.form).next() else { continue };
        let section = context.sections.get(table.section as usize);
        let notes = emptiness(section);
        let figure = last_figure(context, table);
        for said in &notes {
            let others: Vec<&MayBeEmpty> =
                all.iter().copied().filter(|other| other.form != own.form && other.named_in(&said.text)).collect();
            let names_own = own.named_in(&said.text);
            let of_this =
                names_own || ["本表", "此表"].iter().any(|word| said.text.contains(word)) && others.is_empty();
            if let Some(id) = figure.filter(|_| said.text.contains("空表") && of_this) {
                if id.section == table.section && context.figure(id).span.end <= said.span.start {
                    laid.notes.push(beside_figures(context, page, table, said, id));
                }
                continue;
            }
            if names_own || notes.len() > 1 || figure.is_some() {
                continue;
            }
            if let [other] = others.as_slice()
                && misplaced(context, other)
            {
                laid.notes.push(of_another(page, table, said, other));
            }
        }
    }
}

/// The last figure of a table that is not nil, by its place.
fn last_figure(context: &Context, table: &FactTable) -> Option<FigureId> {
    let figures = table.rows.iter().flat_map(|fact| &fact.cells).filter_map(|cell| match cell {
        CellFact::Figure(id) if !context.figure(*id).value().is_zero() => Some(*id),
        _ => None,
    });
    figures.max_by_key(|id| (id.section, context.figure(*id).span.start))
}

/// Has the other table its own note or figures? Else the note may be its, printed before its title.
fn misplaced(context: &Context, other: &MayBeEmpty) -> bool {
    context.disclosure.tables(|form| form.id == other.form).any(|table| {
        let own = emptiness(&context.sections[table.section as usize]);
        !table.is_empty() || own.iter().any(|said| other.named_in(&said.text))
    })
}

fn of_another(page: usize, table: &FactTable, said: &Emptiness, other: &MayBeEmpty) -> crate::rules::note::Note {
    let named = &other.words[0];
    let message = Message::new(
        format!("{}的附注说的是“{named}”，不是本表", table.form.name),
        format!("The note of {} speaks of another table ({named})", table.form.name),
    );
    let mut found =
        note(page, Severity::Warning, at(table.section, said.span, message), format!("{}/附注", table.form.name));
    found.related.push(place(table.section, &table.title, Message::new("本表", "This table")));
    found
}

fn beside_figures(
    context: &Context,
    page: usize,
    table: &FactTable,
    said: &Emptiness,
    id: FigureId,
) -> crate::rules::note::Note {
    let text = &context.figure(id).text;
    let message = Message::new(
        format!("附注说空表列示，{}里却有数（{text}）", table.form.name),
        format!("The note says that {} is empty, but it has figures ({text})", table.form.name),
    );
    let mut found =
        note(page, Severity::Error, at(table.section, said.span, message), format!("{}/空表", table.form.name));
    found.related.push(super::figure_place(context, id, Message::new("表中的数", "A figure of the table")));
    found
}

/// A chapter or section of the narrative.
struct Part {
    number: u32,
    depth: Numbering,
    /// Nothing but its heading, and nothing of a table behind it.
    bare: bool,
}

/// What a section says of its own heading.
#[derive(Clone, Copy, PartialEq)]
struct Headed {
    kind: Option<SectionKind>,
    /// Its depth; none where it has no number.
    depth: Option<Numbering>,
    /// It is all there is.
    alone: bool,
}

impl Facet for Headed {
    fn of(own: &Section) -> Self {
        let depth = numbering(&own.heading.text).map(|(depth, _)| depth);
        Self { kind: own.kind, depth, alone: own.lines().take(2).count() == 1 }
    }
}

/// CP06: a heading with nothing under it, between parts that have something. Two such headings in a row are a table of
/// contents, or a text whose tables were lost.
pub fn sections_empty(context: &Context, page: usize, laid: &mut Laid) {
    let all: Vec<(u32, &Headed)> = context.sections.facets(|_| true).collect();
    let mut parts: Vec<Part> = Vec::new();
    for (index, (number, own)) in all.iter().enumerate() {
        let (Some(depth), Some(SectionKind::Narrative)) = (own.depth, own.kind) else { continue };
        let behind = all
            .get(index + 1)
            .map(|(_, next)| next.kind != Some(SectionKind::Narrative) || next.depth.is_none_or(|below| below > depth));
        // The last heading of a file may have lost what came behind it.
        let bare = behind == Some(false) && own.alone;
        parts.push(Part { number: *number, depth, bare });
    }
    let headed = |part: &Part| &context.sections.get(part.number as usize).heading;
    let same = |heading: &str| sections(context).filter(|(_, own)| fold(&own.heading.text) == heading).count();
    for index in 1..parts.len().saturating_sub(1) {
        let [before, part, after] = [&parts[index - 1], &parts[index], &parts[index + 1]];
        if !part.bare {
            continue;
        }
        let heading = fold(&headed(part).text);
        let told = ["无", "没有", "不涉及", "未安排", "见附", "详见", "附表", "。", "，"]
            .iter()
            .any(|word| heading.contains(word));
        // Numbers that begin anew are parts of this one, whatever their depth.
        let ordinal = |part: &Part| number_of(&headed(part).text);
        let goes_on = ordinal(part).zip(ordinal(after)).is_some_and(|(own, next)| next == own + 1);
        let alone = !before.bare && !after.bare && after.depth == part.depth && goes_on;
        if !alone || told || heading.chars().count() < 5 || same(&heading) > 1 {
            continue;
        }
        let message = Message::new(
            "标题之下没有内容；没有此项的应说明“无”",
            "Nothing stands under this heading; where there is none, that is to be said",
        );
        laid.notes.push(note(page, Severity::Hint, place(part.number, headed(part), message), heading));
    }
}
