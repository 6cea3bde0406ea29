//! Spellings of a URI. Clients spell one file in several ways (`C:` and `c%3A`, `%E9` and `%e9`, raw 预算), some of
//! them no URI at all to a strict parser; inside there is one spelling, and what goes out is spelt as the client does.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use serde_json::Value;
use tower_lsp::ls_types::Uri;

/// The one spelling of a URI. Always a URI, whatever came in; applied twice it changes nothing more.
pub fn canonical(spelling: &str) -> String {
    let spelt = match file_path(spelling) {
        Some(path) => format!("file://{}", drive(path_as_uri(path))),
        None => encode(spelling.as_bytes(), true),
    };
    let unknown = encode(spelling.as_bytes(), false);
    // With an empty host where the spelling begins like a host and is none.
    let spellings = [spelt, format!("unknown:{unknown}"), format!("unknown:///{unknown}")];
    spellings.into_iter().find(|spelt| Uri::from_str(spelt).is_ok()).unwrap_or_default()
}

/// The path of a plain file URI, undecoded; none where it has another host, a query or a fragment.
fn file_path(spelling: &str) -> Option<&str> {
    let scheme = spelling.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("file://"))?;
    let rest = &spelling[scheme.len()..];
    let path = rest.strip_prefix("localhost").filter(|path| path.starts_with('/')).unwrap_or(rest);
    (path.starts_with('/') && !path.contains(['?', '#'])).then_some(path)
}

/// The path of a canonical file URI; none where it has an escaped slash, which no name of a file can have.
pub fn path(canonical: &str) -> Option<PathBuf> {
    let bytes = decoded(file_path(canonical)?);
    let bytes: Option<Vec<u8>> = bytes.map(|(byte, escaped)| (byte != b'/' || !escaped).then_some(byte)).collect();
    let path = String::from_utf8(bytes?).ok()?;
    // `/c:/…` names a drive where there are drives.
    let drive = cfg!(windows) && path.as_bytes().get(2) == Some(&b':');
    Some(PathBuf::from(if drive { path[1..].to_owned() } else { path }))
}

/// The canonical URI of a path.
pub fn of_path(path: &Path) -> String {
    let path = path.to_string_lossy();
    let slashed = if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() };
    let mut spelt = String::from(if slashed.starts_with('/') { "file://" } else { "file:///" });
    slashed.bytes().for_each(|byte| put(&mut spelt, byte, b""));
    canonical(&spelt)
}

/// Each byte that a path of a URI stands for, and whether it stood there as an escape. A `%` of a file name is `%25`,
/// so what comes of an escape is never the beginning of another.
fn decoded(path: &str) -> impl Iterator<Item = (u8, bool)> {
    let mut rest = path.as_bytes();
    std::iter::from_fn(move || {
        let (byte, length) = match escape(rest) {
            Some(byte) => (byte, 3),
            None => (*rest.first()?, 1),
        };
        rest = &rest[length..];
        Some((byte, length == 3))
    })
}

/// A path with only those escapes that have to be, in capitals. An escaped slash stays one: it is no separator.
fn path_as_uri(path: &str) -> String {
    let mut spelt = String::with_capacity(path.len());
    for (byte, escaped) in decoded(path) {
        match (byte, escaped) {
            (b'/', true) => spelt.push_str("%2F"),
            _ => put(&mut spelt, byte, b""),
        }
    }
    spelt
}

/// The byte that an escape at the beginning stands for.
fn escape(bytes: &[u8]) -> Option<u8> {
    let [b'%', high, low, ..] = bytes else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16);
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}

/// Everything escaped that may not stand in a URI, in capitals; with `reserved`, what has a meaning in URIs is left
/// as it is, and so are escapes.
fn encode(bytes: &[u8], reserved: bool) -> String {
    let mut encoded = String::with_capacity(bytes.len());
    let kept: &[u8] = if reserved { b"?#[]@!$&'()*+,;=" } else { b"" };
    let mut at = 0;
    while at < bytes.len() {
        match escape(&bytes[at..]).filter(|_| reserved) {
            Some(byte) => {
                put_escape(&mut encoded, byte);
                at += 3;
            }
            None => {
                put(&mut encoded, bytes[at], kept);
                at += 1;
            }
        }
    }
    encoded
}

/// Writes a byte as it may stand in a URI; as it is also where it is one of `kept`.
fn put(spelt: &mut String, byte: u8, kept: &[u8]) {
    if byte.is_ascii_alphanumeric() || b"-._~/:".contains(&byte) || kept.contains(&byte) {
        spelt.push(char::from(byte));
    } else {
        put_escape(spelt, byte);
    }
}

fn put_escape(spelt: &mut String, byte: u8) {
    // Writing to a string cannot fail.
    let _ = write!(spelt, "%{byte:02X}");
}

/// A drive as VS Code spells it: `c%3A`.
fn drive(path: String) -> String {
    match path.as_bytes() {
        [b'/', letter, b':', rest @ ..] if letter.is_ascii_alphabetic() => {
            let letter = char::from(letter.to_ascii_lowercase());
            format!("/{letter}%3A{}", String::from_utf8_lossy(rest))
        }
        _ => path,
    }
}

