//! One fact printed in several cells, and figures printed oddly.

use super::*;

#[test]
fn a_fact_wrong_in_all_cells_of_its_row_is_one_finding_that_changes_them_all() {
    let mut world = World::new(&[vec![12050], vec![8650], vec![30680]], &[2]);
    world.set(cell(2), "85.60");
    world.set(cell(3), "85.60");
    let judged = world.judge();
    let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
    assert!(only.certain && only.figure == cell(2), "{only:?}");
    assert!(only.message.zh.contains("同行 2 格 85.60 均应为 86.50（两位数字颠倒）"), "{}", only.message.zh);
    assert_eq!(only.fixes[0].edits, [(cell(2), "86.50".to_owned()), (cell(3), "86.50".to_owned())]);
    assert_eq!(only.fixes[0].title.zh, "同行 2 格均改为 86.50");
}

#[test]
fn where_nothing_speaks_for_the_row_it_may_be_the_row_of_sums_as_well() {
    let mut world = World::new(&[vec![12050], vec![8650], vec![30680]], &[]);
    world.set(cell(2), "71.45");
    world.set(cell(3), "71.45");
    assert!(world.judge().judgements.iter().all(|one| !one.certain));
}

#[test]
fn last_years_figure_in_all_cells_of_a_row_is_told_as_that() {
    let mut world = World::new(&[vec![12050], vec![8650], vec![30680]], &[2]);
    world.prose.push(Figure { column: "上年".into(), ..figure(7145, "行1", "", true) });
    world.set(cell(2), "71.45");
    world.set(cell(3), "71.45");
    let judged = world.judge();
    assert!(
        judged.judgements[0].message.zh.contains("均应为 86.50（印的是上年数）"),
        "{}",
        judged.judgements[0].message.zh
    );
}

#[test]
fn a_digit_left_out_behind_the_point_is_named_where_it_is_missing() {
    let mut world = sample(&[5]);
    world.set(cell(5), "77.4");
    let judged = world.judge();
    let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
    assert_eq!((only.figure, only.fixes[0].edits.clone()), (cell(5), vec![(cell(5), "77.45".to_owned())]));
}

#[test]
fn a_total_of_nothing_does_not_become_negative() {
    // 购置 0.00, 运行 6.00 for 0.00: their sum 0.00 is not 6.00 + (-6.00).
    let mut world = World::new(&[vec![0, 0], vec![285, 0]], &[]);
    world.relations.truncate(1);
    world.set(cell(1), "6.00");
    let judged = world.judge();
    let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
    assert_eq!((only.figure, only.fixes[0].edits.clone()), (cell(1), vec![(cell(1), "0.00".to_owned())]));
}
