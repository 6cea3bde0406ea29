//! One open file: its text, and what is known of it after every edit.

mod judged;
pub mod mend;
mod relations;
mod show;
mod tables;
mod view;

use std::collections::HashMap;
use std::sync::Arc;

pub use view::{
    CellView, Coverage, FigureView, Identity, OutlineItem, OutlineKind, RelationView, Role, RowView, SubjectView,
    TableView,
};

pub use crate::rules::relation::Verdict;

use crate::finding::Finding;
use crate::layout::{Block, Layout};
use crate::reading::Section;
use crate::reading::outline::{Faces, Plan, plan};
use crate::reading::split::split;
use crate::rules::Selection;
use crate::text::{Span, Text};
use judged::Judged;

/// A document under analysis. Cloning is cheap: what is known of it is shared.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: Text,
    layout: Layout,
    analysis: Arc<Analysis>,
}

impl Document {
    /// Reads a whole text and checks it by all rules.
    pub fn open(source: &str) -> Self {
        Self::open_with(source, Selection::default())
    }

    /// Reads a whole text and checks it by some of the rules.
    pub fn open_with(source: &str, selection: Selection) -> Self {
        let text = Text::new(source);
        let layout = Layout::new(&text);
        let analysis = Arc::new(Analysis::of(&text, &layout, selection, None));
        Self { text, layout, analysis }
    }

    /// Checks by these rules from now on. What has been read is judged anew; the result equals that of opening the
    /// text with them.
    pub fn select(&mut self, selection: Selection) {
        if selection != self.analysis.selection {
            self.analysis = Arc::new(Analysis::of(&self.text, &self.layout, selection, Some(&self.analysis)));
        }
    }

    /// Replaces a span (clamped to the text and to character boundaries) and brings the analysis up to date.
    /// The result equals that of opening the final text with the same rules.
    pub fn edit(&mut self, span: Span, with: &str) {
        let replaced = self.text.edit(span, with);
        self.layout.edit(&self.text, replaced, with.len());
        let selection = self.analysis.selection.clone();
        self.analysis = Arc::new(Analysis::of(&self.text, &self.layout, selection, Some(&self.analysis)));
    }

    /// The text as it stands.
    pub fn text(&self) -> &Text {
        &self.text
    }

    /// What is known of it.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }
}

/// What is known of a document: figures, relations, findings. All spans are byte ranges of the document's text.
#[derive(Debug, Default)]
pub struct Analysis {
    text: Text,
    /// The rules it was checked by.
    selection: Selection,
    /// The blocks each section was read from, so that it is read again only when one of them changed.
    read: Vec<(Plan, Vec<Arc<Block>>, Arc<Section>)>,
    /// What the blocks say by themselves; the blocks live in `read`.
    faces: Faces,
    /// Where each section begins.
    starts: Vec<usize>,
    /// The disclosures with the number of their first section.
    disclosures: Vec<(usize, Arc<Judged>)>,
    findings: Vec<Finding>,
}

impl Analysis {
    fn of(text: &Text, layout: &Layout, selection: Selection, before: Option<&Analysis>) -> Self {
        let blocks = layout.blocks();
        let known: HashMap<*const Block, usize> = before
            .map(|before| {
                before
                    .read
                    .iter()
                    .enumerate()
                    .filter_map(|(number, (_, blocks, _))| Some((Arc::as_ptr(blocks.first()?), number)))
                    .collect()
            })
            .unwrap_or_default();
        let (plans, faces) = plan(blocks, before.map(|before| &before.faces));
        let read: Vec<(Plan, Vec<Arc<Block>>, Arc<Section>)> = plans
            .into_iter()
            .map(|plan| {
                let own = &blocks[plan.blocks.clone()];
                let old = own
                    .first()
                    .and_then(|first| known.get(&Arc::as_ptr(first)))
                    .and_then(|&number| before?.read.get(number));
                let section = match old {
                    Some((was, same, section))
                        if was.kind == plan.kind
                            && was.context == plan.context
                            && same.len() == own.len()
                            && same.iter().zip(own).all(|(a, b)| Arc::ptr_eq(a, b)) =>
                    {
                        Arc::clone(section)
                    }
                    _ => Arc::new(Section::read(&plan, blocks)),
                };
                (plan, own.to_vec(), section)
            })
            .collect();
        let sections: Vec<Arc<Section>> = read.iter().map(|(_, _, section)| Arc::clone(section)).collect();
        let starts = sections
            .iter()
            .scan(0, |at, section| {
                *at += section.len;
                Some(*at - section.len)
            })
            .collect();
        // Which disclosure each section belonged to before.
        let was: HashMap<*const Section, usize> = before
            .map(|before| {
                let numbered = before.disclosures.iter().enumerate();
                numbered
                    .flat_map(|(number, (_, judged))| {
                        judged.sections.iter().map(move |section| (Arc::as_ptr(section), number))
                    })
                    .collect()
            })
            .unwrap_or_default();
        let disclosures = split(&sections)
            .into_iter()
            .map(|range| {
                let own = sections[range.clone()].to_vec();
                // The disclosure that shares most with this one is what it was before the edit.
                let mut shared: HashMap<usize, usize> = HashMap::new();
                for number in own.iter().filter_map(|section| was.get(&Arc::as_ptr(section))) {
                    *shared.entry(*number).or_default() += 1;
                }
                let most = shared.into_iter().max_by_key(|(number, count)| (*count, std::cmp::Reverse(*number)));
                let old = most.and_then(|(number, _)| Some(&before?.disclosures.get(number)?.1));
                (range.start, Judged::of(own, &selection, old))
            })
            .collect();
        let findings = Vec::new();
        let mut analysis = Self { text: text.clone(), selection, faces, read, starts, disclosures, findings };
        analysis.findings = analysis.show_findings();
        analysis
    }

    /// The findings, in order of place.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
