//! Slips of the hand: what may have been typed for what.

use rust_decimal::Decimal;

use super::style::Figures;
use crate::catalog::name::fold_char;
use crate::finding::Message;
use crate::reading::FigureId;
use crate::reading::number::Amount;

/// How the printed figure came out of the right one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slip {
    /// Two digits exchanged.
    Exchanged,
    /// One digit wrong.
    Wrong,
    /// A digit left out.
    Dropped,
    /// A digit too many.
    Doubled,
    /// The point moved.
    Point,
    /// 元 for 万元, or the other way.
    Unit,
    /// The sign, or the word before the figure (增加, 减少).
    Direction,
    /// The same digits in another order.
    Shuffled,
    /// Two digits wrong.
    TwoWrong,
    /// A figure where there should be none.
    Cleared,
    /// No slip of the hand.
    Other,
}

impl Slip {
    /// The slip that makes the figure printed at a place out of a value in 元.
    pub fn of(figures: Figures, id: FigureId, value: Decimal, decimals: u32) -> Self {
        let figure = (figures.of)(id);
        if value.is_zero() {
            return Self::Cleared;
        }
        if figure.value() == -value {
            return Self::Direction;
        }
        let ratio = figure.value().checked_div(value).unwrap_or_default();
        if ratio == Decimal::from(10_000) || ratio == Decimal::new(1, 4) {
            return Self::Unit;
        }
        between(&digits(&figures.reprint(id, value, decimals)), &digits(&figure.text))
    }

    /// How likely a person makes it.
    pub const fn likelihood(self) -> i64 {
        match self {
            Self::Exchanged => 5,
            Self::Wrong | Self::Dropped | Self::Doubled | Self::Point | Self::Unit | Self::Direction => 4,
            Self::Shuffled => 3,
            Self::TwoWrong => 2,
            Self::Other => 0,
            Self::Cleared => -2,
        }
    }

    /// In words, where it can be told.
    pub fn words(self) -> Option<Message> {
        Some(match self {
            Self::Exchanged => Message::new("两位数字颠倒", "two digits exchanged"),
            Self::Wrong => Message::new("一位数字有误", "one digit wrong"),
            Self::Dropped => Message::new("漏录一位数字", "a digit left out"),
            Self::Doubled => Message::new("多录一位数字", "a digit too many"),
            Self::Point => Message::new("小数点错位", "the decimal point moved"),
            Self::Unit => Message::new("相差一万倍，元与万元混淆", "ten thousand times off: 元 and 万元 mistaken"),
            Self::Direction => Message::new("增减方向相反", "the direction is reversed"),
            Self::Shuffled | Self::TwoWrong | Self::Cleared | Self::Other => return None,
        })
    }
}

fn digits(text: &str) -> Vec<char> {
    text.chars().filter_map(fold_char).filter(char::is_ascii_digit).collect()
}

/// Digits without the zeros around them.
fn significant(digits: &[char]) -> &[char] {
    let first = digits.iter().position(|digit| *digit != '0').unwrap_or(digits.len());
    let last = digits.iter().rposition(|digit| *digit != '0').map_or(first, |last| last + 1);
    &digits[first..last]
}

fn between(right: &[char], printed: &[char]) -> Slip {
    if significant(right) == significant(printed) {
        return Slip::Point;
    }
    if right.len() == printed.len() {
        let off: Vec<usize> = (0..right.len()).filter(|&at| right[at] != printed[at]).collect();
        return match off.as_slice() {
            [_] => Slip::Wrong,
            [a, b] if right[*a] == printed[*b] && right[*b] == printed[*a] => Slip::Exchanged,
            [_, _] => Slip::TwoWrong,
            _ => {
                let (mut a, mut b) = (right.to_vec(), printed.to_vec());
                a.sort_unstable();
                b.sort_unstable();
                if a == b { Slip::Shuffled } else { Slip::Other }
            }
        };
    }
    let dropped = right.len() > printed.len();
    let (short, long) = if dropped { (printed, right) } else { (right, printed) };
    if long.len() == short.len() + 1 {
        let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
        if short[same..] == long[same + 1..] {
            return if dropped { Slip::Dropped } else { Slip::Doubled };
        }
    }
    Slip::Other
}

/// Longest printed number whose slips are undone.
const UNDONE: usize = 16;

/// The values (in 元, with the figure's sign) that one slip may have turned into what is printed: digits exchanged, one
/// typed twice, the point moved by one or two.
pub fn undone(figures: Figures, id: FigureId) -> Vec<Decimal> {
    let figure = (figures.of)(id);
    let plain: Vec<char> =
        figure.text.chars().filter_map(fold_char).filter(|c| c.is_ascii_digit() || *c == '.').collect();
    if plain.len() > UNDONE {
        return Vec::new();
    }
    let mut texts: Vec<Vec<char>> = Vec::new();
    for at in 1..plain.len() {
        let (a, b) = (plain[at - 1], plain[at]);
        let both = a.is_ascii_digit() && b.is_ascii_digit();
        if both && a == b {
            texts.push([&plain[..at], &plain[at + 1..]].concat());
        } else if both {
            let mut swapped = plain.clone();
            swapped.swap(at - 1, at);
            texts.push(swapped);
        }
    }
    let read = |text: Vec<char>| Some(Amount::parse(&text.into_iter().collect::<String>())?.value);
    let own = figure.amount.value.abs();
    let moved =
        [Decimal::TEN, Decimal::ONE_HUNDRED].into_iter().flat_map(|by| [own.checked_mul(by), own.checked_div(by)]);
    let sign = if figure.value().is_sign_negative() { -Decimal::ONE } else { Decimal::ONE };
    let mut values: Vec<Decimal> = Vec::new();
    for value in texts.into_iter().filter_map(read).chain(moved.flatten()) {
        let value = value * figure.unit.yuan() * sign;
        if value != figure.value() && !values.contains(&value) {
            values.push(value);
        }
    }
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_by_their_digits() {
        let of = |right: &str, printed: &str| between(&digits(right), &digits(printed));
        assert_eq!(of("33.80", "38.30"), Slip::Exchanged);
        assert_eq!(of("33.80", "33.60"), Slip::Wrong);
        assert_eq!(of("33.80", "3.80"), Slip::Dropped);
        assert_eq!(of("33.80", "33.880"), Slip::Doubled);
        assert_eq!(of("33.80", "3.380"), Slip::Point);
        assert_eq!(of("１２.30", "12.30"), Slip::Point);
        assert_eq!(of("0.40", "4.00"), Slip::Point);
        assert_eq!(of("33.80", "44.90"), Slip::Other);
    }
}
