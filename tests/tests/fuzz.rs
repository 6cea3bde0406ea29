//! A short run of the fuzzer's targets: the kept corpus (`fuzz/corpus`), fixtures and pages, and small changes of them, the
//! same in every run. `fuzz/run` is the long one.

use std::fs;
use std::path::{Path, PathBuf};

use gouji_tests::fuzz::{TARGETS, dictionary, mutants, run};

/// Changed inputs of each target.
const MUTANTS: usize = 24;
/// Of the repository's files the beginning is enough here.
const BEGINNING: usize = 3_000;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The files of a folder, in order of name.
fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).expect("a file")).collect()
}

fn kept(name: &str) -> Vec<Vec<u8>> {
    let kept = files(&repository().join("fuzz/corpus").join(name));
    assert!(!kept.is_empty(), "{name} has a corpus");
    kept
}

fn fuzzed(name: &str, seeds: Vec<Vec<u8>>) {
    let mut corpus = kept(name);
    corpus.extend(seeds);
    corpus.iter().for_each(|input| run(name, input));
    mutants(&corpus, MUTANTS).iter().for_each(|input| run(name, input));
}

fn beginnings(folders: &[&str]) -> Vec<Vec<u8>> {
    let of = |folder: &&str| files(&repository().join("fixtures").join(folder));
    let all = folders.iter().flat_map(of).filter(|bytes| bytes.len() > BEGINNING);
    all.step_by(6).map(|bytes| bytes[..BEGINNING].to_vec()).collect()
}

#[test]
fn bytes_of_any_kind_are_survived() {
    fuzzed("bytes", beginnings(&["sentences", "pdf", "tab", "web", "encoding", "sep"]));
}

#[test]
fn the_fields_words_in_any_order_are_survived() {
    fuzzed("words", Vec::new());
}

#[test]
fn edits_of_any_kind_leave_what_a_fresh_text_gives() {
    fuzzed("edits", Vec::new());
}

#[test]
fn pages_and_formulas_of_any_kind_are_survived() {
    let pages = files(&repository().join("server/core/rules"));
    fuzzed("pages", pages.into_iter().step_by(30).collect());
}

#[test]
fn words_of_a_folder_of_any_kind_are_survived() {
    fuzzed("config", Vec::new());
}

#[test]
fn frames_of_any_kind_are_survived() {
    fuzzed("frames", Vec::new());
}

#[test]
fn every_target_can_be_run_for_long() {
    for (name, _) in TARGETS {
        let text = fs::read_to_string(repository().join(format!("fuzz/fuzz_targets/{name}.rs"))).expect("a target");
        assert!(text.contains(&format!("run(\"{name}\", input)")), "{name}");
    }
    let words = dictionary();
    assert!(words.len() <= 256 && words.iter().all(|word| !word.is_empty()), "a byte names each word");
}
