//! One open file: its text, and what is known of it after every edit.

mod ahead;
mod chapter;
mod chapters;
mod coverage;
pub mod examples;
mod judged;
pub mod mend;
mod outline;
mod pieces;
mod read;
mod relations;
mod rest;
mod sayings;
mod show;
mod tables;
mod view;

use std::sync::{Arc, OnceLock};

pub use sayings::Saying;
pub use view::{
    CellView, Coverage, FigureView, Identity, OutlineItem, OutlineKind, RelationView, Role, RowView, SubjectView,
    TableView,
};

pub use crate::rules::relation::Verdict;

use crate::finding::Finding;
use crate::layout::{Change, Layout};
use crate::rules::across::{Library, Others, Places, Published};
use crate::rules::{Page, Selection};
use crate::text::{Span, Text};
use chapter::Chapter;
use rest::Opening;

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
        Self::of(Text::new(source), selection, file, library)
    }

    /// The same of a text that is known already, and is not held twice.
    pub fn of(text: Text, selection: Selection, file: &Arc<str>, library: &Arc<Library>) -> Self {
        let layout = Layout::new(&text);
        let others = Others { file: Arc::clone(file), library: Arc::clone(library) };
        let analysis = Arc::new(Analysis::of(&text, &layout, selection, others));
        Self { text, layout, analysis }
    }

    /// Checks by these rules from now on. What has been read is judged anew; the result equals that of opening the
    /// text with them.
    pub fn select(&mut self, selection: Selection) {
        if selection != self.analysis.selection {
            self.judge_anew(selection, self.analysis.others.clone());
        }
    }

    /// Checks it beside other files from now on; `file` is what it is called among them. The result equals that of
    /// opening the text among them. Only disclosures are judged anew that have other relatives now.
    pub fn among(&mut self, file: &Arc<str>, library: &Arc<Library>) {
        let known = &self.analysis.others;
        if known.file != *file || !Arc::ptr_eq(&known.library, library) {
            let others = Others { file: Arc::clone(file), library: Arc::clone(library) };
            if known.file == *file && known.library.is_same_beside(library, file) {
                self.analysis = Arc::new(self.analysis.with_others(others));
                return;
            }
            self.judge_anew(self.analysis.selection.clone(), others);
        }
    }

    /// What its disclosures offer to other files, under the name that these know it by.
    pub fn published(&self, file: &Arc<str>) -> Vec<Published> {
        self.analysis.published(file)
    }

    fn judge_anew(&mut self, selection: Selection, others: Others) {
        self.analysis = Arc::new(self.analysis.beside(&self.text, &self.layout, selection, others));
    }

    /// Replaces a span (clamped to the text and to character boundaries) and brings the analysis up to date.
    /// The result equals that of opening the final text with the same rules.
    pub fn edit(&mut self, span: Span, with: &str) {
        let replaced = self.text.edit(span, with);
        let change = self.layout.edit(&self.text, replaced, with.len());
        self.analysis = Arc::new(self.analysis.after(&self.text, &self.layout, change));
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

/// A disclosure of a document in its place. Where it [only moved](Part::moved_since), what is said of it did too.
#[derive(Clone, Debug)]
pub struct Part {
    chapter: Arc<Chapter>,
    number: usize,
    base: (usize, usize),
}

impl Part {
    /// By how many lines it was moved since another state of it; none where more than that may be different. It begins
    /// with a line, so that no column is another one.
    pub fn moved_since(&self, other: &Self) -> Option<Moved> {
        let same = Arc::ptr_eq(&self.chapter, &other.chapter) && !self.chapter.fixed;
        same.then(|| Moved::between(other.base.1, self.base.1))
    }
}

/// How far a disclosure was moved, in lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    from: usize,
    to: usize,
}

impl Moved {
    /// From one line to another.
    pub const fn between(from: usize, to: usize) -> Self {
        Self { from, to }
    }

    /// Not at all?
    pub fn is_nothing(self) -> bool {
        self.from == self.to
    }

