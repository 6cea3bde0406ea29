//! What a search for repairs looks at.

use std::cell::Cell;

use super::ties::Ties;
use crate::reading::FigureId;
use crate::rules::numbers::{Numbers, Seen};

/// Takes down the figures and relations that are looked at. Who changes what is taken of a figure or a relation has
/// looked at it before.
#[derive(Debug)]
pub struct Looking<'p> {
    ties: &'p Ties,
    figures: Seen,
    relations: Seen,
    sums: Seen,
    all_open: Cell<bool>,
}

/// What was looked at.
#[derive(Debug)]
pub struct Looked {
    /// Figures, by their places: what they print, and what a repair would print instead.
    pub figures: Numbers,
    /// Relations, by their numbers: their gaps, and whether they are still to be explained.
    pub relations: Numbers,
    /// Relations all of whose figures were looked at, by their numbers.
    pub sums: Numbers,
    /// Which contradictions there are still to be explained at all.
    pub all_open: bool,
}

impl<'p> Looking<'p> {
    /// At figures that are tied so by so many relations.
    pub fn at(ties: &'p Ties, relations: usize) -> Self {
        let (figures, sums, relations) = (Seen::new(ties.places.count()), Seen::new(relations), Seen::new(relations));
        Self { ties, figures, relations, sums, all_open: Cell::new(false) }
    }

    /// A figure is looked at.
    pub fn figure(&self, id: FigureId) {
        if let Some(place) = self.ties.places.place(id) {
            self.figures.note(place);
        }
    }

    /// A relation is looked at.
    pub fn relation(&self, number: usize) {
        self.relations.note(number);
    }

    /// The relations of a figure, which are looked at.
    pub fn own(&self, id: FigureId) -> &'p [usize] {
        let own = self.ties.own(id);
        own.iter().for_each(|number| self.relation(*number));
        own
    }

    /// A relation is looked at, and all of its figures.
    pub fn sum(&self, number: usize) {
        self.relations.note(number);
        self.sums.note(number);
    }

    /// All that is still to be explained is looked through.
    pub fn all_open(&self) {
        self.all_open.set(true);
    }

    /// What has been looked at up to now; begins anew.
    pub fn taken(&self) -> Looked {
        Looked {
            figures: self.figures.taken(),
            relations: self.relations.taken(),
            sums: self.sums.taken(),
            all_open: self.all_open.take(),
        }
    }
}
