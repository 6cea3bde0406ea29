//! Comparisons with another year: 较上年, 比2024年年初预算数, 与上年同期相比, 同比.

use crate::text::Rest;

/// Words that compare.
const THAN: [&str; 4] = ["比", "较", "与", "同"];
/// Words for the year before.
const LAST: [&str; 3] = ["上年", "去年", "上一年"];
/// What of that year.
const OF: [&str; 5] = ["预算", "执行数", "决算", "数", "安排"];
/// What may stand between a word that compares and the year, in characters.
const BETWEEN: usize = 6;

/// A text without the comparison that it begins with.
pub fn without(text: &str) -> &str {
    let mut rest = Rest(text);
    if !rest.take(&THAN) || !year_ahead(&mut rest) {
        rest = Rest(text);
        rest.take(&["同比", "相比", "年度相比", "年相比", "预算相比"]);
        return rest.0;
    }
    rest.take(&["度", "同期"]);
    rest.take(&["年初", "部门", "单位"]);
    rest.take_each(&OF);
    rest.take(&["相比", "同期", "比"]);
    rest.0
}

/// Takes a year that begins near.
fn year_ahead(rest: &mut Rest) -> bool {
    for _ in 0..=BETWEEN {
        if rest.take(&LAST) {
            return true;
        }
        let mut behind = *rest;
        if behind.take_year().is_some() && behind.take(&["年"]) {
            *rest = behind;
            return true;
        }
        if rest.take_up_to(1, |c| c != '，').is_empty() {
            return false;
        }
    }
    false
}

/// What stands before the comparison that a text ends with; none where it ends with none.
pub fn before(text: &str) -> Option<&str> {
    let mut rest = Rest(text);
    rest.cut(&["相比", "比"]);
    rest.cut_each(&OF);
    rest.cut(&["年初", "部门", "单位"]);
    rest.cut(&["度", "同期"]);
    if (rest.cut(&LAST) || rest.cut_year()) && rest.cut(&THAN) {
        return Some(rest.0);
    }
    ["同比", "各", "均"].iter().find_map(|word| text.strip_suffix(word))
}

/// What stands before the amount of the year before that a text ends with: 比上年预算数, 上年执行数, 2024年决算.
pub fn prior(text: &str) -> Option<&str> {
    let mut rest = Rest(text);
    rest.cut(&["数", "安排", "的"]);
    rest.cut(&["预算", "执行", "决算"]);
    rest.cut(&["年初", "部门"]);
    rest.cut(&["度"]);
    let year = rest.cut(&["上年", "去年"]) || rest.cut_year();
    (year && (rest.cut(&["比", "较", "与"]) || rest.is_empty())).then_some(rest.0)
}

/// Does a clause end with the amount of the year before? A year by its number is one only where it is compared.
pub fn is_prior(clause: &str) -> bool {
    let mut rest = Rest(clause);
    rest.cut_each(&["数", "安排", "总额", "的", "金额", "为"]);
    rest.cut(&["预算", "执行", "决算", "完成", "支出", "收入"]);
    rest.cut_each(&["年初", "部门", "单位", "实际", "财政"]);
    rest.cut(&["同期", "度"]);
    if rest.cut(&LAST) { rest.is_empty() || rest.cut(&THAN) } else { rest.cut_year() && rest.cut(&THAN) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const WORDS: [&str; 31] = [
        "比",
        "较",
        "与",
        "同",
        "上年",
        "去年",
        "上一年",
        "2024年",
        "年",
        "度",
        "同期",
        "年初",
        "部门",
        "单位",
        "预算",
        "执行数",
        "执行",
        "决算",
        "数",
        "安排",
        "相比",
        "同比",
        "各",
        "均",
        "的",
        "为",
        "总额",
        "金额",
        "，",
        "本",
        "财政",
    ];

    proptest! {
        #[test]
        fn comparisons_are_read_as_patterns_would(text in of(&WORDS)) {
            let head = pattern!(
                r"^(?:[比较与同][^，]{0,6}?(?:上年|去年|上一年|20\d\d年)(?:度|同期)?(?:年初|部门|单位)?(?:预算|执行数|决算|数|安排)*(?:相比|同期|比)?|同比|相比|年度?相比|预算相比)",
            );
            prop_assert_eq!(without(&text), head.find(&text).map_or(&*text, |found| &text[found.end()..]), "{}", text);
            let tail = pattern!(
                r"(?:[比较与同](?:上年|去年|上一年|20\d\d年)(?:度|同期)?(?:年初|部门|单位)?(?:预算|执行数|决算|数|安排)*(?:相比|比)?|同比|各|均)$",
            );
            prop_assert_eq!(before(&text), tail.find(&text).map(|found| &text[..found.start()]), "{}", text);
            let amount = pattern!(
                r"(?:[比较与]|^)(?:上年|去年|20\d\d年)(?:度)?(?:年初|部门)?(?:预算|执行|决算)?(?:数|安排|的)?$",
            );
            prop_assert_eq!(prior(&text), amount.find(&text).map(|found| &text[..found.start()]), "{}", text);
            let compared = pattern!(
                r"(?:[比较与同](?:上年|去年|上一年|20\d\d年)|^(?:上年|去年|上一年))(?:同期|度)?(?:年初|部门|单位|实际|财政)*(?:预算|执行|决算|完成|支出|收入)?(?:数|安排|总额|的|金额|为)*$",
            );
            prop_assert_eq!(is_prior(&text), compared.is_match(&text), "{}", text);
        }
    }
}
