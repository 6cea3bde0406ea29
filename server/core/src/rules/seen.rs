//! What a rule looks at. A disclosure is handed to rules through [`Sections`] and [`Facts`], which note the sections that
//! are looked into; a rule need not run again while these are the same.

use std::cell::{OnceCell, RefCell};
use std::ops::{Index, Range};
use std::sync::Arc;

use super::facet::{Facet, Kinds, Sight, facet};
use super::numbers::Seen;
use crate::catalog::{Form, Unit};
use crate::reading::Section;
use crate::reading::class::Class;
use crate::reading::disclosure::Disclosure;
use crate::reading::fact_table::FactTable;
use crate::reading::sheet::Sheet;
use crate::reading::statement::Statement;

/// Takes down what is looked at of sections.
#[derive(Debug, Default)]
pub struct Watch {
    whole: Seen,
    in_part: Seen,
    kinds: RefCell<Kinds>,
}

impl Watch {
    /// Of so many sections.
    pub fn new(count: usize) -> Self {
        Self { whole: Seen::new(count), in_part: Seen::new(count), kinds: RefCell::default() }
    }

    /// All of this was looked at.
    pub fn add(&self, sight: &Sight) {
        self.whole.add(&sight.whole);
        self.in_part.add(&sight.in_part);
        self.kinds.borrow_mut().extend(&sight.kinds);
    }

    /// What has been looked at up to now; begins anew.
    pub fn taken(&self) -> Sight {
        Sight { whole: self.whole.taken(), in_part: self.in_part.taken(), kinds: self.kinds.take() }
    }
}

/// Something that is found once, with what was looked at for it.
pub struct Once<T>(OnceCell<(T, Sight)>);

impl<T> Default for Once<T> {
    fn default() -> Self {
        Self(OnceCell::new())
    }
}

/// The sections of a disclosure, and behind them one for each related disclosure, with the figures that offers.
#[derive(Clone, Copy)]
pub struct Sections<'a> {
    all: &'a [Arc<Section>],
    classes: &'a [Class],
    own: usize,
    watch: &'a Watch,
}

impl<'a> Sections<'a> {
    /// How many there are, with those of related disclosures.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// True where there is none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A section.
    pub fn get(&self, number: usize) -> &'a Section {
        self.note(number);
        &self.all[number]
    }

    /// Says that a section is looked into by another way.
    pub fn note(&self, number: usize) {
        self.watch.whole.note(number);
    }

    /// A facet of a section, which is not looked into beyond that.
    pub fn facet<F: Facet>(&self, number: usize) -> &'a F {
        self.watch.in_part.note(number);
        self.watch.kinds.borrow_mut().add::<F>();
        facet(&self.all[number])
    }

    /// Is a section a project sheet? It is not looked into.
    pub fn has_sheet(&self, number: usize) -> bool {
        self.classes.get(number).is_some_and(|class| class.sheet)
    }

    /// Takes down what is looked at.
    pub fn watch(&self) -> &'a Watch {
        self.watch
    }

    /// Something that is found once. Whoever asks for it has looked at the same.
    pub fn once<'o, T>(&self, of: &'o Once<T>, find: impl FnOnce() -> T) -> &'o T {
        let (found, looked) = of.0.get_or_init(|| {
            let before = self.watch.taken();
            let found = find();
            let looked = self.watch.taken();
            self.watch.add(&before);
            (found, looked)
        });
        self.watch.add(looked);
        found
    }

    /// The disclosure's own sections of some class, with their numbers. Those of other classes are not looked into.
    pub fn of(self, class: impl Fn(&Class) -> bool) -> impl Iterator<Item = (u32, &'a Section)> {
        self.chosen(class).map(move |number| (number as u32, self.get(number)))
    }

    /// A facet of each of these.
    pub fn facets<F: Facet>(self, class: impl Fn(&Class) -> bool) -> impl Iterator<Item = (u32, &'a F)> {
        self.chosen(class).map(move |number| (number as u32, self.facet(number)))
    }

    /// Sections of some class, to be looked into no further than a facet tells.
    pub fn as_far_as<F: Facet>(self, class: impl Fn(&Class) -> bool) -> impl Iterator<Item = (u32, &'a Section)> {
        self.chosen(class).map(move |number| {
            self.facet::<F>(number);
            (number as u32, &*self.all[number])
        })
    }

    fn chosen(self, class: impl Fn(&Class) -> bool) -> impl Iterator<Item = usize> {
        (0..self.own).filter(move |&number| class(&self.classes[number]))
    }
}

impl Index<usize> for Sections<'_> {
    type Output = Section;

    fn index(&self, number: usize) -> &Section {
        self.get(number)
    }
}

/// A disclosure, its tables and sentences.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    whole: &'a Disclosure,
    all: Sections<'a>,
    /// 决算 rather than 预算.
    pub accounts: bool,
    /// See [`Disclosure::administrative`].
    pub administrative: bool,
    /// Budget year.
    pub year: Option<u16>,
    /// The unit most of its tables are in.
    pub unit: Option<Unit>,
}

impl<'a> Facts<'a> {
    /// The publishing body.
    pub fn body(&self) -> Option<&'a str> {
        self.whole.body.as_deref()
    }

    /// The numbers of its own sections.
    pub fn sections(&self) -> Range<usize> {
        self.whole.sections.clone()
    }

    /// The table of a form, by its name in formulas.
    pub fn table(&self, name: &str) -> Option<&'a FactTable> {
        self.whole.table(name).map(|table| self.looked_into(table))
    }

    /// Is there a table of this name in formulas?
    pub fn has_table(&self, name: &str) -> bool {
        self.whole.table(name).is_some()
    }

    /// The tables of some forms.
    pub fn tables(self, of: impl Fn(&Form) -> bool) -> impl Iterator<Item = &'a FactTable> {
        self.whole.tables.iter().filter(move |table| of(table.form)).map(move |table| self.looked_into(table))
    }

    fn looked_into(&self, table: &'a FactTable) -> &'a FactTable {
        table.sections.iter().for_each(|&number| self.all.note(number as usize));
        table
    }

    /// Is a table of this form printed as text without columns?
    pub fn flows(&self, form: &str) -> bool {
        self.whole.settled.iter().any(|(_, table)| table.form.id == form && table.flow)
    }

    /// The project sheets, with their sections.
    pub fn sheets(&self) -> impl Iterator<Item = (u32, &'a Sheet)> + use<'a> {
        self.all.of(|class| class.sheet).filter_map(|(number, section)| Some((number, section.sheet.as_ref()?)))
    }

    /// The statements of the narrative, with their sections.
    pub fn statements(&self) -> impl Iterator<Item = (u32, usize, &'a Statement)> + use<'a> {
        let told = self.all.of(|class| class.statements);
        told.flat_map(|(number, section)| {
            section.statements.iter().enumerate().map(move |(node, statement)| (number, node, statement))
        })
    }
}

/// A disclosure as rules see it.
pub fn view<'a>(
    whole: &'a Disclosure,
    all: &'a [Arc<Section>],
    classes: &'a [Class],
    watch: &'a Watch,
) -> (Facts<'a>, Sections<'a>) {
    let sections = Sections { all, classes, own: whole.sections.len(), watch };
    let Disclosure { accounts, administrative, year, unit, .. } = *whole;
    (Facts { whole, all: sections, accounts, administrative, year, unit }, sections)
}
