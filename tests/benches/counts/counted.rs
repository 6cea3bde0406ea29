//! What is counted. Runs in a process of its own, below callgrind.

use std::hint::black_box;
use std::path::Path;

use gouji_core::Document;
use gouji_core::text::Span;
use gouji_tests::generate::{Generated, TYPED, Wish, generate};

/// The word by which the process knows that it is the one that is counted.
pub const CHILD: &str = "--counted";

/// Larger texts are opened before counting begins.
const OPENED: usize = 400_000;

/// Where the edits are made.
struct Places {
    neutral: usize,
    toggle: usize,
    told: usize,
    prose: usize,
}

/// Opens and edits; says `ready` and waits for the file `go` before what is counted.
pub fn run(bytes: usize, go: Option<&Path>) {
    let made = generate(Wish::faulty(bytes));
    let places = places(&made);
    let mut document = Document::open(&made.text);
    edits(&mut document, &places);
    if let Some(go) = go {
        println!("ready");
        // Not blocked in a call: callgrind hears of commands only while instructions run.
        while !go.exists() {
            std::hint::spin_loop();
        }
    }
    if bytes <= OPENED {
        black_box(counted_open(&made.text));
    }
    edits(&mut document, &places);
}

fn places(made: &Generated) -> Places {
    Places {
        neutral: made.neutral[0].type_at,
        toggle: made.toggle[0].type_at,
        told: made.told[0].type_at,
        prose: made.prose[0],
    }
}

/// Leaves the document as it was.
fn edits(document: &mut Document, at: &Places) {
    counted_figure(document, at.neutral);
    take(document, at.neutral, TYPED);
    counted_prose(document, at.prose);
    take(document, at.prose, "新");
    counted_toggle(document, at.toggle);
    counted_untoggle(document, at.toggle);
    counted_told(document, at.told);
    counted_untold(document, at.told);
    counted_pasted(document, at.prose);
    take(document, at.prose, PASTED);
}

fn take(document: &mut Document, at: usize, what: &str) {
    document.edit(Span::new(at, at + what.len()), "");
}

const PASTED: &str = "。\n项目支出明细表\n项目\t金额\n合计\t30.00\n甲项目\t12.00\n乙项目\t18.00\n\n继续做好工作";

// The names are what callgrind is told to count.

#[inline(never)]
fn counted_open(text: &str) -> Document {
    Document::open(text)
}

#[inline(never)]
fn counted_figure(document: &mut Document, at: usize) {
    document.edit(Span::new(at, at), TYPED);
}

#[inline(never)]
fn counted_prose(document: &mut Document, at: usize) {
    document.edit(Span::new(at, at), "新");
}

#[inline(never)]
fn counted_toggle(document: &mut Document, at: usize) {
    document.edit(Span::new(at, at), black_box(TYPED));
}

#[inline(never)]
fn counted_untoggle(document: &mut Document, at: usize) {
    document.edit(Span::new(at, at + TYPED.len()), "");
}

#[inline(never)]
fn counted_told(document: &mut Document, at: usize) {
    // Unlike the others of its kind: equal functions might be made one, and counted together.
    document.edit(Span::new(black_box(at), at), TYPED);
}

#[inline(never)]
fn counted_untold(document: &mut Document, at: usize) {
    document.edit(Span::new(at, at + TYPED.len()), black_box(""));
}

#[inline(never)]
fn counted_pasted(document: &mut Document, at: usize) {
    document.edit(Span::new(at, at), PASTED);
}
