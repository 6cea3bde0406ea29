//! What a publication must hold: the nine tables, the topics of the narrative, the depth of 科目, the split of vehicles.

use super::{at, figure_place, note, place, sections};
use crate::catalog::forms::{by_id, by_title};
use crate::catalog::name::fold;
use crate::catalog::publication::{publication, topics_in};
use crate::finding::{Message, Severity};
use crate::reading::class::Class;
use crate::reading::fact_table::{CellFact, FactRow, FactTable};
use crate::reading::statement::Aspect;
use crate::reading::table::RowKind;
use crate::reading::{Section, SectionKind};
use crate::rules::context::{Context, Laid};
use crate::rules::facet::Facet;

/// From so many tables on, a file holds the whole publication and not a part of it.
const MOST_TABLES: usize = 7;

/// From so many topics on with headings of their own, a narrative is whole.
const MOST_TOPICS: usize = 7;

/// Longest caption that may be a title, in characters.
const CAPTION: usize = 60;

/// CP01: the nine tables. A table counts as there wherever any caption may be its title, or a table is not known.
pub fn tables(context: &Context, page: usize, laid: &mut Laid) {
    let mut present: Vec<&str> = Vec::new();
    let mut captions: Vec<&str> = Vec::new();
    for (_, Titles { form, is_table, captions: short }) in context.sections.facets(|_| true) {
        match form {
            Some(form) => present.push(form),
            // A table without a title that is known: perhaps the one that is looked for.
            None if *is_table => return,
            None => {}
        }
        captions.extend(short.iter().map(String::as_str));
    }
    let year = context.disclosure.year;
    let wanted = publication().tables.iter().filter(|table| table.accounts == context.disclosure.accounts);
    let (there, missing): (Vec<_>, Vec<_>) = wanted.partition(|table| present.contains(&table.form.as_str()));
    let letter = if context.disclosure.accounts { 'F' } else { 'B' };
    let first = context.disclosure.tables(|form| form.id.starts_with(letter));
    let Some(first) = first.min_by_key(|table| table.section).filter(|_| there.len() >= MOST_TABLES) else { return };
    for table in missing {
        let due = table.since.is_none_or(|since| year.is_some_and(|year| since <= year));
        if !due || captions.iter().any(|caption| table.may_be(caption)) {
            continue;
        }
        let Some(form) = by_id(&table.form) else { continue };
        let message = Message::new(
            format!("应公开的表中没有{}；没有数的也应空表列示并加说明", form.name),
            format!("The table {} is missing; one without figures is published empty, with a note", form.name),
        );
        laid.notes.push(note(page, Severity::Warning, place(first.section, &first.title, message), form.name.clone()));
    }
}

/// What a section has of titles of tables.
#[derive(PartialEq)]
struct Titles {
    /// The form that it has or names.
    form: Option<&'static str>,
    /// It is a table.
    is_table: bool,
    /// Short lines that may be a title.
    captions: Vec<String>,
}

impl Facet for Titles {
    fn of(own: &Section) -> Self {
        // A project sheet is none of the tables.
        let titled = || own.sheet.is_none().then(|| by_title(&own.heading.text).map(|(form, _)| form)).flatten();
        let form = own.table.as_ref().map(|table| table.form).or_else(titled).map(|form| form.id.as_str());
        let short = own.lines_with("表").map(|line| fold(line.text));
        let is_table = own.kind == Some(SectionKind::Table);
        Self { form, is_table, captions: short.filter(|line| line.chars().count() <= CAPTION).collect() }
    }
}

/// The topics that a section speaks of, and those that its heading names, by their numbers.
#[derive(PartialEq)]
struct Topics {
    told: Vec<bool>,
    headed: Vec<bool>,
}

impl Facet for Topics {
    fn of(own: &Section) -> Self {
        let all = vec![false; publication().topics.len()];
        let mut topics = Self { told: all.clone(), headed: all };
        let blocks = own.blocks.iter().map(|block| &*block.text);
        blocks.chain([&*own.prose]).flat_map(topics_in).for_each(|topic| topics.told[topic] = true);
        topics_in(&fold(&own.heading.text)).for_each(|topic| topics.headed[topic] = true);
        topics
    }
}

/// CP05: what the narrative must speak of. A word of the topic anywhere in the file is enough.
pub fn topics(context: &Context, page: usize, laid: &mut Laid) {
    let mut covers = context.sections.of(|class| class.cover && class.is_narrative());
    let Some((section, own)) = covers.find(|(_, own)| !own.heading.span.is_empty()) else { return };
    let label = &own.heading;
    let all = &publication().topics;
    let parts: Vec<&Topics> = context.sections.facets(Class::is_narrative).map(|(_, own)| own).collect();
    let headed = (0..all.len()).filter(|&topic| parts.iter().any(|part| part.headed[topic])).count();
    if headed < MOST_TOPICS {
        return;
    }
    // The narrative speaks of most; what is no narrative is looked into for the rest.
    let told = |topic: usize| {
        let any = || context.sections.facets::<Topics>(|_| true).any(|(_, own)| own.told[topic]);
        parts.iter().any(|part| part.told[topic]) || any()
    };
    for (_, topic) in all.iter().enumerate().filter(|(number, _)| !told(*number)) {
        let message = Message::new(
            format!("公开文本中没有“{}”的内容；没有此项的也应说明", topic.name),
            format!("Nothing is said of {}; where there is none, that is to be said", topic.name),
        );
        laid.notes.push(note(page, Severity::Warning, place(section, label, message), topic.name.clone()));
    }
}

/// Was any part of this table read without its columns? Rows may then be lost.
fn flows(context: &Context, table: &FactTable) -> bool {
    context.disclosure.flows(&table.form.id)
}

