//! Judgements over small made-up tables: every kind of slip is told as what it is, and a repair that is said to be the
//! only one really makes everything hold.

mod intervals;
mod joint;
mod memory;
mod roundings;
mod unique;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::Figures;
use super::judge::{Before, Judged, Judgement, gaps, judge};
use super::memory::Changes;
use crate::catalog::Unit;
use crate::finding::Severity;
use crate::reading::number::Amount;
use crate::reading::{Figure, FigureId};
use crate::rules::Relation;
use crate::rules::formula::Op;
use crate::rules::lookup::{Instead, Lookup};
use crate::rules::numbers::Numbers;
use crate::rules::page::Tolerance;
use crate::rules::relation::{Gap, Sides, Term};
use crate::text::Span;

/// Rows and columns of a table, its row of sums last, its column of sums first; then the copies of some of its figures.
#[derive(Clone, Debug)]
struct World {
    table: Vec<Figure>,
    prose: Vec<Figure>,
    relations: Vec<Arc<Relation>>,
    columns: usize,
}

fn figure(cents: i64, what: &str, column: &str, by_hand: bool) -> Figure {
    let value = Decimal::new(cents, 2);
    Figure {
        span: Span::default(),
        text: value.to_string().into(),
        amount: Amount { value, decimals: 2 },
        unit: Unit::TenThousand,
        sign: 1,
        what: what.into(),
        column: column.into(),
        by_hand,
    }
}

fn term(id: FigureId) -> Term {
    Term { figure: Some(id), constant: Decimal::ZERO, sign: 1, label: format!("{}-{}", id.section, id.index) }
}

fn relation(total: FigureId, parts: &[FigureId]) -> Relation {
    let tolerance = if parts.len() == 1 { Tolerance::Copy } else { Tolerance::Sum };
    let sides = Sides {
        left: vec![term(total)],
        right: parts.iter().map(|id| term(*id)).collect(),
        op: Op::Equal,
        product: false,
        base: Vec::new(),
    };
    let (guards, place) = (Vec::new(), String::new());
    let (severity, partial, system, across) = (Severity::Error, false, true, None);
    Relation { page: 0, sides, guards, tolerance, place, severity, partial, system, across }
}

fn cell(index: usize) -> FigureId {
    FigureId { section: 0, index: u32::try_from(index).expect("a small table") }
}

fn copy(index: usize) -> FigureId {
    FigureId { section: 1, index: u32::try_from(index).expect("a small table") }
}

impl World {
    /// A table that adds up, of these cells (in cents), with copies of some figures in the prose.
    fn new(cells: &[Vec<i64>], copied: &[usize]) -> Self {
        let columns = cells[0].len() + 1;
        let mut rows: Vec<Vec<i64>> =
            cells.iter().map(|row| std::iter::once(row.iter().sum()).chain(row.iter().copied()).collect()).collect();
        rows.push((0..columns).map(|column| rows.iter().map(|row| row[column]).sum()).collect());
        let mut table = Vec::new();
        for (number, row) in rows.iter().enumerate() {
            for (column, cents) in row.iter().enumerate() {
                table.push(figure(*cents, &format!("行{number}"), &format!("栏{column}"), false));
            }
        }
        let at = |row: usize, column: usize| cell(row * columns + column);
        let mut relations = Vec::new();
        for row in 0..rows.len() {
            relations.push(relation(at(row, 0), &(1..columns).map(|column| at(row, column)).collect::<Vec<_>>()));
        }
        for column in 0..columns {
            let parts: Vec<FigureId> = (0..rows.len() - 1).map(|row| at(row, column)).collect();
            relations.push(relation(at(rows.len() - 1, column), &parts));
        }
        let mut prose = Vec::new();
        for &index in copied {
            let own = &table[index % table.len()];
            prose.push(Figure { by_hand: true, column: "".into(), ..own.clone() });
            relations.push(relation(cell(index % table.len()), &[copy(prose.len() - 1)]));
        }
        Self { table, prose, relations: relations.into_iter().map(Arc::new).collect(), columns }
    }

    fn set(&mut self, id: FigureId, text: &str) {
        let figure =
            if id.section == 0 { &mut self.table[id.index as usize] } else { &mut self.prose[id.index as usize] };
        figure.text = text.into();
        figure.amount = Amount::parse(text).expect("a number");
    }

