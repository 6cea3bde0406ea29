//! What each page of the book gave, kept with what it looked at. After an edit a page runs again only where it looked
//! into a section that is another one now: a function where anything of the section changed, a formula where the
//! meaning of its figures did, not their values, unless it looked at those.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use super::across::Peer;
use super::answer::{Answer, Given};
use super::context::SameText;
use super::note::Note;
use super::numbers::Numbers;
use super::relation::Relation;
use crate::hash::hasher;
use crate::reading::class::Class;
use crate::reading::{Disclosure, FigureId, Section};

/// What pages are laid over, as far as it can be compared: own sections, then those of related disclosures.
#[derive(Debug, Default)]
pub struct Ground {
    /// Which kinds of sections and tables there are, whose disclosure it is: what may be asked without looking into a
    /// section.
    shape: u64,
    /// See [`Class`]; of own sections.
    pub classes: Vec<Class>,
    /// Addresses of what was read: the section and its table as settled, or what a related disclosure offers. Who keeps a
    /// ground keeps what it is of, so that no address comes again.
    identities: Vec<(usize, usize)>,
    /// See [`Section::meaning`], with that of the tables it stands in.
    meanings: Vec<u64>,
}

impl Ground {
    /// Of a disclosure by itself.
    pub fn of(disclosure: &Disclosure, sections: &[Arc<Section>]) -> Self {
        let classes: Vec<Class> = sections.iter().map(|section| section.class()).collect();
        let mut identities: Vec<(usize, usize)> =
            sections.iter().map(|section| (Arc::as_ptr(section).addr(), 0)).collect();
        let mut meanings: Vec<u64> = sections.iter().map(|section| section.meaning()).collect();
        let mut shape = hasher();
        let Disclosure { accounts, administrative, year, body, unit, tables, settled, .. } = disclosure;
        (accounts, administrative, year, body, unit, &classes).hash(&mut shape);
        for (number, table) in settled {
            identities[*number as usize].1 = Arc::as_ptr(table).addr();
            (number, table.flow).hash(&mut shape);
        }
        for table in tables {
            (&table.form.id, &table.sections).hash(&mut shape);
            for &number in &table.sections {
                let own = &mut meanings[number as usize];
                *own = own.rotate_left(7) ^ table.meaning;
            }
        }
        Self { shape: shape.finish(), classes, identities, meanings }
    }

    /// The same beside related disclosures.
    pub fn beside(&self, peers: &[Peer]) -> Self {
        let mut shape = hasher();
        self.shape.hash(&mut shape);
        let (mut identities, mut meanings) = (self.identities.clone(), self.meanings.clone());
        for peer in peers {
            let address = Arc::as_ptr(&peer.extract).addr();
            (peer.relative, peer.sure).hash(&mut shape);
            identities.push((address, 0));
            // What is offered is small and changes rarely.
            meanings.push(address as u64);
        }
        Self { shape: shape.finish(), classes: self.classes.clone(), identities, meanings }
    }

    /// What is different from before; none where all is.
    pub fn since(&self, before: &Self) -> Option<Changes> {
        let count = self.identities.len();
        (self.shape == before.shape && count == before.identities.len()).then(|| Changes {
            things: Numbers::of(count, |number| self.identities[number] != before.identities[number]),
            meanings: Numbers::of(count, |number| self.meanings[number] != before.meanings[number]),
        })
    }
}

/// The sections that changed.
#[derive(Debug)]
pub struct Changes {
    /// Anything of them.
    pub things: Numbers,
    /// The meaning of their figures.
    pub meanings: Numbers,
}

/// What all pages gave: first what their formulas gave, then what their functions did, each in the order of the book.
#[derive(Debug, Default)]
pub struct Memory {
    /// One for each page that is checked.
    pub formulas: Vec<Arc<Answer>>,
    /// One for each page that is checked.
    pub functions: Vec<Arc<Answer>>,
}

impl Memory {
    fn given(&self) -> impl Iterator<Item = &Given> {
        self.formulas.iter().chain(&self.functions).flat_map(|answer| &answer.parts).map(|part| &*part.given)
    }

    /// Did each page give the relations and notes that it gave before, as the same objects?
    pub fn gives_the_same_as(&self, before: &Self) -> bool {
        let same = |(new, old): (&Arc<Answer>, &Arc<Answer>)| Arc::ptr_eq(new, old) || new.gives_the_same_as(old);
        let all = |new: &[Arc<Answer>], old: &[Arc<Answer>]| new.len() == old.len() && new.iter().zip(old).all(same);
        all(&self.formulas, &before.formulas) && all(&self.functions, &before.functions)
    }

    /// All that was given, one after another.
    pub fn gathered(&self) -> Gathered {
        let relations: Vec<Arc<Relation>> = self.given().flat_map(|given| &given.relations).cloned().collect();
        let notes: Vec<Arc<Note>> = self.given().flat_map(|given| &given.notes).cloned().collect();
        let explaining: Vec<&[FigureId]> =
            notes.iter().map(|note| note.explains.as_slice()).filter(|ids| !ids.is_empty()).collect();
        let by = |ids: &&[FigureId], relation: &Relation| relation.sides.figures().all(|id| ids.contains(&id));
        let explained = |number: usize| explaining.iter().any(|ids| by(ids, &relations[number]));
        let explained = Numbers::of(relations.len(), explained);
        Gathered { relations, notes, explained, unchecked: self.given().map(|given| given.unchecked).sum() }
    }

    /// All texts that must be the same.
    pub fn texts(&self) -> impl Iterator<Item = &SameText> {
        self.given().flat_map(|given| &given.texts)
    }
}

/// What all pages gave. Hundreds of small objects: where pages give them again, they are gathered once.
#[derive(Debug, Default)]
pub struct Gathered {
    /// All relations, those of formulas first.
    pub relations: Vec<Arc<Relation>>,
    /// Notes of functions.
    pub notes: Vec<Arc<Note>>,
    /// The relations, by their numbers, of which a note says already what is wrong with them.
    pub explained: Numbers,
    /// How many relations could not be laid.
    pub unchecked: usize,
}
