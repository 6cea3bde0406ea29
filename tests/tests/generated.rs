//! What is generated for benches looks like the real thing to the engine: all of it is read, nothing is wrong but what
//! was planted, and the places for keystrokes do what they are said to do.

use gouji_core::Document;
use gouji_core::text::Span;
use gouji_tests::generate::{Generated, Layout, Place, TYPED, Wish, generate};

const LAYOUTS: [Layout; 3] = [Layout::Cells, Layout::Rows, Layout::Markdown];

fn findings(document: &Document) -> usize {
    document.analysis().findings().len()
}

#[test]
fn a_disclosure_is_read_whole_and_has_nothing_wrong() {
    for layout in LAYOUTS {
        for seed in 1..=3 {
            let made = generate(Wish { layout, seed, ..Wish::clean(40_000) });
            assert!(made.text.len().abs_diff(40_000) < 2000, "{layout:?} {seed}: {} bytes", made.text.len());
            let document = Document::open(&made.text);
            assert_eq!(document.analysis().findings(), [], "{layout:?} {seed}");
            let covered = document.analysis().coverage();
            assert!(covered.checked * 100 >= covered.amounts * 95, "{layout:?} {seed}: {covered:?}");
            assert!(covered.amounts > 300, "{layout:?} {seed}: {covered:?}");
        }
    }
}

#[test]
fn each_planted_slip_gives_about_one_finding() {
    for layout in LAYOUTS {
        for seed in 1..=3 {
            let made = generate(Wish { layout, seed, ..Wish::faulty(40_000) });
            assert!(made.planted >= 19, "{layout:?} {seed}: {} planted", made.planted);
            let found = findings(&Document::open(&made.text));
            assert!(found.abs_diff(made.planted) <= 1, "{layout:?} {seed}: {} planted, {found} found", made.planted);
        }
    }
}

#[test]
fn a_compilation_holds_many_bodies() {
    let clean = generate(Wish::clean(400_000));
    assert!(clean.text.len().abs_diff(400_000) < 20_000, "{} bytes", clean.text.len());
    let document = Document::open(&clean.text);
    assert_eq!(document.analysis().findings(), []);
    let made = generate(Wish::faulty(400_000));
    let found = findings(&Document::open(&made.text));
    assert!(found.abs_diff(made.planted) * 25 <= made.planted, "{} planted, {found} found", made.planted);
}

fn after_typing(made: &Generated, document: &Document, place: &Place) -> usize {
    let mut document = document.clone();
    assert!(made.text[place.at.clone()].contains('.'), "an amount");
    document.edit(Span::new(place.type_at, place.type_at), TYPED);
    findings(&document)
}

#[test]
fn keystrokes_do_what_they_are_said_to_do() {
    for layout in LAYOUTS {
        for bytes in [40_000, 200_000] {
            let made = generate(Wish { layout, ..Wish::faulty(bytes) });
            let document = Document::open(&made.text);
            let before = findings(&document);
            for place in &made.neutral[..4] {
                assert_eq!(after_typing(&made, &document, place), before, "{layout:?} {bytes} {place:?}");
            }
            for place in made.toggle[..4].iter().chain(&made.told[..4]) {
                assert_eq!(after_typing(&made, &document, place), before + 1, "{layout:?} {bytes} {place:?}");
            }
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_text_and_another_one_another() {
    let text = |seed| generate(Wish { seed, ..Wish::faulty(60_000) }).text;
    assert_eq!(text(5), text(5));
    assert_ne!(text(5), text(6));
}
