//! Repairs that leave no doubt: those that findings prefer, none touching another, round by round until none is left.
//! What `check --fix` writes and what an editor's "fix all" does is this.

use super::Document;
use crate::finding::{Edit, Finding, Fix, Message, Severity};
use crate::text::{Encoding, Position, Span};

/// A repair may make another one plain; nothing real needs more rounds than this.
const ROUNDS: usize = 4;

/// A repair that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Where, in characters, in the text as it was when its turn came.
    pub position: Position,
    /// The rule that asked for it.
    pub rule: String,
    /// What was printed there.
    pub text: String,
    /// What it does.
    pub title: Message,
}

/// A document with its repairs made.
#[derive(Clone, Debug)]
pub struct Mended {
    /// The document as it is then.
    pub document: Document,
    /// What was done, in order.
    pub made: Vec<Made>,
    /// The same as edits of the text as it was, in order of place, none touching another.
    pub edits: Vec<Edit>,
}

/// Makes the repairs that the findings of a document prefer; those of findings milder than `lowest` are left.
pub fn mend(document: &Document, lowest: Severity) -> Mended {
    let mut mended = Mended { document: document.clone(), made: Vec::new(), edits: Vec::new() };
    for _ in 0..ROUNDS {
        let (made, edits) = round(&mended.document, lowest);
        let mut next = mended.document.clone();
        // From the end, so that the places before stay.
        edits.iter().rev().for_each(|edit| next.edit(edit.span, &edit.new_text));
        // A round that does not make the document better is not taken.
        if edits.is_empty() || weight(&next) >= weight(&mended.document) {
            break;
        }
        mended.made.extend(made);
        mended.edits = joined(&mended.edits, edits);
        mended.document = next;
    }
    mended
}

/// The preferred repairs of a document, and their edits in order of place. Of two that touch each other the first is
/// taken; the next round sees whether the second is still wanted.
fn round(document: &Document, lowest: Severity) -> (Vec<Made>, Vec<Edit>) {
    let (mut made, mut edits) = (Vec::new(), Vec::<Edit>::new());
    let shown = |finding: &&Finding| finding.severity <= lowest;
    for finding in document.analysis().findings().iter().filter(shown) {
        let Some(fix) = preferred(finding) else { continue };
        if fix.edits.is_empty() || fix.edits.iter().any(|own| edits.iter().any(|taken| touch(own.span, taken.span))) {
            continue;
        }
        edits.extend(fix.edits.iter().cloned());
        made.push(Made {
            position: document.text().position(finding.span.start, Encoding::Utf32),
            rule: finding.rule.clone(),
            text: finding.text.clone(),
            title: fix.title.clone(),
        });
    }
    edits.sort_by_key(|edit| edit.span);
    (made, edits)
}

/// The repair that is made without asking.
pub fn preferred(finding: &Finding) -> Option<&Fix> {
    finding.fixes.iter().find(|fix| fix.preferred)
}

fn touch(one: Span, other: Span) -> bool {
    one.start <= other.end && other.start <= one.end
}

/// Findings by severity, the worst first: the less the better.
fn weight(document: &Document) -> [usize; 4] {
    let findings = document.analysis().findings();
    Severity::ALL.map(|severity| findings.iter().filter(|finding| finding.severity == severity).count())
}

/// Edits of a text, and edits of what came of it, as edits of the first text. Both in order of place.
fn joined(first: &[Edit], second: Vec<Edit>) -> Vec<Edit> {
    let mut out: Vec<Edit> = first.to_vec();
    for edit in second.into_iter().rev() {
        // Where each of the edits so far stands in the text that `edit` is of; those behind it, made later, do not matter.
        let (mut at, mut shift) = (0, 0isize);
        let mut covered: Option<(usize, usize)> = None;
        let mut places: Vec<Span> = Vec::with_capacity(out.len());
        for own in &out {
            let start = own.span.start.saturating_add_signed(shift);
            places.push(Span::new(start, start + own.new_text.len()));
            shift += own.new_text.len().cast_signed() - own.span.len().cast_signed();
        }
        for (number, place) in places.iter().enumerate() {
            if touch(*place, edit.span) {
                covered = Some(covered.map_or((number, number), |(from, _)| (from, number)));
            } else if place.end < edit.span.start {
                at = number + 1;
            }
        }
        let before = |number: usize| -> isize {
            out[..number].iter().map(|own| own.new_text.len().cast_signed() - own.span.len().cast_signed()).sum()
        };
        match covered {
            None => {
                let back = -before(at);
                let (start, end) = (edit.span.start, edit.span.end);
                let span = Span::new(start.saturating_add_signed(back), end.saturating_add_signed(back));
                out.insert(at, Edit { span, new_text: edit.new_text });
            }
            Some((from, to)) => {
                // The text between the edits it covers is replaced with them.
                let start = places[from].start.min(edit.span.start);
                let end = places[to].end.max(edit.span.end);
                let head = edit.span.start - start;
                let tail = end - edit.span.end;
                let old_start = start.saturating_add_signed(-before(from));
                let old_end = end.saturating_add_signed(-before(to + 1));
                let kept_head = out[from].new_text.get(..head).unwrap_or_default().to_owned();
                let last = &out[to].new_text;
                let kept_tail = last.get(last.len() - tail.min(last.len())..).unwrap_or_default();
                let new_text = format!("{kept_head}{}{kept_tail}", edit.new_text);
                out.splice(from..=to, [Edit { span: Span::new(old_start, old_end), new_text }]);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn applied(text: &str, edits: &[Edit]) -> String {
        let mut text = text.to_owned();
        edits.iter().rev().for_each(|edit| text.replace_range(edit.span.start..edit.span.end, &edit.new_text));
        text
    }

    /// Edits in order of place, none touching another, of a text of so many bytes.
    fn edits(len: usize, seeds: &[(u8, u8, u8)]) -> Vec<Edit> {
        let (mut out, mut at) = (Vec::new(), 0);
        for &(gap, take, give) in seeds {
            let start = at + usize::from(gap % 5);
            let end = start + usize::from(take % 4);
            if end > len {
                break;
            }
            out.push(Edit {
                span: Span::new(start, end),
                new_text: "甲乙丙丁".chars().take(usize::from(give % 4)).map(|_| 'x').collect(),
            });
            at = end + 1;
        }
        out
    }

    proptest! {
        #[test]
        fn two_rounds_of_edits_are_one(
            first in proptest::collection::vec(any::<(u8, u8, u8)>(), 0..6),
            second in proptest::collection::vec(any::<(u8, u8, u8)>(), 0..6),
        ) {
            let text = "0123456789abcdefghijklmnop";
            let first = edits(text.len(), &first);
            let between = applied(text, &first);
            let second = edits(between.len(), &second);
            let after = applied(&between, &second);
            let one = joined(&first, second);
            prop_assert_eq!(applied(text, &one), after);
            prop_assert!(one.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        }
    }
}
