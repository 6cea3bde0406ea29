//! Shares: K A，占 T 的 P.

use rust_decimal::Decimal;

use super::{Passage, Reading, passages};
use crate::reading::disclosure::CellFact;
use crate::reading::quantity::{Kind, Role, key};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::relation::Term;

/// NN12: the shares of a budget.
pub fn of_budgets(context: &Context, page: usize, laid: &mut Laid) {
    if !context.disclosure.accounts {
        shares(context, page, laid);
    }
}

/// FA06: the shares of final accounts.
pub fn of_accounts(context: &Context, page: usize, laid: &mut Laid) {
    if context.disclosure.accounts {
        shares(context, page, laid);
    }
}

/// A share is the part divided by the whole that the words name, or by the whole of the list.
fn shares(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for at in 0..passage.all.len() {
            let Some(part) = passage.part(at) else { continue };
            let (certain, others) = passage.bases(at, part);
            let reading = |base: Vec<Term>| Reading { part: vec![passage.term(part, 1)], base };
            passage.settle((page, at, 1), certain.map(reading), others.into_iter().map(reading), laid);
        }
    }
}

impl<'a> Passage<'a> {
    /// The amount that a share is the share of.
    pub(super) fn part(&self, at: usize) -> Option<usize> {
        let own = &self.all[at];
        if !own.is_rate(Role::Share) {
            return None;
        }
        if own.chained || self.all.get(at + 1).is_some_and(|next| next.chained) {
            return self.in_row(at);
        }
        let last = at.checked_sub(1)?;
        let gap = self.gap(at);
        let joint = gap.split('占').next()?.trim_matches(['，', '、', '（', '；', ',']);
        if !self.together(last, at)
            || gap.contains('；')
            || !matches!(joint, "" | "分别" | "均" | "约" | "并" | "且" | "也")
        {
            return None;
        }
        match self.all[last].kind {
            Kind::Money if !self.all[last].vague => Some(last),
            // 占收入的 P，占支出的 P: two shares of one amount, of two wholes.
            Kind::Percent if self.all[last].role == Role::Share => self.part(last),
            _ => None,
        }
    }

    /// A、B和C，分别占 P、Q和R: the amount at the same place of the row before.
    fn in_row(&self, at: usize) -> Option<usize> {
        let (first, end) = self.row(at);
        let last = first.checked_sub(1)?;
        let (start, stop) = self.row(last);
        let same = self.all[last].kind == Kind::Money && self.together(last, at) && stop - start == end - first;
        same.then_some(start + (at - first))
    }

    /// The row of numbers that one stands in: from the first to past the last.
    pub(super) fn row(&self, at: usize) -> (usize, usize) {
        let first = (0..=at).rev().find(|&first| !self.all[first].chained).unwrap_or(0);
        let end = (at + 1..self.all.len()).find(|&end| !self.all[end].chained).unwrap_or(self.all.len());
        (first, end)
    }

    /// The whole that the words leave, if they leave one, and others that may be meant.
    fn bases(&self, at: usize, part: usize) -> (Option<Vec<Term>>, Vec<Vec<Term>>) {
        let named = key(&self.all[at].base);
        let whole = |passage: &Passage<'_>, level: usize| vec![passage.term(level, 1)];
        let levels = self.levels();
        let mut others: Vec<Vec<Term>> = Vec::new();
        let parent = self.parent(part);
        let certain = if named.is_empty() {
            parent
        } else {
            let exact: Vec<&(Passage, usize)> = levels
                .iter()
                .filter(|(passage, level)| {
                    key(&passage.all[*level].name) == named && (passage.number, *level) != (self.number, part)
                })
                .collect();
            others.extend(exact.iter().map(|(passage, level)| whole(passage, *level)));
            let value = |found: &(Passage, usize)| found.0.value(found.1);
            let agreed = exact.first().is_some_and(|first| exact.iter().all(|other| value(other) == value(first)));
            if agreed && long(named) {
                return (
                    exact.first().map(|(passage, level)| whole(passage, *level)),
                    self.any_base(part, parent, &levels),
                );
            }
            None
        };
        let certain = certain.map(|level| whole(self, level));
        others.extend(self.any_base(part, parent, &levels));
        (certain, others)
    }

    /// Every whole that may be meant: what the part is listed under, the list itself, the other levels, the totals of tables.
    fn any_base(&self, part: usize, parent: Option<usize>, levels: &[(Passage<'a>, usize)]) -> Vec<Vec<Term>> {
        let mut out: Vec<Vec<Term>> = Vec::new();
        let mut above = parent;
        while let Some(level) = above.filter(|_| out.len() < 12) {
            out.push(vec![self.term(level, 1)]);
            above = self.parent(level);
        }
        let siblings: Vec<usize> = (0..self.all.len())
            .filter(|&other| self.all[other].is_level() && parent.is_some() && self.parent(other) == parent)
            .collect();
        if siblings.len() > 1 {
            out.push(siblings.iter().map(|&other| self.term(other, 1)).collect());
        }
        let own = self.value(part);
        let larger = |value: Decimal| value >= own;
        let other = |(passage, level): &&(Passage, usize)| {
            larger(passage.value(*level)) && (passage.number, *level) != (self.number, part)
        };
        let others = levels.iter().filter(other);
        out.extend(others.map(|(passage, level)| vec![passage.term(*level, 1)]));
        for table in &self.context.disclosure.tables {
            let totals = table.rows.iter().filter(|fact| {
                fact.row.kind == RowKind::Total
                    || ["合计", "总计"].iter().any(|word| fact.row.name.text.ends_with(word))
            });
            for id in totals.flat_map(|fact| &fact.cells).filter_map(|cell| match cell {
                CellFact::Figure(id) => Some(*id),
                _ => None,
            }) {
                out.push(vec![super::term(id, format!("{}合计", table.form.name))]);
            }
        }
        out
    }

    /// The amount that one is listed under.
    pub(super) fn parent(&self, at: usize) -> Option<usize> {
        let statement = &self.section.statements[self.all[at].statement?];
        let parent = statement.parent?;
        let above = (0..at).rev().find(|&above| self.all[above].statement == Some(parent))?;
        self.all[above].is_level().then_some(above)
    }
}

/// A name long enough to be meant for sure.
fn long(name: &str) -> bool {
    name.chars().count() >= 4
}