    fn text(&self, id: FigureId) -> String {
        self.of(id).text.to_string()
    }

    fn of(&self, id: FigureId) -> &Figure {
        if id.section == 0 { &self.table[id.index as usize] } else { &self.prose[id.index as usize] }
    }

    fn judge(&self) -> Judged {
        self.judge_after(None)
    }

    /// Judges where it was judged before, with other figures and the same ties.
    fn judge_after(&self, before: Option<(&World, &Judged)>) -> Judged {
        let of = |id| self.of(id);
        let section = |section: u32| self.section(section);
        let gaps = gaps(&self.relations, &Lookup::printed(&of), |_| None);
        let figures = Figures { of: &of, section: &section, sections: 2, own: 2 };
        let Some((world, judged)) = before else {
            return judge(&self.relations, &gaps, &Numbers::default(), figures, Before::Other);
        };
        let of = |id| world.of(id);
        let section = |section: u32| world.section(section);
        let old = Figures { of: &of, section: &section, sections: 2, own: 2 };
        let changes = Changes::between((&world.relations, old), (&self.relations, figures), &judged.memory);
        let changes = changes.expect("the same ties");
        judge(&self.relations, &gaps, &Numbers::default(), figures, Before::Kept(&judged.memory, &changes))
    }

    fn section(&self, section: u32) -> &[Figure] {
        if section == 0 { self.table.as_slice() } else { self.prose.as_slice() }
    }
}

const CELLS: [[i64; 3]; 4] = [[12050, 3310, 840], [7745, 2260, 1175], [30680, 9925, 415], [1590, 645, 5530]];

fn sample(copied: &[usize]) -> World {
    World::new(&CELLS.map(|row| row.to_vec()), copied)
}

#[test]
fn a_wrong_digit_is_named_with_its_cause_and_the_others_as_evidence() {
    let mut world = sample(&[1]);
    world.set(cell(1), "102.50");
    let judged = world.judge();
    let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
    assert_eq!((only.figure, only.certain, only.explains.len()), (cell(1), true, 3));
    assert!(only.message.zh.ends_with("102.50 应为 120.50（两位数字颠倒）（3 处旁证）"), "{}", only.message.zh);
    assert_eq!(only.fixes[0].edits, [(cell(1), "120.50".to_owned())]);
}

#[test]
fn a_repair_is_printed_with_the_decimals_of_its_place() {
    let mut world = sample(&[]);
    world.set(cell(1), "1205.0");
    let judged = world.judge();
    assert_eq!(judged.judgements[0].fixes[0].edits, [(cell(1), "120.50".to_owned())]);
    assert!(judged.judgements[0].message.zh.contains("小数点错位"));
}

#[test]
fn where_the_evidence_ties_both_ends_are_offered_and_none_is_preferred() {
    let mut world = World::new(&[vec![12050]], &[]);
    // One row of one column and its sums: each relation is a copy.
    world.relations.truncate(1);
    world.set(cell(1), "999.90");
    let judged = world.judge();
    let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
    assert!(!only.certain);
    let titles: BTreeSet<&str> = only.fixes.iter().map(|fix| fix.title.zh.as_str()).collect();
    assert_eq!((only.fixes.len(), titles.len()), (2, 2), "{titles:?}");
}

#[test]
fn two_cells_in_each_others_place_are_one_finding() {
    let mut world = sample(&[5, 6]);
    let (one, two) = (world.text(cell(5)), world.text(cell(6)));
    world.set(cell(5), &two);
    world.set(cell(6), &one);
    let judged = world.judge();
    let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
    assert!(only.message.zh.contains("两格的数互换"), "{}", only.message.zh);
    assert_eq!(only.fixes[0].edits, [(cell(5), one), (cell(6), two)]);
    assert_eq!(only.fixes[0].title.zh, "互换 22.60 与 77.45");
}

