//! A repair that is said to be the only one is: the same is looked for again, by trying everything.

use super::*;
use crate::verdict::slip::Slip;

/// The contradictions that a change of one figure ends; none where it leaves one of its own, or makes one.
fn ended(world: &World, before: &[Option<Gap>], id: FigureId, value: Decimal) -> Option<BTreeSet<usize>> {
    let of = |id| world.of(id);
    let instead = BTreeMap::from([(id, Instead { value, decimals: 2, sure: true })]);
    let lookup = Lookup { figure: &of, instead };
    let after = gaps(&world.relations, &lookup, |_| None);
    let own = |number: usize| world.relations[number].sides.figures().any(|other| other == id);
    let bad = (0..after.len()).any(|number| own(number) && after[number] > Some(Gap::Soft));
    let ended =
        (0..after.len()).filter(|&number| before[number] == Some(Gap::Beyond) && after[number] < before[number]);
    (!bad).then(|| ended.collect())
}

fn likelihood(world: &World, id: FigureId, value: Decimal) -> i64 {
    let of = |id| world.of(id);
    let section = |section: u32| if section == 0 { world.table.as_slice() } else { world.prose.as_slice() };
    Slip::of(Figures { of: &of, section: &section, sections: 2, own: 2 }, id, value, 2).likelihood()
}

proptest! {
    #[test]
    fn no_other_change_of_one_figure_does_as_well_as_the_only_one(
        cells in proptest::collection::vec(proptest::collection::vec(1i64..100_000, 2), 2..5),
        copied in proptest::collection::vec(0usize..15, 0..4),
        at in any::<proptest::sample::Index>(),
        cents in 1i64..100_000,
        lost in proptest::collection::vec(any::<proptest::sample::Index>(), 0..6),
    ) {
        let mut world = World::new(&cells, &copied);
        // With fewer relations the evidence ties more often.
        for index in lost {
            let number = index.index(world.relations.len());
            world.relations.remove(number);
        }
        let all: Vec<FigureId> = (0..world.table.len()).map(cell).chain((0..world.prose.len()).map(copy)).collect();
        world.set(all[at.index(all.len())], &Decimal::new(cents, 2).to_string());
        let of = |id| world.of(id);
        let lookup = Lookup::printed(&of);
        let before = gaps(&world.relations, &lookup, |_| None);
        let judged = world.judge();
        if let [judgement] = judged.judgements.as_slice()
            && judgement.certain
            && judgement.severity == Severity::Error
            && let [(id, text)] = judgement.fixes[0].edits.as_slice()
        {
            let value = Amount::parse(text).expect("a number").value * world.of(*id).unit.yuan();
            let Some(own) = ended(&world, &before, *id, value).filter(|own| !own.is_empty()) else {
                return Err(TestCaseError::fail(format!("{judgement:?} does not make its relations hold")));
            };
            let slip = likelihood(&world, *id, value);
            for other in all.iter().filter(|other| *other != id) {
                let asked = world.relations.iter().zip(&before).filter(|(_, gap)| **gap == Some(Gap::Beyond));
                for value in asked.filter_map(|(relation, _)| relation.sides.wanted(*other, &lookup)) {
                    let rival = ended(&world, &before, *other, value);
                    let as_good = rival.is_some_and(|rival| rival.is_superset(&own)) && !value.is_sign_negative();
                    let likelier = likelihood(&world, *other, value) + 2 > slip;
                    let hand = world.of(*other).by_hand || !world.of(*id).by_hand;
                    prop_assert!(!(as_good && likelier && hand), "{judgement:?} or {other:?} {value}");
                }
            }
        }
    }
}
