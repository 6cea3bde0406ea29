//! Which relations each figure stands in.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use super::style::Figures;
use crate::hash::Map;
use crate::reading::FigureId;
use crate::rules::Relation;
use crate::rules::numbers::Numbers;

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
    /// Where the figures stand.
    pub places: Arc<Places>,
    /// Where the relations of each figure begin.
    starts: Vec<usize>,
    /// The numbers of the relations, figure by figure, in order.
    numbers: Vec<usize>,
    /// What part each figure has in each of them.
    parts: Vec<Part>,
    /// The neighbours of relations that have been asked for.
    neighbours: Mutex<Map<usize, Arc<Numbers>>>,
}

/// What part a figure has in a relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It is one term of the two sides: 1 where it makes left less right larger, -1 where it makes it smaller.
    Once(i8),
    /// It is several terms, or what is divided by.
    Often,
    /// It is in a guard only.
    Beside,
}

impl Part {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Beside, part) | (part, Self::Beside) => part,
            _ => Self::Often,
        }
    }
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
        let mut parts = vec![Part::Beside; numbers.len()];
        let mut next = starts.clone();
        last.fill(usize::MAX);
        for (number, relation) in relations.iter().enumerate() {
            for (id, part) in self::parts(relation) {
                let Some(place) = places.place(id) else { continue };
                if std::mem::replace(&mut last[place], number) != number {
                    (numbers[next[place]], parts[next[place]]) = (number, part);
                    next[place] += 1;
                } else {
                    let known = &mut parts[next[place] - 1];
                    *known = known.and(part);
                }
            }
        }
        Self { places, starts, numbers, parts, neighbours: Mutex::default() }
    }

    /// The relations of a figure, by their numbers, in order.
    pub fn own(&self, id: FigureId) -> &[usize] {
        &self.numbers[self.range(id)]
    }

    /// What part a figure has in a relation.
    pub fn part(&self, id: FigureId, number: usize) -> Part {
        let range = self.range(id);
        let found = self.numbers[range.clone()].binary_search(&number);
        found.map_or(Part::Beside, |at| self.parts[range.start + at])
    }

    /// The relations that have a figure of this one in their sides. Of `relations` these are the ties.
    pub fn neighbours(&self, relations: &[Arc<Relation>], number: usize) -> Arc<Numbers> {
        let in_sides = |id| move |other: &usize| self.part(id, *other) != Part::Beside;
        let find = || {
            let own = figures(&relations[number]);
            let near = own.flat_map(|id| self.own(id).iter().copied().filter(in_sides(id)));
            Arc::new(Numbers::these(relations.len(), near))
        };
        let mut known = self.neighbours.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(number).or_insert_with(find))
    }

    fn range(&self, id: FigureId) -> Range<usize> {
        self.places.place(id).map_or(0..0, |place| self.starts[place]..self.starts[place + 1])
    }
}

/// The figures that a relation looks at, with what part they have in it.
pub fn parts(relation: &Relation) -> impl Iterator<Item = (FigureId, Part)> + '_ {
    let sides = &relation.sides;
    let left = sides.left.iter().filter_map(|term| Some((term.figure?, Part::Once(term.sign))));
    let right = sides.right.iter().filter_map(|term| Some((term.figure?, Part::Once(-term.sign))));
    let base = sides.base.iter().filter_map(|term| Some((term.figure?, Part::Often)));
    let guards = relation.guards.iter().flat_map(|guard| guard.figures()).map(|id| (id, Part::Beside));
    left.chain(right).chain(base).chain(guards)
}

/// The figures that a relation looks at, those of its guards last.
pub fn figures(relation: &Relation) -> impl Iterator<Item = FigureId> + '_ {
    relation.sides.figures().chain(relation.guards.iter().flat_map(|guard| guard.figures()))
}
