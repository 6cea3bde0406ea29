//! A disclosure with all that is known of it, and how that is kept up to date.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::reading::disclosure::{Settled, figure};
use crate::reading::{Disclosure, Section};
use crate::rules::context::{Laid, SameText};
use crate::rules::lay;
use crate::rules::relation::{Gap, Lookup, Verdict};
use crate::rules::{Relation, Selection};
use crate::verdict::Figures;
use crate::verdict::judge::{Judgement, gaps, judge};

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
    /// The gap of each relation; none where it says nothing, or nothing is said of it.
    pub gaps: Vec<Option<Gap>>,
    /// Relations of what was most probably misread: unchecked.
    pub aside: BTreeSet<usize>,
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
        let section = |number: u32| sections[number as usize].figures.as_slice();
        let figures = Figures { of: &find, section: &section };
        let verdict = judge(&judged.relations, &judged.gaps, &judged.notes, figures);
        verdict.aside.iter().for_each(|&number| judged.gaps[number] = None);
        judged.judgements = verdict.judgements;
        judged.aside = verdict.aside;
        Arc::new(judged)
    }

    /// What became of a relation; none where its guard does not hold.
    pub fn verdict(&self, number: usize) -> Option<Verdict> {
        match self.gaps[number] {
            Some(gap) => Some(gap.verdict()),
            None => self.aside.contains(&number).then_some(Verdict::Unchecked),
        }
    }
}
