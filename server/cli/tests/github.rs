//! `--format github`: workflow commands.

#[allow(dead_code)]
mod common;

use common::Desk;

const FAULTY: &str = include_str!("../../../fixtures/tab/nongye-faulty.txt");

#[test]
fn every_finding_is_a_command_and_nothing_else_is_said() {
    let desk = Desk::new().with("子,目录/a.txt", FAULTY);
    let (_, json) = desk.json(&["check", "--format", "json", "."]);
    let findings = json["files"][0]["findings"].as_array().expect("findings");
    let run = desk.run(&["check", "--format", "github", "."]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), ""));
    assert_eq!(run.out.lines().count(), findings.len());
    for (line, finding) in run.out.lines().zip(findings) {
        let (start, end) = (&finding["range"]["start"], &finding["range"]["end"]);
        let head = format!(
            "::error file=子%2C目录/a.txt,line={},endLine={},col={},endColumn={},title={} ",
            start["line"],
            end["line"],
            start["column"],
            end["column"],
            finding["rule"].as_str().unwrap_or_default()
        );
        assert!(line.starts_with(&head), "{line} is not {head}");
        assert!(line.contains(&format!("::{}", finding["message"].as_str().unwrap_or_default())), "{line}");
    }
    assert!(run.out.contains("%0A改法：改为 521.52（首选）\n"), "{}", run.out);
}

#[test]
fn a_file_that_was_not_read_is_an_error_too() {
    let run = Desk::new().with("b.txt", b"PK\x03\x04\0\0").run(&["check", "--format", "github", "b.txt"]);
    assert_eq!(run.code, Some(2));
    assert_eq!(run.out, "::error file=b.txt,title=未检查::是二进制文件\n");
    assert_eq!(run.err, "未检查：b.txt：是二进制文件\n");
}
