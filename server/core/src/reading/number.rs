//! Printed numbers.

use std::ops::Range;

use rust_decimal::{Decimal, RoundingStrategy};

use crate::catalog::name::fold_char;

/// A printed number: its value and how many decimals were printed. `0.60` has two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Amount {
    /// The value as printed, in the unit of its place.
    pub value: Decimal,
    /// Printed decimals.
    pub decimals: u32,
}

/// What a cell that may hold a figure holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// Nothing, or a sign that says so: — - / … 无.
    Nil,
    /// A number.
    Number(Amount),
    /// Something else.
    Words,
}

/// Largest number of digits that is still an amount; longer runs are codes and telephone numbers.
const DIGITS: usize = 18;
/// Most decimals.
const DECIMALS: u32 = 8;

impl Amount {
    /// Reads a number in half or full width, with thousands separators, a leading minus sign or △, or in brackets
    /// (both mean negative). The whole text must be the number.
    pub fn parse(text: &str) -> Option<Self> {
        // Words, at first sight.
        if matches!(text.as_bytes().first(), Some(0xe4..=0xe9 | b'A'..=b'Z' | b'a'..=b'z')) {
            return None;
        }
        let mut chars = text.chars().filter_map(fold_char).peekable();
        let sign = chars.next_if(|c| matches!(c, '-' | '△' | '▲' | '−' | '（'));
        let mut mantissa: i64 = 0;
        let (mut digits, mut decimals) = (0, 0);
        // Digits since the last comma or the point.
        let mut run = 0;
        let (mut grouped, mut pointed, mut closed) = (false, false, false);
        for c in chars {
            match c {
                _ if closed => return None,
                '0'..='9' => {
                    (run, digits) = (run + 1, digits + 1);
                    decimals += u32::from(pointed);
                    if digits > DIGITS || decimals > DECIMALS {
                        return None;
                    }
                    mantissa = mantissa * 10 + i64::from(c.to_digit(10)?);
                }
                ',' | '，' if !pointed && (run == 3 || !grouped && (1..3).contains(&run)) => {
                    (grouped, run) = (true, 0);
                }
                '.' if !pointed && (run == 3 || !grouped && run > 0) => (pointed, run) = (true, 0),
                '）' if sign == Some('（') => closed = true,
                _ => return None,
            }
        }
        let whole = run == 3 || run > 0 && (pointed || !grouped);
        if !whole || closed != (sign == Some('（')) {
            return None;
        }
        let value = Decimal::new(mantissa, decimals);
        Some(Self { value: if sign.is_some() { -value } else { value }, decimals })
    }
}

/// Where the numbers of a folded text stand, with thousands separators (`commas`) and decimals, one behind the other.
pub fn numbers<'t>(text: &'t str, commas: &'t [&str]) -> impl Iterator<Item = Range<usize>> + 't {
    let bytes = text.as_bytes();
    let digits = move |from: usize| bytes[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + bytes[at..].iter().position(u8::is_ascii_digit)?;
        let whole = digits(start);
        let mut end = start + whole;
        while whole <= 3
            && let Some(comma) = commas.iter().find(|comma| text[end..].starts_with(**comma))
            && digits(end + comma.len()) >= 3
        {
            end += comma.len() + 3;
        }
        if bytes.get(end) == Some(&b'.') {
            let decimals = digits(end + 1);
            end += if decimals > 0 { decimals + 1 } else { 0 };
        }
        at = end;
        Some(start..end)
    })
}

/// Longest sign that says that there is nothing, in bytes.
const LONGEST_NIL: usize = 6;

/// Reads a cell.
pub fn printed(text: &str) -> Printed {
    let trimmed = text.trim();
    if trimmed.is_empty()
        || trimmed.len() <= LONGEST_NIL
            && matches!(
                trimmed,
                "—" | "－"
                    | "-"
                    | "–"
                    | "/"
                    | "…"
                    | "——"
                    | "--"
                    | "无"
                    | "─"
                    | "−"
                    | "－－"
                    | "……"
                    | "0%"
                    | "0.00%"
            )
    {
        return Printed::Nil;
    }
    Amount::parse(trimmed).map_or(Printed::Words, Printed::Number)
}

