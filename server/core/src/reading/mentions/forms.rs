//! How bodies, years and dates are printed where a text says what it is of. Places are those in the text that is looked at.

use crate::text::rest::is_digit;
use crate::text::script::is_han;
use crate::text::{Rest, Span};

/// Shortest name of a body, in characters.
const SHORTEST: usize = 4;

fn is_of_a_name(c: char) -> bool {
    is_han(c) || matches!(c, '（' | '）' | '(' | ')')
}

/// A code and right behind it the name of its body, and nothing else: 450001某县水务局.
pub fn coded(word: &str) -> Option<(&str, &str)> {
    let mut rest = Rest(word);
    let code = rest.take_while(is_digit);
    let name = rest.0;
    let named = name.starts_with(is_han) && name.chars().all(is_of_a_name) && name.chars().count() >= SHORTEST;
    (named && !code.is_empty()).then_some((code, name))
}

/// The number of the year in 预算年度：2025.
pub fn stated_year(text: &str) -> Option<Span> {
    const LABEL: &str = "年度";
    text.match_indices(LABEL).find_map(|(at, _)| {
        let mut rest = Rest(&text[at + LABEL.len()..]);
        if !rest.take(&["：", ":"]) {
            return None;
        }
        rest.take_space();
        let start = rest.at(text);
        rest.take_year().map(|year| Span::new(start, start + year.len()))
    })
}

/// The date in 截至时间：2025年1月20日: year, month and day, and where it stands.
pub fn stated_date(text: &str) -> Option<((u16, u8, u8), Span)> {
    text.match_indices('截').find_map(|(at, word)| {
        let mut rest = Rest(&text[at + word.len()..]);
        if !rest.take(&["止", "至"]) {
            return None;
        }
        rest.take(&["时间", "日期"]);
        rest.take(&["：", ":"]);
        rest.take_space();
        let start = rest.at(text);
        let year = rest.take_year()?;
        let mut part = |sign: &str| {
            rest.take_space();
            let parted = rest.take(&[sign, "-", "/", "."]);
            rest.take_space();
            let number = rest.take_digits(2);
            (parted && !number.is_empty()).then_some(number)
        };
        let (month, day) = (part("年")?, part("月")?);
        let end = rest.at(text);
        rest.take_space();
        let end = if rest.take(&["日"]) { rest.at(text) } else { end };
        let number = |printed: &str| printed.parse().unwrap_or(0);
        Some(((year.parse().unwrap_or(0), number(month), number(day)), Span::new(start, end)))
    })
}

/// The body that a paragraph begins with: 某县水务局（本级）上年末…, 某县水务局2025年部门预算….
pub fn opening_body(line: &str) -> Option<Span> {
    let mut rest = Rest(line);
    rest.take_space();
    let start = rest.at(line);
    let mut length = 0;
    while !rest.take_up_to(1, is_han).is_empty() {
        length += 1;
        if length >= SHORTEST && begins_a_sentence(rest) {
            return Some(Span::new(start, rest.at(line)));
        }
    }
    None
}

/// （本级）上年末, 2025年部门预算.
fn begins_a_sentence(mut rest: Rest) -> bool {
    if rest.take(&["（"]) && (rest.take_up_to(12, |c| c != '）').is_empty() || !rest.take(&["）"])) {
        return false;
    }
    if rest.take(&["上年末"]) {
        return true;
    }
    let year = rest.take_year().is_some();
    rest.take_space();
    let year = year && rest.take(&["年"]);
    rest.take(&["部门", "单位"]);
    year && rest.take(&["预算"])
}

/// The body and the number of the year in a title: 第一部分 关于某县水务局2025年….
pub fn titled(title: &str) -> Option<(Span, Span)> {
    let mut behind_part = Rest(title);
    let part = behind_part.take_part();
    behind_part.take_while(|c| matches!(c, '：' | ':') || c.is_whitespace());
    let starts = [part.then_some(behind_part), Some(Rest(title))];
    starts.into_iter().flatten().find_map(|start| {
        let mut about = start;
        let about = about.take(&["关于"]).then_some(about);
        [about, Some(start)].into_iter().flatten().find_map(|rest| of_a_year(title, rest))
    })
}

/// A name and a year, with which the rest of a title begins.
fn of_a_year(title: &str, mut rest: Rest) -> Option<(Span, Span)> {
    let start = rest.at(title);
    let name = rest.take_while(is_of_a_name);
    rest.take_space();
    let number = rest.at(title);
    let year = rest.take_year()?;
    rest.take_space();
    let named = name.starts_with(is_han) && name.chars().count() >= SHORTEST;
    (named && rest.take(&["年"]))
        .then(|| (Span::new(start, start + name.len()), Span::new(number, number + year.len())))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Captures;

    use super::*;
    use crate::text::rest::tests::of;

    const WORDS: [&str; 38] = [
        "某县",
        "水务局",
        "镇",
        "（",
        "）",
        "本级",
        "45",
        "450",
        "450001",
        "２",
        "预算",
        "年度",
        "年",
        "：",
        ":",
        " ",
        "2025",
        "20",
        "25",
        "截",
        "止",
        "至",
        "时间",
        "日期",
        "-",
        "月",
        "1",
        "31",
        "日",
        "上年末",
        "部门",
        "关于",
        "第",
        "一",
        "部分",
        "/",
        ".",
        "|",
    ];

    fn span(found: &Captures, group: usize) -> Option<Span> {
        found.get(group).map(|part| Span::new(part.start(), part.end()))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn what_states_a_body_a_year_a_date_is_read_as_patterns_would(text in of(&WORDS)) {
            let form = pattern!(r"^(\d+)(\p{Han}[\p{Han}（）()]{3}[\p{Han}（）()]*)$");
            let expected = form.captures(&text).map(|found| (found[1].to_owned(), found[2].to_owned()));
            prop_assert_eq!(coded(&text).map(|(code, name)| (code.to_owned(), name.to_owned())), expected, "{}", text);
            let form = pattern!(r"(?:预算年度|年度)[：:]\s*(20\d\d)");
            prop_assert_eq!(stated_year(&text), form.captures(&text).and_then(|found| span(&found, 1)), "{}", text);
            let form = pattern!(
                r"截[止至](?:时间|日期)?[：:]?\s*((20\d\d)\s*(?:年|-|/|\.)\s*(\d{1,2})\s*(?:月|-|/|\.)\s*(\d{1,2})(?:\s*日)?)",
            );
            let expected = form.captures(&text).and_then(|found| {
                let number = |group: usize| found[group].parse::<u16>().unwrap_or(0);
                Some(((number(2), number(3) as u8, number(4) as u8), span(&found, 1)?))
            });
            prop_assert_eq!(stated_date(&text), expected, "{}", text);
            let form = pattern!(
                r"^\s*(\p{Han}{4}\p{Han}*?)(?:（[^）]{1,12}）)?(?:上年末|20\d\d\s*年(?:部门|单位)?预算)",
            );
            prop_assert_eq!(opening_body(&text), form.captures(&text).and_then(|found| span(&found, 1)), "{}", text);
            let form = pattern!(
                r"^(?:第[一二三四五六七八九十\d]+部分[：:\s]*)?(?:关于)?(\p{Han}[\p{Han}（）()]{3}[\p{Han}（）()]*?)\s*(20\d\d)\s*年",
            );
            let expected = form.captures(&text).and_then(|found| Some((span(&found, 1)?, span(&found, 2)?)));
            prop_assert_eq!(titled(&text), expected, "{}", text);
        }
    }
}
