//! One body's one year's publication: its tables with every figure in its column, its sheets, its sentences.

use std::ops::Range;
use std::sync::{Arc, OnceLock};

use super::fact_table::{CellFact, FactRow, FactTable, RowIndex, join};
use super::figure::{Figure, FigureId};
use super::office;
use super::place::{self, Bounds};
use super::section::Section;
use super::sheet::Sheet;
use super::split::majority;
use super::statement::Statement;
use super::table::{Row, RowKind, Side, Table};
use crate::catalog::Unit;

/// One disclosure.
#[derive(Clone, Debug, Default)]
pub struct Disclosure {
    /// Its sections, by their numbers in the document.
    pub sections: Range<usize>,
    /// 决算 rather than 预算.
    pub accounts: bool,
    /// An administrative body, or one run like it (参公): its institutions table says so, or its own glossary defines
    /// 机关运行经费 as 公用经费.
    pub administrative: bool,
    /// Budget year.
    pub year: Option<u16>,
    /// The publishing body.
    pub body: Option<String>,
    /// The unit most of its tables are in.
    pub unit: Option<Unit>,
    /// Its tables, one for each form.
    pub tables: Vec<Arc<FactTable>>,
    /// The tables as settled, by section: what hovers and coverage look up.
    pub settled: Vec<(u32, Arc<Table>)>,
}

/// What settling a table of PDF text rested on, to be had again while nothing of it changes.
#[derive(Clone, Debug)]
pub struct Settled {
    section: Arc<Section>,
    bounds: Bounds,
    /// The table names no unit, and the others are not in the usual one.
    strange: bool,
    table: Arc<Table>,
    /// The same with its only source of money named.
    sourced: OnceLock<Arc<Table>>,
}

/// What was put together before, to be had again as far as it rests on the same.
#[derive(Clone, Copy, Default)]
pub struct Before<'a> {
    /// What was settled.
    pub settled: &'a [Settled],
    /// The disclosure.
    pub disclosure: Option<&'a Disclosure>,
}

/// The forms in the order they are settled in: those first whose columns the others are placed by.
const ORDER: [&str; 20] = [
    "B1", "B5", "B6", "B7", "B8", "G", "A", "B2", "B3", "B4", "B9", "F1", "F5", "F6", "F8", "F9", "F2", "F3", "F4",
    "F7",
];

impl Disclosure {
    /// Puts the sections of one disclosure together; `before` is what stood in its place.
    pub fn assemble(range: Range<usize>, all: &[Arc<Section>], before: Before) -> (Self, Vec<Settled>) {
        let sections = &all[range.clone()];
        let mut disclosure = Self { sections: range.clone(), ..Self::default() };
        disclosure.identify(sections);
        let mut kept = Vec::new();
        let each = sections.iter().enumerate();
        let tables: Vec<(usize, &Arc<Section>, &Table)> =
            each.filter_map(|(offset, section)| Some((offset, section, section.table.as_ref()?))).collect();
        for id in ORDER {
            let tables = || tables.iter().copied().filter(|(.., table)| table.form.id == id);
            // Those with a title first.
            let titled = |table: &Table| !table.title.span.is_empty();
            let (first, last) = (tables().filter(|(.., t)| titled(t)), tables().filter(|(.., t)| !titled(t)));
            let from = disclosure.settled.len();
            for (offset, section, table) in first.chain(last) {
                let number = (range.start + offset) as u32;
                let bounds = if table.flow { disclosure.bounds(id, table, section, all) } else { Bounds::default() };
                let strange = table.unit.is_none() && disclosure.unit.is_some_and(|unit| unit != Unit::TenThousand);
                let same = |old: &&Settled| {
                    Arc::ptr_eq(&old.section, section) && old.bounds == bounds && old.strange == strange
                };
                let known = before.settled.iter().find(same);
                let settled = known.cloned().unwrap_or_else(|| {
                    let mut table = table.clone();
                    if table.flow {
                        place::settle(&mut table, &section.figures, &bounds);
                    }
                    table.unread |= strange;
                    let table = Arc::new(table);
                    Settled { section: Arc::clone(section), bounds, strange, table, sourced: OnceLock::new() }
                });
                let known = match table.column(super::purchase_table::SOURCE) {
                    Some(column) if disclosure.has_one_source(all) => {
                        settled.sourced.get_or_init(|| Arc::new(with_source(&settled.table, column)))
                    }
                    _ => &settled.table,
                };
                disclosure.settled.push((number, Arc::clone(known)));
                kept.push(settled);
            }
            let pages = &disclosure.settled[from..];
            let joined = before.disclosure.and_then(|before| before.joined(id, pages)).or_else(|| join(pages));
            disclosure.tables.extend(joined);
        }
        disclosure.add_sheets(all);
        (disclosure, kept)
    }

    /// The table of a form, where it was joined of just these pages.
    fn joined(&self, id: &str, pages: &[(u32, Arc<Table>)]) -> Option<Arc<FactTable>> {
        let known = self.tables.iter().find(|table| table.form.id == id)?;
        let own = self.settled.iter().filter(|(_, table)| table.form.id == id);
        let same = own.clone().count() == pages.len()
            && own.zip(pages).all(|(old, new)| old.0 == new.0 && Arc::ptr_eq(&old.1, &new.1));
        same.then(|| Arc::clone(known))
    }

