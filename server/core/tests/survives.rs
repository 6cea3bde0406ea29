//! Texts that once broke something, each made small: found by the fuzzer (`fuzz/`).

use gouji_core::Document;
use gouji_core::text::Span;

/// A text is read, and each figure is where it is said to be.
fn survives(text: &str) -> Document {
    let document = Document::open(text);
    let analysis = document.analysis();
    let relations = analysis.relations();
    let related = relations.iter().flat_map(|relation| &relation.figures).map(|(_, span, text)| (*span, text.clone()));
    let unread = analysis.unread().into_iter().map(|figure| (figure.span, figure.text));
    for (Span { start, end }, printed) in related.chain(unread) {
        assert_eq!(text.get(start..end), Some(printed.as_str()), "{start}..{end} in {text}");
    }
    document
}

#[test]
fn a_sheet_whose_plan_stands_above_its_amounts() {
    survives(
        "某县水务局2025年部门预算公开\n\n1、河道清淤经费绩效目标表\n单位：万元\n\
         项目编码 13000025P00012345678A 项目名称 河道清淤经费\n资金支出计划（%）\n3月底 6月底 10月底 12月底\n\
         15.00 30.00 45.00 60.00\n预算数 60.00 其中：财政 资金 60.00 其他资金\n绩效目标 1.保障安全运行。\n",
    );
}

#[test]
fn numbers_of_a_sheet_in_wide_digits_and_broken_by_cells() {
    survives(
        "某县水务局2025年部门预算公开\n\n1、水库巡查经费绩效目标表\n单位：万元\n\n\
         | 项目编码 | 13000025P00012345678A | 项目名称 | 水库巡查经费 | | |\n| --- | --- | --- | --- | --- | --- |\n\
         | 预算规模及资金用途 | 预算数 | ２５.60 | 其中：财政资金 | 25.60 | 其他资金 |\n\
         | | 实现对２0座小型水库巡查全覆盖，保障度汛安全。 | | | | |\n\
         | 绩效目标 | 1.实现对2 ６座小型水库巡查全覆盖，消除安全隐患 | | | | |\n\
         | 一级指标 | 二级指标 | 三级指标 | 绩效指标描述 | 指标值 | 指标值确定依据 |\n\
         | 产出指标 | 质量指标 | 巡查到位率 | 巡查到位率 | ≥95% | 年初工作计划 |\n",
    );
}

#[test]
fn an_endless_list_of_the_same_item() {
    let text = format!(
        "某县水务局2025年部门预算公开\n二、收支安排\n2025年支出预算430.60万元，其中：{}",
        "河道清淤10.00万元，".repeat(3_000)
    );
    survives(&text);
}
