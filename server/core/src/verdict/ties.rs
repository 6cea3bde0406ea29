//! Which relations each figure stands in.

use std::sync::Arc;

use super::style::Figures;
use crate::reading::FigureId;
use crate::rules::Relation;

/// The place of each figure among all of a disclosure.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// How many figures the sections before each have; how many there are in all.
    sections: Box<[usize]>,
}

impl Places {
    /// Of these figures.
    pub fn of(figures: Figures) -> Self {
        let mut before = 0;
        let each = (0..figures.sections).map(|section| {
            let here = before;
            before += (figures.section)(section).len();
            here
        });
        let mut sections: Vec<usize> = each.collect();
        sections.push(before);
        Self { sections: sections.into() }
    }

    /// How many figures there are.
    pub fn count(&self) -> usize {
        self.sections.last().copied().unwrap_or_default()
    }

    /// The place of a figure; none where there is no such figure.
    pub fn place(&self, id: FigureId) -> Option<usize> {
        let place = *self.sections.get(id.section as usize)? + id.index as usize;
        (place < *self.sections.get(id.section as usize + 1)?).then_some(place)
    }
}

/// The relations of each figure, by the figure's place: found without a search, kept without an allocation for each.
#[derive(Debug, Default)]
pub struct Ties {
    places: Arc<Places>,
    /// Where the relations of each figure begin.
    starts: Vec<usize>,
    /// The numbers of the relations, figure by figure, in order.
    numbers: Vec<usize>,
}

impl Ties {
    /// The ties of these relations; their guards tie as well.
    pub fn of(relations: &[Arc<Relation>], places: Arc<Places>) -> Self {
        let mut starts = vec![0; places.count() + 1];
        // A relation that names a figure twice is one tie.
        let mut last = vec![usize::MAX; places.count()];
        for (number, relation) in relations.iter().enumerate() {
            for place in figures(relation).filter_map(|id| places.place(id)) {
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
            for place in figures(relation).filter_map(|id| places.place(id)) {
                if std::mem::replace(&mut last[place], number) != number {
                    numbers[next[place]] = number;
                    next[place] += 1;
                }
            }
        }
        Self { places, starts, numbers }
    }

    /// The relations of a figure, by their numbers, in order.
    pub fn own(&self, id: FigureId) -> &[usize] {
        self.places.place(id).map_or(&[], |place| &self.numbers[self.starts[place]..self.starts[place + 1]])
    }
}

/// The figures that a relation looks at, those of its guards last.
pub fn figures(relation: &Relation) -> impl Iterator<Item = FigureId> + '_ {
    relation.sides.figures().chain(relation.guards.iter().flat_map(|guard| guard.figures()))
}
