//! Paths as the URI references that SARIF names files by.

use std::fmt::Write;
use std::path::{Component, Path};

/// A relative path stays relative to the folder the program was started in; an absolute one becomes a file URI.
pub fn reference(path: &str) -> String {
    let own = Path::new(path);
    // A backslash is a separator only where the system says so.
    let slashed = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    match own.components().next() {
        Some(Component::Prefix(_)) => format!("file:///{}", encode(slashed.trim_start_matches('/'))),
        Some(Component::RootDir) => format!("file://{}", encode(&slashed)),
        _ => encode(&slashed),
    }
}

fn encode(path: &str) -> String {
    path.bytes().fold(String::with_capacity(path.len()), |mut encoded, byte| {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => encoded.push(byte.into()),
            // Writing to a string cannot fail.
            _ => drop(write!(encoded, "%{byte:02X}")),
        }
        encoded
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_is_a_uri_reference() {
        assert_eq!(reference("子/a b:1%.txt"), "%E5%AD%90/a%20b%3A1%25.txt");
        assert_eq!(reference("-"), "-");
        #[cfg(unix)]
        assert_eq!(reference("/a#/b?.txt"), "file:///a%23/b%3F.txt");
        #[cfg(windows)]
        assert_eq!(reference("C:\\a\\b.txt"), "file:///C%3A/a/b.txt");
    }
}
