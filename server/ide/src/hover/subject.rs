//! Hover on a 科目: its path in the official list, with codes, levels and the years its name was in use.

use gouji_core::catalog::subjects::{List, Subject, subjects};
use gouji_core::document::SubjectView;
use gouji_core::verdict::finding::Locale;

use super::Hover;
use crate::markdown::plain;

/// The path of the 科目 from its 类 down; none where the list has nothing of it.
pub fn part(view: &SubjectView, locale: Locale) -> Option<Hover> {
    let list = list(view.list)?;
    let path = subjects(list).path(&view.code);
    let last = path.last()?;
    let mut lines: Vec<String> = path.iter().map(|step| format!("- {}", named(step))).collect();
    if last.code != view.code {
        lines.push(format!("- `{}` {}", view.code, unlisted(locale)));
    }
    lines.extend(names(list, view, locale));
    Some(Hover { span: view.span, markdown: format!("{}\n\n{}", title(list, locale), lines.join("\n")) })
}

fn list(name: &str) -> Option<List> {
    match name {
        "functional" => Some(List::Functional),
        "economic_department" => Some(List::EconomicDepartment),
        "economic_government" => Some(List::EconomicGovernment),
        "income" => Some(List::Income),
        _ => None,
    }
}

fn named(subject: &Subject) -> String {
    format!("`{}` {}（{}）", subject.code, plain(subject.name), subject.level.word())
}

/// The years of each name the code has had, where any year is known.
fn names(list: List, view: &SubjectView, locale: Locale) -> Vec<String> {
    let rows = subjects(list).by_code(&view.code).iter();
    let dated = rows.filter(|row| row.valid_from.is_some() || row.valid_to.is_some());
    dated.map(|row| format!("- {}：{}", plain(row.name), years(row, locale))).collect()
}

fn years(subject: &Subject, locale: Locale) -> String {
    match (subject.valid_from, subject.valid_to, locale) {
        (Some(from), Some(to), Locale::Chinese) => format!("{from}—{to} 年"),
        (Some(from), None, Locale::Chinese) => format!("{from} 年起"),
        (None, Some(to), Locale::Chinese) => format!("至 {to} 年"),
        (Some(from), Some(to), Locale::English) => format!("{from}–{to}"),
        (Some(from), None, Locale::English) => format!("since {from}"),
        (None, Some(to), Locale::English) => format!("until {to}"),
        (None, None, _) => String::new(),
    }
}

fn title(list: List, locale: Locale) -> &'static str {
    match (list, locale) {
        (List::Functional, Locale::Chinese) => "支出功能分类科目",
        (List::EconomicDepartment, Locale::Chinese) => "部门预算支出经济分类科目",
        (List::EconomicGovernment, Locale::Chinese) => "政府预算支出经济分类科目",
        (List::Income, Locale::Chinese) => "收入分类科目",
        (List::Functional, Locale::English) => "Functional classification of expenditure",
        (List::EconomicDepartment, Locale::English) => "Economic classification, departments' budgets",
        (List::EconomicGovernment, Locale::English) => "Economic classification, government budget",
        (List::Income, Locale::English) => "Classification of revenue",
    }
}

fn unlisted(locale: Locale) -> &'static str {
    match locale {
        Locale::Chinese => "未见于公布的目录（可能为地方科目）",
        Locale::English => "not in the published list (possibly a local subject)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::text::Span;

    fn shown(code: &str, locale: Locale) -> Option<String> {
        let view = SubjectView { span: Span::new(0, 7), list: "functional", code: code.into() };
        part(&view, locale).map(|hover| hover.markdown)
    }

    #[test]
    fn the_path_is_shown_from_the_class_down() {
        let shown = shown("2080505", Locale::Chinese).unwrap();
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[0], "支出功能分类科目");
        assert_eq!(lines[2], "- `208` 社会保障和就业支出（类）");
        assert!(lines[4].starts_with("- `2080505` 机关事业单位基本养老保险缴费支出（项）"), "{shown}");
    }

    #[test]
    fn a_local_code_still_has_its_section() {
        let shown =
            shown("2080599x", Locale::English).unwrap_or_default() + &shown("2089877", Locale::English).unwrap();
        assert!(shown.contains("- `208` "), "{shown}");
        assert!(shown.contains("- `2089877` not in the published list"), "{shown}");
        assert!(self::shown("", Locale::English).is_none());
    }
}
