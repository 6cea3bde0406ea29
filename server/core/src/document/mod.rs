//! One open file: its text, and what is known of it after every edit.

mod view;

pub use view::{Coverage, FigureView, Identity, OutlineItem, OutlineKind, RelationView, Role, SubjectView, Verdict};

use crate::text::{Span, Text};
use crate::verdict::finding::Finding;

/// A document under analysis. Cloning is cheap: what is known of it is shared.
#[derive(Clone, Debug, Default)]
pub struct Document {
    text: Text,
    analysis: Analysis,
}

impl Document {
    /// Reads a whole text.
    pub fn open(source: &str) -> Self {
        Self { text: Text::new(source), analysis: Analysis::default() }
    }

    /// Replaces a span (clamped to the text and to character boundaries) and brings the analysis up to date.
    /// The result equals that of opening the final text.
    pub fn edit(&mut self, span: Span, with: &str) {
        self.text.edit(span, with);
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
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    findings: Vec<Finding>,
}

impl Analysis {
    /// Whose disclosure it is and of what year; none where the document is no disclosure (then there are no findings).
    pub fn identity(&self) -> Option<Identity> {
        None
    }

    /// The findings, in order of place.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// How much of the document is checked.
    pub fn coverage(&self) -> Coverage {
        Coverage::default()
    }

    /// Every relation that was laid, in order of rule and place.
    pub fn relations(&self) -> Vec<RelationView> {
        Vec::new()
    }

    /// Printed amounts that stand in no relation, in order of place.
    pub fn unread(&self) -> Vec<FigureView> {
        Vec::new()
    }

    /// The figure printed at an offset.
    pub fn figure_at(&self, _offset: usize) -> Option<FigureView> {
        None
    }

    /// The relations that the figure printed at an offset stands in.
    pub fn relations_at(&self, _offset: usize) -> Vec<RelationView> {
        Vec::new()
    }

    /// The 科目 whose code or name is printed at an offset.
    pub fn subject_at(&self, _offset: usize) -> Option<SubjectView> {
        None
    }

    /// Sections, tables and project sheets, nested, in order of place.
    pub fn outline(&self) -> Vec<OutlineItem> {
        Vec::new()
    }
}
