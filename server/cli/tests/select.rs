//! `--select` and `--ignore`: which rules are checked.

#[allow(dead_code)]
mod common;

use common::Desk;
use serde_json::Value;

const FAULTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/tab/nongye-faulty.txt");

/// The rules of the findings, or of the relations.
fn rules(json: &Value, list: &str) -> Vec<String> {
    let entries = json["files"][0][list].as_array().expect("a list").iter();
    entries.map(|entry| entry["rule"].as_str().expect("a code").to_owned()).collect()
}

#[test]
fn only_what_is_selected_is_checked() {
    let desk = Desk::new();
    let check = |options: &[&str]| {
        let (code, json) = desk.json(&[&["check", "--format", "json", FAULTY], options].concat());
        (code, rules(&json, "findings"))
    };
    assert_eq!(check(&["--select", "AS01"]), (Some(1), vec!["AS01".to_owned()]));
    assert_eq!(check(&["--select", "as,NN05"]), (Some(1), vec!["NN05".to_owned(), "AS01".to_owned()]));
    assert_eq!(check(&["--select", "AS", "--select", "NN", "--ignore", "NN07", "--ignore=AS"]).1, ["NN05"]);
    assert_eq!(check(&["--select", "PR"]), (Some(0), vec![]));
    // What a rule would have named, another may see.
    assert_eq!(check(&["--ignore", "AS,NN,NT"]), (Some(0), vec!["YY04".to_owned()]));
    assert_eq!(check(&["--ignore", "AS,NN,NT,YY"]), (Some(0), vec![]));
}

#[test]
fn relations_are_laid_for_the_selected_rules_only() {
    let (code, json) = Desk::new().json(&["relations", "--format", "json", "--select", "XT", FAULTY]);
    assert_eq!(code, Some(0));
    let rules = rules(&json, "relations");
    assert!(!rules.is_empty() && rules.iter().all(|rule| rule.starts_with("XT")), "{rules:?}");
}

#[test]
fn a_rule_that_is_none_is_a_mistake_of_usage() {
    let desk = Desk::new();
    for command in ["check", "relations"] {
        let run = desk.run(&[command, "--ignore", "XT,IN60", FAULTY]);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        assert!(run.err.starts_with("用法有误：没有规则 IN60；是否指 IN"), "{}", run.err);
        let run = desk.run(&[command, "--lang", "en", "--select", "QQ", FAULTY]);
        assert_eq!(run.code, Some(2));
        assert!(run.err.starts_with("wrong usage: no rule QQ; "), "{}", run.err);
    }
    for wrong in [&["--select", ""][..], &["--select", "IN,"], &["--select", "IN", "--ignore", "IN"], &["--select"]] {
        assert_eq!(desk.run(&[&["check", FAULTY], wrong].concat()).code, Some(2), "{wrong:?}");
    }
}
