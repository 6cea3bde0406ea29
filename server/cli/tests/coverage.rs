//! `--coverage`: the amounts that stand in no relation.

#[allow(dead_code)]
mod common;

use common::Desk;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

#[test]
fn what_nobody_checked_is_listed_as_relations_has_it() {
    let desk = Desk::new();
    let (_, json) = desk.json(&["relations", "--format", "json", FIXTURES]);
    let files = json["files"].as_array().expect("files").iter();
    let wanted: Vec<_> = files
        .flat_map(|file| {
            let path = file["path"].as_str().expect("a path");
            let unread = file["unread"].as_array().expect("a list").iter();
            unread.map(move |figure| {
                let start = &figure["range"]["start"];
                let text = figure["text"].as_str().expect("a text");
                format!("{path}:{}:{}: 未核 {text} — ", start["line"], start["column"])
            })
        })
        .collect();
    let run = desk.run(&["check", "--coverage", FIXTURES]);
    let listed: Vec<_> = run.out.lines().filter(|line| line.contains(": 未核 ")).collect();
    assert!(listed.len() > 50, "{}", listed.len());
    assert_eq!(listed.len(), wanted.len());
    for (line, head) in listed.iter().zip(&wanted) {
        assert!(line.starts_with(head), "{line} is not {head}");
    }
    let without = desk.run(&["check", FIXTURES]);
    assert_eq!((without.code, without.out.lines().last()), (run.code, run.out.lines().last()));
    assert!(!without.out.contains(": 未核 "));
}

#[test]
fn it_is_for_people_only() {
    let desk = Desk::new().with("a.txt", "通讯录\n");
    assert!(desk.run(&["check", "--coverage", "a.txt"]).out.starts_with("已检查文件 1 个："));
    let run = desk.run(&["check", "--coverage", "--format", "json", "--lang", "en", "a.txt"]);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.starts_with("wrong usage: --coverage is for the human format only\n"), "{}", run.err);
}
