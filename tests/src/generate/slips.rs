//! Slips: a digit of an amount is another one, so that a relation no longer holds. One for each so many bytes, as far as
//! there are amounts that are about different matters.

use std::collections::BTreeSet;
use std::ops::Range;

use super::paper::{Kind, Mark, Paper};
use super::{Generated, Place};

/// The matter an amount is about: two slips of the same matter might be one cause.
type Matter = (usize, u64);

/// Plants slips and finds places for keystrokes.
pub fn plant(paper: Paper, every: Option<usize>) -> Generated {
    let Paper { mut text, marks, .. } = paper;
    let middle = text.len() / 2;
    let mut taken: BTreeSet<Matter> = BTreeSet::new();
    let mut wrong: Vec<&Mark> = Vec::new();
    if let Some(every) = every {
        let wanted = text.len() / every;
        let mut candidates = marks.iter().filter(|mark| may_slip(mark, &text)).peekable();
        for number in 0..wanted {
            // The next amount behind its share of the text.
            let from = number * every;
            while candidates.peek().is_some_and(|mark| mark.at.start < from || taken.contains(&matter(mark))) {
                candidates.next();
            }
            let Some(mark) = candidates.next() else { break };
            taken.insert(matter(mark));
            wrong.push(mark);
        }
        for mark in &wrong {
            text.replace_range(mark.at.clone(), &slipped(&text[mark.at.clone()]));
        }
    }
    let places = |marks: &mut dyn Iterator<Item = &Mark>, kind: Kind| {
        let mut places: Vec<Place> =
            marks.filter(|mark| mark.kind == kind).map(|mark| place(mark.at.clone())).collect();
        places.sort_by_key(|place| place.at.start.abs_diff(middle));
        places
    };
    let free = || marks.iter().filter(|mark| may_slip(mark, &text) && !taken.contains(&matter(mark)));
    let neutral = places(&mut wrong.iter().copied(), Kind::Sheet);
    let (toggle, told) = (places(&mut free(), Kind::Sheet), places(&mut free(), Kind::Said));
    let ends = text.match_indices("工作。\n").map(|(at, found)| at + found.len() - "。\n".len());
    let mut prose: Vec<usize> = ends.collect();
    prose.sort_by_key(|at| at.abs_diff(middle));
    let amounts = marks.iter().map(|mark| mark.at.clone()).collect();
    Generated { planted: wrong.len(), neutral, toggle, told, prose, amounts, text }
}

fn matter(mark: &Mark) -> Matter {
    (mark.body, mark.about)
}

/// Only amounts of which one other tells that they are wrong, with two digits before the point.
fn may_slip(mark: &Mark, text: &str) -> bool {
    mark.kind != Kind::Sum && text[mark.at.clone()].find('.').is_some_and(|point| point >= 2)
}

/// The digit before the point is another one.
fn slipped(amount: &str) -> String {
    let point = amount.find('.').unwrap_or(amount.len());
    let digit = amount.as_bytes()[point - 1];
    let other = if digit == b'9' { '4' } else { char::from(digit + 1) };
    format!("{}{other}{}", &amount[..point - 1], &amount[point..])
}

/// A digit goes in behind the first one.
fn place(at: Range<usize>) -> Place {
    Place { type_at: at.start + 1, at }
}
