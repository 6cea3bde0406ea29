//! Tables of PDF text, where a wrong figure must not hide its table.

use gouji_core::Document;

/// A disclosure with a table whose empty cells are lost.
fn document(classes: &str, housing: &str) -> Document {
    Document::open(&format!(
        "某县水务局2025年部门预算公开

部门预算支出总表
450某县水务局 预算年度：2025 单位：万元
序号
科目编码 科目名称 合计 基本支出 项目支出
栏次 1 2 3 4 5
1 合计 430.60 345.00 85.60
2 213 农林水支出 {classes}
3 21303 水利 406.00 320.40 85.60
4 2130301 行政运行 320.40 320.40
5 2130306 水利工程运行与维护 85.60 85.60
6 221 住房保障支出 {housing}
7 22102 住房改革支出 24.60 24.60
8 2210201 住房公积金 24.60 24.60
"
    ))
}

fn errors(document: &Document) -> Vec<&str> {
    let findings = document.analysis().findings().iter();
    findings.filter(|finding| finding.severity.word() == "error").map(|finding| finding.text.as_str()).collect()
}

#[test]
fn cells_of_a_row_that_were_exchanged_are_found() {
    assert!(errors(&document("406.00 320.40 85.60", "24.60 24.60")).is_empty());
    let exchanged = document("406.00 85.60 320.40", "24.60 24.60");
    assert!(errors(&exchanged).iter().any(|text| ["85.60", "320.40"].contains(text)), "{:?}", errors(&exchanged));
}

#[test]
fn a_figure_that_became_zero_is_found_wherever_it_may_stand() {
    assert_eq!(errors(&document("406.00 320.40 85.60", "24.60 0.00")), ["0.00"]);
}