    /// Is all income of one source?
    fn has_one_source(&self, all: &[Arc<Section>]) -> bool {
        let income = |row: &str| self.value("收支总表", row, "预算数", all).filter(|value| !value.is_zero());
        income("收入总计").is_some_and(|whole| income("一般公共预算拨款收入") == Some(whole))
    }

    /// The project sheets as one table with a row for each.
    fn add_sheets(&mut self, all: &[Arc<Section>]) {
        let Some(form) = crate::catalog::forms::by_id("P") else { return };
        let rows: Vec<FactRow> = self
            .sheets(all)
            .map(|(section, sheet)| {
                let cell = |index: Option<u32>| {
                    index.map_or(CellFact::Blank, |index| CellFact::Figure(FigureId { section, index }))
                };
                let row = Row::new(RowKind::Item, Side::Outlay, sheet.name.clone(), 3);
                FactRow { row, section, cells: vec![cell(sheet.budget), cell(sheet.fiscal), cell(sheet.other)] }
            })
            .collect();
        let Some(first) = rows.first() else { return };
        let (section, title) = (first.section, first.row.name.clone());
        let columns = form.columns.iter().map(|item| Some(item.name.clone())).collect();
        let table = FactTable {
            form,
            columns,
            rows,
            columns_sure: true,
            repeated_codes: false,
            declared_empty: false,
            section,
            title,
            unit: None,
            sections: Vec::new(),
            meaning: 0,
            index: RowIndex::default(),
        };
        self.tables.push(Arc::new(table.finished()));
    }

    /// A disclosure is known by its cover, by a table of the official forms, or by a title over a narrative with amounts:
    /// a text that only speaks of disclosures is none.
    pub fn is_one(&self, all: &[Arc<Section>]) -> bool {
        let sections = &all[self.sections.clone()];
        let cover = sections.iter().any(|section| section.cover);
        let tables = self
            .settled
            .iter()
            .filter(|(_, table)| table.form.id.starts_with(['B', 'F']) && !table.rows.is_empty())
            .count();
        let headed = || {
            sections.iter().any(|section| {
                (section.heading.text.contains("预算") || section.heading.text.contains("部门决算"))
                    && section.heading.text.contains("公开")
                    || section.prose.contains("部门预算公开")
                    || section.prose.contains("预算信息公开")
            })
        };
        let told = || sections.iter().flat_map(|section| &section.statements).any(|said| said.measure.is_some());
        cover || tables >= 1 || headed() && told()
    }

    fn identify(&mut self, sections: &[Arc<Section>]) {
        let cover = sections.iter().find(|section| section.cover);
        self.accounts = cover.or(sections.first()).is_some_and(|section| section.accounts);
        self.year = majority(sections.iter().flat_map(|section| section.years.iter().map(|(year, _)| *year)));
        let codes = |body: &&super::mentions::BodyMention| body.code.as_ref().is_none_or(|code| code.text.len() == 3);
        let bodies = sections.iter().flat_map(|section| section.bodies.iter());
        let name = majority(bodies.clone().filter(codes).map(|body| body.name.text.as_str()))
            .or_else(|| majority(bodies.map(|body| body.name.text.as_str())));
        self.body = name.map(str::to_owned);
        self.administrative = office::all_of_running_costs(sections.iter().map(|section| section.office()));
        self.unit = majority(sections.iter().filter_map(|section| section.table.as_ref()?.unit));
    }

    /// The sheets, with their sections.
    pub fn sheets<'a>(&self, all: &'a [Arc<Section>]) -> impl Iterator<Item = (u32, &'a Sheet)> + use<'a> {
        let start = self.sections.start;
        all[self.sections.clone()]
            .iter()
            .enumerate()
            .filter_map(move |(offset, section)| Some(((start + offset) as u32, section.sheet.as_ref()?)))
    }

    /// The statements of the narrative, with their sections.
    pub fn statements<'a>(
        &self,
        all: &'a [Arc<Section>],
    ) -> impl Iterator<Item = (u32, usize, &'a Statement)> + use<'a> {
        let start = self.sections.start;
        all[self.sections.clone()].iter().enumerate().flat_map(move |(offset, section)| {
            section
                .statements
                .iter()
                .enumerate()
                .map(move |(node, statement)| ((start + offset) as u32, node, statement))
        })
    }

    /// The table of a form, by its name in formulas.
    pub fn table(&self, name: &str) -> Option<&FactTable> {
        self.tables.iter().find(|table| table.form.name == name).map(|table| &**table)
    }
}

/// The procurement table with its only source of money named.
fn with_source(table: &Table, column: usize) -> Table {
    let mut named = table.clone();
    named.columns[column].name = Some("一般公共预算拨款".to_owned());
    named
}

/// The figure of an id.
pub fn figure(all: &[Arc<Section>], id: FigureId) -> &Figure {
    &all[id.section as usize].figures[id.index as usize]
}
