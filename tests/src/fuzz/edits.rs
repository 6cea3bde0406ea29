//! Sequences of edits and of choices of rules: afterwards the document equals one that is opened fresh.

use arbitrary::{Arbitrary, Result, Unstructured};
use gouji_core::Document;
use gouji_core::catalog::Unit;
use gouji_core::rules::{Book, Selection};
use gouji_core::text::Span;

use super::holds::holds;
use super::{dictionary, words::spoken};

/// The texts that are edited: the smallest of several layouts.
const TEXTS: [&str; 6] = [
    include_str!("../../../fixtures/sentences/qinghe-faulty.txt"),
    include_str!("../../../fixtures/md/shuiwu-faulty.md"),
    include_str!("../../../fixtures/pdf/lincao-faulty.txt"),
    include_str!("../../../fixtures/tab/shuili-faulty.txt"),
    include_str!("../../../fixtures/wide/shaonian-faulty.txt"),
    include_str!("../../../fixtures/web/shenji-faulty.txt"),
];
/// Edits and choices in one sequence, at most.
const STEPS: usize = 12;
/// Words in one edit, at most.
const PASTED: usize = 24;
/// Bytes that one edit takes away, at most, but for those that take all behind their place.
const TAKEN: usize = 200;

/// Edits one of the texts, or one of words, and compares.
pub fn edits(input: &[u8]) {
    // What is too short to say how it goes on has simply ended.
    let _ = played(&mut Unstructured::new(input));
}

fn played(dice: &mut Unstructured) -> Result<()> {
    let base = match dice.int_in_range(0..=TEXTS.len())? {
        0 => spoken(dice.bytes(dice.len().min(64))?),
        number => TEXTS[number - 1].to_owned(),
    };
    let (mut document, mut selection) = (Document::open(&base), Selection::default());
    let mut undo: Option<(Span, String)> = None;
    for _ in 0..STEPS {
        if dice.is_empty() {
            break;
        }
        match dice.int_in_range(0..=15)? {
            0 => {
                selection = chosen(dice)?;
                document.select(selection.clone());
            }
            // What was typed is taken back.
            1 => {
                if let Some((span, with)) = undo.take() {
                    edited(&mut document, span, &with);
                }
            }
            _ => {
                let (span, with) = edit(dice, &document)?;
                undo = Some(edited(&mut document, span, &with));
            }
        }
    }
    let text = document.text().to_string();
    let fresh = Document::open_with(&text, selection);
    same(&document, &fresh);
    holds(&document);
    Ok(())
}

/// Makes an edit, and gives the one that undoes it.
fn edited(document: &mut Document, span: Span, with: &str) -> (Span, String) {
    let before = document.text().to_string();
    document.edit(span, with);
    let after = document.text().len();
    let taken = before.len() + with.len() - after;
    // The document moves a place inside a character to that character's start.
    let start = (0..=span.start.min(before.len())).rev().find(|at| before.is_char_boundary(*at)).unwrap_or_default();
    (Span::new(start, start + with.len()), before[start..start + taken].to_owned())
}

fn edit(dice: &mut Unstructured, document: &Document) -> Result<(Span, String)> {
    let all = document.text().len();
    let start = all * usize::from(u16::arbitrary(dice)?) / usize::from(u16::MAX);
    let taken = match u8::arbitrary(dice)? {
        255 => all,
        length => usize::from(length) * TAKEN / 255,
    };
    let words = dictionary();
    let count = dice.int_in_range(0..=PASTED)?;
    let with = match dice.int_in_range(0..=3)? {
        // A piece of the text itself, pasted elsewhere.
        0 => {
            let from = all * usize::from(u16::arbitrary(dice)?) / usize::from(u16::MAX);
            document.text().slice(Span::new(from, (from + count * 40).min(all))).into_owned()
        }
        1 => String::from_utf8_lossy(dice.bytes(count.min(dice.len()))?).into_owned(),
        _ => {
            let word = |byte: &u8| words[usize::from(*byte) % words.len()].as_str();
            dice.bytes(count.min(dice.len()))?.iter().map(word).collect()
        }
    };
    Ok((Span::new(start, start + taken), with))
}

fn chosen(dice: &mut Unstructured) -> Result<Selection> {
    let codes: Vec<&str> = Book::embedded().pages().map(|page| page.code.as_str()).collect();
    let (off, on) = (dice.int_in_range(0..=codes.len())?, dice.int_in_range(0..=codes.len() - 1)?);
    let unit = *dice.choose(&[None, None, Some(Unit::Yuan), Some(Unit::TenThousand)])?;
    Ok(Selection::without(codes[off..].iter().copied()).with([codes[on]]).with_unit(unit))
}

fn same(edited: &Document, fresh: &Document) {
    let (a, b) = (edited.analysis(), fresh.analysis());
    assert_eq!(a.findings(), b.findings());
    assert_eq!(a.relations(), b.relations());
    assert_eq!(a.coverage(), b.coverage());
    assert_eq!(a.identity(), b.identity());
    assert_eq!(a.outline(), b.outline());
    assert_eq!(a.unread(), b.unread());
    assert_eq!(a.tables(), b.tables());
}
