//! `--format sarif`: valid by the schema of OASIS, and the same as the JSON contract says.

#[allow(dead_code)]
mod common;

use common::Desk;
use serde_json::{Value, json};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures");
const SCHEMA: &str = include_str!("schema/sarif-2.1.0.json");

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    of[name].as_array().map_or(&[], Vec::as_slice)
}

/// A region as the JSON contract writes it.
fn range(region: &Value) -> Value {
    json!({
        "start": {"line": region["startLine"], "column": region["startColumn"]},
        "end": {"line": region["endLine"], "column": region["endColumn"]},
    })
}

#[test]
fn the_log_is_valid() {
    // A bracket that stands alone is a slip of the schema; browsers let it pass, the validator's expressions do not.
    let schema = SCHEMA.replace("[a-zA-Z]{2}]?$", r"[a-zA-Z]{2}\\]?$");
    let schema: Value = serde_json::from_str(&schema).expect("the schema is JSON");
    let schema = jsonschema::draft7::options().should_validate_formats(true).build(&schema).expect("a schema");
    let desk = Desk::new().with("子 目录/a.txt", "通讯录\n").with("b.txt", b"PK\x03\x04\0\0");
    for arguments in
        [&[FIXTURES, "没有#1.txt", "子 目录", "b.txt"][..], &["--lang", "en", "--select", "AS01", "子 目录"]]
    {
        let (_, log) = desk.json(&[&["check", "--format", "sarif"], arguments].concat());
        let wrong: Vec<_> =
            schema.iter_errors(&log).map(|error| format!("{}: {error}", error.instance_path())).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
    assert!(!schema.is_valid(&json!({"version": "2.1.0", "runs": [{"tool": {}}]})), "the schema sees what is missing");
}

#[test]
fn results_are_the_findings() {
    let desk = Desk::new();
    let (_, json) = desk.json(&["check", "--format", "json", FIXTURES]);
    let (code, log) = desk.json(&["check", "--format", "sarif", FIXTURES]);
    assert_eq!(code, Some(1));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let rules = list(&run["tool"]["driver"], "rules");
    let findings: Vec<_> = list(&json, "files").iter().flat_map(|file| list(file, "findings")).collect();
    assert_eq!(list(run, "results").len(), findings.len());
    let mut seen = std::collections::BTreeSet::new();
    for (result, finding) in list(run, "results").iter().zip(findings) {
        assert_eq!(result["ruleId"], finding["rule"]);
        assert_eq!(rules[result["ruleIndex"].as_u64().expect("a number") as usize]["id"], finding["rule"]);
        assert_eq!(result["message"]["text"], finding["message"]);
        assert_eq!(result["properties"]["severity"], finding["severity"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(range(&place["region"]), finding["range"]);
        assert_eq!(place["region"]["snippet"]["text"], finding["text"]);
        let evidence: Vec<_> =
            list(result, "relatedLocations").iter().map(|place| range(&place["physicalLocation"]["region"])).collect();
        let wanted: Vec<_> = list(finding, "related").iter().map(|related| related["range"].clone()).collect();
        assert_eq!(evidence, wanted);
        for (fix, wanted) in list(result, "fixes").iter().zip(list(finding, "fixes")) {
            assert_eq!(fix["description"]["text"], wanted["title"]);
            for (new, wanted) in list(&fix["artifactChanges"][0], "replacements").iter().zip(list(wanted, "edits")) {
                assert_eq!(range(&new["deletedRegion"]), wanted["range"]);
                assert_eq!(new["insertedContent"]["text"], wanted["new_text"]);
            }
        }
        assert_eq!(list(result, "fixes").len(), list(finding, "fixes").len());
        let key = &result["partialFingerprints"]["goujiKey/v2"];
        assert!(seen.insert((place["artifactLocation"].to_string(), key.to_string())), "{key} occurs twice");
    }
}

#[test]
fn a_fingerprint_outlives_edits_elsewhere() {
    let faulty = include_str!("../../../fixtures/tab/nongye-faulty.txt");
    let desk = Desk::new().with("a.txt", faulty).with("b.txt", format!("\n\n{faulty}"));
    let prints = |name: &str| {
        let (_, log) = desk.json(&["check", "--format", "sarif", name]);
        list(&log["runs"][0], "results").iter().map(|found| found["partialFingerprints"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(prints("a.txt").len(), 3);
    assert_eq!(prints("a.txt"), prints("b.txt"));
}

#[test]
fn rules_bring_their_pages_and_unread_files_are_told() {
    let (code, log) = Desk::new().json(&["check", "--format", "sarif", "--select", "AS", "没有.txt"]);
    assert_eq!(code, Some(2));
    let run = &log["runs"][0];
    let rules = list(&run["tool"]["driver"], "rules");
    assert_eq!(rules.iter().map(|rule| &rule["id"]).collect::<Vec<_>>(), ["AS01", "AS02", "AS03", "AS04"]);
    assert!(rules.iter().all(|rule| rule["help"]["text"].as_str().is_some_and(|text| text.contains("依据"))));
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    let told = &run["invocations"][0]["toolExecutionNotifications"][0];
    assert_eq!(told["message"]["text"], "文件不存在");
    assert_eq!(told["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "%E6%B2%A1%E6%9C%89.txt");
}
