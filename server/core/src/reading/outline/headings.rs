//! What a line is by its words: the cover of a disclosure, a heading, the title of a table, a row of one.

use crate::catalog::name::{bare, fold};
use crate::catalog::{Form, Kind, Shape, subjects};
use crate::layout::line::{numbering, tidy};
use crate::text::Rest;
use crate::text::rest::is_digit;

/// The kind a title names; where it names both, that of a budget.
pub fn kind_of_title(title: &str) -> Option<Kind> {
    // The names of the funds say 预算 in accounts too.
    let bare = ["公共预算", "基金预算", "经营预算"].iter().fold(fold(title), |title, fund| title.replace(fund, ""));
    match (bare.contains("预算"), bare.contains("决算")) {
        (false, true) => Some(Kind::Accounts),
        (true, _) => Some(Kind::Budget),
        _ => None,
    }
}

/// Is a line a heading of accounts that lost its number: 收入支出决算总体情况说明?
pub fn is_bare_heading(folded: &str) -> bool {
    let length = folded.chars().count();
    (8..=40).contains(&length)
        && folded.contains("决算")
        && (folded.ends_with("情况说明") || folded.ends_with("情况") || folded.ends_with("决算说明"))
        && !folded.contains(['，', '。', '：', '；'])
}

/// Is a line the title of some table, by its words?
pub fn is_strange_title(folded: &str) -> bool {
    let length = folded.chars().count();
    (8..=40).contains(&length)
        && folded.ends_with('表')
        && (folded.contains("决算") || folded.contains("情况") || folded.contains("预算"))
        && !folded.contains(['，', '。', '：', '本'])
        && !without_year(folded).starts_with(|c: char| c.is_ascii_digit())
}

/// A title without the year it begins with: 2025年单位…预算表.
fn without_year(folded: &str) -> &str {
    folded.split_once('年').filter(|(year, _)| year.len() == 4).map_or(folded, |(_, rest)| rest)
}

/// Does a line name columns, as a header without a unit line does?
pub fn heads_columns(text: &str) -> bool {
    let folded = fold(text);
    let words =
        ["序号", "项目", "科目编码", "科目名称", "预算数", "金额", "合计", "收入", "支出", "栏次", "数量", "单位名称"];
    text.split_whitespace().count() >= 2
        // A line of a table of contents, with its page.
        && numbering(tidy(text)).is_none()
        && words.iter().filter(|word| folded.contains(**word)).count() >= 2
        && folded.chars().count() < 60
}

/// Is a numbered line a row of the form rather than a heading?
pub fn is_row(form: &Form, body: &str) -> bool {
    let label = body.split_whitespace().next().unwrap_or(body);
    if form.row(label).is_some() || form.row(body).is_some() {
        return true;
    }
    let heading = ["情况", "说明", "职责", "名词", "事项", "绩效", "信息", "公开", "概况", "机构", "解释"];
    match form.shape {
        Shape::Sided => {
            let known = subjects::subjects(subjects::List::Functional).class_by_name(&bare(label)).is_some();
            known || !heading.iter().any(|word| body.contains(word))
        }
        Shape::Label | Shape::Crossed => !heading.iter().any(|word| body.contains(word)),
        _ => false,
    }
}

/// A line that announces a whole disclosure: 某某局2025年部门预算公开, 关于某某局2025年部门预算的说明.
pub fn is_cover(body: &str) -> bool {
    if body.len() > 300 || !body.contains('年') || !body.contains('算') {
        return false;
    }
    let folded = fold(body);
    let mut behind_part = Rest(&folded);
    folded.chars().count() <= 60
        && !folded.contains(['，', '。', '；'])
        && (behind_part.take_part() && announces(behind_part) || announces(Rest(&folded)))
}

/// Is it a body, a year and what is published of it?
fn announces(mut rest: Rest) -> bool {
    /// Longest name of a body, in characters.
    const LONGEST: usize = 30;
    rest.take(&["：", ":"]);
    let body = rest.take_while(|c| !is_digit(c)).chars().count();
    if !(2..=LONGEST).contains(&body) || rest.take_year().is_none() || !rest.take(&["年"]) {
        return false;
    }
    rest.take(&["度"]);
    let whose = rest.take(&["部门", "单位"]);
    rest.take(&["综合"]);
    if !rest.take(&["预算", "决算", "预决算"]) {
        return false;
    }
    rest.take(&["信息"]);
    // 2025年部门预算公开的说明.
    let mut told = rest;
    told.take_each(&["公开", "编制", "情况"]);
    let of = whose && told.take(&["的"]);
    told.take_each(&["公开", "情况"]);
    rest.take_each(&["公开", "说明", "情况", "报告", "文本", "表", "编制"]);
    rest.is_empty() || of && told == Rest("说明")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const TITLES: [&str; 24] = [
        "第",
        "一",
        "2",
        "部分",
        "部分：",
        "某县水务局",
        "局",
        "2025年",
        "20",
        "年",
        "度",
        "部门",
        "单位",
        "综合",
        "预算",
        "决算",
        "预决算",
        "信息",
        "公开",
        "的",
        "说明",
        "情况",
        "表",
        "编制",
    ];

    proptest! {
        #[test]
        fn covers_are_told_as_a_pattern_would(title in of(&TITLES)) {
            let form = pattern!(r"^(?:第[一二三四五六七八九十\d]+部分)?[：:]?([^\d]{2}[^\d]*)20\d\d年度?(?:(?:部门|单位)?(?:综合)?(?:预算|决算|预决算)(?:信息)?(?:公开|说明|情况|报告|文本|表|编制)*|(?:部门|单位)(?:综合)?(?:预算|决算|预决算)(?:信息)?(?:公开|编制|情况)*的(?:公开|情况)*说明)$");
            let short = |body: &str| body.chars().count() <= 30;
            prop_assert_eq!(is_cover(&title), form.captures(&title).is_some_and(|found| short(&found[1])), "{}", title);
        }
    }
}
