//! Hover on a figure: what it is, and every relation it stands in, with the verdict in words.

use gouji_core::document::{FigureView, RelationView, Verdict};
use gouji_core::verdict::finding::Locale;

use super::Hover;
use crate::markdown::plain;

/// The figure and its relations, the contradicted first.
pub fn part(figure: &FigureView, mut relations: Vec<RelationView>, locale: Locale) -> Hover {
    relations.sort_by_key(|relation| weight(relation.verdict));
    let markdown = format!("{}\n\n{}", meaning(figure, locale), laid(&relations, locale));
    Hover { span: figure.span, markdown }
}

/// Amount and unit, then place, what, column and year.
fn meaning(figure: &FigureView, locale: Locale) -> String {
    let year = figure.year.map(|year| match locale {
        Locale::Chinese => format!("{year} 年"),
        Locale::English => year.to_string(),
    });
    let parts = [Some(figure.place.clone()), Some(figure.what.clone()), figure.column.clone(), year];
    let parts: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).map(|p| plain(&p)).collect();
    format!("**{}**\n\n{}", plain(format!("{} {}", figure.text, figure.unit).trim_end()), parts.join(" · "))
}

fn laid(relations: &[RelationView], locale: Locale) -> String {
    let line = |relation: &RelationView| {
        let sentence = plain(relation.sentence.in_locale(locale));
        format!("- {} `{}` {}", word(relation.verdict, locale), relation.rule, sentence)
    };
    let lines: Vec<String> = relations.iter().map(line).collect();
    match (locale, lines.is_empty()) {
        (Locale::Chinese, true) => "未列入任何勾稽关系".to_owned(),
        (Locale::English, true) => "Stands in no relation".to_owned(),
        (Locale::Chinese, false) => format!("勾稽关系 {} 条：\n\n{}", lines.len(), lines.join("\n")),
        (Locale::English, false) => format!("Relations ({}):\n\n{}", lines.len(), lines.join("\n")),
    }
}

fn weight(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::Contradicted => 0,
        Verdict::Rounded => 1,
        Verdict::Exact => 2,
        Verdict::Unchecked => 3,
    }
}

/// The verdict in words.
fn word(verdict: Verdict, locale: Locale) -> &'static str {
    match (locale, verdict) {
        (Locale::Chinese, Verdict::Exact) => "相符",
        (Locale::Chinese, Verdict::Rounded) => "尾差",
        (Locale::Chinese, Verdict::Contradicted) => "不符",
        (Locale::Chinese, Verdict::Unchecked) => "未检查",
        (Locale::English, Verdict::Exact) => "holds",
        (Locale::English, Verdict::Rounded) => "rounding",
        (Locale::English, Verdict::Contradicted) => "contradicted",
        (Locale::English, Verdict::Unchecked) => "not checked",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hover::samples;

    #[test]
    fn the_figure_is_named_and_the_contradicted_relation_stands_first() {
        let relations =
            vec![samples::relation("IN08", Verdict::Exact), samples::relation("IN06", Verdict::Contradicted)];
        let shown = part(&samples::figure(), relations, Locale::Chinese).markdown;
        let expected = "**603.57 万元**\n\n部门支出总表 · 2101103 公务员医疗补助 · 合计 · 2025 年\n\n勾稽关系 2 条：\n\n\
                        - 不符 `IN06` 合计 603.57 = 基本支出 595.57 + 项目支出 8.00\n\
                        - 相符 `IN08` 合计 603.57 = 基本支出 595.57 + 项目支出 8.00";
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_figure_that_nobody_checks_says_so() {
        let shown = part(&samples::figure(), Vec::new(), Locale::English).markdown;
        assert!(shown.ends_with("Stands in no relation"), "{shown}");
    }
}
