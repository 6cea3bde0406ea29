//! Several files at once: last year's disclosure and the units' are evidence, in every output.

#[allow(dead_code)]
mod common;

use std::path::Path;

use common::Desk;

const THIS: &str = "某县水务局2025年部门预算公开

一、部门预算安排的总体情况
2025年预算收支安排430.60万元，较2024年预算418.20万元增加12.40万元。
";
const LAST: &str = "某县水务局2024年部门预算公开

一、部门预算安排的总体情况
收入说明：2024年，本部门收入预算418.20万元，其中：一般公共预算拨款收入418.20万元。
";

/// Two years of a body, of which the second gives last year's figure wrongly; and a body of the same name elsewhere.
fn desk() -> Desk {
    let wrong = THIS.replace("418.20万元增加12.40", "428.10万元增加2.50");
    Desk::new()
        .with("2025/水务局.txt", wrong)
        .with("2024/水务局.txt", LAST)
        .with("2024/乙县.txt", LAST.replace("某县", "乙县").replace("418.20", "999.90"))
}

#[test]
fn a_wrong_figure_of_last_year_is_found_and_both_files_are_named() {
    let (code, json) = desk().json(&["check", "--format", "json", "."]);
    assert_eq!(code, Some(0), "a warning is no error");
    let files = json["files"].as_array().expect("files");
    let paths: Vec<_> = files.iter().map(|file| file["path"].as_str().unwrap_or_default()).collect();
    assert_eq!(paths, ["2024/乙县.txt", "2024/水务局.txt", "2025/水务局.txt"]);
    assert!(files[..2].iter().all(|file| file["findings"].as_array().is_some_and(Vec::is_empty)));
    let found = &files[2]["findings"][0];
    assert_eq!(
        (&found["rule"], &found["severity"], &found["text"]),
        (&"YY02".into(), &"warning".into(), &"428.10".into())
    );
    let related = &found["related"][0];
    assert_eq!(related["path"], "2024/水务局.txt");
    assert_eq!((&related["text"], &related["range"]["start"]["line"]), (&"418.20".into(), &4.into()));
}

#[test]
fn every_format_names_the_other_file() {
    let human = desk().run(&["check", "."]).out;
    assert!(human.contains("依据：2024/水务局.txt:4:18 418.20 — 上年说明预算收入"), "{human}");
    let github = desk().run(&["check", "--format", "github", "."]).out;
    assert!(github.contains("依据：2024/水务局.txt:4:18 418.20"), "{github}");
    let (_, sarif) = desk().json(&["check", "--format", "sarif", "."]);
    let related = &sarif["runs"][0]["results"][0]["relatedLocations"][0]["physicalLocation"];
    assert_eq!(related["artifactLocation"]["uri"], "2024/%E6%B0%B4%E5%8A%A1%E5%B1%80.txt");
    assert_eq!(related["region"]["startLine"], 4);
    let html = desk().run(&["check", "--format", "html", "."]).out;
    assert!(html.contains("2024/水务局.txt:4:18"), "{html}");
}

#[test]
fn a_file_alone_is_checked_by_itself_and_beside_what_is_named() {
    let alone = desk().run(&["check", "2025/水务局.txt"]);
    assert!(!alone.out.contains("YY02"), "{}", alone.out);
    let beside = desk().run(&["check", "2025/水务局.txt", "--with", "2024"]);
    assert!(beside.out.contains("YY02") && beside.out.contains("检查文件 1 个"), "{}", beside.out);
    let missing = desk().run(&["check", "2025/水务局.txt", "--with", "2023"]);
    assert_eq!(missing.code, Some(2));
    assert!(missing.err.contains("2023"), "{}", missing.err);
    let input = THIS.replace("418.20万元增加12.40", "428.10万元增加2.50");
    let typed = desk().run_with(input, &["check", "--stdin", "--with", "2024"]);
    assert!(typed.out.contains("YY02"), "{}", typed.out);
}

#[test]
fn the_output_does_not_depend_on_the_order_of_arguments() {
    let one = desk().run(&["check", "2024", "2025"]).out;
    assert_eq!(desk().run(&["check", "2025", "2024/乙县.txt", "2024"]).out, one);
    assert!(one.contains("YY02"));
}

#[test]
fn years_that_agree_are_clean_and_one_file_may_hold_them_all() {
    let clean = Desk::new().with("a.txt", THIS).with("b.txt", LAST).run(&["check", "."]);
    assert!(!clean.out.contains("YY02"), "{}", clean.out);
    // Of what stands in one file most must agree before the rest is doubted.
    let years = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/years");
    let text = |name: &str| std::fs::read_to_string(years.join(name)).expect("a fixture");
    let compiled = text("shuili-2025-faulty.md") + "\n" + &text("shuili-2024.md");
    let found = Desk::new().with("a.md", compiled).run(&["check", "a.md"]);
    assert!(found.out.contains("警告 YY02") && found.out.contains(" 7.80 — 上年三公经费表"), "{}", found.out);
}
