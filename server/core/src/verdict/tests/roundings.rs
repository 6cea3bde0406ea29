//! Gaps that rounding leaves: quiet where each cell was rounded by itself, doubtful where nothing else is off.

use super::*;

/// A table of accounts that was kept in 元 with two decimals and printed in 万元, each cell rounded by itself.
fn rounded(cells: &[Vec<i64>]) -> World {
    let mut world = World::new(cells, &[]);
    for figure in &mut world.table {
        let value = (figure.amount.value / Decimal::from(10_000))
            .round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero);
        figure.text = format!("{value:.2}").into();
        figure.amount = Amount { value, decimals: 2 };
    }
    world.relations.iter_mut().for_each(|relation| Arc::make_mut(relation).system = false);
    world
}

proptest! {
    #[test]
    fn accounts_rounded_cell_by_cell_are_no_more_than_a_hint(
        cells in proptest::collection::vec(proptest::collection::vec(1i64..5_000_000_000, 3), 2..16),
    ) {
        let judged = rounded(&cells).judge();
        prop_assert!(judged.judgements.iter().all(|one| one.severity == Severity::Hint), "{:?}", judged.judgements);
    }

    #[test]
    fn a_cent_that_is_wrong_where_nothing_else_is_off_is_a_warning_at_its_figure(row in 0usize..4, column in 1usize..4) {
        let mut world = sample(&[]);
        let id = cell(row * 4 + column);
        let (right, wrong) = (world.text(id), world.of(id).amount.value + Decimal::new(1, 2));
        world.set(id, &format!("{wrong:.2}"));
        let judged = world.judge();
        prop_assert_eq!(judged.judgements.len(), 1);
        let only = &judged.judgements[0];
        prop_assert_eq!((only.severity, only.figure, only.certain), (Severity::Warning, id, true));
        prop_assert_eq!(&only.fixes[0].edits, &vec![(id, right)]);
    }
}

/// Rows of a total and three parts; nothing else ties them.
fn rows(texts: &[[&str; 4]], system: bool) -> World {
    let mut world = World::new(&vec![vec![1, 1, 1]; texts.len()], &[]);
    world.relations.truncate(texts.len());
    world.relations.iter_mut().for_each(|relation| Arc::make_mut(relation).system = system);
    for (row, texts) in texts.iter().enumerate() {
        texts.iter().enumerate().for_each(|(column, text)| world.set(cell(row * 4 + column), text));
    }
    world
}

const EXACT: [&str; 4] = ["10.00", "3.00", "5.00", "2.00"];
const OFF: [&str; 4] = ["10.01", "3.33", "3.33", "3.34"];
const TWO_OFF: [&str; 4] = ["10.02", "3.33", "3.33", "3.34"];

#[test]
fn two_cents_are_a_warning_where_the_other_sums_hold_and_a_hint_where_others_are_off() {
    let severities = |world: World| -> Vec<Severity> {
        world.judge().judgements.into_iter().map(|judgement| judgement.severity).collect()
    };
    let alone = [EXACT, EXACT, TWO_OFF, EXACT, EXACT, EXACT];
    assert_eq!(severities(rows(&alone, true)), [Severity::Warning]);
    let among = [EXACT, OFF, TWO_OFF, EXACT, EXACT, OFF];
    assert_eq!(severities(rows(&among, true)), [Severity::Hint; 3]);
    // Accounts are rounded so anyway.
    assert_eq!(severities(rows(&alone, false)), [Severity::Hint]);
}

#[test]
fn a_slip_is_known_beside_the_cents_that_rounding_leaves() {
    // 19.61 for 19.16: its sum asks for 19.17.
    let wrong = ["440.89", "402.04", "19.68", "19.61"];
    let mut world = rows(&[OFF, OFF, wrong, EXACT], false);
    world.prose = vec![figure(44089, "行2", "", true)];
    world.relations.push(Arc::new(relation(cell(8), &[copy(0)])));
    let judged = world.judge();
    let loud: Vec<_> = judged.judgements.iter().filter(|one| one.severity == Severity::Error).collect();
    let [only] = loud.as_slice() else { panic!("{:?}", judged.judgements) };
    assert_eq!((only.figure, only.fixes[0].edits.clone()), (cell(11), vec![(cell(11), "19.16".to_owned())]));
}
