//! The words that a target is told by, cut once so that targets can be compared with one another.

use super::target::Voice;
use crate::catalog::targets;

/// The words of a target, ready to be compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Words {
    /// Phrases it is told by, without empty words: of an indicator its name, its description and both.
    pub phrases: Vec<Phrase>,
    /// The words before its number.
    pub head: String,
    /// An indicator's name.
    pub name: Option<String>,
    /// The sides of a thing that they speak of.
    pub aspects: Vec<&'static str>,
    /// What each of it is for: 每月, 人均.
    pub each: Option<String>,
    /// What was, not what is to be: 上年, 累计.
    pub past: bool,
}

/// A phrase; a space stands for whatever is no word.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Phrase {
    /// Its characters.
    pub chars: Vec<char>,
    /// Each pair of neighbours that are words, once, in order.
    pub pairs: Vec<[char; 2]>,
    /// Its characters that are words with their places, in order of character, then of place.
    pub places: Vec<(char, usize)>,
}

impl Phrase {
    /// Cuts a text.
    pub fn of(text: &str) -> Self {
        let chars: Vec<char> = targets::bare(text).chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
        let mut pairs: Vec<[char; 2]> =
            chars.windows(2).filter(|pair| !pair.contains(&' ')).map(|pair| [pair[0], pair[1]]).collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut places: Vec<(char, usize)> =
            chars.iter().enumerate().filter(|(_, c)| **c != ' ').map(|(at, c)| (*c, at)).collect();
        places.sort_unstable();
        Self { chars, pairs, places }
    }

    /// Has it these two characters side by side?
    pub fn has(&self, pair: [char; 2]) -> bool {
        self.pairs.binary_search(&pair).is_ok()
    }

    /// Where a character stands in it, in order.
    pub fn places_of(&self, c: char) -> impl Iterator<Item = usize> + '_ {
        let from = self.places.partition_point(|(own, _)| *own < c);
        self.places[from..].iter().take_while(move |(own, _)| *own == c).map(|(_, at)| *at)
    }

    /// Have both a character in common?
    pub fn touches(&self, other: &Self) -> bool {
        let mut others = other.places.iter().peekable();
        self.places.iter().any(|(own, _)| {
            while others.next_if(|(c, _)| c < own).is_some() {}
            others.peek().is_some_and(|(c, _)| c == own)
        })
    }

    /// How many pairs both have.
    pub fn common(&self, other: &Self) -> usize {
        shared(&self.pairs, &other.pairs)
    }
}

/// How many of some things are also among others; both are sorted.
pub fn shared<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut own, mut others) = (a.iter().peekable(), b.iter().peekable());
    let mut count = 0;
    while let (Some(x), Some(y)) = (own.peek(), others.peek()) {
        let order = x.cmp(y);
        count += usize::from(order.is_eq());
        if order.is_le() {
            own.next();
        }
        if order.is_ge() {
            others.next();
        }
    }
    count
}

/// Words of what was, not of what is to be.
const PAST: [&str; 7] = ["上年", "去年", "累计", "截至", "已经", "十三五", "十四五"];

/// What a number is meant for each of: 每月, 人均.
fn each(text: &str) -> Option<String> {
    let every = text.find('每').map(|at| text[at..].chars().take(2).collect());
    every.or_else(|| {
        ["人均", "户均", "月均", "日均", "年均"].into_iter().find(|word| text.contains(word)).map(str::to_owned)
    })
}

/// Most characters of a phrase that are compared.
const LONGEST: usize = 60;

impl Words {
    /// The words of a target: those before its number and those behind its unit.
    pub fn of(lead: &str, tail: &str, voice: Voice) -> Self {
        let (lead, tail) = (last(lead), first(tail));
        let both = format!("{lead} {tail}");
        let indicator = voice == Voice::Indicator;
        let texts: &[&str] = if indicator { &[lead, tail, &both] } else { &[&both] };
        Self {
            phrases: texts.iter().filter(|text| !text.is_empty()).map(|text| Phrase::of(text)).collect(),
            head: tight(lead),
            name: indicator.then(|| tight(lead)),
            aspects: targets::aspects(&both),
            each: each(&both),
            past: PAST.iter().any(|word| both.contains(word)),
        }
    }
}

/// Words right before a number without what says no more than that it comes: 参保率达到 → 参保率.
fn tight(lead: &str) -> String {
    let mut rest = lead;
    for head in ["年度", "全年", "本年", "力争", "确保", "实现"] {
        rest = rest.strip_prefix(head).unwrap_or(rest);
    }
    loop {
        let before = rest;
        for tail in ["达到", "达", "稳定在", "保持在", "控制在", "在", "为", "约", "不低于", "不少于", "≥", "≤", "的"]
        {
            rest = rest.strip_suffix(tail).unwrap_or(rest);
        }
        if rest == before {
            return rest.to_owned();
        }
    }
}

fn last(text: &str) -> &str {
    text.char_indices().rev().nth(LONGEST - 1).map_or(text, |(at, _)| &text[at..])
}

fn first(text: &str) -> &str {
    text.char_indices().nth(LONGEST).map_or(text, |(at, _)| &text[..at])
}
