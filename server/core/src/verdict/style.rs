//! How a place prints its figures, so that a repair looks as if it had always stood there.

use rust_decimal::Decimal;

use crate::catalog::Unit;
use crate::reading::number::{Amount, printed_with};
use crate::reading::{Figure, FigureId};

/// Figures by their ids, and with their neighbours.
#[derive(Clone, Copy)]
pub struct Figures<'a> {
    /// The figure of an id.
    pub of: &'a dyn Fn(FigureId) -> &'a Figure,
    /// All figures of a section, in order of place.
    pub section: &'a dyn Fn(u32) -> &'a [Figure],
    /// How many sections there are.
    pub sections: u32,
    /// How many of them are the disclosure's own. Behind these stand those of other disclosures: evidence, but not to be
    /// changed.
    pub own: u32,
}

/// So many figures before and behind are looked at.
const NEAR: usize = 8;

impl<'a> Figures<'a> {
    /// The figures of a section, in order of place.
    pub fn all(&self, section: u32) -> impl Iterator<Item = FigureId> + use<> {
        let count = u32::try_from((self.section)(section).len()).unwrap_or(u32::MAX);
        (0..count).map(move |index| FigureId { section, index })
    }

    /// The figures beside one, the nearest first, with their numbers in the section.
    pub fn near(&self, id: FigureId) -> impl Iterator<Item = (FigureId, &'a Figure)> + use<'a> {
        let (own, count, of) = (id.index as usize, (self.section)(id.section).len(), self.of);
        let places = (1..=NEAR).flat_map(move |away| [own.checked_sub(away), own.checked_add(away)]);
        places.flatten().filter(move |at| *at < count).filter_map(move |at| {
            let id = FigureId { section: id.section, index: u32::try_from(at).ok()? };
            Some((id, of(id)))
        })
    }

    /// The decimals that figures are printed with where this one stands: those of nearly all neighbours of its unit;
    /// where these differ, those of what it is tied to.
    pub fn decimals(&self, id: FigureId, tied: impl Iterator<Item = FigureId>) -> u32 {
        let own = (self.of)(id);
        if own.unit == Unit::Percent {
            return own.amount.decimals;
        }
        // Counts and percentages of different things have nothing in common.
        let like =
            |figure: &&Figure| figure.unit == own.unit && (own.unit != Unit::Count || figure.column == own.column);
        let near: Vec<u32> = self
            .near(id)
            .map(|(_, figure)| figure)
            .filter(like)
            .map(|figure| figure.amount.decimals)
            .take(NEAR)
            .collect();
        common(&near, 3)
            .or_else(|| {
                let tied = tied.map(|other| (self.of)(other)).filter(like).map(|figure| figure.amount.decimals);
                common(&tied.take(NEAR).collect::<Vec<_>>(), 2)
            })
            .unwrap_or(own.amount.decimals)
    }

    /// The decimals that a value in 元 is printed with, where `usual` are.
    pub fn printed_decimals(&self, id: FigureId, value: Decimal, usual: u32) -> u32 {
        let figure = (self.of)(id);
        if figure.unit == Unit::Percent {
            return Amount::parse(&figure.reprint(value)).map_or(usual, |printed| printed.decimals);
        }
        let own = (value / figure.unit.yuan()).normalize();
        // A hand that writes 15万元 beside 18.50万元 leaves off zeros.
        let whole = figure.by_hand && figure.amount.decimals == 0 && own.scale() == 0;
        if whole { 0 } else { usual.max(own.scale()) }
    }

    /// What a figure would print for a value in 元, with so many decimals.
    pub fn reprint(&self, id: FigureId, value: Decimal, decimals: u32) -> String {
        let figure = (self.of)(id);
        if figure.unit == Unit::Percent {
            return figure.reprint(value);
        }
        let own = value / figure.unit.yuan();
        printed_with(if figure.sign < 0 { -own } else { own }, &figure.text, decimals)
    }

    /// Are zeros printed where a figure stands, and not left out?
    pub fn prints_zeros(&self, id: FigureId) -> bool {
        let own = (self.of)(id);
        self.near(id).any(|(_, figure)| figure.unit == own.unit && figure.amount.value.is_zero())
    }

    /// Is a figure printed as its neighbours are not: with other decimals, with a zero before the number?
    pub fn is_odd(&self, id: FigureId, usual: u32) -> bool {
        let figure = (self.of)(id);
        is_padded(&figure.text) || figure.amount.decimals > 0 && usual != figure.amount.decimals
    }

    /// A value in 元 as a figure of a coarser unit prints it, half up; none where it needs no rounding.
    pub fn rounded(&self, id: FigureId, value: Decimal, usual: u32) -> Option<Decimal> {
        let unit = (self.of)(id).unit.yuan();
        let own = (value / unit).normalize();
        let strategy = rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        (usual >= 2 && own.scale() > usual).then(|| own.round_dp_with_strategy(usual, strategy) * unit)
    }
}

/// Does a zero stand before the number?
pub fn is_padded(text: &str) -> bool {
    let mut digits = text.chars().filter_map(crate::catalog::name::fold_char);
    digits.next() == Some('0') && digits.next().is_some_and(|c| c.is_ascii_digit())
}

/// What three quarters of at least so many have in common.
fn common(all: &[u32], least: usize) -> Option<u32> {
    let times = |one: u32| all.iter().filter(|other| **other == one).count();
    let usual = all.iter().copied().max_by_key(|one| (times(*one), std::cmp::Reverse(*one)))?;
    (all.len() >= least && times(usual) * 4 >= all.len() * 3).then_some(usual)
}
