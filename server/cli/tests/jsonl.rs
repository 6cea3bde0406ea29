//! `--format jsonl`: the entries of the JSON contract, one a line, each as soon as its turn comes.

#[allow(dead_code)]
mod common;

use common::Desk;
use serde_json::Value;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

#[test]
fn the_lines_are_the_entries_of_the_contract() {
    let desk = Desk::new();
    let (code, json) = desk.json(&["check", "--format", "json", FIXTURES, "没有.txt"]);
    let run = desk.run(&["check", "--format", "jsonl", FIXTURES, "没有.txt"]);
    assert_eq!((run.code, code), (Some(2), Some(2)));
    let lines: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    assert_eq!(&lines, json["files"].as_array().expect("files"));
    assert_eq!(run.err, "未检查：没有.txt：文件不存在\n");
}

#[test]
fn the_fields_keep_the_order_of_the_contract() {
    let run = Desk::new().with("a.txt", "通讯录\n").run(&["check", "--format", "jsonl", "a.txt"]);
    let coverage = r#"{"amounts":0,"checked":0,"relations":{"exact":0,"rounded":0,"contradicted":0,"unchecked":0}}"#;
    assert_eq!(run.out, format!("{{\"path\":\"a.txt\",\"document\":null,\"findings\":[],\"coverage\":{coverage}}}\n"));
}

#[cfg(unix)]
#[test]
fn a_line_is_there_before_the_next_file_can_be_read() {
    use std::io::{BufRead, BufReader};
    let desk = Desk::new().with("a.txt", "通讯录\n");
    let pipe = desk.path().join("b.txt");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
    let mut child = desk.command(&["check", "--format", "jsonl", "a.txt", "b.txt"]).spawn().expect("it starts");
    let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    let mut next = || lines.next().expect("a line").expect("text");
    assert!(next().starts_with(r#"{"path":"a.txt""#));
    std::fs::write(&pipe, "通讯录\n").expect("it reads");
    assert!(next().starts_with(r#"{"path":"b.txt""#));
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}