/// `value` as a person would print it in place of `like`: the same decimals, thousands separators, width and per cent
/// sign.
pub fn printed_like(value: Decimal, like: &str) -> String {
    let decimals = Amount::parse(like.trim_end_matches(PERCENT)).map_or(2, |amount| amount.decimals);
    // 183.64 stands for 1836420元: whoever prints two decimals of 万元 rounds to them.
    let rounded = value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    printed_with(if decimals >= 2 { rounded } else { value }, like, decimals)
}

const PERCENT: [char; 2] = ['%', '％'];

/// `value` in the style of `like`, but with so many decimals; with more where the value needs them.
pub fn printed_with(value: Decimal, like: &str, decimals: u32) -> String {
    let kept = value.normalize();
    let decimals = decimals.max(kept.scale());
    let mut text = format!("{:.*}", decimals as usize, kept);
    if like.contains([',', '，']) {
        text = grouped(&text);
        if like.contains('，') {
            text = text.replace(',', "，");
        }
    }
    if like.contains(|c| matches!(c, '０'..='９')) {
        text = text.chars().map(widened).collect();
    }
    text.extend(like.chars().next_back().filter(|last| PERCENT.contains(last)));
    text
}

fn grouped(text: &str) -> String {
    let (sign, rest) = text.strip_prefix('-').map_or(("", text), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

fn widened(c: char) -> char {
    match c {
        '0'..='9' => char::from_u32(c as u32 + 0xFEE0).unwrap_or(c),
        '.' => '．',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_keep_their_printed_precision() {
        let read = |text| Amount::parse(text).map(|a| (a.value.to_string(), a.decimals));
        assert_eq!(read("0.60"), Some(("0.60".into(), 2)));
        assert_eq!(read("１,８７８．０９"), Some(("1878.09".into(), 2)));
        assert_eq!(read("5,806，105.16"), Some(("5806105.16".into(), 2)));
        assert_eq!(read("（3,927）"), Some(("-3927".into(), 0)));
        assert_eq!(read("△3.6"), Some(("-3.6".into(), 1)));
        assert_eq!(read("13030225P00023010016F"), None);
        assert_eq!(read("12.5%"), None);
        assert_eq!(read("A02021103"), None);
        for words in
            ["", "-", "（3", "3）", "-3）", "（3）0", "1,23", "1,2345", "1234,567", ",123", "1,,123", "1.", "1,.5"]
        {
            assert_eq!(read(words), None, "{words}");
        }
        assert_eq!(read("-1,234,567"), Some(("-1234567".into(), 0)));
        assert_eq!((read("1.12345678").map(|(_, decimals)| decimals), read("1.123456789")), (Some(8), None));
        assert_eq!(read("1234567890123456.78").map(|(_, decimals)| decimals), Some(2));
        assert_eq!(read("1234567890123456.789"), None);
    }

    #[test]
    fn numbers_are_found_with_their_groups() {
        let found =
            |text| -> Vec<String> { numbers(text, &[",", "，"]).map(|range| text[range].to_owned()).collect() };
        assert_eq!(found("收入1,878.09万元，支出12345,678元"), ["1,878.09", "12345", "678"]);
        assert_eq!(
            found("5，806,105.16、1,23.4、7.、.5，1,2345"),
            ["5，806,105.16", "1", "23.4", "7", "5", "1,234", "5"]
        );
        assert!(found("第二部分").is_empty());
    }

    #[test]
    fn nil_signs_are_nil() {
        assert_eq!(printed("—"), Printed::Nil);
        assert_eq!(printed(" "), Printed::Nil);
        assert_eq!(printed("合计"), Printed::Words);
    }

    #[test]
    fn a_repair_is_printed_as_its_neighbourhood_is() {
        let value = Decimal::new(187809, 2);
        assert_eq!(printed_like(value, "1,868.09"), "1,878.09");
        assert_eq!(printed_like(value, "１８６８．０９"), "１８７８．０９");
        assert_eq!(printed_like(Decimal::new(3, 0), "0.00"), "3.00");
        assert_eq!(printed_like(Decimal::new(342, 2), "3.4"), "3.42");
        assert_eq!(printed_like(Decimal::new(75, 0), "25%"), "75%");
        assert_eq!(printed_with(Decimal::new(125, 1), "1250", 2), "12.50");
        assert_eq!(printed_like(Decimal::new(183_645, 3), "186.34"), "183.65");
    }
}
