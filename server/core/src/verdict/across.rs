//! Ties to other disclosures: which of them prove anything.

use std::collections::BTreeMap;

use crate::rules::Relation;
use crate::rules::formula::Relative;
use crate::rules::relation::Gap;

/// So many broken ties to one other disclosure, if they are most of them, are no slips: it was made on another basis.
const FOREIGN: usize = 3;

/// Sets aside what is tied to a disclosure that was made on another basis, or to units that are not all of a
/// department's.
pub fn set_aside(relations: &[Relation], gaps: &mut [Option<Gap>]) {
    let mut ties: BTreeMap<Relative, (usize, usize)> = BTreeMap::new();
    for (relation, gap) in relations.iter().zip(gaps.iter()) {
        if let (Some(across), Some(gap)) = (relation.across, gap) {
            let (broken, held) = ties.entry(across.relative).or_default();
            *broken += usize::from(*gap == Gap::Beyond);
            *held += usize::from(*gap != Gap::Beyond);
        }
    }
    let proves = |relative: Relative| match (relative, ties.get(&relative)) {
        // Whether the units are all there, the sums themselves tell: where most hold, none is missing.
        (Relative::Units, Some(&(broken, held))) => held >= 2 && held > broken,
        (_, Some(&(broken, held))) => broken < FOREIGN || held >= broken,
        (_, None) => true,
    };
    for (relation, gap) in relations.iter().zip(gaps) {
        if relation.across.is_some_and(|across| !proves(across.relative)) {
            *gap = None;
        }
    }
}
