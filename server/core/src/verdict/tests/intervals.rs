//! The algebra of printed figures: how a gap is graded.

use super::*;
use rust_decimal::RoundingStrategy;

/// A number printed with so many decimals, and what is compared to it.
fn graded(left: &[(i64, u32)], right: &[(i64, u32)], tolerance: Tolerance) -> Gap {
    let all: Vec<Figure> = left
        .iter()
        .chain(right)
        .map(|(cents, decimals)| {
            let mut figure = figure(*cents, "", "", false);
            figure.amount.decimals = *decimals;
            figure
        })
        .collect();
    let find = |id: FigureId| &all[id.index as usize];
    let terms = |from: usize, count: usize| (from..from + count).map(|index| term(cell(index))).collect();
    let sides = Sides {
        left: terms(0, left.len()),
        right: terms(left.len(), right.len()),
        op: Op::Equal,
        product: false,
        base: Vec::new(),
    };
    sides.gap(&Lookup::printed(&find), tolerance)
}

fn rounded(value: Decimal, decimals: u32) -> Decimal {
    value.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero)
}

fn tolerance() -> impl Strategy<Value = Tolerance> {
    prop_oneof![Just(Tolerance::Copy), Just(Tolerance::Sum)]
}

fn parts() -> impl Strategy<Value = Vec<(i64, u32)>> {
    proptest::collection::vec((0i64..100_000, 0u32..4), 1..12)
}

proptest! {
    #[test]
    fn a_gap_is_the_same_from_either_side(left in parts(), right in parts(), tolerance in tolerance()) {
        prop_assert_eq!(graded(&left, &right, tolerance), graded(&right, &left, tolerance));
    }

    #[test]
    fn the_larger_the_difference_the_graver_the_gap(
        parts in parts(), decimals in 0u32..4, off in 0i64..40, more in 0i64..40, tolerance in tolerance(),
    ) {
        let sum: i64 = parts.iter().map(|(cents, _)| cents).sum();
        let grade = |off: i64| graded(&[(sum + off, decimals)], &parts, tolerance);
        prop_assert!(grade(off) <= grade(off + more));
        prop_assert!(grade(-off) <= grade(-off - more));
        prop_assert_eq!(grade(off), grade(-off));
        prop_assert_eq!(grade(0), Gap::None);
    }

    #[test]
    fn what_is_printed_coarser_is_forgiven_more(
        parts in parts(), decimals in 1u32..4, off in -40i64..40, which in any::<proptest::sample::Index>(),
        tolerance in tolerance(),
    ) {
        let sum: i64 = parts.iter().map(|(cents, _)| cents).sum();
        let fine = graded(&[(sum + off, decimals)], &parts, tolerance);
        let mut coarser = parts.clone();
        let at = which.index(parts.len());
        // Two copies of one precision are compared digit by digit: made as coarse as the other, a copy has no room.
        prop_assume!(parts.len() > 1 || coarser[at].1 != decimals + 1);
        coarser[at].1 = coarser[at].1.saturating_sub(1);
        prop_assert!(graded(&[(sum + off, decimals)], &coarser, tolerance) <= fine);
    }

    #[test]
    fn what_was_rounded_from_a_sum_that_holds_is_never_beyond(
        parts in proptest::collection::vec((0i64..1_000_000_000, 0u32..4), 2..40), decimals in 0u32..4,
    ) {
        let exact = |value: i64| Decimal::new(value, 6);
        let printed = |value: Decimal, decimals: u32| {
            let mut figure = figure(0, "", "", false);
            figure.amount = Amount { value: rounded(value, decimals), decimals };
            figure
        };
        let sum: i64 = parts.iter().map(|(value, _)| value).sum();
        let all: Vec<Figure> = std::iter::once(printed(exact(sum), decimals))
            .chain(parts.iter().map(|(value, decimals)| printed(exact(*value), *decimals)))
            .collect();
        let ids: Vec<FigureId> = (1..all.len()).map(cell).collect();
        let mut held = relation(cell(0), &ids);
        held.tolerance = Tolerance::Sum;
        let find = |id: FigureId| &all[id.index as usize];
        let lookup = Lookup::printed(&find);
        prop_assert!(held.gap(&lookup) < Gap::Beyond);
        // What an equation leaves room for is graded so.
        let slack = held.sides.slack(&lookup, Tolerance::Sum);
        let wanted = held.sides.wanted(cell(0), &lookup).expect("a total");
        let mut tried = Lookup::printed(&find);
        for value in [wanted - slack, wanted, wanted + slack] {
            tried.instead.insert(cell(0), Instead { value, decimals, sure: true });
            prop_assert!(held.gap(&tried) <= Gap::Soft);
        }
    }

    #[test]
    fn what_was_rounded_from_a_share_or_a_product_is_never_beyond(
        part in 0i64..100_000_000, rest in 1i64..100_000_000, decimals in 0u32..4, count in 1i64..5_000,
    ) {
        let printed = |value: Decimal, decimals: u32, unit: Unit| {
            let mut figure = figure(0, "", "", true);
            (figure.amount, figure.unit) = (Amount { value: rounded(value, decimals), decimals }, unit);
            figure
        };
        let (amount, base) = (Decimal::new(part, 4), Decimal::new(part + rest, 4));
        let share = amount / base * Decimal::ONE_HUNDRED;
        let money = Unit::TenThousand;
        let all = [
            printed(share, decimals, Unit::Percent), printed(amount, 2, money), printed(base, 2, money),
            printed(Decimal::from(count), 0, Unit::Count), printed(amount * Decimal::from(count), 2, money),
        ];
        let find = |id: FigureId| &all[id.index as usize];
        let lookup = Lookup::printed(&find);
        let one = |index: usize| vec![term(cell(index))];
        let rate = Sides { left: one(0), right: one(1), op: Op::Equal, product: false, base: one(2) };
        prop_assert!(rate.gap(&lookup, Tolerance::Percentage) < Gap::Beyond);
        let product = Sides {
            left: vec![term(cell(3)), term(cell(1))], right: one(4), op: Op::Equal, product: true, base: Vec::new(),
        };
        prop_assert!(product.gap(&lookup, Tolerance::Product) < Gap::Beyond);
    }
}