#[test]
fn two_slips_in_one_row_are_two_findings_with_their_repairs() {
    let mut world = sample(&[]);
    world.set(cell(5), "74.75");
    world.set(cell(6), "26.20");
    let judged = world.judge();
    let fixes: Vec<_> = judged.judgements.iter().map(|one| one.fixes[0].edits.clone()).collect();
    assert_eq!(fixes.len(), 2, "{:?}", judged.judgements);
    assert!(
        fixes.contains(&vec![(cell(5), "77.45".to_owned())]) && fixes.contains(&vec![(cell(6), "22.60".to_owned())])
    );
}

#[test]
fn a_column_that_slid_by_one_row_is_one_finding_and_its_table_is_not_set_aside() {
    let cells: Vec<Vec<i64>> = (0..12).map(|row| vec![1001 + 317 * row, 2003 + 119 * row, 505 + 71 * row]).collect();
    let mut world = World::new(&cells, &[]);
    let column: Vec<usize> = (0..11).map(|row| row * world.columns + 2).collect();
    let texts: Vec<String> = column.iter().map(|at| world.text(cell(*at))).collect();
    for (number, at) in column.iter().enumerate() {
        world.set(cell(*at), &texts[(number + 10) % 11]);
    }
    let judged = world.judge();
    let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
    assert!(only.message.zh.contains("整列错位一行"), "{}", only.message.zh);
    let edits: Vec<_> = column.iter().zip(&texts).map(|(at, text)| (cell(*at), text.clone())).collect();
    assert_eq!((&only.fixes[0].edits, judged.aside.len()), (&edits, 0));
}

#[test]
fn a_table_that_was_misread_is_not_spoken_of_and_counts_as_unchecked() {
    let cells: Vec<Vec<i64>> = (0..12).map(|row| vec![1001 + 317 * row, 2003 + 119 * row, 505 + 71 * row]).collect();
    let mut world = World::new(&cells, &[]);
    for row in 0..12 {
        world.set(cell(row * 4 + 1), &format!("{}.37", 90 + row * row));
    }
    let judged = world.judge();
    assert!(judged.judgements.is_empty(), "{:?}", judged.judgements);
    assert!(!judged.aside.is_empty());
}

#[test]
fn rows_beside_the_wrong_labels_are_not_spoken_of_although_each_holds_in_itself() {
    let cells: Vec<Vec<i64>> = (0..12).map(|row| vec![1001 + 317 * row, 2003 + 119 * row, 505 + 71 * row]).collect();
    let mut world = World::new(&cells, &[0, 5, 10, 15, 20, 25, 30, 35]);
    let texts: Vec<String> = (0..world.table.len()).map(|at| world.text(cell(at))).collect();
    for (at, text) in texts.iter().enumerate() {
        world.set(cell((at + 4) % texts.len()), text);
    }
    let judged = world.judge();
    assert!(judged.judgements.is_empty(), "{:?}", judged.judgements);
    assert_eq!(judged.aside.len(), world.relations.len());
}

#[test]
fn one_error_that_breaks_most_of_a_small_table_is_still_an_error() {
    let mut world = sample(&[1; 12]);
    world.set(cell(1), "102.50");
    let judged = world.judge();
    assert_eq!(judged.judgements.len(), 1);
    assert_eq!((judged.judgements[0].figure, judged.aside.len()), (cell(1), 0));
}

#[test]
fn what_holds_only_with_a_guess_is_not_sure() {
    // The sums of two rows and of both are ten times what they are: 0.60 = 0.30 + 0.30 holds, and would not hold if the
    // first of them were left as it is, of which other repairs are as likely.
    let mut world = World::new(&[vec![1, 1, 1], vec![1, 1, 1]], &[0, 0]);
    [(0, "0.30"), (4, "0.30"), (8, "0.60")].into_iter().for_each(|(at, text)| world.set(cell(at), text));
    let judged = world.judge();
    let told: Vec<(FigureId, bool)> = judged.judgements.iter().map(|one| (one.figure, one.certain)).collect();
    assert_eq!(told, [(cell(0), false), (cell(4), false), (cell(8), false)]);
}

