//! However many documents there are, the memory is that of a few: nothing that has been told is kept.
#![cfg(target_os = "linux")]

#[allow(dead_code)]
mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::thread;

use common::Desk;
use serde_json::json;

/// A small disclosure with findings, so that all that is kept of one would show.
const FAULTY: &str = include_str!("../../../fixtures/md/shuiwu-faulty.md");
/// What a run may need more than one of a few documents, in MB: less than the large set has.
const MORE: u64 = 12;

/// The most memory that a process had so far, in MB.
fn peak(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).expect("it runs");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak");
    line.trim().trim_end_matches(" kB").parse::<u64>().expect("a number") >> 10
}

/// Checks a set of so many lines of unlike paths, and gives the peak before the end.
fn streamed(count: usize, text: &str) -> u64 {
    let desk = Desk::new();
    let mut child =
        desk.command(&["check", "--stdin", "--format", "jsonl"]).stdin(Stdio::piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    let answers = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    thread::scope(|threads| {
        let told = threads.spawn(move || answers.take(count).filter(|line| line.is_ok()).count());
        for number in 0..count {
            writeln!(input, "{}", json!({"path": format!("{number}/{number}.md"), "text": text})).expect("it reads");
        }
        assert_eq!(told.join().expect("a count"), count);
    });
    // All has been answered, and the input is still open.
    let peak = peak(&child);
    drop(input);
    child.wait().expect("it ends");
    peak
}

#[test]
fn a_stream_needs_no_more_memory_the_longer_it_is() {
    let (few, many) = (streamed(30, FAULTY), streamed(250, FAULTY));
    assert!(many <= few + MORE, "{few} MB for 30 documents, {many} MB for 250");
    let (few, many) = (streamed(40, "通讯录\n"), streamed(20_000, "通讯录\n"));
    assert!(many <= few + MORE, "{few} MB for 40 lines, {many} MB for 20000");
}

/// Checks a folder of so many files; the peak is taken when the last line has come, which is written while the program
/// still waits for a pipe that stands behind all files.
fn walked(count: usize) -> u64 {
    let mut desk = Desk::new().with("z.txt", "");
    for number in 0..count {
        desk = desk.with(&format!("{:03}/{number:06}.md", number / 100), FAULTY.as_bytes());
    }
    let pipe = desk.path().join("zz.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let mut child = desk.command(&["check", "--format", "jsonl", ".", "zz.txt"]).spawn().expect("it starts");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    assert_eq!(answers.by_ref().take(count + 1).filter(|line| line.is_ok()).count(), count + 1);
    let peak = peak(&child);
    std::fs::write(&pipe, "").expect("it reads");
    assert_eq!(answers.count(), 1);
    assert_eq!(child.wait().expect("it ends").code(), Some(1));
    peak
}

#[test]
fn a_tree_needs_little_more_memory_the_larger_it_is() {
    let (few, many) = (walked(30), walked(250));
    assert!(many <= few + MORE, "{few} MB for 30 files, {many} MB for 250");
}

/// Of a compilation only what was made out of each disclosure is held, not all that was read: some sixty bytes for each
/// byte of text.
#[test]
fn a_large_compilation_needs_memory_for_its_text_not_for_all_that_was_read_of_it() {
    let compiled = |count: usize| -> String {
        (0..count).map(|number| FAULTY.replace("青柳", &format!("青{number}柳"))).collect()
    };
    let (small, large) = (compiled(8), compiled(72));
    let more = large.len() - small.len();
    let (few, many) = (streamed(1, &small), streamed(1, &large));
    assert!((many - few) << 20 <= 25 * more as u64, "{few} MB, {many} MB for {more} bytes more");
}
