//! Which files: those named, and those found in the folders that were named.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use gouji_core::finding::Message;
use ignore::WalkBuilder;

use super::read::refusal;

/// Extensions that a folder is searched for; a file named by the user is read whatever its name.
const EXTENSIONS: [&str; 5] = ["txt", "md", "markdown", "tsv", "csv"];

/// Every file once, in path order, whatever order and spelling it was named in. What cannot be read stands in its place
/// with the reason.
pub fn gather(named: &[PathBuf]) -> Vec<(PathBuf, Result<(), Message>)> {
    let mut found = BTreeMap::new();
    for path in named.iter().map(|path| tidy(path)) {
        if path.is_dir() {
            search(&path, &mut found);
        } else {
            found.insert(path, Ok(()));
        }
    }
    found.into_iter().collect()
}

/// The documents of a folder one by one, in no order, as `gather` finds them; what cannot be read is passed over. For
/// those who cannot wait until all are found.
pub fn documents(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let files = WalkBuilder::new(folder).build().flatten();
    let files = files.filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()));
    files.map(|entry| entry.into_path()).filter(|path| is_document(path))
}

fn search(folder: &Path, found: &mut BTreeMap<PathBuf, Result<(), Message>>) {
    let mut any = false;
    for entry in WalkBuilder::new(folder).build() {
        match entry {
            Ok(entry) => {
                let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                if is_file && is_document(entry.path()) {
                    found.entry(tidy(entry.path())).or_insert(Ok(()));
                    any = true;
                }
            }
            Err(error) => {
                let path = place(&error).map_or_else(|| folder.to_owned(), tidy);
                let reason = error.io_error().map_or_else(|| Message::new("无法遍历", "cannot be walked"), refusal);
                found.insert(path, Err(reason));
                any = true;
            }
        }
    }
    if !any {
        let reason = Message::new(
            "文件夹内没有可检查的文档（.txt .md .markdown .tsv .csv）",
            "no documents in this folder (.txt .md .markdown .tsv .csv)",
        );
        found.insert(folder.to_owned(), Err(reason));
    }
}

/// Does the name of a file end as those of documents do?
pub fn is_document(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
}

fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        ignore::Error::Loop { child, .. } => Some(child),
        _ => None,
    }
}

/// Without `.` parts, so that `./a.txt` and `a.txt` are one file.
fn tidy(path: &Path) -> PathBuf {
    let kept: PathBuf = path.components().filter(|part| *part != Component::CurDir).collect();
    if kept.as_os_str().is_empty() { PathBuf::from(".") } else { kept }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn one_file_named_twice_is_one_file_and_order_is_by_path() {
        let named = ["b.txt", "./a.txt", "a.txt"].map(PathBuf::from);
        let paths: Vec<_> = gather(&named).into_iter().map(|(path, _)| path).collect();
        assert_eq!(paths, [PathBuf::from("a.txt"), PathBuf::from("b.txt")]);
    }

    #[test]
    fn a_folder_gives_its_documents_and_keeps_to_ignore_files() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let put = |name: &str| fs::write(folder.path().join(name), "x").expect("a file");
        ["a.txt", "b.MD", "c.pdf", "d.csv", ".hidden.txt", "no.tsv"].iter().for_each(|name| put(name));
        fs::write(folder.path().join(".ignore"), "no.*\n").expect("a file");
        let names: Vec<_> = gather(&[folder.path().to_owned()])
            .into_iter()
            .filter_map(|(path, _)| path.file_name().map(|name| name.to_string_lossy().into_owned()))
            .collect();
        assert_eq!(names, ["a.txt", "b.MD", "d.csv"]);
    }
}
