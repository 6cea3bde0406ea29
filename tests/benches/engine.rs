//! The engine by the clock, at four sizes: opening, keystrokes, what follows from them, positions.
//!
//!     cargo bench -p gouji-tests --bench engine                all; some minutes
//!     cargo bench -p gouji-tests --bench engine -- edit/40K    some
//!
//! `cargo test --benches` does each once at the smallest size.

use std::hint::black_box;
use std::time::Duration;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput};
use gouji_core::Document;
use gouji_core::document::mend;
use gouji_core::finding::Severity;
use gouji_core::text::{Encoding, Span};
use gouji_tests::generate::{Generated, TYPED, Wish, generate};

const SIZES: [(&str, usize); 4] = [("40K", 40_000), ("400K", 400_000), ("4M", 4_000_000), ("20M", 20_000_000)];

/// A table as it comes from the clipboard.
const PASTED: &str = "。\n项目支出明细表\n项目\t金额\n合计\t30.00\n甲项目\t12.00\n乙项目\t18.00\n\n继续做好工作";

fn main() {
    let smoke = !std::env::args().any(|word| word == "--bench");
    let mut criterion = Criterion::default().configure_from_args().sample_size(10);
    criterion = criterion.warm_up_time(Duration::from_millis(300)).measurement_time(Duration::from_secs(2));
    for (name, bytes) in SIZES.into_iter().take(if smoke { 1 } else { SIZES.len() }) {
        let made = generate(Wish::faulty(bytes));
        open(&mut criterion, name, &made);
        let document = Document::open(&made.text);
        edit(&mut criterion, name, &made, &document);
        views(&mut criterion, name, &document);
        positions(&mut criterion, name, &made, &document);
    }
    criterion.final_summary();
}

fn open(criterion: &mut Criterion, name: &str, made: &Generated) {
    let mut group = criterion.benchmark_group("open");
    group.throughput(Throughput::Bytes(made.text.len() as u64));
    group.bench_function(BenchmarkId::from_parameter(name), |bencher| {
        bencher.iter_with_large_drop(|| Document::open(&made.text));
    });
}

/// Each measurement is two edits: something is typed and taken away, so that the text is the same each time.
fn edit(criterion: &mut Criterion, name: &str, made: &Generated, document: &Document) {
    let mut group = criterion.benchmark_group(format!("edit/{name}"));
    let (figure, toggle, prose) = (made.neutral[0].type_at, made.toggle[0].type_at, made.prose[0]);
    let cases =
        [("figure", figure, TYPED), ("toggle", toggle, TYPED), ("prose", prose, "新"), ("paste", prose, PASTED)];
    for (what, at, typed) in cases {
        let mut document = document.clone();
        group.bench_function(what, |bencher| {
            bencher.iter(|| {
                document.edit(Span::new(at, at), typed);
                document.edit(Span::new(at, at + typed.len()), "");
            });
        });
    }
    // A whole line is cut and comes back.
    let start = made.text[..figure].rfind('\n').map_or(0, |at| at + 1);
    let end = made.text[figure..].find('\n').map_or(made.text.len(), |at| figure + at + 1);
    let line = made.text[start..end].to_owned();
    let mut document = document.clone();
    group.bench_function("undo", |bencher| {
        bencher.iter(|| {
            document.edit(Span::new(start, end), "");
            document.edit(Span::new(start, start), &line);
        });
    });
}

fn views(criterion: &mut Criterion, name: &str, document: &Document) {
    let mut group = criterion.benchmark_group("views");
    group.bench_function(BenchmarkId::new("relations", name), |bencher| {
        bencher.iter_with_large_drop(|| document.analysis().relations());
    });
    if document.text().len() <= 400_000 {
        group.bench_function(BenchmarkId::new("repair", name), |bencher| {
            bencher.iter_batched(|| document.clone(), |own| mend::mend(&own, Severity::Warning), BatchSize::LargeInput);
        });
    }
}

/// A hundred places there and back.
fn positions(criterion: &mut Criterion, name: &str, made: &Generated, document: &Document) {
    let places: Vec<usize> =
        made.amounts.iter().step_by((made.amounts.len() / 100).max(1)).map(|at| at.start).collect();
    let mut group = criterion.benchmark_group("positions");
    for (what, encoding) in [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)] {
        group.bench_function(BenchmarkId::new(what, name), |bencher| {
            bencher.iter(|| {
                for &place in &places {
                    let position = document.text().position(place, encoding);
                    black_box(document.text().offset(position, encoding));
                }
            });
        });
    }
}
