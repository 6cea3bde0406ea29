//! Facets: what a rule looks at of a section where it does not look at all of it, such as what a project is called. A
//! facet is told of the section by itself and kept with it; while it is the same, the rule need not run again, whatever
//! else was edited in the section.

use std::any::TypeId;

use smallvec::SmallVec;

use super::numbers::Numbers;
use crate::reading::Section;

/// What can be told of a section by itself. Whatever a rule takes from it must be compared.
pub trait Facet: PartialEq + Send + Sync + Sized + 'static {
    /// Of a section.
    fn of(section: &Section) -> Self;
}

/// A facet of a section.
pub fn facet<F: Facet>(section: &Section) -> &F {
    section.kept.get(|| F::of(section))
}

/// Is a facet the same of two sections?
type Same = fn(&Section, &Section) -> bool;

/// Which facets were looked at.
#[derive(Clone, Debug, Default)]
pub struct Kinds(SmallVec<[(TypeId, Same); 2]>);

impl Kinds {
    /// This one is looked at.
    pub fn add<F: Facet>(&mut self) {
        self.insert((TypeId::of::<F>(), |one, other| facet::<F>(one) == facet::<F>(other)));
    }

    /// These are.
    pub fn extend(&mut self, others: &Self) {
        others.0.iter().for_each(|kind| self.insert(*kind));
    }

    fn insert(&mut self, kind: (TypeId, Same)) {
        if self.0.iter().all(|(known, _)| *known != kind.0) {
            self.0.push(kind);
        }
    }

    fn are_same(&self, one: &Section, other: &Section) -> bool {
        self.0.iter().all(|(_, same)| same(one, other))
    }
}

/// What was looked at of the sections of a disclosure.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// The sections that were looked into.
    pub whole: Numbers,
    /// Those of which facets were looked at.
    pub in_part: Numbers,
    /// These facets.
    pub kinds: Kinds,
}

impl Sight {
    /// All sections of which anything was looked at.
    pub fn sections(&self) -> impl Iterator<Item = usize> + '_ {
        self.whole.iter().chain(self.in_part.iter())
    }

    /// Are the facets the same in those sections that are others now? `pair` gives one of these, before and now.
    pub fn parts_are_same<'s>(&self, changed: &Numbers, pair: impl Fn(usize) -> (&'s Section, &'s Section)) -> bool {
        changed.iter().filter(|number| self.in_part.has(*number)).all(|number| {
            let (before, now) = pair(number);
            self.kinds.are_same(before, now)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::seen::Watch;

    #[derive(PartialEq)]
    struct Prose(usize);

    impl Facet for Prose {
        fn of(section: &Section) -> Self {
            Self(section.prose.len())
        }
    }

    #[derive(PartialEq)]
    struct Length(usize);

    impl Facet for Length {
        fn of(section: &Section) -> Self {
            Self(section.len)
        }
    }

    #[test]
    fn what_rests_on_facets_stands_while_all_of_them_are_the_same() {
        let section = |prose: &str, len| Section { prose: prose.to_owned(), len, ..Section::default() };
        let (before, worded, longer) = (section("收入", 1), section("支出", 1), section("收入", 2));
        let seen = |note: fn(&mut Kinds)| {
            let mut sight = Sight { in_part: Numbers::these(3, [1]), ..Sight::default() };
            note(&mut sight.kinds);
            sight
        };
        let (one, both) = (
            seen(Kinds::add::<Prose>),
            seen(|kinds| {
                kinds.add::<Prose>();
                kinds.add::<Length>();
                kinds.add::<Prose>();
            }),
        );
        let changed = Numbers::these(3, [0, 1]);
        for (sight, now, stands) in
            [(&one, &worded, true), (&one, &longer, true), (&both, &worded, true), (&both, &longer, false)]
        {
            // The first section is another one too, but nobody looked at it.
            let pair = |number| if number == 1 { (&before, now) } else { unreachable!("section {number}") };
            assert_eq!(sight.parts_are_same(&changed, pair), stands);
        }
        assert!(both.parts_are_same(&Numbers::these(3, [0, 2]), |number| unreachable!("section {number}")));
    }

    #[test]
    fn sights_are_added_up() {
        let watch = Watch::new(4);
        let sight = Sight { whole: Numbers::these(4, [0]), in_part: Numbers::these(4, [3]), ..Sight::default() };
        watch.add(&sight);
        watch.add(&Sight { whole: Numbers::these(4, [2]), ..Sight::default() });
        assert_eq!(watch.taken().sections().collect::<Vec<_>>(), [0, 2, 3]);
        assert_eq!(watch.taken().sections().count(), 0);
    }
}
