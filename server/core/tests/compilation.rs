//! A document of many disclosures, or of a long text without headings: after any edits it equals one that is opened fresh.

use gouji_core::Document;
use gouji_core::text::Span;
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