/// A plan that never falls, with the budget it ends at.
fn plan(texts: [&str; 4]) -> World {
    let mut world = World::new(&[vec![1]], &[]);
    world.table = texts.iter().map(|_| figure(0, "项目", "资金支出计划", true)).collect();
    world.prose = vec![figure(800, "项目", "预算数", true)];
    texts.iter().enumerate().for_each(|(at, text)| world.set(cell(at), text));
    world.relations = (0..3)
        .map(|at| {
            let mut bound = relation(cell(at), &[cell(at + 1)]);
            bound.sides.op = Op::AtMost;
            bound
        })
        .chain([relation(cell(3), &[copy(0)])])
        .map(Arc::new)
        .collect();
    world
}

#[test]
fn a_broken_chain_of_bounds_is_offered_what_its_slips_make_likely_and_none_is_preferred() {
    for (texts, right) in [
        (["4.00", "2.00", "6.00", "8.00"], "互换 4.00 与 2.00"),
        (["2.00", "40.0", "6.00", "8.00"], "改为 4.00"),
        (["2.00", "4.00", "0.600", "8.00"], "改为 6.00"),
        (["2.10", "0.00", "6.00", "8.00"], "将0-1 0.00 改为 4.05"),
    ] {
        let judged = plan(texts).judge();
        let [only] = judged.judgements.as_slice() else { panic!("{:?}", judged.judgements) };
        let titles: Vec<&str> = only.fixes.iter().map(|fix| fix.title.zh.as_str()).collect();
        assert!(!only.certain && titles.contains(&right), "{texts:?}: {titles:?}");
    }
}

#[test]
fn last_years_figure_left_standing_is_told_as_that() {
    let mut world = sample(&[1]);
    let last_year = Figure { column: "上年".into(), ..figure(9875, "行0", "", true) };
    world.prose.push(last_year);
    world.set(cell(1), "98.75");
    let judged = world.judge();
    assert!(judged.judgements[0].message.zh.contains("印的是上年数"), "{}", judged.judgements[0].message.zh);
}

#[test]
fn a_part_that_is_counted_twice_is_named() {
    let mut world = sample(&[]);
    world.relations.truncate(1);
    world.set(cell(0), "128.90");
    let judged = world.judge();
    let told = &judged.judgements[0].message.zh;
    assert!(told.contains("多出的 33.10 恰为0-2，可能重复列入"), "{told}");
}

proptest! {
    #[test]
    fn a_repair_that_is_said_to_be_the_only_one_makes_its_relations_hold_and_breaks_none(
        cells in proptest::collection::vec(proptest::collection::vec(1i64..100_000, 3), 2..5),
        copied in proptest::collection::vec(0usize..20, 0..6),
        slips in proptest::collection::vec((any::<proptest::sample::Index>(), 1i64..100_000, any::<bool>()), 1..4),
    ) {
        let mut world = World::new(&cells, &copied);
        let all: Vec<FigureId> =
            (0..world.table.len()).map(cell).chain((0..world.prose.len()).map(copy)).collect();
        for (at, cents, shifted) in slips {
            let id = all[at.index(all.len())];
            let value = if shifted { world.of(id).amount.value * Decimal::TEN } else { Decimal::new(cents, 2) };
            world.set(id, &format!("{value:.2}"));
        }
        let of = |id| world.of(id);
        let mut lookup = Lookup::printed(&of);
        let before = gaps(&world.relations, &lookup, |_| None);
        let judged = world.judge();
        let mut explained: BTreeSet<usize> = BTreeSet::new();
        for judgement in judged.judgements.iter().filter(|one| one.certain) {
            prop_assert!(judgement.explains.iter().all(|&number| before[number] != Some(Gap::None)));
            explained.extend(&judgement.explains);
            for (id, text) in judgement.fixes.first().map_or(&[][..], |fix| &fix.edits) {
                let amount = Amount::parse(text).expect("a number");
                let value = amount.value * world.of(*id).unit.yuan();
                lookup.instead.insert(*id, Instead { value, decimals: amount.decimals, sure: true });
            }
        }
        let after = gaps(&world.relations, &lookup, |_| None);
        for (number, (old, new)) in before.iter().zip(&after).enumerate() {
            if explained.contains(&number) {
                prop_assert!(*new <= Some(Gap::Soft), "{number} does not hold: {:?}", judged.judgements);
            } else if *old < Some(Gap::Beyond) {
                prop_assert!(*new < Some(Gap::Beyond), "{number} is broken: {:?}", judged.judgements);
            }
        }
    }
}
