//! One open file: its text, and what is known of it after every edit.

pub mod examples;
mod judged;
mod read;
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
use crate::rules::across::{Extract, Library, Others, Published, peers};
use crate::rules::{Page, Selection};
use crate::text::{Span, Spot, Text};
use judged::Judged;
use read::Read;

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
        let Others { file, library } = Others::default();
        Self::open_among(source, selection, &file, &library)
    }

    /// Reads a whole text and checks it by some of the rules, beside other files; `file` is what it is called among them.
    pub fn open_among(source: &str, selection: Selection, file: &Arc<str>, library: &Arc<Library>) -> Self {
        let text = Text::new(source);
        let layout = Layout::new(&text);
        let others = Others { file: Arc::clone(file), library: Arc::clone(library) };
        let analysis = Arc::new(Analysis::of(&text, &layout, selection, others, None));
        Self { text, layout, analysis }
    }

    /// Checks by these rules from now on. What has been read is judged anew; the result equals that of opening the
    /// text with them.
    pub fn select(&mut self, selection: Selection) {
        if selection != self.analysis.selection {
            self.renew(selection, self.analysis.others.clone());
        }
    }

    /// Checks it beside other files from now on; `file` is what it is called among them. The result equals that of
    /// opening the text among them. Only disclosures are judged anew that have other relatives now.
    pub fn among(&mut self, file: &Arc<str>, library: &Arc<Library>) {
        let known = &self.analysis.others;
        if known.file != *file || !Arc::ptr_eq(&known.library, library) {
            let others = Others { file: Arc::clone(file), library: Arc::clone(library) };
            self.renew(self.analysis.selection.clone(), others);
        }
    }

    /// What its disclosures offer to other files, under the name that these know it by.
    pub fn published(&self, file: &Arc<str>) -> Vec<Published> {
        self.analysis.published(file)
    }

    fn renew(&mut self, selection: Selection, others: Others) {
        self.analysis = Arc::new(Analysis::of(&self.text, &self.layout, selection, others, Some(&self.analysis)));
    }

    /// Replaces a span (clamped to the text and to character boundaries) and brings the analysis up to date.
    /// The result equals that of opening the final text with the same rules.
    pub fn edit(&mut self, span: Span, with: &str) {
        let replaced = self.text.edit(span, with);
        self.layout.edit(&self.text, replaced, with.len());
        self.renew(self.analysis.selection.clone(), self.analysis.others.clone());
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
    /// The files it is checked beside.
    others: Others,
    /// The blocks each section was read from, so that it is read again only when one of them changed.
    read: Vec<(Plan, Vec<Arc<Block>>, Arc<Section>)>,
    /// What the blocks say by themselves; the blocks live in `read`.
    faces: Faces,
    /// Where each section begins.
    starts: Vec<usize>,
    /// The disclosures with the number of their first section.
    disclosures: Vec<(usize, Arc<Judged>)>,
    findings: Vec<Finding>,
    /// Those that the user does not want to be told of.
    suppressed: Vec<(usize, Finding)>,
}

/// A disclosure of the text on its way to be judged.
struct Part<'a> {
    /// The number of its first section.
    start: usize,
    read: Arc<Read>,
    /// What it was before the edit.
    before: Option<&'a Arc<Judged>>,
}

impl Analysis {
    fn of(text: &Text, layout: &Layout, selection: Selection, others: Others, before: Option<&Analysis>) -> Self {
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
        let same_unit = before.is_some_and(|before| before.selection.unit() == selection.unit());
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
                        if same_unit
                            && was.kind == plan.kind
                            && was.context == plan.context
                            && was.published == plan.published
                            && same.len() == own.len()
                            && same.iter().zip(own).all(|(a, b)| Arc::ptr_eq(a, b)) =>
                    {
                        Arc::clone(section)
                    }
                    _ => {
                        let mut section = Section::read(&plan, blocks);
                        selection.unit().into_iter().for_each(|unit| section.assume(unit));
                        Arc::new(section)
                    }
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
        let parts: Vec<Part> = split(&sections)
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
                Part { start: range.start, read: Read::of(own, &selection, old.map(|old| &old.read)), before: old }
            })
            .collect();
        let extracts: Vec<Option<Arc<Extract>>> = parts.iter().map(|part| part.read.extract.clone()).collect();
        let judge = |(number, Part { start, read, before }): (usize, Part)| {
            (start, Judged::of(read, peers(number, &extracts, &others), &selection, before))
        };
        let disclosures = parts.into_iter().enumerate().map(judge).collect();
        let (text, findings, suppressed) = (text.clone(), Vec::new(), Vec::new());
        let mut analysis = Self { text, selection, others, faces, read, starts, disclosures, findings, suppressed };
        for finding in analysis.show_findings() {
            match analysis.selection.suppression(&finding.key) {
                Some(number) => analysis.suppressed.push((number, finding)),
                None => analysis.findings.push(finding),
            }
        }
        analysis
    }

    fn published(&self, file: &Arc<str>) -> Vec<Published> {
        let offered = self.disclosures.iter().filter_map(|(start, judged)| Some((start, judged.extract.as_ref()?)));
        let published = offered.map(|(start, extract)| {
            let spots = extract.facts.iter().zip(&extract.section.figures).map(|(fact, figure)| {
                let span = figure.span.shifted(self.starts[start + fact.id.section as usize]);
                (span, Spot::new(&self.text, span))
            });
            Published { file: Arc::clone(file), extract: Arc::clone(extract), spots: spots.collect() }
        });
        published.collect()
    }

    /// The findings that are not shown because a suppression covers them, with its number.
    pub fn suppressed(&self) -> &[(usize, Finding)] {
        &self.suppressed
    }

    /// The rules it was checked by.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    fn page(&self, number: usize) -> &Page {
        &self.selection.book()[number]
    }

    /// The findings, in order of place.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}
