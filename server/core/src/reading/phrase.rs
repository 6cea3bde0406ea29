//! The words around an amount: what opens a list, what compares, what names.

use crate::text::Rest;

/// Openers of lists. 主要 lists may be partial; all of them make what follows a part of what stands before.
pub const OPENERS: [&str; 9] =
    ["其中", "包括", "主要为", "主要是", "主要用于", "主要有", "主要包括", "用于以下方面", "分别是"];
/// What they begin with.
pub const OPENER_HEADS: [char; 5] = ['其', '包', '主', '用', '分'];
/// Words that make an amount the reason of another.
pub const REASONS: [&str; 4] = ["由于", "原因", "因为", "主要因"];

/// Words by which a comparison is with figures worked out anew, or with a body that was another then.
pub const RESTATED: [&str; 16] = [
    "口径",
    "可比",
    "调整后",
    "调整预算",
    "预算调整",
    "调整数",
    "追加",
    "划转",
    "划入",
    "划出",
    "机构改革",
    "撤并",
    "合并",
    "转隶",
    "还原",
    "剔除",
];
/// Words by which a comparison is with what was spent.
pub const SPENT: [&str; 7] = ["执行数", "执行情况", "实际执行", "实际支出", "实际完成", "完成数", "决算"];

/// A word that turns the figure behind it into a change, and its sign.
pub fn direction(label: &str) -> Option<(&str, i8)> {
    let label = label.trim_end_matches(['了', '约', '为']);
    [
        ("增加", 1),
        ("增长", 1),
        ("上升", 1),
        ("提高", 1),
        ("增支", 1),
        ("增收", 1),
        ("减少", -1),
        ("下降", -1),
        ("降低", -1),
        ("压减", -1),
        ("压缩", -1),
        ("减支", -1),
        ("减收", -1),
    ]
    .into_iter()
    .find_map(|(word, sign)| label.strip_suffix(word).map(|core| (core, sign)))
}

/// A verb before what it changed, that may lead more than one item: 压减公务接待费.
pub fn is_led(label: &str) -> bool {
    ["增加", "减少", "压减", "压缩", "新增", "调增", "调减", "核增", "核减", "削减"]
        .iter()
        .any(|verb| label.contains(verb))
}

/// The last number of a list item in a clause (`2、`), and where it ends.
pub fn last_ordinal(clause: &str) -> Option<(u32, usize)> {
    let mut rest = Rest(clause);
    let (mut opens, mut last) = (true, None);
    while !rest.is_empty() {
        let mut number = rest;
        number.take(&["（"]);
        let digits = number.take_digits(2);
        if opens && !digits.is_empty() && number.take(&["、", ".", "．", "）"]) {
            last = Some((digits, number.at(clause)));
            rest = number;
            opens = false;
        } else {
            opens = rest.0.starts_with(['，', '；', '：', '。', '、', ',', ';', '\n']);
            rest.take_char();
        }
    }
    last.and_then(|(digits, end)| Some((digits.parse().ok()?, end)))
}

/// The name before a figure: behind the last mark, and behind the last mark other than 、.
pub fn labels(clause: &str, ordinal: Option<usize>) -> (&str, &str) {
    let from = ordinal.unwrap_or(0);
    let rest = &clause[from..];
    let cut = |marks: &[char]| {
        // A mark inside brackets is part of the name.
        let mut depth = 0usize;
        let mut start = 0;
        let outer = rest.matches('（').count() > rest.matches('）').count();
        for (at, c) in rest.char_indices() {
            match c {
                '（' | '【' | '〔' | '《' if !(outer && depth == 0 && !rest[at..].contains('）') && c == '（') => {
                    depth += 1
                }
                '（' => start = at + c.len_utf8(),
                '）' | '】' | '〕' | '》' if depth == 0 => start = at + c.len_utf8(),
                '）' | '】' | '〕' | '》' => depth -= 1,
                c if depth == 0 && marks.contains(&c) => start = at + c.len_utf8(),
                _ => {}
            }
        }
        trim_lead(&rest[start..])
    };
    (cut(&['，', '；', '：', '、', ',', ';', '\n', '。']), cut(&['，', '；', '：', ',', ';', '\n', '。']))
}

fn trim_lead(label: &str) -> &str {
    let mut rest = label;
    loop {
        let before = rest;
        for lead in OPENERS.iter().chain(&["和", "及", "以及", "元", "与", "、", "由"]) {
            // 与上年相比 compares, it joins nothing.
            let compares =
                *lead == "与" && ["与上年", "与去年", "与上一年", "与20"].iter().any(|word| rest.starts_with(word));
            if !compares {
                // One character alone would be no name.
                rest = rest.strip_prefix(lead).filter(|name| name.chars().nth(1).is_some()).unwrap_or(rest);
            }
        }
        if before == rest {
            return rest;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    #[test]
    fn every_opener_begins_as_one_is_looked_for() {
        assert!(OPENERS.iter().all(|opener| opener.starts_with(OPENER_HEADS)));
    }

    #[test]
    fn a_name_keeps_what_would_leave_one_character_of_it() {
        let (short, long) = labels("2025年支出预算，其中：和基本支出、项目支出", None);
        assert_eq!((short, long), ("项目支出", "基本支出、项目支出"));
        assert_eq!(labels("由甲", None).0, "由甲");
    }

    const NUMBERED: [&str; 14] = ["1", "２", "34", "、", "，", "（", "）", ".", "．", "；", "\n", "：", "支出", "5"];

    proptest! {
        #[test]
        fn the_last_number_of_a_list_is_read_as_a_pattern_would(text in of(&NUMBERED)) {
            let form = pattern!(r"(?:^|[，；：。、,;\n])[（]?(\d{1,2})(?:[、.．]|）)");
            let last = form.captures_iter(&text).last();
            let expected = last.and_then(|found| Some((found[1].parse().ok()?, found.get(0)?.end())));
            prop_assert_eq!(last_ordinal(&text), expected, "{}", text);
        }
    }
}
