//! Slips of the hand: what may have been typed for what.

use rust_decimal::Decimal;

use super::style::Figures;
use crate::catalog::Unit;
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
    /// A digit in a cell that should print nothing but zeros.
    Filled,
    /// No slip of the hand.
    Other,
}

impl Slip {
    /// The slip that makes the figure printed at a place out of a value in 元.
    pub fn of(figures: Figures, id: FigureId, value: Decimal, decimals: u32) -> Self {
        let figure = (figures.of)(id);
        // Of things a few are counted: that one of them is just what is over is no evidence against it.
        if value.is_zero() && (figure.unit == Unit::Count || !figures.prints_zeros(id)) {
            return Self::Cleared;
        }
        if figure.value() == -value {
            return Self::Direction;
        }
        let ratio = figure.value().checked_div(value).unwrap_or_default();
        if ratio == Decimal::from(10_000) || ratio == Decimal::new(1, 4) {
            return Self::Unit;
        }
        match between(&plain(&figures.reprint(id, value, decimals)), &plain(&figure.text)) {
            Self::Wrong if value.is_zero() => Self::Filled,
            // All digits of a figure are nothing's: not two wrong ones, but another item's figure.
            Self::Other if value.is_zero() => Self::TwoWrong,
            slip => slip,
        }
    }

    /// How likely a person makes it.
    pub const fn likelihood(self) -> i64 {
        match self {
            Self::Exchanged | Self::Filled => 5,
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
            Self::Wrong | Self::Filled => Message::new("一位数字有误", "one digit wrong"),
            Self::Dropped => Message::new("漏录一位数字", "a digit left out"),
            Self::Doubled => Message::new("多录一位数字", "a digit too many"),
            Self::Point => Message::new("小数点错位", "the decimal point moved"),
            Self::Unit => Message::new("相差一万倍，元与万元混淆", "ten thousand times off: 元 and 万元 mistaken"),
            Self::Direction => Message::new("增减方向相反", "the direction is reversed"),
            Self::Shuffled | Self::TwoWrong | Self::Cleared | Self::Other => return None,
        })
    }
}

/// The digits and the point of a printed number.
fn plain(text: &str) -> Vec<u8> {
    let folded = text.chars().filter_map(fold_char).filter(|c| c.is_ascii_digit() || *c == '.');
    folded.filter_map(|c| u8::try_from(c).ok()).collect()
}

/// Without the zeros that end the decimals.
fn trimmed(text: &[u8]) -> &[u8] {
    if !text.contains(&b'.') {
        return text;
    }
    let last = text.iter().rposition(|c| *c != b'0').map_or(0, |last| last + 1);
    let text = &text[..last];
    text.strip_suffix(b".").unwrap_or(text)
}

/// The digits without the zeros around them, and without the point.
fn significant(text: &[u8]) -> impl DoubleEndedIterator<Item = u8> + Clone + '_ {
    let nonzero = |c: &u8| matches!(c, b'1'..=b'9');
    let first = text.iter().position(nonzero).unwrap_or(text.len());
    let last = text.iter().rposition(nonzero).map_or(first, |last| last + 1);
    text[first..last].iter().copied().filter(|c| *c != b'.')
}

/// How many digits stand before the point.
fn whole(text: &[u8]) -> usize {
    text.iter().position(|c| *c == b'.').unwrap_or(text.len())
}

fn between(right: &[u8], printed: &[u8]) -> Slip {
    if significant(right).eq(significant(printed)) && significant(right).next().is_some() {
        return Slip::Point;
    }
    let same_length = right.len() == printed.len();
    let (right, printed) = if same_length { (right, printed) } else { (trimmed(right), trimmed(printed)) };
    if !same_length && removed(right, printed) {
        return if right.len() > printed.len() { Slip::Dropped } else { Slip::Doubled };
    }
    if whole(right) != whole(printed) {
        return Slip::Other;
    }
    // Decimals that one of them lacks are zeros.
    let length = right.len().max(printed.len());
    let at = |text: &[u8], at: usize| text.get(at).copied().filter(u8::is_ascii_digit).unwrap_or(b'0');
    let mut off = (0..length).filter(|&place| at(right, place) != at(printed, place));
    match (off.next(), off.next(), off.next()) {
        (Some(_), None, _) => Slip::Wrong,
        (Some(a), Some(b), None) if at(right, a) == at(printed, b) && at(right, b) == at(printed, a) => Slip::Exchanged,
        (Some(_), Some(_), None) => Slip::TwoWrong,
        _ => {
            let sorted = |text: &[u8]| {
                let mut digits: Vec<u8> = (0..length).map(|place| at(text, place)).collect();
                digits.sort_unstable();
                digits
            };
            if sorted(right) == sorted(printed) { Slip::Shuffled } else { Slip::Other }
        }
    }
}

/// Is one of the two the other with one digit left out?
fn removed(one: &[u8], other: &[u8]) -> bool {
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let same = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    // The last decimal takes the point with it.
    let (taken, rest) = match long.get(same..) {
        Some([b'.', _]) => (2, &long[long.len()..]),
        Some([digit, rest @ ..]) if *digit != b'.' => (1, rest),
        _ => return false,
    };
    long.len() == short.len() + taken && short[same..] == *rest
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
        let of = |right: &str, printed: &str| between(&plain(right), &plain(printed));
        assert_eq!(of("33.80", "38.30"), Slip::Exchanged);
        assert_eq!(of("33.80", "33.60"), Slip::Wrong);
        assert_eq!(of("33.80", "3.80"), Slip::Dropped);
        assert_eq!(of("33.80", "33.880"), Slip::Doubled);
        assert_eq!(of("33.80", "3.380"), Slip::Point);
        assert_eq!(of("１２.30", "12.30"), Slip::Point);
        assert_eq!(of("0.40", "4.00"), Slip::Point);
        assert_eq!(of("33.80", "44.90"), Slip::Other);
        assert_eq!(of("33.84", "33.8"), Slip::Dropped);
        assert_eq!(of("8.05", "8.5"), Slip::Dropped);
        assert_eq!(of("12", "12.3"), Slip::Doubled);
        assert_eq!(of("183", "138"), Slip::Exchanged);
        assert_eq!(of("33.80", "33.85"), Slip::Wrong);
    }

    #[test]
    fn a_point_that_moved_makes_no_other_digit_wrong() {
        let of = |right: &str, printed: &str| between(&plain(right), &plain(printed));
        assert_eq!(of("754.76", "75.475"), Slip::Other);
        assert_eq!(of("754.75", "75.475"), Slip::Point);
        assert_eq!(of("18.88", "188.86"), Slip::Other);
        assert_eq!(of("18.86", "188.86"), Slip::Doubled);
    }
}
