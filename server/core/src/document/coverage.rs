//! How much is checked, and what is not.

use std::collections::BTreeSet;
use std::iter::Sum;

use super::Analysis;
use super::judged::Judged;
use super::view::{Coverage, FigureView};
use crate::reading::{Figure, FigureId};
use crate::rules::relation::Verdict;

impl Judged {
    /// How much of it is checked.
    pub fn coverage(&self) -> Coverage {
        if !self.is_one {
            return Coverage::default();
        }
        let checked = checked(self);
        let amounts: Vec<FigureId> =
            amounts(self).filter(|(_, figure)| figure.unit.is_money()).map(|(id, _)| id).collect();
        let became = |verdict| self.gaps.iter().flatten().filter(|gap| gap.verdict() == verdict).count();
        Coverage {
            amounts: amounts.len(),
            checked: amounts.iter().filter(|id| checked.contains(id)).count(),
            exact: became(Verdict::Exact),
            rounded: became(Verdict::Rounded),
            contradicted: became(Verdict::Contradicted),
            unchecked: became(Verdict::Unchecked) + self.unlaid() + self.aside.len(),
        }
    }
}

impl Sum for Coverage {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |a, b| Self {
            amounts: a.amounts + b.amounts,
            checked: a.checked + b.checked,
            exact: a.exact + b.exact,
            rounded: a.rounded + b.rounded,
            contradicted: a.contradicted + b.contradicted,
            unchecked: a.unchecked + b.unchecked,
        })
    }
}

impl Analysis {
    /// How much of the document is checked.
    pub fn coverage(&self) -> Coverage {
        self.disclosures().map(|number| self.chapters[number].coverage()).sum()
    }

    /// Printed amounts that stand in no relation, in order of place.
    pub fn unread(&self) -> Vec<FigureView> {
        let mut out = Vec::new();
        for (start, judged) in self.judged() {
            let checked = checked(&judged);
            let rest = amounts(&judged).filter(|(id, figure)| figure.unit.is_money() && !checked.contains(id));
            out.extend(rest.map(|(id, _)| self.figure_view(start, &judged, id)));
        }
        out.sort_by_key(|figure| figure.span);
        out
    }
}

fn amounts(judged: &Judged) -> impl Iterator<Item = (FigureId, &Figure)> {
    judged.sections.iter().enumerate().flat_map(|(section, read)| {
        read.figures
            .iter()
            .enumerate()
            .map(move |(index, figure)| (FigureId { section: section as u32, index: index as u32 }, figure))
    })
}

fn checked(judged: &Judged) -> BTreeSet<FigureId> {
    let laid = judged.relations().iter().zip(&judged.gaps).filter(|(_, gap)| gap.is_some());
    laid.flat_map(|(relation, _)| relation.sides.figures().collect::<Vec<_>>()).collect()
}
