//! Several edits as one. What analysis has not yet seen of a document's edits is kept as the one replacement that
//! covers them all, so that however far it lags behind it catches up in one step.

use gouji_core::text::{Span, Text};

/// The text at `new` stands where the text at `old` stood; around them nothing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patch {
    old: Span,
    new: Span,
}

impl Patch {
    /// No edit at all.
    pub fn nothing() -> Self {
        Self::replaced(Span::default(), 0)
    }

    /// Is it no edit at all?
    pub fn is_nothing(self) -> bool {
        self.old.is_empty() && self.new.is_empty()
    }

    /// The span of the old text that is gone, and that of the new one that stands in its place.
    pub fn spans(self) -> (Span, Span) {
        (self.old, self.new)
    }

    /// One edit: a span that was replaced by so many bytes.
    pub fn replaced(old: Span, length: usize) -> Self {
        Self { old, new: Span::new(old.start, old.start + length) }
    }

    /// This patch and then a later one.
    pub fn then(self, later: Self) -> Self {
        let before = self.new.start.saturating_sub(later.old.start);
        let after = later.old.end.saturating_sub(self.new.end);
        let old = Span::new(self.old.start - before, self.old.end + after);
        let end = self.new.end + after + later.new.len() - later.old.len();
        Self { old, new: Span::new(self.new.start - before, end) }
    }

    /// The span of the old text that has to be replaced, and by what, with all that is the same at either end left
    /// out (a client without incremental edits sends the whole text each time); none where the texts are equal.
    pub fn trimmed(self, old: &Text, new: &Text) -> Option<(Span, String)> {
        let (was, is) = (old.slice(self.old), new.slice(self.new));
        let head = common(was.chars().zip(is.chars()));
        let tail = common(was[head..].chars().rev().zip(is[head..].chars().rev()));
        let span = Span::new(self.old.start + head, self.old.end - tail);
        let with = &is[head..is.len() - tail];
        (!span.is_empty() || !with.is_empty()).then(|| (span, with.to_owned()))
    }
}

/// The bytes for which two texts agree.
fn common(pairs: impl Iterator<Item = (char, char)>) -> usize {
    pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn one_patch_does_what_all_edits_did(
            source in "[预算a\r\n]{0,20}",
            edits in prop::collection::vec((0usize..40, 0usize..40, "[预x\n]{0,4}"), 1..8),
        ) {
            let mut old = Text::new(&source);
            let mut new = old.clone();
            let mut patch: Option<Patch> = None;
            for (a, b, with) in &edits {
                let done = new.edit(Span::new(*a.min(b), *a.max(b)), with);
                let edit = Patch::replaced(done, with.len());
                patch = Some(patch.map_or(edit, |patch| patch.then(edit)));
            }
            if let Some((span, with)) = patch.unwrap().trimmed(&old, &new) {
                old.edit(span, &with);
            }
            prop_assert_eq!(old.to_string(), new.to_string());
        }
    }

    #[test]
    fn a_whole_text_sent_anew_is_a_small_edit() {
        let (old, new) = (Text::new("合计 141.68 元"), Text::new("合计 148.61 元"));
        let patch = Patch::replaced(Span::new(0, old.len()), new.len());
        assert_eq!(patch.trimmed(&old, &new), Some((Span::new(9, 13), "8.61".to_owned())));
        assert_eq!(patch.trimmed(&old, &old), None);
    }
}
