//! `--stdin --format jsonl`: a document a line in, its result a line out.

#[allow(dead_code)]
mod common;

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use common::Desk;
use serde_json::{Value, json};

const FAULTY: &str = include_str!("../../../fixtures/md/shuiwu-faulty.md");
const STREAM: [&str; 4] = ["check", "--stdin", "--format", "jsonl"];

fn line(path: &str, text: &str) -> String {
    format!("{}\n", json!({"path": path, "text": text}))
}

fn lines(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

#[test]
fn a_line_is_answered_as_a_file_is() {
    let desk = Desk::new().with("子/a.md", FAULTY).with("子/b.txt", "通讯录\n").with("子/c.txt", "");
    let files = desk.run(&["check", "--format", "jsonl", "子"]);
    let input = [line("子/a.md", FAULTY), line("子/b.txt", "通讯录\n"), line("子/c.txt", "")].concat();
    let run = desk.run_with(input, &STREAM);
    assert_eq!((run.code, run.out, run.err.as_str()), (Some(1), files.out, ""));
}

#[test]
fn the_order_is_that_of_the_lines() {
    let input: String =
        (0..300).map(|number| line(&number.to_string(), if number % 7 == 0 { FAULTY } else { "通讯录\n" })).collect();
    let run = Desk::new().run_with(input, &STREAM);
    let paths: Vec<_> = lines(&run.out).iter().map(|own| own["path"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(paths, (0..300).map(|number| number.to_string()).collect::<Vec<_>>());
    assert_eq!(run.code, Some(1));
}

#[test]
fn a_broken_line_costs_that_line_only() {
    let input = [
        line("a.txt", "通讯录\n").as_bytes(),
        b"{\"path\": \"b.txt\", \"text\":\n",
        b"\n",
        b"\xff\xfe\n",
        b"{\"path\": \"c.txt\"}\n",
        line("d.txt", "x\0y").as_bytes(),
        line("e.txt", "通讯录\n").trim_end().as_bytes(),
    ]
    .concat();
    let run = Desk::new().run_with(input, &[&STREAM[..], &["--stdin-filename", "全部"]].concat());
    assert_eq!(run.code, Some(2));
    let told = lines(&run.out);
    let paths: Vec<_> = told.iter().map(|own| own["path"].as_str().unwrap_or_default()).collect();
    assert_eq!(paths, ["a.txt", "全部:2", "全部:4", "c.txt", "d.txt", "e.txt"]);
    let errors: Vec<_> = told.iter().map(|own| own["error"].as_str().unwrap_or_default()).collect();
    assert!(errors[1].starts_with("不是一行 {\"path\": …, \"text\": …}（"), "{errors:?}");
    assert!(errors[2].starts_with("不是一行"), "{errors:?}");
    assert_eq!([errors[0], errors[3], errors[4], errors[5]], ["", "缺少 text", "是二进制文件", ""]);
    let said: Vec<_> = run.err.lines().collect();
    assert_eq!(said.len(), 4, "{said:?}");
    assert_eq!(said[2], "未检查：c.txt：缺少 text");
}

#[test]
fn each_line_is_answered_before_the_next_one_comes() {
    let desk = Desk::new();
    let mut child = desk.command(&STREAM).stdin(Stdio::piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    let mut answers = BufReader::new(child.stdout.take().expect("a pipe")).lines();
    for number in 0..20 {
        input.write_all(line(&number.to_string(), "通讯录\n").as_bytes()).expect("it reads");
        let answer: Value = serde_json::from_str(&answers.next().expect("a line").expect("text")).expect("JSON");
        assert_eq!(answer["path"], number.to_string());
    }
    drop(input);
    assert!(answers.next().is_none());
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn who_reads_no_more_is_left_though_the_input_goes_on() {
    let desk = Desk::new();
    let mut child = desk.command(&STREAM).stdin(Stdio::piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    drop(child.stdout.take());
    // The pipe stays open: nothing but the end of the output tells that it is over.
    input.write_all(line("a.txt", "通讯录\n").as_bytes()).expect("it reads");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn folders_and_other_files_have_their_word() {
    let desk = Desk::new()
        .with("gouji.toml", "[[files]]\npaths = [\"归档/**\"]\ncheck = false\n")
        .with("归档/a.md", "")
        .with("上年/b.md", FAULTY);
    let input = [line("归档/a.md", FAULTY), line("今年/a.md", FAULTY)].concat();
    let run = desk.run_with(input, &[&STREAM[..], &["--with", "上年"]].concat());
    let told = lines(&run.out);
    assert_eq!(told[0]["findings"], json!([]));
    assert_ne!(told[1]["findings"], json!([]));
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
}

#[test]
fn figures_are_those_of_the_documents() {
    let input = line("a.txt", "通讯录\n").repeat(1_000);
    let run = Desk::new().run_with(input, &[&STREAM[..], &["--stats", "--lang", "en"]].concat());
    assert_eq!(run.code, Some(0));
    assert!(run.err.starts_with("stats: 1000 documents, 0.01 MB in "), "{}", run.err);
}
