//! `--format html`: all that was found, in one page that needs nothing else.

#[allow(dead_code)]
mod common;

use common::Desk;
use serde_json::Value;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[test]
fn the_page_tells_every_finding_and_every_relation() {
    let desk = Desk::new();
    let folder = format!("{FIXTURES}/tab");
    let page = desk.run(&["check", "--format", "html", &folder]);
    let (code, json) = desk.json(&["check", "--format", "json", &folder]);
    assert_eq!((page.code, page.err.as_str()), (code, ""));
    let files = json["files"].as_array().map_or(&[][..], Vec::as_slice);
    let findings: Vec<&Value> =
        files.iter().flat_map(|file| file["findings"].as_array().into_iter().flatten()).collect();
    assert!(findings.len() > 3);
    assert_eq!(page.out.matches("<article ").count(), findings.len());
    for finding in findings {
        let message = finding["message"].as_str().expect("a message");
        assert!(page.out.contains(&escaped(message)), "{message}");
    }
    let mut relations = 0;
    for file in files {
        let path = file["path"].as_str().expect("a path");
        assert!(page.out.contains(&escaped(path)), "{path}");
        let (_, all) = desk.json(&["relations", "--format", "json", path]);
        relations += all["files"][0]["relations"].as_array().map_or(0, Vec::len);
    }
    assert_eq!(page.out.matches("\" data-n=\"").count(), relations);
}

#[test]
fn the_page_needs_nothing_else_and_is_the_same_from_run_to_run() {
    let desk = Desk::new();
    let run = || desk.run(&["check", "--format", "html", FIXTURES, "--lang", "en"]).out;
    let page = run();
    for outside in ["http:", "https:", " src=", "@import", "url(", "<link"] {
        assert!(!page.contains(outside), "{outside}");
    }
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en\">") && page.ends_with("</html>"));
    assert_eq!(page, run());
}

#[test]
fn what_a_document_says_is_text_never_markup() {
    let text = std::fs::read_to_string(format!("{FIXTURES}/tab/nongye-faulty.txt")).expect("a fixture");
    let hostile = text.replace("农产品质量安全监测", "<script>alert(1)</script>农产品质量安全监测");
    let desk = Desk::new().with("<b>&.txt", hostile).with("坏.txt", b"PK\x03\x04\0\0");
    let page = desk.run(&["check", "--format", "html", "."]);
    assert_eq!(page.code, Some(2));
    assert!(!page.out.contains("<script>alert") && page.out.contains("&lt;script&gt;alert(1)"));
    assert!(page.out.contains("&lt;b&gt;&amp;.txt") && page.out.contains("坏.txt"));
}
