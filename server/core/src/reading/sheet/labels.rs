//! The values behind the labels of a project sheet, as places of its [`tape`](super::tape): a label or a value may be cut
//! by the end of a cell or a line.

use std::ops::Range;

use super::tape::{CELL, ROW, is_end};
use crate::text::Rest;
use crate::text::rest::is_digit;
use crate::text::script::is_han;

/// Longest name of a project with what cuts it, in bytes.
const LONGEST: usize = 2000;

/// Takes the ends of cells and lines; was there one?
fn take_ends(rest: &mut Rest) -> bool {
    !rest.take_while(is_end).is_empty()
}

/// Takes an amount as it is printed; not every one is a number.
fn take_amount(rest: &mut Rest, body: &str) -> Option<Range<usize>> {
    let start = rest.at(body);
    rest.take_while(|c| is_digit(c) || matches!(c, '.' | ',' | '，'));
    Some(start..rest.at(body)).filter(|amount| !amount.is_empty())
}

/// Takes an amount that begins with a digit.
fn take_number(rest: &mut Rest, body: &str) -> Option<Range<usize>> {
    if rest.0.starts_with(is_digit) { take_amount(rest, body) } else { None }
}

/// What stands behind the first place of a label where it can be read.
fn behind<T>(body: &str, label: &str, read: impl Fn(Rest) -> Option<T>) -> Option<T> {
    body.match_indices(label).find_map(|(at, _)| read(Rest(&body[at + label.len()..])))
}

