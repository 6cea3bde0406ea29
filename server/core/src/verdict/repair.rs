//! The smallest repair of a knot of contradictions: which figure, changed to which value, makes its relations hold and
//! breaks none.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::catalog::Unit;
use crate::finding::Severity;
use crate::reading::{Figure, FigureId};
use crate::rules::Relation;
use crate::rules::relation::{Gap, Lookup};

/// A change of one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Repair {
    /// Which figure.
    pub figure: FigureId,
    /// Its new value in 元.
    pub value: Decimal,
    /// The contradictions it ends, by their numbers.
    pub ends: Vec<usize>,
    /// How many relations ask for just this value less those it breaks or leaves contradicted.
    pub weight: i64,
    /// How much the change looks like a slip of the hand.
    pub slip: i64,
    /// False where only a bound asks for it: any smaller value would do as well.
    pub determined: bool,
    /// Typed by hand.
    pub by_hand: bool,
}

/// What a search for repairs looks at.
pub struct Knot<'a> {
    /// All relations.
    pub relations: &'a [Relation],
    /// Their gaps as things stand; none for those whose guard fails.
    pub gaps: &'a [Option<Gap>],
    /// The relations of each figure.
    pub of: &'a BTreeMap<FigureId, Vec<usize>>,
    /// The contradictions still to be explained.
    pub open: &'a BTreeSet<usize>,
}

impl Knot<'_> {
    /// All repairs of single figures that end at least one open contradiction, the best first.
    pub fn repairs(&self, lookup: &mut Lookup, seed: usize) -> Vec<Repair> {
        let mut out = Vec::new();
        let figures: BTreeSet<FigureId> = self.relations[seed].sides.figures().collect();
        for figure in figures {
            let own = self.of.get(&figure).map_or(&[][..], Vec::as_slice);
            let mut values: Vec<Decimal> = Vec::new();
            for &relation in own.iter().filter(|relation| self.open.contains(relation)) {
                if let Some(value) = self.relations[relation].sides.wanted(figure, lookup)
                    && !values.contains(&value)
                {
                    values.push(value);
                }
            }
            out.extend(values.into_iter().filter_map(|value| self.weigh(figure, value, own, lookup)));
        }
        out.sort_by_key(|repair| (-repair.weight, -repair.slip, !repair.by_hand, repair.figure));
        out
    }

    fn weigh(&self, id: FigureId, value: Decimal, own: &[usize], lookup: &mut Lookup) -> Option<Repair> {
        let before = lookup.instead.insert(id, value);
        let (mut ends, mut weight, mut determined) = (Vec::new(), 0i64, false);
        for &number in own {
            let relation = &self.relations[number];
            let open = self.open.contains(&number);
            let Some(old) = self.gaps[number] else { continue };
            // What is only a habit is no evidence for or against a repair, but ends with it.
            let habit = relation.severity == Severity::Hint;
            // A guard that no longer holds takes the relation away: neither ended nor broken.
            if !relation.applies(lookup) {
                weight -= 1;
                continue;
            }
            let new = relation.gap(lookup);
            match (open, new) {
                (true, Gap::None | Gap::Soft) => {
                    ends.push(number);
                    weight += if habit { 1 } else { 2 };
                    determined |= relation.sides.determines(id, value, lookup);
                }
                _ if habit => {}
                // Where another file says something else again, that is no evidence against a repair.
                (true, _) if relation.across.is_some() => {}
                (true, _) => weight -= 2,
                (false, Gap::Beyond) if old < Gap::Beyond => weight -= 2,
                (false, Gap::Hard) if old < Gap::Hard => weight -= 1,
                _ => {}
            }
        }
        match before {
            Some(value) => lookup.instead.insert(id, value),
            None => lookup.instead.remove(&id),
        };
        // Where only percentages ask for an amount, it is less likely at fault than they are.
        let bounds: Option<Vec<i64>> =
            ends.iter().map(|&end| self.relations[end].sides.slip_at_most(id, value, lookup)).collect();
        let most = bounds.and_then(|bounds| bounds.into_iter().min()).unwrap_or(i64::MAX);
        let figure = (lookup.figure)(id);
        let negative = figure.unit == Unit::Count && value.is_sign_negative()
            || value.is_sign_negative() != figure.value().is_sign_negative()
                && !value.is_zero()
                && !figure.value().is_zero();
        (!ends.is_empty() && !negative).then(|| Repair {
            figure: id,
            value,
            ends,
            weight,
            slip: slip(figure, value).min(most),
            determined,
            by_hand: figure.by_hand,
        })
    }
}

/// How likely a person types the one for the other: exchanged digits first, then one wrong, dropped or doubled digit, a
/// point moved, a unit mistaken.
pub fn slip(figure: &Figure, value: Decimal) -> i64 {
    let digits = |text: &str| -> Vec<char> {
        text.chars().filter_map(crate::catalog::name::fold_char).filter(char::is_ascii_digit).collect()
    };
    let (old, new) = (digits(&figure.text), digits(&figure.reprint(value)));
    if value.is_zero() {
        return -2;
    }
    if old == new {
        return 4;
    }
    let ratio = figure.value() / value;
    if ratio == Decimal::from(10_000) || ratio == Decimal::new(1, 4) {
        return 4;
    }
    if old.len() == new.len() {
        let off: Vec<usize> = (0..old.len()).filter(|&at| old[at] != new[at]).collect();
        return match off.as_slice() {
            [_] => 4,
            [a, b] if old[*a] == new[*b] && old[*b] == new[*a] => 5,
            [_, _] => 2,
            _ => {
                let (mut a, mut b) = (old.clone(), new.clone());
                a.sort_unstable();
                b.sort_unstable();
                if a == b { 3 } else { 0 }
            }
        };
    }
    let (short, long) = if old.len() < new.len() { (&old, &new) } else { (&new, &old) };
    if long.len() == short.len() + 1 {
        let same = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
        if short[same..] == long[same + 1..] {
            return 4;
        }
    }
    0
}
