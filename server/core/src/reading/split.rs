//! Where one disclosure of a compilation ends and the next begins.

use std::ops::Range;

use super::section::Section;
use crate::hash::Map;
use crate::text::Rest;

/// The most frequent item; the first of those that are equally frequent.
pub fn majority<T: Eq + std::hash::Hash + Clone>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Map<T, (usize, usize)> = Map::default();
    for (order, item) in items.enumerate() {
        counts.entry(item).or_insert((0, order)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, (count, order))| (*count, std::cmp::Reverse(*order))).map(|(item, _)| item)
}

/// A run of sections that make up a disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The sections.
    pub sections: Range<usize>,
    /// The section at which it showed that a disclosure begins: the titles before it came along.
    pub shown: usize,
}

/// What a section says of where one disclosure ends and the next begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sign {
    /// It announces a whole disclosure.
    cover: bool,
    /// It goes on with a disclosure: 第三部分 某某局2023年度部门决算情况说明.
    later_part: bool,
    /// It is little more than a title.
    short: bool,
    /// It has figures.
    figures: bool,
    /// It is a 收支总表 with rows.
    first_table: bool,
    /// It is one with all its income.
    whole: bool,
    /// The body that it says it is of.
    own: Option<Box<str>>,
    /// The body that it names first.
    named: Option<Box<str>>,
}

/// Shorter sections are titles, in bytes.
const TITLE: usize = 40;

impl Sign {
    /// Of a section.
    pub fn of(section: &Section) -> Self {
        let heading = &section.heading.text;
        let first = |id: &str| matches!(id, "B1" | "F1");
        let table = section.table.as_ref().filter(|table| first(&table.form.id) && !table.rows.is_empty());
        let own = section
            .bodies
            .iter()
            .find(|mention| section.cover || mention.code.as_ref().is_some_and(|code| code.text.len() == 3));
        Self {
            cover: section.cover,
            later_part: heading.starts_with('第') && !is_first_part(heading),
            short: section.len < TITLE,
            figures: !section.figures.is_empty(),
            first_table: table.is_some(),
            whole: table.is_some_and(|table| table.rows.iter().any(|row| row.name.text == "本年收入合计")),
            own: own.map(|mention| mention.name.text.as_str().into()),
            named: section.bodies.first().map(|mention| mention.name.text.as_str().into()),
        }
    }
}

/// 第一部分, 第 1 部分.
fn is_first_part(heading: &str) -> bool {
    let mut rest = Rest(heading);
    let part = rest.take(&["第"]);
    rest.take_space();
    let first = rest.take(&["一", "1"]);
    rest.take_space();
    part && first && rest.take(&["部分"])
}

/// Tells the disclosures apart: one ends and the next begins at a second 收支总表, or at the title of another body.
#[derive(Debug, Default)]
pub struct Splitter {
    /// How many sections came.
    count: usize,
    /// Where the open disclosure begins, and at which section it showed.
    start: usize,
    shown: usize,
    /// The first of the titles right before the next section.
    titles: usize,
    /// What the open disclosure has had.
    first_table: bool,
    whole: bool,
    figures: bool,
    body: Option<Box<str>>,
}

impl Splitter {
    /// The first disclosure begins with the first section, and showed at `shown`.
    pub fn new(shown: usize) -> Self {
        Self { shown, ..Self::default() }
    }

    /// The next section; the disclosure that ends before it, or before the titles before it.
    pub fn take(&mut self, sign: &Sign) -> Option<Run> {
        let index = self.count;
        self.count += 1;
        // What stands before the section at which it showed has been gone over before.
        let ended = if index < self.shown { None } else { self.meet(index, sign) };
        if !(sign.cover || sign.short) {
            self.titles = index + 1;
        }
        ended
    }

    fn meet(&mut self, index: usize, sign: &Sign) -> Option<Run> {
        let other = |own: &str| self.body.as_deref().is_some_and(|body| body != own) && !own.ends_with("本级");
        let other_body = sign.cover && self.figures && !sign.later_part && sign.own.as_deref().is_some_and(other);
        // A second 收支总表 of the same body is another page of the first.
        let differs = sign.named.is_none() || self.body.is_none() || sign.named != self.body;
        let again = sign.first_table && self.first_table && differs;
        let ended = (other_body || again || sign.whole && self.whole).then(|| {
            // A title right before the table opens the new disclosure with it.
            let from = self.titles.max(self.start + 1).min(index);
            let run = Run { sections: self.start..from, shown: self.shown };
            let (count, titles) = (self.count, self.titles);
            *self = Self { count, titles, start: from, shown: index, ..Self::default() };
            run
        });
        self.first_table |= sign.first_table;
        self.whole |= sign.whole;
        self.figures |= sign.figures;
        if self.body.is_none() {
            self.body.clone_from(&sign.own);
        }
        ended
    }

    /// The last disclosure: all that is left.
    pub fn finish(self) -> Run {
        Run { sections: self.start..self.count, shown: self.shown }
    }
}

/// The disclosures of some sections; the first begins with the first section, and showed at `shown`.
pub fn split<'s>(signs: impl IntoIterator<Item = &'s Sign>, shown: usize) -> Vec<Run> {
    let mut splitter = Splitter::new(shown);
    let mut runs: Vec<Run> = signs.into_iter().filter_map(|sign| splitter.take(sign)).collect();
    runs.push(splitter.finish());
    runs
}
