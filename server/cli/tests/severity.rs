//! `--min-severity`: what is shown, what is counted, and that the exit code says the same.

#[allow(dead_code)]
mod common;

use common::Desk;

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");

#[test]
fn what_is_below_is_neither_shown_nor_counted_but_said_to_be_there() {
    let desk = Desk::new();
    let mut before = 0;
    for (lowest, severities) in
        [("error", &["error"][..]), ("warning", &["error", "warning"]), ("hint", &["error", "warning", "info", "hint"])]
    {
        let (code, json) = desk.json(&["check", "--format", "json", "--min-severity", lowest, FIXTURES]);
        assert_eq!(code, Some(1), "some of the fixtures are faulty");
        let files = json["files"].as_array().expect("files");
        let findings: Vec<_> = files.iter().flat_map(|file| file["findings"].as_array().expect("a list")).collect();
        assert!(findings.iter().all(|found| severities.contains(&found["severity"].as_str().unwrap_or_default())));
        assert!(findings.len() >= before);
        before = findings.len();
        let run = desk.run(&["check", "--lang", "en", "--min-severity", lowest, FIXTURES]);
        assert_eq!(run.out.matches(" = evidence: ").count() > 0, before > 0);
        assert_eq!(run.out.contains(" below the level shown"), lowest != "hint");
    }
}

#[test]
fn the_exit_code_keeps_its_meaning() {
    let clean = format!("{FIXTURES}/tab/nongye.txt");
    let faulty = format!("{FIXTURES}/tab/nongye-faulty.txt");
    let desk = Desk::new();
    for lowest in ["error", "hint"] {
        assert_eq!(desk.run(&["check", "--min-severity", lowest, &clean]).code, Some(0));
        assert_eq!(desk.run(&["check", "--min-severity", lowest, &faulty]).code, Some(1));
        assert_eq!(desk.run(&["check", "--min-severity", lowest, &faulty, "没有.txt"]).code, Some(2));
    }
    assert_eq!(desk.run(&["check", "--min-severity", "fatal", &clean]).code, Some(2));
}
