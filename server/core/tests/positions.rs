//! Lines and columns against a model that counts from the beginning of the text, character by character, as the
//! protocol defines them; after edits too, and in lines of a megabyte.

use gouji_core::text::{Encoding, Position, Span, Text};
use proptest::prelude::*;

const ENCODINGS: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

fn units(c: char, encoding: Encoding) -> usize {
    match encoding {
        Encoding::Utf8 => c.len_utf8(),
        Encoding::Utf16 => c.len_utf16(),
        Encoding::Utf32 => 1,
    }
}

/// Where each line begins and where its text ends. LF, CRLF and CR end lines, and nothing else does.
fn lines(source: &str) -> Vec<Span> {
    let bytes = source.as_bytes();
    let (mut lines, mut start, mut at) = (Vec::new(), 0, 0);
    while at < bytes.len() {
        let ending = match (bytes[at], bytes.get(at + 1)) {
            (b'\r', Some(b'\n')) => 2,
            (b'\r' | b'\n', _) => 1,
            _ => 0,
        };
        if ending > 0 {
            lines.push(Span::new(start, at));
            start = at + ending;
        }
        at += ending.max(1);
    }
    lines.push(Span::new(start, bytes.len()));
    lines
}

fn position(source: &str, lines: &[Span], offset: usize, encoding: Encoding) -> Position {
    let line = lines.partition_point(|line| line.start <= offset) - 1;
    let column: usize = source[lines[line].start..offset].chars().map(|c| units(c, encoding)).sum();
    Position { line: u32::try_from(line).unwrap(), column: u32::try_from(column).unwrap() }
}

fn offset(source: &str, lines: &[Span], position: Position, encoding: Encoding) -> usize {
    let Some(line) = lines.get(position.line as usize) else { return source.len() };
    let (mut at, mut column) = (line.start, 0);
    for c in source[line.start..line.end].chars() {
        column += units(c, encoding);
        if column > position.column as usize {
            break;
        }
        at += c.len_utf8();
    }
    at
}

/// What texts are made of: all that ends a line, or looks as if it did; all lengths of characters in both encodings;
/// marks that combine, a family of emoji, what has no width; and runs longer than a leaf of the rope.
fn piece() -> impl Strategy<Value = String> {
    let short = [
        "\n",
        "\r\n",
        "\r",
        "\n\r",
        "\u{c}",
        "\u{b}",
        "\u{85}",
        "\u{2028}",
        "\u{2029}",
        "\u{feff}",
        "\t",
        " ",
        "a",
        "é",
        "e\u{301}",
        "预",
        "㎡",
        "𠀀",
        "👨\u{200d}👩",
        "\u{0}",
    ];
    let long = ["预算", "𠀀a", "a", "\r\n", "é预𠀀\t"];
    prop_oneof![
        8 => prop::sample::select(short.to_vec()).prop_map(str::to_owned),
        1 => (prop::sample::select(long.to_vec()), 1usize..700).prop_map(|(text, times)| text.repeat(times)),
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..30).prop_map(|pieces| pieces.concat())
}

/// Places to look at: all of a short text, of a long one every so many.
fn places(source: &str) -> Vec<usize> {
    let step = source.len() / 60 + 1;
    let all = source.char_indices().map(|(at, _)| at).chain([source.len()]);
    all.enumerate().filter(|(number, _)| number % step == 0).map(|(_, at)| at).collect()
}

fn agrees(text: &Text, source: &str) -> Result<(), TestCaseError> {
    let lines = lines(source);
    prop_assert_eq!(text.line_count(), lines.len());
    for (number, line) in lines.iter().enumerate() {
        prop_assert_eq!(text.line_span(number), *line);
    }
    for encoding in ENCODINGS {
        for at in places(source) {
            let expected = position(source, &lines, at, encoding);
            prop_assert_eq!(text.position(at, encoding), expected);
            // Between the two halves of a CRLF there is no position: it is clamped to the end of the line.
            let back = at.min(lines[expected.line as usize].end);
            prop_assert_eq!(text.offset(expected, encoding), back);
            // A column inside a character, and one beyond its line.
            for column in [expected.column + 1, expected.column + 2, u32::MAX] {
                let near = Position { column, ..expected };
                prop_assert_eq!(text.offset(near, encoding), offset(source, &lines, near, encoding));
            }
        }
        let beyond = Position { line: u32::try_from(lines.len()).unwrap(), column: 0 };
        prop_assert_eq!(text.offset(beyond, encoding), source.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn places_are_those_that_counting_from_the_beginning_finds(
        source in text(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>(), text()), 0..4),
    ) {
        let (mut text, mut source) = (Text::new(&source), source);
        agrees(&text, &source)?;
        for (a, b, with) in edits {
            let places = places(&source);
            let (a, b) = (*a.get(&places), *b.get(&places));
            let span = Span::new(a.min(b), a.max(b));
            text.edit(span, &with);
            source.replace_range(span.start..span.end, &with);
            agrees(&text, &source)?;
        }
    }
}

#[test]
fn a_line_of_a_megabyte_is_counted_like_any_other() {
    let line = "预算𠀀a\u{301}\u{c}".repeat(80_000);
    assert!(line.len() > 1 << 20);
    let source = format!("首\r\n{line}\r尾");
    let text = Text::new(&source);
    let start = "首\r\n".len();
    for encoding in ENCODINGS {
        let mut column = 0;
        for (number, (at, c)) in line.char_indices().enumerate() {
            if number % 997 == 0 {
                let here = Position { line: 1, column };
                assert_eq!(text.position(start + at, encoding), here);
                assert_eq!(text.offset(here, encoding), start + at);
            }
            column += u32::try_from(units(c, encoding)).unwrap();
        }
        let end = Position { line: 1, column };
        assert_eq!(text.position(start + line.len(), encoding), end);
        assert_eq!(text.offset(Position { column: u32::MAX, ..end }, encoding), start + line.len());
        assert_eq!(text.position(source.len(), encoding).line, 2);
    }
}
