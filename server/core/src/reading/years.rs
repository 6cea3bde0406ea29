//! The years by which a text says what it is of: 2025年部门预算, 2025年，我局…. Years of documents, of deadlines and of
//! comparisons are none of them.

use super::prose::Prose;
use crate::text::{Span, rest};

/// What the year of a budget or of accounts is a year of.
const OF: [&str; 18] = [
    "部门",
    "单位",
    "本部门",
    "本单位",
    "我部门",
    "我单位",
    "我局",
    "全年",
    "预算",
    "决算",
    "收入",
    "支出",
    "收支",
    "财政拨款",
    "一般公共预算",
    "政府性基金",
    "机关运行",
    "三公",
];

/// The years that running text states of itself: at the head of a sentence, or before what is published.
pub fn told(prose: &Prose) -> Vec<(u16, Span)> {
    let text = prose.folded.text.as_str();
    if !text.contains("20") {
        return Vec::new();
    }
    let stated = rest::years(text).filter(|year| {
        let (before, after) = (&text[..year.start], &text[year.end..]);
        let after = after.strip_prefix('度').unwrap_or(after);
        let compared = before.ends_with(['比', '较', '与', '同', '和', '至', '到', '-', '~', '～', '由', '从']);
        let inside = before.ends_with(['〔', '【', '[', '《', '（', '\u{201c}'])
            || before.ends_with(|c: char| c.is_ascii_alphanumeric());
        let opens = before.is_empty() || before.ends_with(['\n', '。', '；', '：', '、', '）', '，']);
        let of = OF.iter().any(|word| after.starts_with(word));
        // 2025年某局支出预算为…; 2025年12月 and 2025年底 are dates.
        let clause = after.split(['，', '。', '；', '：', '\n']).next().unwrap_or_default();
        let date = clause.starts_with(|c: char| {
            c.is_ascii_digit() || matches!(c, '底' | '末' | '初' | '前' | '以' | '与' | '和' | '比')
        });
        let speaks = || ["预算", "决算", "收支"].iter().any(|word| clause.contains(word));
        let of = of || opens && !date && (after.starts_with('，') || speaks());
        !compared && !inside && of
    });
    stated
        .filter_map(|year| {
            let number = year.start..year.end - '年'.len_utf8();
            Some((text[number.clone()].parse().ok()?, prose.span(number)))
        })
        .collect()
}

/// The year that the head of a column begins with: 2025年预算数. `text` begins at `start`.
pub fn heads(text: &str, start: usize) -> Option<(u16, Span)> {
    let body = text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '|' | '"'));
    if !body.starts_with("20") {
        return None;
    }
    let rest = body.get(4..)?.trim_start().strip_prefix('年')?;
    let rest = rest.trim_start().trim_start_matches('度');
    let of = ["预留", "预算", "决算", "安排", "收入", "支出"].iter().any(|word| rest.starts_with(word));
    let short = rest.chars().filter(|c| !c.is_whitespace()).count() <= 16;
    let at = start + text.len() - body.len();
    (of && short).then_some((body[..4].parse().ok()?, Span::new(at, at + 4)))
}
