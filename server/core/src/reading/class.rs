//! What can be told of a section without looking into it: which kinds of things it holds. Rules choose sections by it.

use std::hash::{Hash, Hasher};

use super::office::Office;
use super::section::{Section, SectionKind};
use crate::catalog::Form;

/// Which kinds of things a section holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Class {
    /// What it is.
    pub kind: Option<SectionKind>,
    /// The form of its table.
    pub form: Option<&'static str>,
    /// It has a project sheet.
    pub sheet: bool,
    /// Its heading announces a whole disclosure.
    pub cover: bool,
    /// It says which institutions the body has.
    pub institutions: bool,
    /// It has sentences with amounts.
    pub statements: bool,
    /// It has numbers in sentences, or counts what comes once a month.
    pub quantities: bool,
    /// It compares in words.
    pub claims: bool,
    /// It states targets.
    pub targets: bool,
    /// It has paragraphs that tell of one 科目 each.
    pub paragraphs: bool,
    /// It names bodies.
    pub bodies: bool,
    /// It states years, in its head or in its sentences.
    pub years: bool,
    /// It states a date.
    pub date: bool,
}

impl Class {
    /// A headed part of the narrative.
    pub fn is_narrative(&self) -> bool {
        self.kind == Some(SectionKind::Narrative)
    }
}

struct Meaning(u64);

impl Section {
    /// Which kinds of things it holds.
    pub fn class(&self) -> Class {
        *self.kept.get(|| self.classify())
    }

    fn classify(&self) -> Class {
        Class {
            kind: self.kind,
            form: self.table.as_ref().map(|table| {
                let form: &'static Form = table.form;
                form.id.as_str()
            }),
            sheet: self.sheet.is_some(),
            cover: self.cover,
            institutions: self.kind == Some(SectionKind::Table) && self.table.is_none()
                || self.heading.text.contains("机构设置")
                || self.heading.text.contains("单位构成"),
            statements: !self.statements.is_empty(),
            quantities: !self.quantities.is_empty() || !self.months.is_empty(),
            claims: !self.claims.is_empty(),
            targets: !self.targets.is_empty(),
            paragraphs: !self.paragraphs.is_empty(),
            bodies: !self.bodies.is_empty(),
            years: !self.years.is_empty() || !self.told_years.is_empty(),
            date: self.date.is_some(),
        }
    }

    /// What it says of 机关运行经费.
    pub(super) fn office(&self) -> Office {
        *self.kept.get(|| Office::of(self))
    }

    /// A hash of what its figures and sentences mean, without their values (but for zero and nothing): while it is the
    /// same, the same formulas fall on its figures.
    pub fn meaning(&self) -> u64 {
        self.kept.get(|| Meaning(self.hash_of_meaning())).0
    }

    fn hash_of_meaning(&self) -> u64 {
        let mut hash = crate::hash::hasher();
        for own in &self.statements {
            (&own.label.text, &own.long_label.text, own.measure, own.aspect).hash(&mut hash);
            (own.parent, own.about, own.figure, own.base, own.open_ended).hash(&mut hash);
        }
        for figure in &self.figures {
            (figure.amount.value.is_zero(), figure.unit, figure.sign, &figure.column).hash(&mut hash);
        }
        self.statements.len().hash(&mut hash);
        hash.finish()
    }
}