/// 项目编码.
pub fn code(body: &str) -> Option<Range<usize>> {
    /// Shortest code, in characters.
    const SHORTEST: usize = 8;
    let is_sign =
        |c: char| is_digit(c) || is_han(c) || matches!(c, 'A'..='Z' | 'a'..='z' | '_' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    behind(body, "项目编码", |mut rest| {
        take_ends(&mut rest);
        let start = rest.at(body);
        let code = rest.take_while(is_sign);
        (code.chars().count() >= SHORTEST).then(|| start..start + code.len())
    })
}

/// 项目名称: what stands before 预算规模, over lines of whole cells where it must be.
pub fn name(body: &str) -> Option<Range<usize>> {
    behind(body, "项目名称", |mut rest| {
        take_ends(&mut rest);
        let start = rest.at(body);
        let near = rest.0.char_indices().map(|(at, _)| at).take_while(|&at| at <= LONGEST);
        let mut labels =
            near.skip(1).filter(|&at| rest.0[at..].starts_with("预算规模") && rest.0[..at].ends_with(is_end));
        let name = rest.0[..labels.next()?].trim_end_matches(is_end);
        let whole = name.match_indices(ROW).all(|(at, _)| name[..at].ends_with(CELL));
        whole.then(|| start..start + name.len())
    })
}

/// 预算数 and what of it is 财政资金 and 其他资金.
pub struct Amounts {
    pub budget: Range<usize>,
    pub fiscal: Option<Range<usize>>,
    pub other: Option<Range<usize>>,
    /// Where what was read ends.
    pub end: usize,
}

/// The amounts behind 预算数.
pub fn amounts(body: &str) -> Option<Amounts> {
    behind(body, "预算数", |mut rest| {
        take_ends(&mut rest);
        let budget = take_amount(&mut rest, body)?;
        take_ends(&mut rest);
        let fiscal = take_fiscal(&mut rest, body);
        let other = take_other(&mut rest, body);
        Some(Amounts { budget, fiscal, other, end: rest.at(body) })
    })
}

fn take_fiscal(rest: &mut Rest, body: &str) -> Option<Range<usize>> {
    let mut own = *rest;
    if !own.take(&["其中"]) {
        return None;
    }
    own.take(&["："]);
    take_ends(&mut own);
    let fiscal = own.take(&["财政"]);
    take_ends(&mut own);
    if !fiscal || !own.take(&["拨款", "资金"]) {
        return None;
    }
    take_ends(&mut own);
    own.take(&["资金"]);
    take_ends(&mut own);
    *rest = own;
    take_amount(rest, body)
}

fn take_other(rest: &mut Rest, body: &str) -> Option<Range<usize>> {
    let mut own = *rest;
    take_ends(&mut own);
    let other = own.take(&["其他"]);
    take_ends(&mut own);
    if !other || !own.take(&["资金"]) {
        return None;
    }
    take_ends(&mut own);
    *rest = own;
    take_amount(rest, body)
}

/// The four parts of 资金支出计划, and where they stand with the head of the last.
pub fn plan(body: &str) -> Option<([Range<usize>; 4], Range<usize>)> {
    const LAST: &str = "12月";
    behind(body, LAST, |mut rest| {
        let start = rest.at(body) - LAST.len();
        rest.take(&["底"]);
        let mut part = || {
            let parted = take_ends(&mut rest);
            let number = take_number(&mut rest, body)?;
            let percent = usize::from(rest.take(&["%"]));
            parted.then_some(number.start..number.end + percent)
        };
        let parts = [part()?, part()?, part()?, part()?];
        let end = rest.at(body) + 1;
        rest.0.starts_with(is_end).then_some((parts, start..end))
    })
}

/// Amounts of money that running text gives to the project: 安排资金12万元.
pub fn sums(purpose: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    // Each is so many 万元.
    if !purpose.contains('万') {
        return out;
    }
    let mut rest = Rest(purpose);
    while !rest.is_empty() {
        let mut sum = rest;
        let named = sum.take(&["资金", "经费", "预算", "共计", "总额", "安排"]);
        if let Some(number) = named.then(|| take_sum(&mut sum, purpose)).flatten() {
            out.push(number);
            rest = sum;
        } else {
            rest.take_char();
        }
    }
    out
}

fn take_sum(rest: &mut Rest, purpose: &str) -> Option<Range<usize>> {
    take_ends(rest);
    let number = take_number(rest, purpose)?;
    take_ends(rest);
    let thousands = rest.take(&["万"]);
    take_ends(rest);
    (thousands && rest.take(&["元"])).then_some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Captures;

    use super::*;
    use crate::text::rest::tests::of;

    const WORDS: [&str; 36] = [
        "项目编码",
        "项目名称",
        "预算规模",
        "预算数",
        "其中",
        "：",
        "财政",
        "拨款",
        "资金",
        "其他",
        "12月",
        "底",
        "\u{1}",
        "\u{1}\n",
        "\n",
        "1",
        "20.5",
        "3,000",
        "％",
        "%",
        "万",
        "元",
        "经费",
        "安排",
        "4970725P19",
        "调解",
        "_",
        "，",
        ".",
        "\u{1}",
        "\u{1}",
        "100",
        "75%",
        "预算数\u{1}10",
        "12月底\u{1}25\u{1}50\u{1}",
        "项目名称\u{1}调解",
    ];

    fn range(found: &Captures, group: usize) -> Option<Range<usize>> {
        found.get(group).map(|part| part.range())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn values_are_read_as_patterns_would(body in of(&WORDS)) {
            let form = pattern!(r"项目编码[\x01\n]*(\w{8,})");
            prop_assert_eq!(code(&body), form.captures(&body).and_then(|found| range(&found, 1)), "{:?}", body);
            let form = pattern!(r"项目名称[\x01\n]*([^\x01\n].*?(?:\x01\n.*?)*?)[\x01\n]+预算规模");
            prop_assert_eq!(name(&body), form.captures(&body).and_then(|found| range(&found, 1)), "{:?}", body);
            let form = pattern!(concat!(
                r"预算数[\x01\n]*([\d.,，]+)[\x01\n]*(?:其中：?[\x01\n]*财政[\x01\n]*(?:拨款|资金)[\x01\n]*(?:资金)?[\x01\n]*([\d.,，]+)?)?",
                r"(?:[\x01\n]*其他[\x01\n]*资金[\x01\n]*([\d.,，]+)?)?"
            ));
            let read = amounts(&body);
            let found = form.captures(&body);
            prop_assert_eq!(read.is_some(), found.is_some(), "{:?}", body);
            if let (Some(read), Some(found)) = (read, found) {
                prop_assert_eq!(Some(read.budget), range(&found, 1), "{:?}", body);
                prop_assert_eq!(read.fiscal, range(&found, 2), "{:?}", body);
                prop_assert_eq!(read.other, range(&found, 3), "{:?}", body);
                prop_assert_eq!(Some(read.end), range(&found, 0).map(|all| all.end), "{:?}", body);
            }
            let form = pattern!(concat!(
                r"12月底?[\x01\n]+(\d[\d.,，]*%?)[\x01\n]+(\d[\d.,，]*%?)[\x01\n]+",
                r"(\d[\d.,，]*%?)[\x01\n]+(\d[\d.,，]*%?)[\x01\n]"
            ));
            let expected = form.captures(&body).and_then(|found| {
                Some(([range(&found, 1)?, range(&found, 2)?, range(&found, 3)?, range(&found, 4)?], range(&found, 0)?))
            });
            prop_assert_eq!(plan(&body), expected, "{:?}", body);
            let form = pattern!(r"(?:资金|经费|预算|共计|总额|安排)[\x01\n]*(\d[\d.,，]*)[\x01\n]*万[\x01\n]*元");
            let expected: Vec<Range<usize>> = form.captures_iter(&body).filter_map(|found| range(&found, 1)).collect();
            prop_assert_eq!(sums(&body), expected, "{:?}", body);
        }
    }
}
