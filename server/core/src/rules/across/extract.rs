//! What a disclosure offers to others.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Body;
use super::listed::Listed;
use crate::hash::Map;
use crate::reading::fact_table::CellFact;
use crate::reading::{FigureId, Section};
use crate::rules::context::Context;
use crate::rules::formula::{Comparison, Factor, Op, Reference, Term};
use crate::rules::lay::{Place, long_label};
use crate::rules::narrative::{self, Binding};
use crate::rules::{Page, rowset};

/// A figure that is offered. Its value is the figure of the same number in the extract's section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// Which figure of the disclosure it is; its section is numbered within the disclosure.
    pub id: FigureId,
    /// What it is called: 收支总表收入总计.
    pub label: String,
}

/// The figures behind a reference by the row they are of (科目, or nothing where one row is named).
type Rows = BTreeMap<String, Vec<u32>>;

/// What a disclosure offers to others.
#[derive(Clone, Debug)]
pub struct Extract {
    /// Whose it is.
    pub body: Body,
    /// 决算 rather than 预算.
    pub accounts: bool,
    /// Of which year.
    pub year: u16,
    /// The offered figures, as a section.
    pub section: Arc<Section>,
    /// What they are.
    pub facts: Vec<Fact>,
    /// What its list of institutions says (机构设置), where it has one: names of units.
    pub institutions: Listed,
    offers: BTreeMap<String, Rows>,
}

impl PartialEq for Extract {
    fn eq(&self, other: &Self) -> bool {
        self.body == other.body
            && self.accounts == other.accounts
            && self.year == other.year
            && self.section.figures == other.section.figures
            && self.facts == other.facts
            && self.institutions == other.institutions
            && self.offers == other.offers
    }
}

/// Longest list of institutions that is kept, in bytes.
const INSTITUTIONS: usize = 8000;

/// Everything that any page of a book names in another disclosure.
pub fn wanted<'p>(pages: impl Iterator<Item = &'p Page>) -> Vec<Wanted> {
    let all = pages.flat_map(|page| &page.parsed).flat_map(|formula| formula.references());
    let named = all.filter(|reference| reference.of.is_some());
    let mut each: Vec<Reference> =
        named.map(|one| Reference { of: None, optional: false, sum: false, ..one.clone() }).collect();
    each.sort_by_cached_key(name);
    each.dedup();
    each.into_iter().map(|reference| Wanted { name: name(&reference), reference }).collect()
}

/// What a page names in another disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    reference: Reference,
    name: String,
}

/// A reference as it is looked up in other disclosures: without whose it is and without Σ.
pub fn name(reference: &Reference) -> String {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    format!("{}[{}].{}", part(&reference.table), part(&reference.row), part(&reference.name))
}

impl Extract {
    /// What a disclosure offers; none where it does not say whose or of what year it is.
    pub fn of(context: &Context) -> Option<Self> {
        let disclosure = context.disclosure;
        let own = || context.sections;
        let name_of_body = disclosure.body()?;
        let mentions = || own().of(|class| class.bodies).flat_map(|(_, section)| &section.bodies);
        let code = mentions().filter(|body| body.name.text == name_of_body).find_map(|body| body.code.as_ref());
        let titled = |word: &str| own().of(|class| class.cover).any(|(_, section)| section.heading.text.contains(word));
        let department = match (titled("部门"), titled("单位")) {
            (true, false) => Some(true),
            (false, true) => Some(false),
            _ => None,
        };
        let mut extract = Self {
            body: Body::new(name_of_body, code.map(|code| code.text.clone()), department),
            accounts: disclosure.accounts,
            year: disclosure.year?,
            section: Arc::default(),
            facts: Vec::new(),
            institutions: Listed::new(institutions(own().of(|class| class.institutions).map(|(_, section)| section))),
            offers: BTreeMap::new(),
        };
        let mut figures = Vec::new();
        let mut kept = Map::default();
        for Wanted { reference, name } in context.selection.book().wanted() {
            let Some(found) = offered(context, reference) else { continue };
            let mut rows = Rows::new();
            for (key, facts) in found {
                let numbers = facts.into_iter().map(|(id, label)| {
                    *kept.entry(id).or_insert_with(|| {
                        figures.push(context.figure(id).clone());
                        extract.facts.push(Fact { id, label });
                        extract.facts.len() as u32 - 1
                    })
                });
                rows.insert(key, numbers.collect());
            }
            extract.offers.insert(name.clone(), rows);
        }
        extract.section = Arc::new(Section::of_figures(figures));
        Some(extract)
    }

