//! What is known of a document whose latest edit has not been analysed: all but the disclosures that the edit touched.

use std::sync::Arc;

use super::{Analysis, Document};
use crate::layout::Layout;
use crate::text::{Span, Text};

impl Document {
    /// The document as its text stands now, where the text at `new` stands in the place of that at `old`; to be asked only
    /// of `wanted`, a place of the new text. None where that is in or next to a disclosure that the edit touched, or what
    /// is said of its disclosure rests on the others: then only analysis can tell.
    pub fn ahead(&self, text: &Text, old: Span, new: Span, wanted: Span) -> Option<Self> {
        let (known, before) = (&*self.analysis, &self.text);
        let touched = |number: &usize| {
            let (base, end) = (known.bases[*number].0, known.bases[*number].0 + known.chapters[*number].bytes);
            base <= old.end && old.start <= end
        };
        let first = (0..known.chapters.len()).find(touched)?;
        let last = (first..known.chapters.len()).take_while(touched).last()?;
        // What is left of one that was touched may become a part of the one before it, or take in the one behind it.
        let (first, last) = (first.saturating_sub(1), (last + 1).min(known.chapters.len() - 1));
        // What is below the edit: none of these numbers is less than that of the edit's end.
        let byte = |at: usize| at + new.end - old.end;
        let (from, to) = (before.line_of(old.end), text.line_of(new.end));
        let moved = |(base, line): (usize, usize)| (byte(base), line + to - from);
        let end = byte(known.bases[last].0 + known.chapters[last].bytes);
        if known.bases[first].0 <= wanted.end && wanted.start <= end {
            return None;
        }
        let mut bases = known.bases.clone();
        // Of those that were touched nothing is asked; they stand in order all the same.
        bases[first + 1..=last].fill((end, text.line_of(end)));
        bases[last + 1..].iter_mut().for_each(|base| *base = moved(*base));
        let (selection, others) = (known.selection.clone(), known.others.clone());
        let analysis = Analysis::placed(text, selection, others, Arc::clone(&known.chapters), bases);
        let fixed = analysis.chapters_at(wanted).any(|number| known.chapters[number].fixed);
        (!fixed).then(|| Self { text: text.clone(), layout: Layout::default(), analysis: Arc::new(analysis) })
    }
}
