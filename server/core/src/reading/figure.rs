//! A figure: one printed number with its meaning.

use rust_decimal::Decimal;

use super::number::Amount;
use crate::catalog::Unit;
use crate::text::Span;

/// A figure of a document: its section and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FigureId {
    /// The section, by its number in the document.
    pub section: u32,
    /// The figure, by its number in the section.
    pub index: u32,
}

/// One printed number. Its place is relative to the section it stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Where it is printed, in its section.
    pub span: Span,
    /// As printed.
    pub text: Box<str>,
    /// Its value and printed decimals, in its own unit.
    pub amount: Amount,
    /// Its unit.
    pub unit: Unit,
    /// -1 where the words before it turn it round (减少), else 1.
    pub sign: i8,
    /// What it measures: 科目, line item, project, measure.
    pub what: Box<str>,
    /// Its column, or the aspect of a measure (增减, 上年).
    pub column: Box<str>,
    /// Typed by hand (narrative, project sheets, purchases, assets), not printed by a finance system.
    pub by_hand: bool,
}

impl Figure {
    /// Is it the same figure, wherever either of them stands?
    pub fn says_the_same_as(&self, other: &Self) -> bool {
        (&self.text, self.amount) == (&other.text, other.amount) && self.is_labelled_as(other)
    }

    /// Does it stand for the same thing, whatever its amount?
    pub fn is_labelled_as(&self, other: &Self) -> bool {
        let Self { span: _, text: _, amount: _, unit, sign, what, column, by_hand } = self;
        (what, column) == (&other.what, &other.column)
            && (unit, sign, by_hand) == (&other.unit, &other.sign, &other.by_hand)
    }

    /// The value in 元 (or in things, for a count), with its sign.
    pub fn value(&self) -> Decimal {
        let value = self.amount.value * self.unit.yuan();
        if self.sign < 0 { -value } else { value }
    }

    /// Half a unit of the last printed place, in 元 (RULES.md §1: the interval a printed figure stands for).
    /// Whole things are counted, not rounded.
    pub fn half_ulp(&self) -> Decimal {
        if self.unit == Unit::Count && self.amount.decimals == 0 {
            return Decimal::ZERO;
        }
        Decimal::new(5, self.amount.decimals + 1) * self.unit.yuan()
    }

    /// What this figure would print for a value in 元.
    pub fn reprint(&self, value: Decimal) -> String {
        let own = value / self.unit.yuan();
        // A percentage whose point was moved keeps its digits; zeros at its end may as well be its decimals.
        let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
        let finer = own.normalize().scale() > self.amount.decimals;
        if self.unit == Unit::Percent && (finer || !self.text.ends_with('0')) {
            let same = (0..=self.amount.decimals + 2)
                .map(|places| format!("{:.*}", places as usize, own.abs()))
                .find(|text| digits(text) == digits(&self.text) && text.as_str() != &*self.text);
            if let Some(same) = same {
                return same;
            }
        }
        super::number::printed_like(if self.sign < 0 { -own } else { own }, &self.text)
    }
}