    /// The figures behind a reference for a row; none where the disclosure does not have them, empty where the cell is
    /// blank.
    pub fn offer(&self, reference: &str, row: &str) -> Option<&[u32]> {
        self.offers.get(reference)?.get(row).map(Vec::as_slice)
    }

    /// Is it of a unit of a department of the same year: by its code, or named in the list of institutions there?
    pub fn may_be_unit_of(&self, department: &Self) -> bool {
        let (own, above) = (&self.body, &department.body);
        let listed = || {
            own.department == Some(false)
                && above.department != Some(false)
                && own.stem() != above.stem()
                && own.stem().chars().count() >= 4
                && department.institutions.names(own.stem())
        };
        self.year == department.year && self.accounts == department.accounts && (own.is_unit_of(above) || listed())
    }

    /// May the other matter to it: as the same body, or as a unit of its own?
    pub fn may_be_related_to(&self, other: &Self) -> bool {
        self.body.is(&other.body) || other.may_be_unit_of(self)
    }

    /// Are the same disclosures related to it as to the other, whatever either offers?
    pub fn has_the_relatives_of(&self, other: &Self) -> bool {
        let kin = |extract: &'_ Self| (extract.year, extract.accounts);
        kin(self) == kin(other) && self.body == other.body && self.institutions == other.institutions
    }

    /// Does it offer the same amounts under the same names? Then it is the same disclosure in another file.
    pub fn is_copy_of(&self, other: &Self) -> bool {
        let amounts = |extract: &Self| -> Vec<_> {
            extract.section.figures.iter().map(|figure| (figure.value(), figure.half_ulp())).collect()
        };
        self.offers == other.offers && amounts(self) == amounts(other)
    }
}

/// The text of 机构设置: its table, and the section of the narrative that is headed so.
fn institutions<'a>(listed: impl Iterator<Item = &'a Section>) -> String {
    let mut text = String::new();
    for section in listed {
        let room = INSTITUTIONS.saturating_sub(text.len()).min(section.prose.len());
        let end = (0..=room).rev().find(|&at| section.prose.is_char_boundary(at)).unwrap_or(0);
        text += &section.prose[..end];
    }
    text
}

type Named = Vec<(FigureId, String)>;

/// The figures that a reference names here, by the row they are of.
fn offered(context: &Context, reference: &Reference) -> Option<BTreeMap<String, Named>> {
    let table_name = reference.table.as_deref()?;
    if table_name == "说明" {
        return told(context, reference).map(|found| BTreeMap::from([(String::new(), found)]));
    }
    if reference.row.as_deref() != Some("同科目") {
        let found = context.resolve(reference, Place::default(), &Binding::new())?;
        return Some(BTreeMap::from([(String::new(), found)]));
    }
    let (table, column) = (context.disclosure.table(table_name)?, reference.name.as_deref()?);
    let at = table.column(column)?;
    if table.repeated_codes || !table.columns_sure && column != "合计" {
        return None;
    }
    let mut rows = BTreeMap::new();
    for row in 0..table.rows.len() {
        let Some(code) = rowset::subject_code(table, row) else { continue };
        match table.rows[row].cells[at] {
            CellFact::Blank => rows.insert(code, Vec::new()),
            CellFact::Figure(id) => rows.insert(code, vec![(id, long_label(table, row, column))]),
            CellFact::Unknown => None,
        };
    }
    Some(rows)
}

/// What the narrative says of a measure, where it says it once, or the same each time.
fn told(context: &Context, reference: &Reference) -> Option<Named> {
    let term = || vec![Term { sign: 1, factors: vec![Factor::Reference(reference.clone())] }];
    let comparison = Comparison { left: term(), op: Op::Equal, right: term() };
    let bindings = narrative::bindings(context, &[&comparison], None);
    let said: Vec<Named> = bindings
        .iter()
        .filter_map(|binding| narrative::resolve(context, reference.name.as_deref()?, binding))
        .collect();
    let values = |named: &Named| named.iter().map(|(id, _)| context.figure(*id).value()).collect::<Vec<_>>();
    let first = said.first()?;
    said.iter().all(|other| values(other) == values(first)).then(|| first.clone())
}
