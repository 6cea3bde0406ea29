//! The same disclosure in every layout owes the same findings where its columns are kept, and never more where they are
//! not; and most of it is checked there too. One test for each fixture and rendering.

use std::path::Path;
use std::process::ExitCode;

use gouji_core::Document;
use gouji_core::text::script::simplified;
use gouji_core::verdict::finding::Severity;
use gouji_tests::expect;
use gouji_tests::render::{RENDERINGS, Rendering};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/tab");
    let files = expect::fixtures(&folder).expect("fixtures/tab can be read");
    let trials = files.into_iter().flat_map(|(file, _)| {
        RENDERINGS.iter().map(move |rendering| {
            let file = file.clone();
            let name = format!("{} {}", file.file_name().unwrap_or_default().display(), rendering.name);
            Trial::test(name, move || check(&file, rendering))
        })
    });
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// Errors and warnings by rule and text, in one script and width.
fn said(document: &Document) -> Vec<(String, String)> {
    let plain = |c: char| match c {
        ',' | '，' | '\n' => None,
        '０'..='９' => char::from_u32(c as u32 - 0xFEE0),
        c => Some(simplified(c).unwrap_or(c)),
    };
    let loud = document.analysis().findings().iter().filter(|finding| finding.severity <= Severity::Warning);
    let mut said: Vec<_> =
        loud.map(|finding| (finding.rule.clone(), finding.text.chars().filter_map(plain).collect())).collect();
    said.sort();
    said
}

fn check(file: &Path, rendering: &Rendering) -> Result<(), Failed> {
    let source = expect::decode(&std::fs::read(file)?);
    let (plain, rendered) = (Document::open(&source), Document::open(&rendering.of(&source)));
    let (owed, found) = (said(&plain), said(&rendered));
    let more: Vec<_> = found.iter().filter(|one| !owed.contains(one)).collect();
    if !more.is_empty() || found.len() > owed.len() {
        return Err(format!("多报：{found:?}，应为 {owed:?}").into());
    }
    if rendering.keeps && found != owed {
        return Err(format!("少报：{found:?}，应为 {owed:?}").into());
    }
    let (whole, part) = (plain.analysis().coverage(), rendered.analysis().coverage());
    if std::env::var_os("FIGURES").is_some() {
        println!("{} {}: {} {} of {}", file.display(), rendering.name, found.len(), part.checked, part.amounts);
    }
    if part.checked * 100 < whole.checked * rendering.floor {
        return Err(format!("勾稽太少：{} 处，原文 {} 处", part.checked, whole.checked).into());
    }
    Ok(())
}
