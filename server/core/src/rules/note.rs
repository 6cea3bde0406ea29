//! Findings of rules that are no relation between figures: names, codes, dates. Places are those of sections.

use crate::finding::{Message, Severity};
use crate::text::Span;

/// A place in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotePlace {
    /// The section, by its number in the document.
    pub section: u32,
    /// Where in it.
    pub span: Span,
    /// Only these of its characters (white space and quotes not counted); none for all of it.
    pub chars: Option<(usize, usize)>,
    /// What it is.
    pub message: Message,
}

/// What a function found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The page, by its number in the book.
    pub page: usize,
    /// How sure.
    pub severity: Severity,
    /// The place at fault; its message is that of the finding.
    pub at: NotePlace,
    /// Evidence.
    pub related: Vec<NotePlace>,
    /// Replacements: title, place (none for the text at fault) and new text, the likeliest first.
    pub fixes: Vec<(Message, Option<Span>, String)>,
    /// True where the first fix is the only one the evidence leaves.
    pub certain: bool,
    /// What it is about, free of place.
    pub key: String,
    /// Relations of other pages that this explains: contradicted ones with all these figures are not said again.
    pub explains: Vec<crate::reading::FigureId>,
}
