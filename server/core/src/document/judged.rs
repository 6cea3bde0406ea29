//! A disclosure with all that is known of it, and how that is kept up to date.

use std::collections::HashMap;
use std::sync::Arc;

use crate::finding::Severity;
use crate::reading::disclosure::{Settled, figure};
use crate::reading::{Disclosure, FigureId, Section};
use crate::rules::context::{Laid, SameText};
use crate::rules::lay;
use crate::rules::page::number;
use crate::rules::relation::{Gap, Lookup};
use crate::rules::{Relation, Selection};
use crate::verdict::judge::{Judgement, gaps, judge};
use crate::verdict::unit_slip::recognise;

/// A disclosure, judged. All figures are named by the number of their section within the disclosure.
#[derive(Debug, Default)]
pub struct Judged {
    /// Its sections.
    pub sections: Vec<Arc<Section>>,
    /// What they make up.
    pub disclosure: Disclosure,
    /// False where the text is no disclosure at all.
    pub is_one: bool,
    settled: Vec<Settled>,
    /// The rules it was judged by.
    selection: Selection,
    /// What its figures mean, without their values: while it is the same, the same formulas fall on the same figures.
    skeleton: u64,
    formulas: Arc<Laid>,
    /// All relations, those of formulas first.
    pub relations: Vec<Relation>,
    /// Notes of functions.
    pub notes: Vec<crate::rules::note::Note>,
    /// Texts that must be the same.
    pub texts: Vec<SameText>,
    /// Relations that could not be laid.
    pub unlaid: usize,
    /// The gap of each relation.
    pub gaps: Vec<Option<Gap>>,
    /// Findings about figures.
    pub judgements: Vec<Judgement>,
}

impl Judged {
    /// Judges sections; `before` is the disclosure that stood in their place, of which all that still holds is kept.
    pub fn of(sections: Vec<Arc<Section>>, selection: &Selection, before: Option<&Arc<Judged>>) -> Arc<Self> {
        if let Some(before) = before
            && before.selection == *selection
            && before.sections.len() == sections.len()
            && before.sections.iter().zip(&sections).all(|(old, new)| Arc::ptr_eq(old, new))
        {
            return Arc::clone(before);
        }
        let memory = before.map_or(&[][..], |before| &before.settled);
        let (disclosure, settled) = Disclosure::assemble(0..sections.len(), &sections, memory);
        let is_one = disclosure.is_one(&sections);
        let skeleton = disclosure.skeleton(&sections);
        let selection = selection.clone();
        let mut judged = Self { sections, disclosure, is_one, settled, selection, skeleton, ..Self::default() };
        if !is_one {
            return Arc::new(judged);
        }
        judged.formulas = match before {
            Some(before) if before.skeleton == skeleton && before.is_one && before.selection == judged.selection => {
                Arc::clone(&before.formulas)
            }
            _ => Arc::new(lay::formulas(&judged.disclosure, &judged.sections, &judged.selection)),
        };
        let functions = lay::functions(&judged.disclosure, &judged.sections, &judged.selection);
        judged.relations = judged.formulas.relations.iter().chain(&functions.relations).cloned().collect();
        judged.unlaid = judged.formulas.unchecked + functions.unchecked;
        judged.notes = functions.notes;
        judged.texts = functions.texts;
        let sections = judged.sections.clone();
        let find = |id| figure(&sections, id);
        let lookup = Lookup { figure: &find, instead: HashMap::new() };
        judged.gaps = gaps(&judged.relations, &lookup);
        judged.judgements = judge(&judged.relations, &judged.gaps, &judged.notes, &find);
        judged.name_unit_slips();
        Arc::new(judged)
    }

    /// What a slip of the unit explains is said as such: a table with a wrong unit (UF01) once, and not at each figure
    /// that is compared with it; a figure with a wrong unit (UF02) as that.
    fn name_unit_slips(&mut self) {
        let sections = self.sections.clone();
        let find = |id| figure(&sections, id);
        let behind = |id: FigureId| sections[id.section as usize].unit_behind(find(id).span.end);
        let wrong = number("UF01");
        let tables: Vec<u32> = self
            .notes
            .iter()
            .filter(|note| Some(note.page) == wrong && note.severity == Severity::Warning)
            .map(|note| note.at.section)
            .collect();
        let relations = &self.relations;
        let crosses = |number: &usize| {
            let inside = |id: FigureId| tables.contains(&id.section);
            let figures = || relations[*number].sides.figures();
            figures().any(inside) && !figures().all(inside)
        };
        self.judgements.retain(|judgement| tables.is_empty() || !judgement.explains.iter().all(crosses));
        let Some(page) = number("UF02").filter(|page| self.selection.checks(*page)) else { return };
        let notes = &mut self.notes;
        self.judgements.retain(|judgement| {
            let slip = recognise(page, judgement, relations, &find, &behind);
            notes.extend(slip.clone());
            slip.is_none()
        });
    }
}
