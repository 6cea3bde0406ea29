//! Printed numbers.

use std::sync::LazyLock;

use regex::Regex;
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

impl Amount {
    /// Reads a number in half or full width, with thousands separators, a leading minus sign or △, or in brackets
    /// (both mean negative). The whole text must be the number.
    pub fn parse(text: &str) -> Option<Self> {
        static FORM: LazyLock<Regex> = LazyLock::new(|| {
            crate::compiled(r"^(?P<minus>[-△▲−]|（)?(?P<whole>\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.(?P<part>\d{1,8}))?）?$")
        });
        let folded: String = text.chars().filter_map(fold_char).collect();
        let found = FORM.captures(&folded)?;
        let opened = found.name("minus").is_some_and(|m| m.as_str() == "（");
        if opened != folded.ends_with('）') {
            return None;
        }
        let whole = found["whole"].replace([',', '，'], "");
        let part = found.name("part").map_or("", |m| m.as_str());
        if whole.len() + part.len() > DIGITS {
            return None;
        }
        let mantissa: i64 = format!("{whole}{part}").parse().ok()?;
        let decimals = u32::try_from(part.len()).ok()?;
        let value = Decimal::new(mantissa, decimals);
        Some(Self { value: if found.name("minus").is_some() { -value } else { value }, decimals })
    }
}

/// Reads a cell.
pub fn printed(text: &str) -> Printed {
    let trimmed = text.trim();
    if trimmed.is_empty()
        || matches!(
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
