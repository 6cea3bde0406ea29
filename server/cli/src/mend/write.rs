//! A repaired text back to its file: in its own encoding, all of it or nothing.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use gouji_core::verdict::finding::Message;

use gouji_files::{Origin, Script, encode};

/// Writes `after` to the file that `before` was read from. The reason, where that is not possible: then nothing was
/// changed.
pub fn write(origin: &Origin, script: Script, before: &str, after: &str) -> Result<(), Message> {
    let Origin::File(path) = origin else {
        return Err(Message::new("不是文件", "is not a file"));
    };
    // A link stays a link.
    let path = fs::canonicalize(path).map_err(|error| failure(&error))?;
    let about = fs::metadata(&path).map_err(|error| failure(&error))?;
    if !about.is_file() {
        return Err(Message::new("不是普通文件", "is not a regular file"));
    }
    if about.permissions().readonly() {
        return Err(Message::new("文件为只读", "is read-only"));
    }
    // Holds only where every byte that is not repaired can be written back as it was, and nobody wrote in between.
    if fs::read(&path).map_err(|error| failure(&error))? != encode(before, script) {
        return Err(Message::new(
            "文件在读取之后有变动，或有字节不能原样写回",
            "it changed after it was read, or has bytes that cannot be written back as they were",
        ));
    }
    replace(&path, &encode(after, script), about.permissions()).map_err(|error| failure(&error))
}

/// A new file beside the old one takes its place when it is complete.
fn replace(path: &Path, bytes: &[u8], permissions: fs::Permissions) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(".gouji-").tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().set_permissions(permissions)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

fn failure(error: &io::Error) -> Message {
    Message::new(format!("写入失败（{error}）"), format!("cannot be written ({error})"))
}
