//! Which relations each figure stands in.

use std::sync::Arc;

use crate::reading::FigureId;
use crate::rules::Relation;

/// The relations of each figure, by the figure's place: found without a search, kept without an allocation for each.
#[derive(Debug, Default)]
pub struct Ties {
    /// How many figures the sections before each have.
    sections: Vec<usize>,
    /// Where the relations of each figure begin.
    starts: Vec<usize>,
    /// The numbers of the relations, figure by figure, in order.
    numbers: Vec<usize>,
}

impl Ties {
    /// The ties of these relations; their guards tie as well.
    pub fn of(relations: &[Arc<Relation>]) -> Self {
        let mut sections: Vec<usize> = Vec::new();
        for id in relations.iter().flat_map(|relation| figures(relation)) {
            let (section, index) = (id.section as usize, id.index as usize);
            if sections.len() < section + 2 {
                sections.resize(section + 2, 0);
            }
            sections[section + 1] = sections[section + 1].max(index + 1);
        }
        for section in 1..sections.len() {
            sections[section] += sections[section - 1];
        }
        let figures_in_all = sections.last().copied().unwrap_or_default();
        let mut starts = vec![0; figures_in_all + 1];
        // A relation that names a figure twice is one tie.
        let mut last = vec![usize::MAX; figures_in_all];
        for (number, relation) in relations.iter().enumerate() {
            for place in figures(relation).filter_map(|id| place(&sections, id)) {
                starts[place + 1] += usize::from(std::mem::replace(&mut last[place], number) != number);
            }
        }
        for place in 1..starts.len() {
            starts[place] += starts[place - 1];
        }
        let mut numbers = vec![0; starts.last().copied().unwrap_or_default()];
        let mut next = starts.clone();
        last.fill(usize::MAX);
        for (number, relation) in relations.iter().enumerate() {
            for place in figures(relation).filter_map(|id| place(&sections, id)) {
                if std::mem::replace(&mut last[place], number) != number {
                    numbers[next[place]] = number;
                    next[place] += 1;
                }
            }
        }
        Self { sections, starts, numbers }
    }

    /// The relations of a figure, by their numbers, in order.
    pub fn own(&self, id: FigureId) -> &[usize] {
        place(&self.sections, id).map_or(&[], |place| &self.numbers[self.starts[place]..self.starts[place + 1]])
    }
}

/// The place of a figure among all, where the sections before each have so many.
fn place(sections: &[usize], id: FigureId) -> Option<usize> {
    let place = *sections.get(id.section as usize)? + id.index as usize;
    (place < *sections.get(id.section as usize + 1)?).then_some(place)
}

fn figures(relation: &Relation) -> impl Iterator<Item = FigureId> + '_ {
    relation.sides.figures().chain(relation.guards.iter().flat_map(|guard| guard.figures()))
}
