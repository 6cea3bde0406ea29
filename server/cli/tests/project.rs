//! What folders say: gouji.toml, suppressions, rule pages of one's own.

#[allow(dead_code)]
mod common;

use common::Desk;
use serde_json::Value;

const FAULTY: &str = include_str!("../../../fixtures/tab/nongye-faulty.txt");

fn desk(toml: &str) -> Desk {
    Desk::new().with("a.txt", FAULTY).with("gouji.toml", toml)
}

fn rules(json: &Value) -> Vec<&str> {
    let found = json["files"][0]["findings"].as_array().expect("a list").iter();
    found.map(|own| own["rule"].as_str().expect("a code")).collect()
}

/// A page of which the fixture owes a finding.
fn page(code: &str) -> String {
    format!(
        "+++\ncode = \"{code}\"\nname = \"支出不超过一万元\"\nseverity = \"warning\"\ntolerance = \"T1\"\n\
         formula = [\"支出总表[合计].合计 ≤ 1万元\"]\n+++\n# 上限\n\n本单位的上限。\n"
    )
}

#[test]
fn rules_severities_and_levels_are_those_of_the_folder() {
    let all = Desk::new().with("a.txt", FAULTY).json(&["check", "--format", "json", "a.txt"]);
    assert_eq!((all.0, rules(&all.1)), (Some(1), vec!["NN05", "NN07", "AS01"]));
    let check = |toml: &str| {
        let (code, json) = desk(toml).json(&["check", "--format", "json", "a.txt"]);
        (code, rules(&json).into_iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let own = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let without = check("[rules]\noff = \"NN05\"\n").1;
    assert!(!without.contains(&"NN05".to_owned()) && without.contains(&"AS01".to_owned()), "{without:?}");
    assert_eq!(check("min_severity = \"error\"\n[rules.severity]\nNN07 = \"hint\"\n").1, own(&["NN05", "AS01"]));
    assert_eq!(check("[rules.severity]\nNN = \"info\"\nAS = \"warning\"\n"), (Some(0), own(&["NN05", "NN07", "AS01"])));
    assert_eq!(check("[[files]]\npaths = \"b.txt\"\noff = \"AS\"\n").1, own(&["NN05", "NN07", "AS01"]));
    let run = desk("[[files]]\npaths = \"*.txt\"\ncheck = false\n").run(&["check", "."]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), "没有可检查的文件；按 gouji.toml 不检查的 1 个\n"));
    // What is asked for on the command line is done all the same.
    let (_, json) =
        desk("[rules]\noff = [\"NN\", \"AS\"]\n").json(&["check", "--format", "json", "--select", "AS", "a.txt"]);
    assert_eq!(rules(&json), ["AS01"]);
}

#[test]
fn what_is_wrong_is_told_at_its_place_and_the_rest_counts() {
    let run = desk("[rules]\noff = [\"NN05\"]\non = [\"AS1\"]\nof = 1\n").run(&["check", "a.txt"]);
    assert_eq!(run.code, Some(1));
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(lines[0].starts_with("警告：gouji.toml:3:7：没有规则 AS1；是否指 AS01"), "{}", run.err);
    assert_eq!(lines[1], "警告：gouji.toml:4:1：没有键 of；是否指 off");
    assert!(!run.out.contains("NN05"));
    let desk = Desk::new().with("a.txt", "通讯录\n").with("gouji.toml", [0xff, 0xfe, 0xfd]);
    let run = desk.run(&["check", "a.txt"]);
    assert!(run.code == Some(2) && run.err.starts_with("错误：gouji.toml:1:1：未能读取："), "{}", run.err);
}

#[test]
fn what_is_suppressed_is_counted_and_what_suppresses_nothing_is_told() {
    let toml = "[[suppress]]\nrule = \"AS01\"\nyear = 2025\nreason = \"另有说明\"\n\n\
                [[suppress]]\nrule = \"AS01\"\nyear = 2024\nreason = \"x\"\n";
    let desk = desk(toml);
    let (_, json) = desk.json(&["check", "--format", "json", "a.txt"]);
    assert_eq!((rules(&json), &json["files"][0]["suppressed"]), (vec!["NN05", "NN07"], &Value::from(1)));
    let one = desk.run(&["check", "a.txt"]);
    assert!(one.out.contains("；已屏蔽 1 处") && one.err.is_empty(), "{}{}", one.out, one.err);
    let all = desk.run(&["check", "."]);
    assert_eq!(all.err, "警告：gouji.toml:6:1：没有与此条相符的问题（AS01），可以删去\n");
    // Where not all was looked at, nothing is known of an entry.
    assert_eq!(desk.run(&["check", "--select", "NN", "."]).err, "");
}

