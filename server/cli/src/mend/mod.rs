//! Repairs that leave no doubt: those that findings prefer, none touching another, round by round until none is left.

mod write;

use gouji_core::Document;
use gouji_core::verdict::finding::{Edit, Finding, Message, Severity};
use similar::TextDiff;

use crate::json::Place;
use crate::survey::Opened;

/// A repair may make another one plain; nothing real needs more rounds than this.
const ROUNDS: usize = 4;
/// Lines of context in a diff.
const CONTEXT: usize = 3;

/// A repair that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where, in the text as it was when its turn came.
    pub place: Place,
    /// The rule that asked for it.
    pub rule: String,
    /// What was printed there.
    pub text: String,
    /// What it does.
    pub title: Message,
}

/// What became of a file that was to be repaired.
#[derive(Default)]
pub struct Fixed {
    /// The file as it is now, where it was changed.
    pub now: Option<Opened>,
    /// What was changed in it.
    pub changes: Vec<Change>,
    /// Why it could not be written, and is as it was.
    pub refused: Option<Message>,
}

/// Repairs a file, on the disk.
pub fn fix(opened: &Opened) -> Fixed {
    let (document, changes) = mend(opened);
    if changes.is_empty() {
        return Fixed { now: None, changes, refused: None };
    }
    let (before, after) = (opened.document.text().to_string(), document.text().to_string());
    match write::write(&opened.origin, opened.script, &before, &after) {
        Ok(()) => Fixed { now: Some(Opened { document, ..opened.clone() }), changes, refused: None },
        Err(reason) => Fixed { now: None, changes: Vec::new(), refused: Some(reason) },
    }
}

/// What `fix` would write, as a unified diff, and how many repairs that are.
pub fn diff(opened: &Opened) -> (String, usize) {
    let (document, changes) = mend(opened);
    let (before, after) = (opened.document.text().to_string(), document.text().to_string());
    let lines = TextDiff::from_lines(&before, &after);
    let shown = lines.unified_diff().context_radius(CONTEXT).header(&opened.path, &opened.path).to_string();
    (shown, changes.len())
}

fn mend(opened: &Opened) -> (Document, Vec<Change>) {
    let mut document = opened.document.clone();
    let mut changes = Vec::new();
    for _ in 0..ROUNDS {
        let (made, edits) = round(&document, opened.lowest);
        let mut next = document.clone();
        // From the end, so that the places before stay.
        edits.iter().rev().for_each(|edit| next.edit(edit.span, &edit.new_text));
        // A round that does not make the document better is not taken.
        if edits.is_empty() || weight(&next) >= weight(&document) {
            break;
        }
        changes.extend(made);
        document = next;
    }
    (document, changes)
}

/// The preferred repairs of a document, and their edits in order of place. Of two that touch each other the first is
/// taken; the next round sees whether the second is still wanted.
fn round(document: &Document, lowest: Severity) -> (Vec<Change>, Vec<Edit>) {
    let (mut made, mut edits) = (Vec::new(), Vec::<Edit>::new());
    let shown = |finding: &&Finding| finding.severity <= lowest;
    for finding in document.analysis().findings().iter().filter(shown) {
        let Some(fix) = finding.fixes.iter().find(|fix| fix.preferred) else { continue };
        if fix.edits.is_empty() || fix.edits.iter().any(|own| edits.iter().any(|taken| touch(own, taken))) {
            continue;
        }
        edits.extend(fix.edits.iter().cloned());
        made.push(Change {
            place: Place::new(document.text(), finding.span.start),
            rule: finding.rule.clone(),
            text: finding.text.clone(),
            title: fix.title.clone(),
        });
    }
    edits.sort_by_key(|edit| edit.span);
    (made, edits)
}

fn touch(one: &Edit, other: &Edit) -> bool {
    one.span.start <= other.span.end && other.span.start <= one.span.end
}

/// Findings by severity, the worst first: the less the better.
fn weight(document: &Document) -> [usize; 4] {
    let findings = document.analysis().findings();
    Severity::ALL.map(|severity| findings.iter().filter(|finding| finding.severity == severity).count())
}
