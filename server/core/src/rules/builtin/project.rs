//! What tells a project from others: what it is called and how much it costs.

use rust_decimal::Decimal;

use super::similar::Core;
use crate::finding::Message;
use crate::reading::{FigureId, Section};
use crate::rules::context::Context;
use crate::rules::facet::Facet;
use crate::rules::note::NotePlace;
use crate::rules::rowset::project_key;

/// The project of a sheet.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Project {
    /// Its name, as printed but for breaks.
    pub name: String,
    /// Its name as it is [compared](project_key).
    pub key: String,
    /// The same, ready to be compared.
    pub core: Core,
    /// Its budget, by the number of the figure in the section, with its value.
    budget: Option<(u32, Decimal)>,
}

impl Facet for Project {
    fn of(section: &Section) -> Self {
        let Some(sheet) = &section.sheet else { return Self::default() };
        let name = sheet.name.text.clone();
        let budget = sheet.budget.map(|index| (index, section.figures[index as usize].value()));
        Self { key: project_key(&name), core: Core::of(&name), budget, name }
    }
}

/// A project with a budget.
#[derive(Clone, Copy)]
pub struct Budgeted<'a> {
    /// The section of its sheet.
    pub section: u32,
    /// What it is called.
    pub project: &'a Project,
    /// The figure of its budget.
    pub budget: FigureId,
    /// The value of that.
    pub value: Decimal,
}

/// The projects that have sheets, with their sections.
pub fn projects<'a>(context: &Context<'a>) -> impl Iterator<Item = (u32, &'a Project)> + use<'a> {
    context.sections.facets::<Project>(|class| class.sheet)
}

/// Those of them that state a budget.
pub fn budgeted<'a>(context: &Context<'a>) -> impl Iterator<Item = Budgeted<'a>> + use<'a> {
    projects(context).filter_map(|(section, project)| {
        let (index, value) = project.budget?;
        Some(Budgeted { section, project, budget: FigureId { section, index }, value })
    })
}

/// Where the name of a project stands in its sheet, with what it is.
pub fn name_place(context: &Context, section: u32, message: Message) -> NotePlace {
    let sheet = context.sections.get(section as usize).sheet.as_ref();
    let span = sheet.map(|sheet| sheet.name.span).unwrap_or_default();
    NotePlace { section, span, chars: None, message }
}
