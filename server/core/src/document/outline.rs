//! The outline: sections, tables and project sheets by their titles.

use super::Analysis;
use super::view::{OutlineItem, OutlineKind};
use crate::layout::line::{Numbering, numbering};
use crate::reading::{Section, SectionKind};
use crate::text::Span;

/// Longer titles are cut, in characters.
const TITLE: usize = 80;

/// What a section is in the outline; places are from its first byte.
#[derive(Clone, Debug)]
pub struct Entry {
    name: Box<str>,
    name_span: Span,
    kind: OutlineKind,
    /// The rows of a table, where they are understood.
    rows: Option<usize>,
    /// Its heading is numbered as one inside another.
    deep: bool,
}

impl Entry {
    /// Of a section; none where it has no title.
    pub fn of(section: &Section) -> Option<Self> {
        let heading = &section.heading;
        if heading.text.is_empty() || heading.span.is_empty() {
            return None;
        }
        let kind = match (section.kind, &section.table) {
            (Some(SectionKind::Sheet), _) => OutlineKind::ProjectSheet,
            (Some(SectionKind::Table), _) | (_, Some(_)) => OutlineKind::Table,
            _ => OutlineKind::Section,
        };
        Some(Self {
            name: heading.text.chars().take(TITLE).collect::<String>().into(),
            name_span: heading.span,
            kind,
            rows: section.table.as_ref().map(|table| table.rows.len()),
            deep: numbering(&heading.text).is_some_and(|(depth, _)| depth >= Numbering::Section),
        })
    }

    fn detail(&self) -> String {
        match (self.kind, self.rows) {
            (OutlineKind::ProjectSheet, _) => "项目".to_owned(),
            (OutlineKind::Table, Some(rows)) => format!("{rows} 行"),
            (OutlineKind::Table, None) => "表".to_owned(),
            (OutlineKind::Section, _) => String::new(),
        }
    }
}

impl Analysis {
    /// Sections, tables and project sheets, nested, in order of place.
    pub fn outline(&self) -> Vec<OutlineItem> {
        let mut out: Vec<OutlineItem> = Vec::new();
        let pieces = (0..self.chapters.len()).flat_map(|number| {
            let at = self.at(number);
            self.chapters[number].pieces.iter().zip(at.starts).map(move |(piece, start)| (at.base + start, piece))
        });
        for (base, piece) in pieces {
            let Some(entry) = &piece.entry else { continue };
            let item = OutlineItem {
                name: entry.name.to_string(),
                detail: entry.detail(),
                kind: entry.kind,
                span: Span::new(base, base + piece.bytes),
                name_span: entry.name_span.shifted(base),
                children: Vec::new(),
            };
            let sheet = entry.kind == OutlineKind::ProjectSheet;
            match out.last_mut() {
                Some(parent) if sheet || entry.deep && parent.kind == OutlineKind::Section => {
                    parent.span = parent.span.cover(item.span);
                    parent.children.push(item);
                }
                _ => out.push(item),
            }
        }
        out
    }
}
