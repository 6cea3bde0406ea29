//! What a contradiction looks like to those who make them: last year's figure left standing, an item listed twice or
//! left out.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::judge::Judge;
use super::message::{name_of, plain};
use super::repair::Repair;
use crate::finding::Message;
use crate::reading::FigureId;
use crate::rules::formula::Op;
use crate::rules::relation::Term;

/// So many copies of a figure are looked at for what is said of it.
const COPIES: usize = 24;

impl Judge<'_, '_> {
    /// How the figure came to be wrong, in words.
    pub(super) fn cause(&self, repair: &Repair) -> Option<Message> {
        if (repair.also.is_empty() || repair.is_joint()) && self.is_of_last_year(repair) {
            return Some(Message::new("印的是上年数", "this is last year's figure"));
        }
        repair.words.clone()
    }

    /// What is printed is what the figure was the year before, as the text says of it or of a copy of it: by name, or
    /// by the change against it.
    fn is_of_last_year(&self, repair: &Repair) -> bool {
        let printed = (self.figures.of)(repair.figure).value();
        if printed.is_zero() {
            return false;
        }
        let mut copies: BTreeSet<FigureId> = BTreeSet::from([repair.figure]);
        for &number in self.own(repair.figure) {
            let sides = &self.relations[number].sides;
            if sides.left.len() == 1 && sides.right.len() == 1 && copies.len() < COPIES {
                copies.extend(sides.figures());
            }
        }
        copies.iter().any(|copy| {
            let what = &(self.figures.of)(*copy).what;
            !what.is_empty()
                && self.figures.near(*copy).any(|(_, figure)| {
                    figure.what == *what
                        && match &*figure.column {
                            "上年" => figure.value() == printed,
                            "增减" => !figure.value().is_zero() && repair.value - figure.value() == printed,
                            _ => false,
                        }
                })
        })
    }

    /// A sum that is off by just one of its parts, or by a figure beside them that is none of them.
    pub(super) fn counted_wrong(&self, number: usize) -> Option<Message> {
        let sides = &self.relations[number].sides;
        let (parts, total): (&[Term], &Term) = match (sides.left.as_slice(), sides.right.as_slice(), sides.op) {
            ([total], parts, Op::Equal) if parts.len() > 1 => (parts, total),
            (parts, [total], _) if parts.len() > 1 => (parts, total),
            _ => return None,
        };
        if sides.product || sides.is_rate() {
            return None;
        }
        let value = |term: &Term| self.lookup.signed(term);
        let over = parts.iter().map(value).sum::<Decimal>() - value(total);
        let like = (self.figures.of)(total.figure.or_else(|| parts.iter().find_map(|part| part.figure))?);
        let amount = plain(like, over.abs());
        if over > Decimal::ZERO {
            let mut same = parts.iter().filter(|part| value(part) == over);
            let (Some(part), None) = (same.next(), same.next()) else { return None };
            return Some(Message::new(
                format!("多出的 {amount} 恰为{}，可能重复列入", part.label),
                format!("the surplus of {amount} is just {}: it may be counted twice", part.label),
            ));
        }
        let last = parts.iter().rev().find_map(|part| part.figure)?;
        let column = &(self.figures.of)(last).column;
        let known: BTreeSet<FigureId> = sides.figures().collect();
        let mut same = self.figures.near(last).filter(|(id, figure)| {
            !known.contains(id) && figure.value() == -over && figure.column == *column && !figure.what.is_empty()
        });
        let (Some((_, left_out)), None) = (same.next(), same.next()) else { return None };
        Some(Message::new(
            format!("所差 {amount} 恰为{}，可能漏计", left_out.what),
            format!("the shortfall of {amount} is just {}: it may have been left out", left_out.what),
        ))
    }

    /// What a figure is called in one of some relations.
    pub(super) fn called(&self, id: FigureId, relations: &[usize]) -> String {
        let named = relations.iter().map(|&number| name_of(&self.relations[number], id)).find(|name| !name.is_empty());
        named.unwrap_or_else(|| {
            let figure = (self.figures.of)(id);
            match &*figure.column {
                "" => figure.what.to_string(),
                column => format!("{}的{column}", figure.what),
            }
        })
    }
}