#[test]
fn pages_of_ones_own_find_and_are_explained_and_described() {
    let desk = Desk::new().with("a.txt", FAULTY).with(".gouji/rules/x.md", page("X01"));
    let (_, json) = desk.json(&["check", "--format", "json", "--select", "x01", "a.txt"]);
    assert_eq!(rules(&json), ["X01"]);
    let (_, sarif) = desk.json(&["check", "--format", "sarif", "a.txt"]);
    let run = &sarif["runs"][0];
    for result in run["results"].as_array().expect("results") {
        let number = usize::try_from(result["ruleIndex"].as_u64().expect("a number")).expect("a number");
        assert_eq!(run["tool"]["driver"]["rules"][number]["id"], result["ruleId"]);
    }
    assert!(run["results"].as_array().expect("results").iter().any(|own| own["ruleId"] == "X01"));
    let explained = desk.run(&["explain", "x01"]);
    assert!(explained.out.starts_with("X01 支出不超过一万元 警告\n"), "{}", explained.out);
    assert!(desk.run(&["rules"]).out.contains("X01    警告 支出不超过一万元\n"));
    let elsewhere = Desk::new().run(&["explain", "X01"]);
    assert_eq!(elsewhere.code, Some(2));
}

#[test]
fn a_broken_page_is_told_and_its_code_may_not_be_taken() {
    let broken = page("X01").replace("≤ 1万元", "≤ ");
    let desk =
        Desk::new().with("a.txt", "通讯录\n").with(".gouji/rules/x.md", broken).with(".gouji/rules/y.md", page("IN06"));
    let run = desk.run(&["check", "a.txt"]);
    assert_eq!(run.code, Some(0));
    let lines: Vec<&str> = run.err.lines().collect();
    assert!(lines[0].starts_with("错误：.gouji/rules/x.md:6:"), "{}", run.err);
    assert!(lines[0].contains("公式写法不对：") && lines[1].contains("规则代码 IN06 已有："), "{}", run.err);
}

#[test]
fn examples_of_pages_are_tried() {
    let examples = |wanted: &str| {
        format!(
            "{}\n## 例\n\n### 应报：超过\n```text\n某县水务局2025年部门预算公开\n\n部门预算支出总表\n单位：万元\n\n\
             | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| --- | --- | --- | --- | --- |\n| | 合计 | 8.00 | 6.00 | 2.00 |\n```\n- 报 `{wanted}`\n\n\
             ### 不报：不超过\n```text\n某县水务局2025年部门预算公开\n\n部门预算支出总表\n单位：万元\n\n\
             | 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |\n| --- | --- | --- | --- | --- |\n| | 合计 | 0.80 | 0.60 | 0.20 |\n```\n",
            page("X01")
        )
    };
    let desk = Desk::new().with(".gouji/rules/x.md", examples("8.00"));
    for path in [&[][..], &["."], &[".gouji/rules/x.md"]] {
        let run = desk.run(&[&["rules", "test"], path].concat());
        assert_eq!((run.code, run.out.as_str()), (Some(0), "规则页 1 个，例子 2 个，全部相符\n"), "{}", run.err);
    }
    let run = desk.with("草稿.md", examples("9.00")).run(&["rules", "test", "草稿.md"]);
    assert_eq!(run.code, Some(1));
    assert!(run.out.starts_with("X01 应报：超过\n    应在“9.00”处报而没有报；报的是：X01“8.00”（"), "{}", run.out);
    let none = Desk::new().run(&["rules", "test"]);
    assert_eq!((none.code, none.err.as_str()), (Some(2), "未检查：.：没有自编规则页（.gouji/rules/*.md）\n"));
}

#[test]
fn the_documentation_is_written_and_found_stale() {
    let desk = Desk::new();
    assert_eq!(desk.run(&["rules", "docs", "--check", "rules"]).code, Some(1));
    assert_eq!(desk.run(&["rules", "docs", "--write", "rules", "--check", "rules"]).code, Some(0));
    let page = std::fs::read_to_string(desk.path().join("rules/IN08.md")).expect("a page");
    assert!(
        page.contains("# IN08 支出总表各行合计") && page.contains("### 应报：") && page.contains("依据："),
        "{page}"
    );
    let index = std::fs::read_to_string(desk.path().join("rules/README.md")).expect("an index");
    assert!(index.contains("## IN 表内") && index.contains("| [IN08](IN08.md) |"), "{index}");
    std::fs::write(desk.path().join("rules/ZZ99.md"), page).expect("a file");
    let run = desk.run(&["rules", "docs", "--check", "rules"]);
    assert!(run.code == Some(1) && run.err.contains("ZZ99.md"), "{}", run.err);
}

#[test]
fn the_published_documentation_is_current() {
    let published = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/rules");
    let run = Desk::new().run(&["rules", "docs", "--check", published]);
    assert_eq!(run.code, Some(0), "gouji rules docs --write docs/rules\n{}", run.err);
}

#[test]
fn the_schema_is_printed_as_it_is_published() {
    let run = Desk::new().run(&["schema"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), include_str!("../../../docs/gouji.schema.json")));
}
