//! Where the texts come from: the disk, or an editor that has some of them open.

use std::io;
use std::path::{Path, PathBuf};

/// Reads files.
pub trait Files {
    /// The text of a file; none where there is no such file.
    ///
    /// # Errors
    /// Where it is there and cannot be read as text.
    fn read(&self, path: &Path) -> io::Result<Option<String>>;

    /// The files of a folder, in any order; none where there is no such folder.
    fn list(&self, folder: &Path) -> Vec<PathBuf>;
}

/// The disk.
#[derive(Clone, Copy, Debug, Default)]
pub struct Disk;

/// No one writes so much by hand.
const LARGEST: u64 = 4 << 20;

impl Files for Disk {
    fn read(&self, path: &Path) -> io::Result<Option<String>> {
        let size = match std::fs::metadata(path) {
            Ok(data) if data.is_file() => data.len(),
            Ok(_) => return Ok(None),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                return Ok(None);
            }
            Err(error) => return Err(error),
        };
        if size > LARGEST {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "larger than 4 MB"));
        }
        let text = std::fs::read_to_string(path)?;
        Ok(Some(text.strip_prefix('\u{feff}').map_or_else(|| text.clone(), str::to_owned)))
    }

    fn list(&self, folder: &Path) -> Vec<PathBuf> {
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect()
    }
}
