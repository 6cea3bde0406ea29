//! Percentages of rounded amounts: when one agrees with its amounts, and what would make it agree.
//!
//! Offices round half up, cut, round what is rounded already, or bend one share of a list by a unit so that the list
//! makes 100 %. So a percentage holds where it is within one unit of its last place of what its amounts, as rounded,
//! can make.

use rust_decimal::{Decimal, RoundingStrategy};

use super::relation::{Gap, Lookup, Sides, Term, sum};
use crate::reading::{Figure, FigureId};

/// `part` in hundredths of `base`; none where the base is nothing.
pub fn percentage(part: Decimal, base: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(base)
}

/// How far a printed percentage is from what its amounts make. Of a base that may be nothing, nothing can be said.
pub fn gap(sides: &Sides, lookup: &Lookup) -> Gap {
    let Some((least, most)) = range(sides, lookup) else { return Gap::None };
    let printed = sum(&sides.left, lookup);
    let decimals = decimals(sides, lookup);
    let unit = Decimal::new(1, decimals);
    let (least, most) = (rounded(least, decimals), rounded(most, decimals));
    if (least..=most).contains(&printed) {
        Gap::None
    } else if (least - unit..=most + unit).contains(&printed) {
        Gap::Soft
    } else {
        Gap::Beyond
    }
}

/// The value that a figure would need: of the percentage, in its own decimals; of an amount, the one a slip of the hand
/// leads to, else the middle of those that would do.
pub fn wanted(sides: &Sides, id: FigureId, lookup: &Lookup) -> Option<Decimal> {
    if let Some(term) = sides.left.iter().find(|term| term.figure == Some(id)) {
        let value = percentage(sum(&sides.right, lookup), sum(&sides.base, lookup))?;
        return Some(rounded(value, decimals(sides, lookup)) * Decimal::from(term.sign));
    }
    let (least, most) = values(sides, id, lookup)?;
    let figure = (lookup.figure)(id);
    let middle = least.checked_add(most)? / Decimal::TWO / figure.unit.yuan();
    slip(figure, least, most)
        .or_else(|| Some(rounded(middle, figure.amount.decimals) * figure.unit.yuan()))
        .filter(|value| (least..=most).contains(value))
}

/// Is this value the only one for a figure?
pub fn determines(sides: &Sides, id: FigureId, value: Decimal, lookup: &Lookup) -> bool {
    if sides.left.iter().any(|term| term.figure == Some(id)) {
        return true;
    }
    let figure = (lookup.figure)(id);
    values(sides, id, lookup).is_some_and(|(least, most)| slip(figure, least, most) == Some(value))
}

/// What the amounts, each anywhere within its rounding, can make.
fn range(sides: &Sides, lookup: &Lookup) -> Option<(Decimal, Decimal)> {
    let bounds = |terms: &[Term]| {
        let (value, half) = (sum(terms, lookup), terms.iter().map(|term| lookup.half_ulp(term)).sum::<Decimal>());
        (value - half, value + half)
    };
    let (part, base) = (bounds(&sides.right), bounds(&sides.base));
    if base.0 <= Decimal::ZERO && base.1 >= Decimal::ZERO {
        return None;
    }
    let mut corners = Vec::with_capacity(4);
    for part in [part.0, part.1] {
        for base in [base.0, base.1] {
            corners.push(percentage(part, base)?);
        }
    }
    Some((corners.iter().min().copied()?, corners.iter().max().copied()?))
}

/// Between which values (元) an amount may lie for the percentage to be the rounded one. The amount stands in both
/// part and base of a growth rate: p·(D + b·x) = 100·(N + a·x) is solved for x.
fn values(sides: &Sides, id: FigureId, lookup: &Lookup) -> Option<(Decimal, Decimal)> {
    let own = lookup.instead.get(&id).copied().unwrap_or_else(|| (lookup.figure)(id).value());
    let weight = |terms: &[Term]| -> Decimal {
        terms.iter().filter(|term| term.figure == Some(id)).map(|term| Decimal::from(term.sign)).sum()
    };
    let (a, b) = (weight(&sides.right), weight(&sides.base));
    let (rest, base) = (sum(&sides.right, lookup) - a * own, sum(&sides.base, lookup) - b * own);
    let half = Decimal::new(5, decimals(sides, lookup) + 1);
    let printed = sum(&sides.left, lookup);
    let at = |percent: Decimal| {
        let share = percent / Decimal::ONE_HUNDRED;
        (share.checked_mul(base)?.checked_sub(rest)?).checked_div(a - share * b)
    };
    let (one, other) = (at(printed - half)?, at(printed + half)?);
    Some((one.min(other), one.max(other)))
}

/// The one value between two bounds that a hand may have meant: digits exchanged, one too many, a point moved. None
/// where there are several.
fn slip(figure: &Figure, least: Decimal, most: Decimal) -> Option<Decimal> {
    let digits: Vec<char> =
        figure.text.chars().filter_map(crate::catalog::name::fold_char).filter(char::is_ascii_digit).collect();
    let decimals = figure.amount.decimals;
    let negative = figure.value().is_sign_negative();
    let value = |digits: &[char], decimals: u32| -> Option<Decimal> {
        let number: i64 = digits.iter().collect::<String>().parse().ok()?;
        let value = Decimal::new(number, decimals) * figure.unit.yuan();
        let value = if negative { -value } else { value };
        (least..=most).contains(&value).then_some(value)
    };
    let mut likely: Vec<Decimal> = Vec::new();
    let mut note = |found: Option<Decimal>| {
        if let Some(found) = found.filter(|found| !likely.contains(found)) {
            likely.push(found);
        }
    };
    for at in 0..digits.len() {
        let mut other = digits.clone();
        if at + 1 < digits.len() && digits[at] != digits[at + 1] {
            other.swap(at, at + 1);
            note(value(&other, decimals));
        }
        let mut other = digits.clone();
        other.remove(at);
        note(value(&other, decimals));
    }
    note(value(&digits, decimals + 1));
    note(decimals.checked_sub(1).and_then(|decimals| value(&digits, decimals)));
    if let [only] = likely.as_slice() { Some(*only) } else { None }
}

fn decimals(sides: &Sides, lookup: &Lookup) -> u32 {
    let percent = sides.left.first().and_then(|term| term.figure);
    percent.map_or(2, |id| (lookup.figure)(id).amount.decimals)
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}
