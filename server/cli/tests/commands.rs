//! What every command prints, and how it ends.

#[allow(dead_code)]
mod common;

use common::Desk;

const TEXT: &str = "某某局2025年部门预算\n收入总计\t8.00\n";

#[test]
fn the_json_of_check_keeps_the_order_of_the_contract() {
    let run = Desk::new().with("a.txt", "通讯录\n").run(&["check", "--format", "json", "a.txt"]);
    let flat: String = run.out.split_whitespace().collect();
    let version = env!("CARGO_PKG_VERSION");
    let expected = format!(
        r#"{{"tool":{{"name":"gouji","version":"{version}"}},"files":[{{"path":"a.txt","document":null,"findings":[],"coverage":{{"amounts":0,"checked":0,"relations":{{"exact":0,"rounded":0,"contradicted":0,"unchecked":0}}}}}}]}}"#
    );
    assert_eq!(flat, expected);
}

#[test]
fn the_json_of_relations_keeps_the_order_of_the_contract() {
    let run = Desk::new().with("a.txt", "通讯录\n").run(&["relations", "--format", "json", "a.txt", "b.txt"]);
    assert_eq!(run.code, Some(2));
    let flat: String = run.out.split_whitespace().collect();
    let files = r#""files":[{"path":"a.txt","relations":[],"unread":[]},{"path":"b.txt","error":"文件不存在"}]}"#;
    assert!(flat.ends_with(files), "{flat}");
}

#[test]
fn output_is_the_same_from_run_to_run_whatever_the_order_of_arguments() {
    let desk = (0..40).fold(Desk::new(), |desk, n| desk.with(&format!("{}/{n}.txt", n % 7), TEXT));
    for command in [["check", "--format", "json"], ["check", "--format", "human"], ["relations", "--format", "json"]] {
        let first = desk.run(&[&command[..], &["."]].concat());
        let again = desk.run(&[&command[..], &["6", "5", "4", "3/10.txt", "3", "2", "1", "0", "./3/10.txt"]].concat());
        assert_eq!(first.out, again.out);
        assert_eq!(first.err, "", "no progress bar where nobody sees it");
    }
}

#[test]
fn colours_are_for_terminals_only() {
    let run = Desk::new().with("a.txt", TEXT).run(&["relations", "a.txt", "没有"]);
    assert!(!run.out.contains('\u{1b}') && !run.err.contains('\u{1b}'));
}

#[test]
fn mistakes_of_usage_end_with_two_and_help_with_zero() {
    let desk = Desk::new();
    for wrong in
        [&[][..], &["chek"], &["check"], &["check", "--format", "xml", "a"], &["explain"], &["explain", "ZZ99"]]
    {
        let run = desk.run(wrong);
        assert_eq!(run.code, Some(2), "{wrong:?}");
        assert!(run.out.is_empty() && !run.err.is_empty(), "{wrong:?}");
    }
    for right in [&["--help"][..], &["check", "--help"], &["relations", "-h"], &["--version"], &["rules"]] {
        let run = desk.run(right);
        assert_eq!(run.code, Some(0), "{right:?}");
        assert!(!run.out.is_empty() && run.err.is_empty(), "{right:?}");
    }
}

#[test]
fn help_is_in_chinese() {
    let desk = Desk::new();
    for command in [
        &["--help"][..],
        &["check", "-h"],
        &["relations", "-h"],
        &["explain", "-h"],
        &["rules", "-h"],
        &["server", "-h"],
    ] {
        let help = desk.run(command).out;
        for english in ["Usage", "Options", "Commands", "Arguments", "Print", "possible", "default"] {
            assert!(!help.contains(english), "{command:?}: {help}");
        }
    }
}

#[test]
fn rules_and_their_pages_agree() {
    let desk = Desk::new();
    let (code, json) = desk.json(&["rules", "--format", "json"]);
    assert_eq!(code, Some(0));
    for rule in json["rules"].as_array().expect("rules") {
        let code = rule["rule"].as_str().expect("a code");
        let run = desk.run(&["explain", &code.to_lowercase()]);
        assert_eq!(run.code, Some(0));
        assert!(run.out.starts_with(code), "{}", run.out);
    }
}

#[test]
fn english_is_there_for_the_asking() {
    let desk = Desk::new().with("a.txt", TEXT);
    let run = desk.run(&["check", "--lang", "en", "a.txt", "none.txt"]);
    assert!(run.out.starts_with("1 file checked: "), "{}", run.out);
    assert_eq!(run.err, "not checked: none.txt: no such file\n");
}

#[test]
fn final_accounts_are_checked_like_budgets() {
    let accounts = concat!(
        "某某局2024年度部门决算\n收入支出决算总表\n部门：某某局\n单位：万元\n",
        "收入\t支出\n项目\t决算数\t项目\t决算数\n",
        "一、一般公共预算财政拨款收入\t8.00\t一、一般公共服务支出\t8.00\n",
        "本年收入合计\t8.00\t本年支出合计\t8.00\n总计\t8.00\t总计\t9.00\n"
    );
    let run = Desk::new().with("a.txt", accounts).run(&["check", "a.txt"]);
    assert_eq!(run.code, Some(1), "{}", run.out);
    assert!(run.out.contains("FA03") && run.out.contains("9.00"), "{}", run.out);
}
