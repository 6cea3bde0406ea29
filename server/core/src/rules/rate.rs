//! Percentages of rounded amounts: when one agrees with its amounts, and what would make it agree.
//!
//! Offices round half up, cut, round what is rounded already, or bend one share of a list by a unit so that the list
//! makes 100 %. So a percentage holds where it is within one unit of its last place of what its amounts, as rounded,
//! can make.

use rust_decimal::{Decimal, RoundingStrategy};

use super::lookup::Lookup;
use super::misprint;
use super::relation::{Gap, Sides, Term, sum};
use crate::reading::number::Amount;
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
        if let Some(moved) = moved(sides, lookup) {
            return Some(moved * Decimal::from(term.sign));
        }
        return Some(rounded(value, decimals(sides, lookup)) * Decimal::from(term.sign));
    }
    let (least, most) = values(sides, id, lookup)?;
    let figure = (lookup.figure)(id);
    let middle = least.checked_add(most)? / Decimal::TWO / figure.unit.yuan();
    slip(figure, least, most)
        .map(|(value, _)| value)
        .or_else(|| Some(rounded(middle, figure.amount.decimals) * figure.unit.yuan()))
        .filter(|value| (least..=most).contains(value))
}

/// The percentage as printed but for its point, where that is right: 991.5 for 99.15.
fn moved(sides: &Sides, lookup: &Lookup) -> Option<Decimal> {
    let (least, most) = range(sides, lookup)?;
    let term = sides.left.first()?;
    let figure = (lookup.figure)(term.figure?);
    let printed = sum(&sides.left, lookup);
    let decimals = decimals(sides, lookup);
    // It must be printed so: 0.95 for 94.90 is a slip of another kind.
    let prints = |value: Decimal| Amount::parse(&figure.reprint(value * Decimal::from(term.sign)));
    [1u32, 2].into_iter().find_map(|places| {
        let power = Decimal::from(10u64.pow(places));
        let finer = (printed / power, decimals + places);
        let coarser = decimals.checked_sub(places).map(|left| (printed * power, left));
        std::iter::once(finer).chain(coarser).find_map(|(value, left)| {
            let fits = (rounded(least, left)..=rounded(most, left)).contains(&value);
            (fits && prints(value).is_some_and(|amount| amount.decimals == left)).then_some(value)
        })
    })
}

/// Is this value the only one for a figure?
pub fn determines(sides: &Sides, id: FigureId, value: Decimal, lookup: &Lookup) -> bool {
    if sides.left.iter().any(|term| term.figure == Some(id)) {
        return true;
    }
    let figure = (lookup.figure)(id);
    values(sides, id, lookup).and_then(|(least, most)| slip(figure, least, most)).is_some_and(|(own, _)| own == value)
}

/// How likely a slip the rate alone may make of a figure at the most (see `verdict::slip`): none where it sets no bound.
/// An amount is told by a rounded percentage within bounds only, so that one of many slips leads there by chance. But
/// 100 % says that the two amounts are the same: it is no number that comes of a slip, and as good as a copy.
pub fn slip_at_most(sides: &Sides, id: FigureId, value: Decimal, lookup: &Lookup) -> Option<i64> {
    let whole = sum(&sides.left, lookup).abs() == Decimal::ONE_HUNDRED;
    if sides.left.iter().any(|term| term.figure == Some(id)) {
        return whole.then_some(1);
    }
    if whole && same(sides, id, value, lookup) {
        return None;
    }
    let figure = (lookup.figure)(id);
    match values(sides, id, lookup).and_then(|(least, most)| slip(figure, least, most)) {
        Some((own, true)) if own == value => Some(3),
        Some((own, false)) if own == value => Some(1),
        _ => Some(-1),
    }
}

/// Are part and base the same with this value in place of a figure's?
fn same(sides: &Sides, id: FigureId, value: Decimal, lookup: &Lookup) -> bool {
    let with = |terms: &[Term]| -> Decimal {
        let own = |term: &Term| if term.figure == Some(id) { value } else { lookup.value(term) };
        terms.iter().map(|term| own(term) * Decimal::from(term.sign)).sum()
    };
    with(&sides.right).abs() == with(&sides.base).abs()
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
    let own = lookup.instead.get(&id).map_or_else(|| (lookup.figure)(id).value(), |instead| instead.value);
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

/// The one value (元) between two bounds that a hand may have meant, and whether the slip is a plain one. None where
/// there are several.
fn slip(figure: &Figure, least: Decimal, most: Decimal) -> Option<(Decimal, bool)> {
    let sign = if figure.value().is_sign_negative() { -Decimal::ONE } else { Decimal::ONE };
    let (one, other) = (least / figure.unit.yuan() * sign, most / figure.unit.yuan() * sign);
    let (value, plain) = misprint::meant(&figure.text, one.min(other), one.max(other)).only()?;
    Some((value * figure.unit.yuan() * sign, plain))
}

/// The decimals of the percentage: as printed, or as it would be printed for a value that is tried in its place.
fn decimals(sides: &Sides, lookup: &Lookup) -> u32 {
    let Some(id) = sides.left.first().and_then(|term| term.figure) else { return 2 };
    let figure = (lookup.figure)(id);
    lookup.instead.get(&id).map_or(figure.amount.decimals, |instead| instead.decimals)
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Unit;
    use crate::reading::number::Amount;
    use crate::rules::formula::Op;
    use crate::text::Span;

    fn figure(text: &str, unit: Unit) -> Figure {
        Figure {
            span: Span::new(0, 0),
            text: text.into(),
            amount: Amount::parse(text).expect("a number"),
            unit,
            sign: 1,
            what: "".into(),
            column: "".into(),
            by_hand: true,
        }
    }

    /// The gap of a share, and what its percentage should be.
    fn share(percent: &str, part: &str, base: &str) -> (Gap, String) {
        let money = Unit::TenThousand;
        let figures = [figure(percent, Unit::Percent), figure(part, money), figure(base, money)];
        let id = |index| FigureId { section: 0, index };
        let term = |index| Term { figure: Some(id(index)), constant: Decimal::ZERO, sign: 1, label: String::new() };
        let sides =
            Sides { left: vec![term(0)], right: vec![term(1)], op: Op::Equal, product: false, base: vec![term(2)] };
        let find = |id: FigureId| &figures[id.index as usize];
        let lookup = Lookup { figure: &find, instead: Default::default() };
        let wanted = wanted(&sides, id(0), &lookup).map_or(String::new(), |value| figures[0].reprint(value));
        (gap(&sides, &lookup), wanted)
    }

    #[test]
    fn one_unit_of_the_last_place_is_no_contradiction() {
        assert_eq!(share("38.28", "382.88", "1000.00").0, Gap::Soft);
        assert_eq!(share("38.29", "382.88", "1000.00").0, Gap::None);
        assert_eq!(share("38.32", "382.88", "1000.00"), (Gap::Beyond, "38.29".to_owned()));
        assert_eq!(share("0.6", "6.60", "1000.00").0, Gap::Soft);
    }

    #[test]
    fn rounded_amounts_make_room() {
        assert_eq!(share("27.10", "0.15", "0.54").0, Gap::None);
        assert_eq!(share("20.10", "0.15", "0.54").0, Gap::Beyond);
        assert_eq!(share("50.00", "0.00", "0.00").0, Gap::None);
    }

    #[test]
    fn a_moved_point_keeps_the_digits() {
        assert_eq!(share("991.5", "1498.33", "1511.20").1, "99.15");
        assert_eq!(share("6.722", "8.47", "12.60").1, "67.22");
    }
}
