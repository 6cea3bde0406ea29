//! What is kept of a judgement makes no difference to the next one.

use super::*;

/// What is typed into a cell: which, and how many cents it is off.
fn typed() -> impl Strategy<Value = Vec<(usize, i64)>> {
    proptest::collection::vec((0usize..24, prop_oneof![Just(0), -900i64..900, Just(10_000)]), 1..16)
}

proptest! {
    #[test]
    fn a_judgement_beside_what_is_kept_is_that_of_a_fresh_one(typed in typed(), copied in proptest::collection::vec(0usize..20, 0..5)) {
        let right = sample(&copied);
        let mut before: Option<(World, Judged)> = None;
        let mut world = right.clone();
        for (at, off) in typed {
            let table = right.table.len();
            let id = if at < table { cell(at) } else { copy((at - table) % copied.len().max(1)) };
            if id.section == 1 && copied.is_empty() {
                continue;
            }
            let value = right.of(id).amount.value + Decimal::new(off, 2);
            world.set(id, &value.to_string());
            let judged = world.judge_after(before.as_ref().map(|(world, judged)| (world, judged)));
            let fresh = world.judge();
            prop_assert_eq!(&judged.judgements, &fresh.judgements);
            prop_assert_eq!(&judged.aside, &fresh.aside);
            before = Some((world.clone(), judged));
        }
    }
}

#[test]
fn what_an_edit_does_not_touch_is_not_looked_for_again() {
    // Between the two copies stand so many others that what is beside the one is not beside the other.
    let copied: Vec<usize> = std::iter::once(1).chain((0..30).map(|at| 8 + at % 4)).chain([18]).collect();
    let mut world = sample(&copied);
    world.set(copy(0), "120.05");
    world.set(copy(31), "161.45");
    let first = world.judge();
    assert_eq!(first.judgements.len(), 2);
    let before = world.clone();
    world.set(copy(31), "161.46");
    let second = world.judge_after(Some((&before, &first)));
    let kept = |judgement: &Arc<Judgement>| first.judgements.iter().any(|other| Arc::ptr_eq(judgement, other));
    assert_eq!(second.judgements.iter().map(kept).collect::<Vec<_>>(), [true, false]);
}
