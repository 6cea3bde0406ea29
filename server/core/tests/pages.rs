//! Every rule page's examples: what must be said is said, at the text named, and nothing else is.

use gouji_core::Document;
use gouji_core::rules::{Selection, book};
use gouji_core::verdict::finding::{Finding, Severity};

struct Example {
    title: String,
    text: String,
    /// For each owed finding the texts it may stand at, and the new text of its fix.
    owed: Vec<(Vec<String>, Option<String>)>,
    clean: bool,
}

fn quoted(line: &str) -> Vec<String> {
    line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn examples(body: &str) -> Vec<Example> {
    let mut out = Vec::new();
    let Some((_, part)) = body.split_once("\n## 例") else { return out };
    for chunk in part.split("\n### ").skip(1) {
        let title = chunk.lines().next().unwrap_or_default().to_owned();
        let text = chunk.split("```text\n").nth(1).and_then(|rest| rest.split("\n```").next()).unwrap_or_default();
        let owed = chunk
            .rsplit("```")
            .next()
            .unwrap_or_default()
            .lines()
            .filter_map(|line| line.strip_prefix("- 报 "))
            .map(|line| {
                let (at, fix) =
                    line.split_once("改为").map_or((line, None), |(at, fix)| (at, quoted(fix).into_iter().next()));
                (quoted(at), fix)
            })
            .collect();
        out.push(Example { clean: title.starts_with("不报"), title, text: format!("{text}\n"), owed });
    }
    out
}

fn said(finding: &Finding) -> bool {
    matches!(finding.severity, Severity::Error | Severity::Warning)
}

#[test]
fn every_page_has_examples_that_hold() {
    let mut wrong = Vec::new();
    for page in book() {
        let all = examples(&page.body);
        if !all.iter().any(|example| example.clean) || !all.iter().any(|example| !example.clean) {
            wrong.push(format!("{}: 缺少应报或不报的例子", page.code));
        }
        for example in all {
            let asked = Selection::default().with([page.code.as_str()]);
            let document = Document::open_with(&example.text, asked);
            let findings = document.analysis().findings();
            // Of its own rule, what is said quietly counts as well where something is owed.
            let quiet = page.severity == Severity::Hint || !example.clean;
            let loud: Vec<&Finding> =
                findings.iter().filter(|finding| said(finding) || quiet && finding.rule == page.code).collect();
            let show = || {
                loud.iter()
                    .map(|f| format!("\n      {} {} `{}` {}", f.rule, f.severity.word(), f.text, f.message.zh))
                    .collect::<String>()
            };
            if example.clean {
                if !loud.is_empty() {
                    wrong.push(format!("{} {}：不应报{}", page.code, example.title, show()));
                }
                continue;
            }
            for (texts, fix) in &example.owed {
                let hit = loud.iter().find(|finding| texts.contains(&finding.text));
                match (hit, fix) {
                    (None, _) => wrong.push(format!("{} {}：没有报 {texts:?}{}", page.code, example.title, show())),
                    (Some(finding), Some(new)) => {
                        let first = finding.fixes.first().and_then(|fix| fix.edits.first());
                        if first.map(|edit| &edit.new_text) != Some(new) {
                            wrong.push(format!(
                                "{} {}：{texts:?} 的改法不是 {new}：{:?}",
                                page.code, example.title, finding.fixes
                            ));
                        }
                    }
                    _ => {}
                }
            }
            if loud.len() > example.owed.len() {
                wrong.push(format!("{} {}：多报{}", page.code, example.title, show()));
            }
            let own = |finding: &&&Finding| finding.rule == page.code;
            let relations = document.analysis().relations();
            let broken = relations
                .iter()
                .any(|relation| relation.rule == page.code && relation.verdict.word() == "contradicted");
            if !loud.iter().any(|finding| own(&finding)) && !broken {
                wrong.push(format!("{} {}：没有触及本规则{}", page.code, example.title, show()));
            }
        }
    }
    assert!(wrong.is_empty(), "{} 处：\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_rule_that_is_switched_off_compares_nothing_and_says_nothing() {
    for page in book() {
        let example = examples(&page.body).into_iter().find(|example| !example.clean).expect("an example");
        let mut document = Document::open_with(&example.text, Selection::without([page.code.as_str()]));
        let analysis = document.analysis();
        assert!(analysis.findings().iter().all(|finding| finding.rule != page.code), "{}", page.code);
        assert!(analysis.relations().iter().all(|relation| relation.rule != page.code), "{}", page.code);
        document.select(Selection::none());
        assert!(document.analysis().findings().is_empty() && document.analysis().relations().is_empty());
        assert_eq!(document.analysis().identity(), Document::open(&example.text).analysis().identity());
    }
}
