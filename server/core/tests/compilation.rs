//! A document of many disclosures, or of a long text without headings: after any edits it equals one that is opened fresh.

use gouji_core::Document;
use gouji_core::text::{Span, Text};
use proptest::prelude::*;

/// A small disclosure; a department lists its units, and what it was last year is another disclosure.
fn disclosure(name: &str, code: &str, year: u16, basic: &str, told: &str) -> String {
    format!(
        "{name}{year}年部门预算公开

一、部门职责及机构设置
负责辖区相关工作，所属单位：某县水务站。

部门预算支出总表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
| | 合计 | 430.60 | {basic} | 85.60 |
| 213 | 农林水支出 | 430.60 | 345.00 | 85.60 |
| 21303 | 水利 | 430.60 | 345.00 | 85.60 |

部门预算收支总表
{code}{name} 预算年度：{year} 单位：万元

| 收入 | | 支出 | |
| --- | --- | --- | --- |
| 项目 | 预算数 | 项目 | 预算数 |
| 一般公共预算拨款收入 | 430.60 | 农林水支出 | 430.60 |
| 本年收入合计 | 430.60 | 本年支出合计 | 430.60 |
| 收入总计 | 430.60 | 支出总计 | 430.60 |

二、部门预算安排的总体情况
{year}年支出预算{told}万元，其中：基本支出345.00万元，包括人员经费300.00万元和日常公用经费45.00万元；项目支出85.60万元，主要为：1、河道清淤经费60.00万元；2、水库维修25.60万元。
三、名词解释
基本支出：指为保障机构正常运转而发生的支出。
"
    )
}

fn compilation() -> String {
    [
        disclosure("某县水务局", "450", 2025, "345.00", "430.60"),
        disclosure("某县水务站", "450001", 2025, "354.00", "430.60"),
        disclosure("某县林业局", "451", 2025, "345.00", "403.60"),
        disclosure("某县水务局", "450", 2024, "345.00", "430.60"),
        disclosure("某县教育局", "460", 2025, "345.00", "430.60"),
    ]
    .concat()
}

/// Paragraphs that no heading parts, with an amount here and there.
fn endless() -> String {
    (0..1200)
        .map(|number| format!("第{number}段说明本年度工作安排，支出{number}.50万元，用于日常运转所需。\n"))
        .collect()
}

fn same(left: &Document, right: &Document) -> bool {
    let (a, b) = (left.analysis(), right.analysis());
    let said = |part| a.sayings(&part).iter().map(|saying| a.finding(&part, saying)).collect::<Vec<_>>();
    let parts: Vec<_> = a.parts().flat_map(said).collect();
    a.findings() == b.findings()
        && parts == b.findings()
        && a.relations() == b.relations()
        && a.coverage() == b.coverage()
        && a.identity() == b.identity()
        && a.outline() == b.outline()
        && a.unread() == b.unread()
}

/// Where an edit begins (in thousandths of the text), how much it takes, what it puts there.
type Edit = (usize, usize, String);

fn edits(with: &'static str, longest: usize) -> impl Strategy<Value = Vec<Edit>> {
    prop::collection::vec((0usize..1000, prop_oneof![4 => 0usize..12, 1 => 0..longest], with), 1..6)
}

fn check(source: &str, edits: Vec<Edit>) -> Result<(), TestCaseError> {
    let mut document = Document::open(source);
    for (at, length, with) in edits {
        let start = document.text().len() * at / 1000;
        let pasted =
            if with == "整本" { disclosure("某县医保局", "470", 2025, "345.00", "433.60") } else { with };
        document.edit(Span::new(start, start + length), &pasted);
        // What is asked for between edits must not be what it was.
        let _ = document.analysis().findings();
        if at % 3 == 0 {
            document.rest();
        }
    }
    let fresh = Document::open(&document.text().to_string());
    prop_assert!(same(&document, &fresh), "{}", document.text());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn an_edited_compilation_equals_a_fresh_one(
        edits in edits("([0-9]|\n|。|表|\\| |部门预算收支总表\n|三、|万元|某乡水务站2025年部门预算公开\n|某县林业局2025年部门决算公开\n|整本){0,2}", 4000),
    ) {
        check(&compilation(), edits)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20))]

    #[test]
    fn an_edited_text_without_headings_equals_a_fresh_one(
        edits in edits("([0-9]|\n|。|一、总体情况\n|某县林业局2025年部门预算公开\n){0,2}", 30_000),
    ) {
        check(&endless(), edits)?;
    }
}

#[test]
fn the_findings_of_a_disclosure_move_with_it_and_tell_its_peers_where_they_are() {
    let source = compilation();
    let mut document = Document::open(&source);
    let before = document.analysis().findings().to_vec();
    assert!(before.len() >= 3, "{before:?}");
    document.edit(Span::new(0, 0), "某市2025年部门预算汇编\n\n");
    let fresh = Document::open(&document.text().to_string());
    assert_eq!(document.analysis().findings(), fresh.analysis().findings());
    let shift = document.text().len() - source.len();
    let moved: Vec<usize> = before.iter().map(|finding| finding.span.start + shift).collect();
    assert_eq!(moved, document.analysis().findings().iter().map(|finding| finding.span.start).collect::<Vec<_>>());
}