    /// Where a line of the disclosure is now.
    pub fn line(self, before: usize) -> usize {
        before + self.to - self.from
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
    /// The disclosures, in order of place; together they hold every section of the text. Shared with what is known ahead.
    chapters: Arc<[Arc<Chapter>]>,
    /// Where each of them begins: byte and line.
    bases: Vec<(usize, usize)>,
    /// The findings with their places in the text, once they have been asked for.
    findings: OnceLock<Vec<Finding>>,
    suppressed: OnceLock<Vec<(usize, Finding)>>,
}

impl Analysis {
    /// Of a whole text.
    fn of(text: &Text, layout: &Layout, selection: Selection, others: Others) -> Self {
        let pieces = pieces::all(layout, selection.unit());
        let opening = Opening::new(text, &selection, &others);
        let chapters = chapters::all(pieces, &selection, &others, opening);
        Self::made(text, selection, others, chapters.into())
    }

    /// After an edit of the text.
    fn after(&self, text: &Text, layout: &Layout, change: Change) -> Self {
        let chapters = match pieces::after(&self.chapters, layout, change, self.selection.unit()) {
            Some(edit) => chapters::after(&self.chapters, edit, &self.selection, &self.others).into(),
            None => Arc::clone(&self.chapters),
        };
        let analysis = Self::made(text, self.selection.clone(), self.others.clone(), chapters);
        analysis.make_room();
        analysis
    }

    /// By other rules, or beside other files.
    fn beside(&self, text: &Text, layout: &Layout, selection: Selection, others: Others) -> Self {
        if selection.unit() != self.selection.unit() {
            return Self::of(text, layout, selection, others);
        }
        let opening = Opening::new(text, &selection, &others);
        let chapters = chapters::anew(&self.chapters, &selection, &others, opening);
        Self::made(text, selection, others, chapters.into())
    }

    /// Beside files of which the same is known.
    fn with_others(&self, others: Others) -> Self {
        Self::made(&self.text, self.selection.clone(), others, Arc::clone(&self.chapters))
    }

    fn made(text: &Text, selection: Selection, others: Others, chapters: Arc<[Arc<Chapter>]>) -> Self {
        let begin = |at: &mut (usize, usize), chapter: &Arc<Chapter>| {
            let base = *at;
            *at = (base.0 + chapter.bytes, base.1 + chapter.lines);
            Some(base)
        };
        let bases = chapters.iter().scan((0, 0), begin).collect();
        Self::placed(text, selection, others, chapters, bases)
    }

    /// Of disclosures that begin there.
    fn placed(
        text: &Text,
        selection: Selection,
        others: Others,
        chapters: Arc<[Arc<Chapter>]>,
        bases: Vec<(usize, usize)>,
    ) -> Self {
        let (text, findings, suppressed) = (text.clone(), OnceLock::new(), OnceLock::new());
        Self { text, selection, others, chapters, bases, findings, suppressed }
    }

    fn published(&self, file: &Arc<str>) -> Vec<Published> {
        let each = self.chapters.iter().zip(&self.bases);
        let published = each.filter_map(|(chapter, &base)| {
            let (extract, starts) = (Arc::clone(chapter.extract.as_ref()?), Arc::clone(&chapter.starts));
            let places = Places::In { text: self.text.clone(), base, lines: chapter.lines, starts };
            Some(Published { file: Arc::clone(file), extract, places })
        });
        published.collect()
    }

    /// The findings that are not shown because a suppression covers them, with its number.
    pub fn suppressed(&self) -> &[(usize, Finding)] {
        self.suppressed.get_or_init(|| self.shown().flat_map(|shown| shown.suppressed.clone()).collect())
    }

    /// The rules it was checked by.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// The parts of the document that are shown by themselves, in order of place.
    pub fn parts(&self) -> impl Iterator<Item = Part> {
        let each = self.chapters.iter().zip(&self.bases).enumerate();
        each.filter(|(_, (chapter, _))| chapter.is_one).map(|(number, (chapter, &base))| Part {
            chapter: Arc::clone(chapter),
            number,
            base,
        })
    }

    fn page(&self, number: usize) -> &Page {
        &self.selection.book()[number]
    }

    /// The findings, in order of place.
    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| self.shown().flat_map(|shown| shown.findings.clone()).collect())
    }
}
