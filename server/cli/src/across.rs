//! What files offer each other, gathered before any of them is checked: of each only its extract is kept.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use gouji_core::Document;
use gouji_core::finding::Message;
use gouji_core::rules::Selection;
use gouji_core::rules::across::Published;
use gouji_files::{Origin, gather, read, refusal};

/// A file with the path that it is shown by.
type Shown<T> = (String, T);

/// The files to be checked beside, without those that are checked themselves; and what of it cannot be read.
pub fn beside(
    named: &[PathBuf],
    checked: &[Shown<Result<Origin, Message>>],
) -> (Vec<Shown<Origin>>, Vec<Shown<Message>>) {
    let known: BTreeSet<&str> = checked.iter().map(|(shown, _)| shown.as_str()).collect();
    let (mut files, mut missing) = (Vec::new(), Vec::new());
    for (path, found) in gather(named) {
        let shown = path.display().to_string();
        match found {
            Ok(()) if known.contains(shown.as_str()) => {}
            Ok(()) => match fs::metadata(&path) {
                Ok(_) => files.push((shown, Origin::File(path))),
                Err(error) => missing.push((shown, refusal(&error))),
            },
            Err(reason) => missing.push((shown, reason)),
        }
    }
    (files, missing)
}

/// The files whose extracts are wanted: none where there is one file alone.
pub fn offering(checked: &[Shown<Result<Origin, Message>>], beside: Vec<Shown<Origin>>) -> Vec<Shown<Origin>> {
    if checked.len() + beside.len() < 2 {
        return Vec::new();
    }
    let files = checked.iter().filter_map(|(shown, found)| match found {
        // A pipe, like the standard input, can be read but once: when its turn comes.
        Ok(Origin::File(path)) if path.is_file() => Some((shown.clone(), Origin::File(path.clone()))),
        Ok(_) | Err(_) => None,
    });
    files.chain(beside).collect()
}

/// What a file offers to others. Nothing of it is judged.
pub fn published(origin: &Origin, shown: &str, selection: Selection) -> Result<Vec<Published>, Message> {
    let (source, _) = read(origin)?;
    let offered = Document::open_with(&source.text, selection.and_none()).published(&Arc::from(shown));
    Ok(offered.into_iter().map(Published::without_text).collect())
}