/// Disclosures of different bodies, none of them related to another, of more than a hundred thousand bytes.
fn large() -> Vec<String> {
    let name = |number: usize| {
        format!("某{}县{}局", ["山", "川", "河"][number % 3], "甲乙丙丁戊己庚辛".chars().nth(number / 3).unwrap())
    };
    let told = |number: usize| if number % 5 == 2 { "403.60" } else { "430.60" };
    let one = |number: usize| {
        let code = format!("{}", 400 + number);
        let filler = "负责辖区内相关工作的组织、协调与监督。\n".repeat(100);
        disclosure(&name(number), &code, 2025, "345.00", told(number))
            .replace("二、部门预算", &format!("{filler}二、部门预算"))
    };
    (0..24).map(one).collect()
}

#[test]
fn of_a_large_document_each_disclosure_says_what_it_says_alone() {
    let all = large();
    let document = Document::open(&all.concat());
    let said = |document: &Document| -> Vec<_> {
        document
            .analysis()
            .findings()
            .iter()
            .map(|finding| (finding.rule.clone(), finding.message.zh.clone()))
            .collect()
    };
    let alone: Vec<_> = all.iter().flat_map(|one| said(&Document::open(one))).collect();
    assert!(document.text().len() > 100_000 && alone.len() >= 5, "{alone:?}");
    assert_eq!(said(&document), alone);
    let coverage: usize = all.iter().map(|one| Document::open(one).analysis().coverage().checked).sum();
    assert_eq!(document.analysis().coverage().checked, coverage);
}

#[test]
fn a_large_document_edited_here_and_there_equals_a_fresh_one_whichever_disclosures_rest() {
    let mut document = Document::open(&large().concat());
    for (number, with) in [(3, "1"), (40, ""), (40, "某乡水务站2025年部门预算公开\n"), (77, "表\n"), (99, "5")]
    {
        let at = document.text().len() * number / 100;
        document.edit(Span::new(at, at + 3), with);
        if number == 77 {
            document.rest();
        }
    }
    assert!(same(&document, &Document::open(&document.text().to_string())));
}

#[test]
fn what_is_known_ahead_of_an_analysis_is_what_that_will_say() {
    let source = large().concat();
    let known = Document::open(&source);
    let typed = source.match_indices("345.00").nth(40).expect("a figure").0;
    let mut after = known.clone();
    let with = "1\n2";
    after.edit(Span::new(typed, typed + 1), with);
    let (old, new) = (Span::new(typed, typed + 1), Span::new(typed, typed + with.len()));
    let text = after.text().to_string();
    let (mut told, mut waited) = (0, 0);
    for (at, _) in text.match_indices("430.60").step_by(5) {
        let place = Span::new(at, at + 6);
        let Some(ahead) = known.ahead(after.text(), old, new, place) else {
            waited += 1;
            assert!(at.abs_diff(typed) < 20_000, "{at} is far from {typed}");
            continue;
        };
        told += 1;
        let (a, b) = (ahead.analysis(), after.analysis());
        assert_eq!(a.figure_at(at), b.figure_at(at));
        assert_eq!(a.relations_at(at), b.relations_at(at));
        assert_eq!(a.findings_at(place), b.findings_at(place));
    }
    assert!(told > 20 && waited > 0, "{told} {waited}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn what_is_known_ahead_of_any_edit_is_what_the_analysis_will_say(
        at in 0usize..1000, length in prop_oneof![Just(0usize), 0usize..9000], with in "([0-9]|\n|。|表){0,3}", seed in 0usize..6,
    ) {
        let source: String = large().into_iter().step_by(6).collect();
        let known = Document::open(&source);
        let mut after = known.clone();
        let mut whole = Text::new(&source);
        let old = whole.edit(Span::new(source.len() * at / 1000, source.len() * at / 1000 + length), &with);
        after.edit(old, &with);
        let new = Span::new(old.start, old.start + with.len());
        let text = after.text().to_string();
        for (at, _) in text.match_indices(['3', '5']).skip(seed).step_by(12) {
            let place = Span::new(at, at + 1);
            if let Some(ahead) = known.ahead(after.text(), old, new, place) {
                prop_assert_eq!(ahead.analysis().figure_at(at), after.analysis().figure_at(at));
                prop_assert_eq!(ahead.analysis().findings_at(place), after.analysis().findings_at(place));
            }
        }
    }
}

#[test]
fn nothing_is_known_ahead_where_relatives_may_have_a_say() {
    let source = compilation();
    let known = Document::open(&source);
    let mut after = known.clone();
    // The units of a department stand in the same document.
    let typed = source.find("林业局").expect("there");
    after.edit(Span::new(typed, typed), "农");
    let (old, new) = (Span::new(typed, typed), Span::new(typed, typed + 3));
    assert!(known.ahead(after.text(), old, new, Span::new(100, 100)).is_none());
}
