//! Ties to other disclosures: which of them prove anything.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::gaps::Gaps;
use crate::reading::FigureId;
use crate::rules::Relation;
use crate::rules::formula::Relative;
use crate::rules::relation::Gap;

/// So many facts that another disclosure contradicts, if they are most of what is tied to it, are no slips: it was made
/// on another basis.
const FOREIGN: usize = 3;

/// Sets aside what is tied to a disclosure that was made on another basis, or to units that are not all of a
/// department's.
pub fn set_aside(relations: &[Arc<Relation>], gaps: &mut Gaps) {
    // By the figures of the disclosure that is judged: one that is tied to several copies of a fact counts once.
    let mut ties: BTreeMap<Relative, BTreeMap<Vec<FigureId>, bool>> = BTreeMap::new();
    let mut sure: BTreeMap<Relative, bool> = BTreeMap::new();
    for (relation, gap) in relations.iter().zip(gaps.iter()) {
        if let (Some(across), Some(gap)) = (relation.across, gap) {
            let own = relation.sides.figures().filter(|id| id.section < across.from).collect();
            sure.insert(across.relative, across.sure);
            *ties.entry(across.relative).or_default().entry(own).or_default() |= *gap == Gap::Beyond;
        }
    }
    let proves = |relative: Relative| {
        let Some(facts) = ties.get(&relative) else { return true };
        let broken = facts.values().filter(|broken| **broken).count();
        let held = facts.len() - broken;
        match relative {
            // Whether the units are all there, the sums themselves tell: where most hold, none is missing.
            Relative::Units => held >= 2 && held > broken,
            _ if sure.get(&relative) == Some(&true) => broken < FOREIGN || held >= broken,
            // A namesake may be another body, a part of the same file a part of the same disclosure.
            _ => held > broken,
        }
    };
    for (number, relation) in relations.iter().enumerate() {
        if relation.across.is_some_and(|across| !proves(across.relative)) {
            gaps.set(number, None);
        }
    }
}
