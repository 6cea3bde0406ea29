//! The bytes of one file or of the standard input, as a text.

use std::fs::File;
use std::io::{self, Read};
use std::path::PathBuf;

use gouji_core::finding::Message;

use super::decode::decode;

/// A city's compilation of a hundred disclosures is about ten megabytes; what is larger than this is something else.
pub const LIMIT_MB: u64 = 64;

/// The text of a file.
#[derive(Debug, Default)]
pub struct Source {
    /// The text without byte order mark.
    pub text: String,
    /// How it was written.
    pub script: Script,
}

/// How a text is written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Script {
    /// Name of the encoding: `UTF-8`, `GB18030`, `UTF-16LE`, `UTF-16BE`.
    pub encoding: &'static str,
    /// True where a byte order mark stands before the text.
    pub mark: bool,
}

impl Default for Script {
    fn default() -> Self {
        Self { encoding: "UTF-8", mark: false }
    }
}

/// Where a document comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// The standard input.
    Stdin,
}

/// Reads a document, and says how many bytes it has; a reason for the user where that is not possible.
pub fn read(origin: &Origin) -> Result<(Source, usize), Message> {
    let bytes = match origin {
        Origin::File(path) => bytes(File::open(path).map_err(|error| refusal(&error))?, LIMIT_MB),
        Origin::Stdin => bytes(io::stdin().lock(), LIMIT_MB),
    }?;
    let size = bytes.len();
    Ok((decode(bytes)?, size))
}

fn bytes(from: impl Read, limit_mb: u64) -> Result<Vec<u8>, Message> {
    let limit = limit_mb << 20;
    let mut bytes = Vec::new();
    // The length that a file states is not trusted: a device or a pipe states none.
    from.take(limit + 1).read_to_end(&mut bytes).map_err(|error| refusal(&error))?;
    if bytes.len() as u64 > limit {
        return Err(too_large(limit_mb));
    }
    Ok(bytes)
}

/// Why so much is not read.
pub fn too_large(limit_mb: u64) -> Message {
    let zh = format!("文件超过 {limit_mb} MB，请拆分后再检查");
    Message::new(zh, format!("larger than {limit_mb} MB; split it first"))
}

/// Why the system does not give a file.
pub fn refusal(error: &io::Error) -> Message {
    match error.kind() {
        io::ErrorKind::NotFound => Message::new("文件不存在", "no such file"),
        io::ErrorKind::PermissionDenied => Message::new("没有读取权限", "permission denied"),
        io::ErrorKind::IsADirectory => Message::new("是文件夹，不是文件", "is a folder, not a file"),
        _ => Message::new(format!("读取失败（{error}）"), format!("cannot be read ({error})")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_large_is_refused() {
        assert!(bytes(io::repeat(b'1'), 1).expect_err("too large").zh.contains("超过 1 MB"));
        assert_eq!(bytes(io::repeat(b'1').take((1 << 20) + 1), 2).expect("fits").len(), (1 << 20) + 1);
    }
}
