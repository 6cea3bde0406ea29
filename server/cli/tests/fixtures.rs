//! On every disclosure of the fixtures: both outputs say the same, and every range holds the text it claims to hold.

#[allow(dead_code)]
mod common;

use std::path::{Path, PathBuf};

use common::Desk;
use serde_json::Value;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

/// The documents of the fixtures as `check` sees them, with their texts.
fn checked() -> Vec<(PathBuf, Vec<String>, Value)> {
    let (_, json) = Desk::new().json(&["check", "--format", "json", FIXTURES]);
    let files = json["files"].as_array().expect("files").clone();
    let documents = files.into_iter().filter(|file| file["error"].is_null());
    documents
        .map(|file| {
            let path = PathBuf::from(file["path"].as_str().expect("a path"));
            let bytes = std::fs::read(&path).expect("the file was just read");
            let label = file["encoding"].as_str().unwrap_or("UTF-8");
            let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).expect("a known encoding");
            let text = encoding.decode(&bytes).0;
            let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
            (path, text.split('\n').map(str::to_owned).collect(), file)
        })
        .collect()
}

/// The text of a range; an independent reading of the contract.
fn cut(lines: &[String], range: &Value) -> String {
    let place = |end: &str, part: &str| range[end][part].as_u64().expect("a number") as usize - 1;
    let (first, last) = (place("start", "line"), place("end", "line"));
    let (from, to) = (place("start", "column"), place("end", "column"));
    let rows = lines[first..=last].iter().enumerate().map(|(n, line)| {
        let length = line.chars().count();
        let (from, to) = (if n == 0 { from } else { 0 }, if first + n == last { to } else { length });
        assert!(from <= to && to <= length, "{range} leaves its line");
        line.chars().skip(from).take(to - from).collect::<String>()
    });
    rows.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_range_holds_the_text_it_claims() {
    for (path, lines, file) in checked() {
        for finding in file["findings"].as_array().expect("findings") {
            let related = finding["related"].as_array().expect("evidence").iter();
            // What stands in another file is not to be looked for in this one.
            for place in related.filter(|place| place["path"].is_null()).chain([finding]) {
                let printed = place["text"].as_str().expect("a text").replace("\r\n", "\n").replace('\r', "\n");
                assert_eq!(cut(&lines, &place["range"]), printed, "{}: {place}", path.display());
            }
            for fix in finding["fixes"].as_array().expect("fixes") {
                fix["edits"].as_array().expect("edits").iter().for_each(|edit| drop(cut(&lines, &edit["range"])));
            }
        }
    }
}

#[test]
fn both_outputs_have_the_same_findings_in_the_same_order() {
    for (path, _, file) in checked() {
        let path = path.to_str().expect("UTF-8 paths");
        let findings = file["findings"].as_array().expect("findings");
        let wanted = findings.iter().map(|finding| {
            let start = &finding["range"]["start"];
            (
                format!("{path}:{}:{}: ", start["line"], start["column"]),
                finding["rule"].as_str().unwrap_or_default().to_owned(),
            )
        });
        let run = Desk::new().run(&["check", path, "--with", FIXTURES]);
        let mut headings = run.out.lines().filter(|line| line.starts_with(path));
        for (place, rule) in wanted {
            let heading = headings.next().unwrap_or_default();
            assert!(heading.starts_with(&place) && heading.contains(&rule), "{heading} is not {place}{rule}");
        }
        assert_eq!(headings.next(), None);
        let errors = findings.iter().any(|finding| finding["severity"] == "error");
        assert_eq!(run.code, Some(i32::from(errors)), "{path}");
    }
}

#[test]
fn every_figure_of_every_relation_is_where_it_is_said_to_be() {
    for (path, lines, _) in checked() {
        let (_, json) = Desk::new().json(&["relations", "--format", "json", Path::to_str(&path).expect("UTF-8 paths")]);
        let file = &json["files"][0];
        let relations = file["relations"].as_array().expect("relations").iter();
        let figures = relations.flat_map(|relation| relation["figures"].as_array().expect("figures"));
        for figure in figures.chain(file["unread"].as_array().expect("amounts")) {
            let printed = figure["text"].as_str().expect("a text");
            assert_eq!(cut(&lines, &figure["range"]), printed, "{}: {figure}", path.display());
        }
    }
}