/// Spells every URI of a message canonically: the framework refuses a whole message for one it cannot parse.
pub fn canonicalise(message: &mut Value) {
    match message {
        Value::Array(items) => items.iter_mut().for_each(canonicalise),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(spelling) if name == "uri" || name.ends_with("Uri") => {
                        *spelling = canonical(spelling);
                    }
                    _ => canonicalise(value),
                }
            }
        }
        _ => {}
    }
}

/// Spells a document's URI as the client does, wherever the message names it.
pub fn respell(message: &mut Value, canonical: &str, spelling: &str) {
    match message {
        Value::Array(items) => items.iter_mut().for_each(|item| respell(item, canonical, spelling)),
        Value::Object(fields) => {
            if let Some(value) = fields.remove(canonical) {
                fields.insert(spelling.to_owned(), value);
            }
            fields.values_mut().for_each(|value| respell(value, canonical, spelling));
        }
        Value::String(text) if text == canonical => *text = spelling.to_owned(),
        _ => {}
    }
}

/// Spells every URI of a message as somebody knows it.
pub fn respell_each(message: &mut Value, spelling: &dyn Fn(&str) -> Option<String>) {
    match message {
        Value::Array(items) => items.iter_mut().for_each(|item| respell_each(item, spelling)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(text) if name == "uri" => {
                        if let Some(own) = spelling(text) {
                            *text = own;
                        }
                    }
                    _ => respell_each(value, spelling),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_file_has_one_spelling() {
        let same = [
            "file:///C:/预算/a (1).txt",
            "file:///c%3A/%E9%A2%84%E7%AE%97/a%20(1).txt",
            "file:///c%3a/%e9%a2%84%e7%ae%97/a%20%281%29.txt",
            "FILE://localhost/c:/预算/a (1).txt",
        ];
        for spelling in same {
            assert_eq!(canonical(spelling), "file:///c%3A/%E9%A2%84%E7%AE%97/a%20%281%29.txt");
        }
    }

    #[test]
    fn a_path_has_one_uri_and_comes_back_from_it() {
        for path in ["/预算/a (1).txt", "/a%20b/100%.txt", "/a#b?c/局.md", "/a%2Fb/%2f.txt", "/%25/%252F.md"] {
            let uri = of_path(Path::new(path));
            assert_eq!(canonical(&uri), uri);
            assert_eq!(super::path(&uri).as_deref(), Some(Path::new(path)), "{uri}");
        }
        assert_eq!(super::path("untitled:a"), None);
    }

    #[test]
    fn a_slash_that_is_escaped_is_not_the_text_percent_2f() {
        let (name, slash) = ("file:///a%252fb.txt", "file:///a%2fb.txt");
        assert_eq!(canonical(name), "file:///a%252fb.txt");
        assert_eq!(super::path(&canonical(name)).as_deref(), Some(Path::new("/a%2fb.txt")));
        assert_eq!(canonical(slash), "file:///a%2Fb.txt");
        assert_eq!(super::path(&canonical(slash)), None, "no file is called so");
    }

    #[test]
    fn what_has_a_meaning_is_left_alone() {
        for spelling in ["untitled:Untitled-1", "git:/a.txt?%7B%22ref%22%3A1%7D", "file:///a%2Fb", "file:///a.txt#L1"] {
            assert_eq!(canonical(spelling), spelling);
        }
        assert_eq!(canonical("file:///100%.txt"), "file:///100%25.txt");
        assert_eq!(canonical("预算.txt"), "unknown:%E9%A2%84%E7%AE%97.txt");
    }

    #[test]
    fn messages_are_spelt_one_way_inside_and_the_clients_way_outside() {
        let mut message =
            serde_json::json!({"textDocument": {"uri": "file:///预"}, "context": [{"uri": "file:///预"}]});
        canonicalise(&mut message);
        assert_eq!(message["context"][0]["uri"], "file:///%E9%A2%84");
        let mut answer = serde_json::json!({"changes": {"file:///%E9%A2%84": []}, "uri": "file:///%E9%A2%84"});
        respell(&mut answer, "file:///%E9%A2%84", "file:///预");
        assert_eq!(answer, serde_json::json!({"changes": {"file:///预": []}, "uri": "file:///预"}));
    }

    #[test]
    fn what_begins_like_a_host_and_is_none_becomes_a_uri_too() {
        for spelling in ["//:%", "/:%", ":%", "%"] {
            let once = canonical(spelling);
            assert!(Uri::from_str(&once).is_ok(), "{once}");
            assert_eq!(canonical(&once), once);
        }
    }

    proptest! {
        #[test]
        fn every_text_becomes_a_uri_and_stays_so(spelling in "(file:///|untitled:|)[a-zC:/%0-9预 #?\\[\\]\\\\\u{0}]{0,20}") {
            let once = canonical(&spelling);
            prop_assert!(Uri::from_str(&once).is_ok(), "{}", once);
            prop_assert_eq!(canonical(&once), once);
        }

        #[test]
        fn every_path_comes_back_from_its_uri(path in "/[a-zA-F/%0-9预 #?\\[\\]]{0,20}") {
            let uri = of_path(Path::new(&path));
            prop_assert_eq!(&canonical(&uri), &uri);
            prop_assert_eq!(super::path(&uri), Some(PathBuf::from(path)), "{}", uri);
        }
    }
}
