//! Repairs that leave no doubt (`gouji_core::document::mend`), as a diff or written to the file.

mod write;

use gouji_core::document::mend::{Made, Mended, mend};
use gouji_core::verdict::finding::Message;
use similar::TextDiff;

use crate::survey::Opened;

/// Lines of context in a diff.
const CONTEXT: usize = 3;

/// What became of a file that was to be repaired.
#[derive(Default)]
pub struct Fixed {
    /// The file as it is now, where it was changed.
    pub now: Option<Opened>,
    /// What was changed in it.
    pub changes: Vec<Made>,
    /// Why it could not be written, and is as it was.
    pub refused: Option<Message>,
}

/// Repairs a file, on the disk.
pub fn fix(opened: &Opened) -> Fixed {
    let Mended { document, made: changes, .. } = mend(&opened.document, opened.lowest);
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
    let Mended { document, made: changes, .. } = mend(&opened.document, opened.lowest);
    let (before, after) = (opened.document.text().to_string(), document.text().to_string());
    let lines = TextDiff::from_lines(&before, &after);
    let shown = lines.unified_diff().context_radius(CONTEXT).header(&opened.path, &opened.path).to_string();
    (shown, changes.len())
}
