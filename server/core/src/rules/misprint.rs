//! What a hand may have meant: the numbers that one slip turns into the printed one.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use crate::catalog::name::fold_char;

/// Longest printed number whose slips are undone, in digits.
const LONGEST: usize = 14;

/// Places that are looked at behind the last printed one: as many as a point moves.
const FINER: u32 = 2;

/// Numbers between two bounds that one slip may have turned into the printed one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Meant {
    /// By a slip that leaves little choice: neighbours exchanged, a digit too many, the point moved by one place or two.
    pub plain: Vec<Decimal>,
    /// By a slip that may lead to many a number: one digit wrong or left out.
    pub possible: Vec<Decimal>,
}

impl Meant {
    /// The only one, and whether its slip is a plain one. Of many possible ones none is meant.
    pub fn only(&self) -> Option<(Decimal, bool)> {
        match (self.plain.as_slice(), self.possible.as_slice()) {
            ([only], _) => Some((*only, true)),
            ([], [only]) => Some((*only, false)),
            _ => None,
        }
    }
}

/// The numbers from `least` to `most`, neither negative, that one slip may have turned into what is printed: signs,
/// separators and width aside, in the printed unit.
pub fn meant(text: &str, least: Decimal, most: Decimal) -> Meant {
    let mut out = Meant::default();
    let Some(printed) = Printed::of(text) else { return out };
    let bound = |bound: Decimal| bound.checked_mul(Decimal::from(10u64.pow(printed.decimals + FINER)));
    let bounds =
        bound(least).and_then(|least| least.ceil().to_i128()).zip(bound(most).and_then(|most| most.floor().to_i128()));
    let Some((least, most)) = bounds else { return out };
    let own = printed.scaled(&printed.digits[..printed.len], printed.decimals);
    let fits = |value: i128| (least..=most).contains(&value) && value != own;
    let number = |value: i128| Decimal::from_i128_with_scale(value, printed.decimals + FINER).normalize();
    let note = |value: i128, known: &mut Vec<Decimal>| {
        if fits(value) && !known.contains(&number(value)) {
            known.push(number(value));
        }
    };
    printed.plain(|value| note(value, &mut out.plain));
    printed.possible(|value| note(value, &mut out.possible));
    let plain = &out.plain;
    out.possible.retain(|value| !plain.contains(value));
    out
}

/// The digits of a printed number.
struct Printed {
    digits: [u8; LONGEST + 1],
    len: usize,
    decimals: u32,
}

impl Printed {
    fn of(text: &str) -> Option<Self> {
        let (mut digits, mut len, mut point) = ([0; LONGEST + 1], 0, None);
        for c in text.chars().filter_map(fold_char) {
            match c {
                '.' => point = point.or(Some(len)),
                '0'..='9' if len == LONGEST => return None,
                '0'..='9' => {
                    digits[len] = u8::try_from(u32::from(c) - u32::from('0')).ok()?;
                    len += 1;
                }
                _ => {}
            }
        }
        let decimals = u32::try_from(len - point.unwrap_or(len)).ok()?;
        (len > 0).then_some(Self { digits, len, decimals })
    }

    /// A number of these digits and decimals, in the finest unit that is looked at.
    fn scaled(&self, digits: &[u8], decimals: u32) -> i128 {
        let value = digits.iter().fold(0i128, |value, digit| value * 10 + i128::from(*digit));
        value * 10i128.pow(self.decimals + FINER - decimals)
    }

    fn plain(&self, mut note: impl FnMut(i128)) {
        let own = &self.digits[..self.len];
        let point = self.len - self.decimals as usize;
        let mut other = self.digits;
        for at in 0..self.len {
            if at + 1 < self.len && own[at] != own[at + 1] {
                other.swap(at, at + 1);
                note(self.scaled(&other[..self.len], self.decimals));
                other.swap(at, at + 1);
            }
            if self.len == 1 {
                continue;
            }
            let mut shorter = self.digits;
            shorter.copy_within(at + 1..self.len, at);
            note(self.scaled(&shorter[..self.len - 1], self.decimals - u32::from(at >= point)));
        }
        let value = self.scaled(own, self.decimals);
        for by in [10, 100] {
            note(value * by);
            // FINER places are looked at, so that nothing is cut off.
            note(value / by);
        }
    }

    fn possible(&self, mut note: impl FnMut(i128)) {
        let point = self.len - self.decimals as usize;
        for at in 0..=self.len {
            for digit in 0..=9 {
                if at < self.len {
                    let mut other = self.digits;
                    other[at] = digit;
                    note(self.scaled(&other[..self.len], self.decimals));
                }
                let mut longer = self.digits;
                longer.copy_within(at..self.len, at + 1);
                longer[at] = digit;
                if at <= point {
                    note(self.scaled(&longer[..=self.len], self.decimals));
                }
                if at >= point && self.decimals > 0 {
                    note(self.scaled(&longer[..=self.len], self.decimals + 1));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn only(text: &str, least: &str, most: &str) -> Option<(String, bool)> {
        let number = |text: &str| text.parse::<Decimal>().expect("a number");
        meant(text, number(least), number(most)).only().map(|(value, plain)| (value.to_string(), plain))
    }

    #[test]
    fn each_slip_is_undone_within_its_bounds() {
        for (text, least, most, meant, plain) in [
            ("38.30", "33.7", "33.9", "33.8", true),
            ("33.880", "33.795", "33.805", "33.8", true),
            ("1,338.0", "133.5", "134.0", "133.8", true),
            ("33.60", "33.79", "33.81", "33.8", false),
            ("３.80", "33.75", "33.84", "33.8", false),
            ("446.1", "446.11", "446.11", "446.11", false),
        ] {
            assert_eq!(only(text, least, most), Some((meant.to_owned(), plain)), "{text}");
        }
    }

    #[test]
    fn where_many_numbers_may_be_meant_none_is() {
        assert_eq!(only("33.60", "33", "34"), None);
        assert_eq!(only("—", "0", "60"), None);
        assert_eq!(only("123456789012345678901234", "0", "60"), None);
    }
}
