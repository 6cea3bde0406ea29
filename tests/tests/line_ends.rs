//! What a finding says and where it stands does not depend on how lines end: every faulty fixture with LF, CRLF, CR, a
//! mixture of them, and a byte order mark before it. Line and column are the same in each encoding of the protocol, and
//! lead back to the same text.

use std::path::Path;

use gouji_core::Document;
use gouji_core::text::{Encoding, Position, Span, Text};
use gouji_tests::expect;

/// A finding: its rule and message, the text at its place, and its first line and columns in three encodings.
type Told = (String, String, String, [Position; 3]);

fn fixtures() -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let found = expect::fixtures(&folder).expect("fixtures/ can be read").into_iter();
    let faulty = found.filter(|(path, _)| path.to_string_lossy().contains("faulty"));
    faulty
        .map(|(path, _)| (path.display().to_string(), expect::decode(&std::fs::read(&path).expect("a file"))))
        .collect()
}

fn told(source: &str) -> Vec<Told> {
    let document = Document::open(source);
    let text = document.text();
    let findings = document.analysis().findings().iter().map(|finding| {
        let places =
            [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].map(|encoding| place(text, finding.span, encoding));
        let at = text.slice(finding.span).replace("\r\n", "\n").replace('\r', "\n");
        (finding.rule.clone(), finding.message.zh.clone(), at, places)
    });
    findings.collect()
}

fn place(text: &Text, span: Span, encoding: Encoding) -> Position {
    let (start, end) = (text.position(span.start, encoding), text.position(span.end, encoding));
    assert_eq!(Span::new(text.offset(start, encoding), text.offset(end, encoding)), span);
    start
}

/// Every fixture says the same of itself when its lines, which end in LF, end otherwise.
fn same(otherwise: impl Fn(&str) -> String, moved: impl Fn(Told) -> Told) {
    let mut findings = 0;
    for (name, source) in fixtures() {
        let plain = source.replace("\r\n", "\n").replace('\r', "\n");
        let expected: Vec<Told> = told(&plain).into_iter().map(&moved).collect();
        assert_eq!(told(&otherwise(&plain)), expected, "{name}");
        findings += expected.len();
    }
    assert!(findings > 60, "{findings} findings are too few to prove anything");
}

#[test]
fn crlf() {
    same(|text| text.replace('\n', "\r\n"), |told| told);
}

#[test]
fn cr() {
    same(|text| text.replace('\n', "\r"), |told| told);
}

#[test]
fn all_three_in_one_text() {
    let endings = ["\n", "\r\n", "\r"];
    let mixed = |text: &str| {
        let lines = text.split_inclusive('\n').enumerate();
        // A CR before an empty line that ends in LF would be one break, not two.
        lines
            .map(|(number, line)| line.replace('\n', if line == "\n" { "\r\n" } else { endings[number % 3] }))
            .collect()
    };
    same(mixed, |told| told);
}

#[test]
fn a_byte_order_mark_moves_the_first_line_alone() {
    let moved = |(rule, message, text, mut places): Told| {
        for (place, width) in places.iter_mut().zip([3, 1, 1]) {
            place.column += if place.line == 0 { width } else { 0 };
        }
        (rule, message, text, places)
    };
    same(|text| format!("\u{feff}{text}"), moved);
}
