//! What numbers the items of a text: （一）, 2、, ④.

use crate::text::Rest;
use crate::text::rest::{is_digit, is_numeral};

/// Takes what numbers a name or opens a list.
pub fn lead(rest: &mut Rest) -> bool {
    let mut number = *rest;
    number.take(&["（", "("]);
    let numbered = !number.take_up_to(3, is_numeral).is_empty() || !number.take_digits(2).is_empty();
    if numbered && number.take(&["）", "、", ".", "．"]) {
        *rest = number;
        return true;
    }
    rest.take(&[
        "其中",
        "包括",
        "主要为",
        "主要是",
        "主要包括",
        "主要用于",
        "主要有",
        "用于以下方面",
        "由",
        "加上",
        "加",
        "和",
        "及",
        "以及",
        "、",
        "：",
        "（",
        "）",
    ])
}

/// Where the words of numbered items begin.
pub fn items(text: &str) -> Vec<usize> {
    let mut out = Vec::new();
    let mut rest = Rest(text);
    let mut opens = true;
    while !rest.is_empty() {
        if opens && item(&mut rest) {
            out.push(rest.at(text));
            opens = false;
        } else {
            opens = matches!(rest.0.chars().next(), Some('\n' | '。' | '；' | '：'));
            rest.take_char();
        }
    }
    out
}

/// Takes what numbers an item: （一）, 2、, 3.名称, ④.
fn item(rest: &mut Rest) -> bool {
    if !rest.take_up_to(1, |c| ('①'..='⑩').contains(&c)).is_empty() {
        return true;
    }
    let mut number = *rest;
    number.take(&["（"]);
    let counted = if !number.take_up_to(3, is_numeral).is_empty() {
        number.take(&["）", "、"])
    } else {
        !number.take_digits(2).is_empty()
            && (number.take(&["）", "、", "．"])
                || number.take(&["."]) && !number.take_up_to(1, |c| !is_digit(c)).is_empty())
    };
    if counted {
        *rest = number;
    }
    counted
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const NUMBERED: [&str; 24] = [
        "（", "(", "一", "十", "1", "２", "）", "、", ".", "．", "其中", "包括", "主要", "为", "用于", "由", "加",
        "上", "和", "以及", "：", "\n", "。", "①",
    ];

    proptest! {
        #[test]
        fn what_numbers_is_read_as_patterns_would(text in of(&NUMBERED)) {
            let form = pattern!(
                r"^(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）、.．]|其中|包括|主要(?:为|是|包括|用于|有)|用于以下方面|由|加上?|和|及|以及|、|：|（|）)+",
            );
            let mut rest = Rest(&text);
            while lead(&mut rest) {}
            prop_assert_eq!(rest.0, form.find(&text).map_or(&*text, |found| &text[found.end()..]), "{}", text);
            let form = pattern!(
                r"(?:^|[\n。；：])(?:（?[一二三四五六七八九十]{1,3}[）、]|（?\d{1,2}(?:[）、．]|\.[^\d])|[①②③④⑤⑥⑦⑧⑨⑩])",
            );
            let expected: Vec<usize> = form.find_iter(&text).map(|found| found.end()).collect();
            prop_assert_eq!(items(&text), expected, "{}", text);
        }
    }
}