/// CP03: general budget expenditure is published down to 项, basic expenditure down to 款.
pub fn levels(context: &Context, page: usize, laid: &mut Laid) {
    // A body whose other table goes deeper can go as deep here; else the text may be an extract.
    let reaches = |name: &str, depth: u8| {
        context.disclosure.table(name).is_some_and(|table| {
            table.rows.iter().any(|fact| matches!(fact.row.kind, RowKind::Subject(level) if level >= depth))
        })
    };
    let wanted = [
        ("一般公共预算支出表", 3, "项", "支出总表"),
        ("基本支出表", 2, "款", "一般公共预算支出表"),
        ("一般公共预算支出决算表", 3, "项", "支出决算表"),
    ];
    for (name, depth, word, other) in wanted {
        let Some(table) = context.disclosure.table(name) else { continue };
        if !table.columns_sure || table.repeated_codes || flows(context, table) {
            continue;
        }
        let subjects = || table.rows.iter().filter(|fact| matches!(fact.row.kind, RowKind::Subject(_)));
        let filled = |fact: &FactRow| fact.cells.iter().any(|cell| matches!(cell, CellFact::Figure(_)));
        let odd = table.rows.iter().any(|fact| fact.row.kind == RowKind::Item && filled(fact));
        let deep = subjects().any(|fact| matches!(fact.row.kind, RowKind::Subject(level) if level >= depth));
        if deep || odd || !subjects().any(filled) {
            continue;
        }
        let message = Message::new(
            format!("{name}应公开到{word}级科目，表中没有{word}级的行"),
            format!("{name} is to be published down to {word}; it has no such row"),
        );
        let severity = if reaches(other, 3) { Severity::Warning } else { Severity::Hint };
        laid.notes.push(note(page, severity, place(table.section, &table.title, message), name));
    }
}

/// CP04: outlay on vehicles is split into buying and running, in the table or in the narrative; changes have reasons.
pub fn split(context: &Context, page: usize, laid: &mut Laid) {
    let parts = ["三公经费.公务用车购置", "三公经费.公务用车运行"];
    let told = context
        .disclosure
        .statements()
        .any(|(_, _, said)| said.measure.is_some_and(|measure| parts.contains(&measure)));
    let table = context.disclosure.table("三公经费表");
    if let Some(table) = table.filter(|table| !told && !flows(context, table) && table.columns_sure) {
        let part = |fact: &FactRow| {
            let name = &fact.row.name.text;
            let whole = name.contains("购置及") || name.contains("购置和") || name.contains("购置与");
            !whole && ["购置", "运行", "运维", "维护"].iter().any(|word| name.contains(word))
        };
        let split = table.rows.iter().any(part);
        let columns = table.columns.iter().flatten().any(|column| column.contains("公务用车"));
        let whole = table.row("公务用车购置及运维费").map(|row| &table.rows[row]);
        let figure = whole.and_then(|fact| {
            fact.cells.iter().find_map(|cell| match cell {
                CellFact::Figure(id) if !context.figure(*id).value().is_zero() => Some(*id),
                _ => None,
            })
        });
        if let (Some(id), false, false) = (figure, split, columns) {
            let message = Message::new(
                "公务用车购置及运维费应分别列出购置费和运行维护费",
                "Outlay on vehicles is to be split into buying and running",
            );
            laid.notes.push(note(page, Severity::Warning, figure_place(context, id, message), "公务用车"));
        }
    }
    unexplained(context, page, laid);
}

/// A change of 三公 outlay where no part of the narrative that speaks of it gives a reason for anything. Said once.
fn unexplained(context: &Context, page: usize, laid: &mut Laid) {
    const REASONS: [&str; 14] = [
        "原因",
        "主要是",
        "主要为",
        "主要系",
        "主要由",
        "由于",
        "因为",
        "为了",
        "压减",
        "压缩",
        "厉行",
        "节约",
        "过紧日子",
        "规定",
    ];
    let spoken = |measure: Option<&str>| measure.is_some_and(|measure| measure.starts_with("三公经费"));
    let parts: Vec<(u32, &Section)> = sections(context)
        .filter(|(_, own)| own.kind == Some(SectionKind::Narrative))
        .filter(|(_, own)| own.context.contains("三公") || own.statements.iter().any(|said| spoken(said.measure)))
        .collect();
    if parts.iter().any(|(_, own)| REASONS.iter().any(|word| own.prose.contains(word))) {
        return;
    }
    let change = parts.iter().find_map(|(number, own)| {
        let mut figures = own
            .statements
            .iter()
            .filter(|said| said.aspect == Aspect::Change && spoken(said.measure))
            .map(|said| &own.figures[said.figure as usize]);
        figures.find(|figure| !figure.value().is_zero()).map(|figure| (*number, figure))
    });
    let Some((number, figure)) = change else { return };
    let message = Message::new(
        format!("“三公”经费增减 {} 没有说明原因", figure.text),
        format!("No reason is given for the change of {} in “three public” expenses", figure.text),
    );
    laid.notes.push(note(page, Severity::Hint, at(number, figure.span, message), "三公经费增减"));
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::layout::Layout;
    use crate::text::Text;

    #[test]
    fn the_titles_of_a_long_section_take_no_room_for_its_other_lines() {
        let text = Text::new(&format!("收支总表\n{}", "\t办公费\n\t12.00\n\n".repeat(1000)));
        let layout = Layout::new(&text);
        let blocks: Arc<[_]> = layout.blocks(0..layout.len()).into();
        let titles = Titles::of(&Section { blocks, ..Section::default() });
        assert_eq!(titles.captions, ["收支总表"]);
        assert!(titles.captions.capacity() < 10, "{}", titles.captions.capacity());
    }
}
