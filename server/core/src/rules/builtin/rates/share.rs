//! Shares: K A，占 T 的 P.

use rust_decimal::Decimal;

use super::{LOOKED_AT, MOST, Passage, Reading, Settled, holds_number, passages};
use crate::catalog::measures;
use crate::finding::Severity;
use crate::reading::fact_table::CellFact;
use crate::reading::quantity::{Kind, Role, key};
use crate::reading::table::RowKind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::relation::Term;

/// Longest row of numbers.
const ROW: usize = 80;

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
        let mut settled = Settled::default();
        for at in 0..passage.all.len().min(MOST) {
            let Some(part) = passage.part(at) else { continue };
            let (certain, others) = passage.bases(at, part);
            let reading = |base: Vec<Term>| Reading { part: vec![passage.term(part, 1)], base };
            let unknown = settled.unchecked;
            passage.settle((page, at, 1), certain.map(reading), others.into_iter().map(reading), &mut settled);
            if settled.unchecked > unknown {
                passage.beyond_all(page, at, laid);
            }
        }
        settled.lay(laid);
    }
}

impl<'a> Passage<'a> {
    /// No part is more than its whole, whatever that is. 占上年的 120% is no part.
    fn beyond_all(&self, page: usize, at: usize, laid: &mut Laid) {
        let base = &self.all[at].base;
        if self.value(at) <= Decimal::ONE_HUNDRED
            || ["上年", "去年", "预算", "同期", "目标"].iter().any(|word| base.contains(word))
        {
            return;
        }
        let hundred = vec![super::super::constant(Decimal::ONE_HUNDRED, "100%")];
        let mut relation =
            super::relation(self.context, page, vec![self.term(at, 1)], Op::AtMost, hundred, self.place());
        relation.severity = Severity::Warning;
        laid.relations.push(relation);
    }

    /// The amount that a share is the share of.
    pub(super) fn part(&self, at: usize) -> Option<usize> {
        self.part_of(at, 4)
    }

    fn part_of(&self, at: usize, more: usize) -> Option<usize> {
        let own = &self.all[at];
        if !own.is_rate(Role::Share) {
            return None;
        }
        if own.chained || self.all.get(at + 1).is_some_and(|next| next.chained) {
            return self.in_row(at);
        }
        let last = at.checked_sub(1)?;
        let gap = self.gap(at);
        if gap == "的" {
            let part = last.checked_sub(1)?;
            let own = &self.all[part];
            return (own.kind == Kind::Money && !own.vague && self.together(part, at)).then_some(part);
        }
        let joint = gap.split('占').next()?.trim_matches(['，', '、', '（', '）', '；', ',']);
        // A（其中：…），占 P: what stands before the bracket.
        let outer = (0..=last).rev().take(12).find(|&before| self.all[before].depth <= own.depth)?;
        if outer < last && !self.gap(outer + 1).starts_with('（') || holds_number(gap) {
            return None;
        }
        let last = outer;
        if !self.together(last, at)
            || gap.contains('；')
            || !matches!(joint, "" | "分别" | "均" | "约" | "并" | "且" | "也")
        {
            return None;
        }
        match self.all[last].kind {
            Kind::Money if !self.all[last].vague => Some(last),
            // 占收入的 P，占支出的 P: two shares of one amount, of two wholes.
            Kind::Percent if self.all[last].role == Role::Share && more > 0 => self.part_of(last, more - 1),
            // A，增长 P，占 T 的 Q.
            Kind::Percent if matches!(self.all[last].role, Role::Growth | Role::Completion) => {
                let own = last.checked_sub(1).filter(|&own| self.all[own].is_level() && self.together(own, last))?;
                (self.gap(last).chars().count() <= 12 && !self.gap(last).contains('；')).then_some(own)
            }
            _ => None,
        }
    }

    /// A、B和C，分别占 P、Q和R: the amount at the same place of the row before.
    fn in_row(&self, at: usize) -> Option<usize> {
        let (first, end) = self.row(at);
        let last = first.checked_sub(1)?;
        let (start, stop) = self.row(last);
        if self.all[last].kind != Kind::Money || !self.together(last, at) {
            return None;
        }
        if stop - start == end - first {
            return Some(start + (at - first));
        }
        // 人员经费 A 和公用经费 B，分别占 P 和 Q.
        let from = first.checked_sub(end - first)?;
        let each = (from..first).all(|at| self.all[at].is_level() && !self.all[at].vague && self.together(at, first));
        (stop - start == 1 && each && self.gap(first).contains("分别")).then_some(from + (at - first))
    }

    /// The row of numbers that one stands in: from the first to past the last.
    pub(super) fn row(&self, at: usize) -> (usize, usize) {
        let first = (0..=at).rev().take(ROW).find(|&first| !self.all[first].chained).unwrap_or(at);
        let end = (at + 1..self.all.len())
            .take(ROW)
            .find(|&end| !self.all[end].chained)
            .unwrap_or(self.all.len().min(at + ROW));
        (first, end)
    }

    /// The whole that the words leave, if they leave one, and others that may be meant.
    fn bases(&self, at: usize, part: usize) -> (Option<Vec<Term>>, Vec<Vec<Term>>) {
        let named = key(&self.all[at].base);
        let whole = |passage: &Passage<'_>, level: usize| vec![passage.term(level, 1)];
        let levels = self.levels();
        let mut others: Vec<Vec<Term>> = Vec::new();
        let parent = self.parent(part);
        if self.gap(at) == "的" {
            return (Some(whole(self, at - 1)), Vec::new());
        }
        let mut certain = if named.is_empty() { parent.map(|level| whole(self, level)) } else { None };
        if !named.is_empty() {
            let measure = measures::ending(named).first().map(|measure| measure.name.as_str());
            let called = |passage: &Passage, level: usize| {
                let own = passage.all[level].statement.map(|own| passage.section.statements[own].measure);
                key(&passage.all[level].name) == named || measure.is_some() && own.flatten() == measure
            };
            let exact: Vec<&(Passage, usize)> = levels
                .iter()
                .filter(|(passage, level)| called(passage, *level) && (passage.number, *level) != (self.number, part))
                .collect();
            others.extend(exact.iter().map(|(passage, level)| whole(passage, *level)));
            let value = |found: &(Passage, usize)| found.0.value(found.1);
            let agreed = exact.first().is_some_and(|first| exact.iter().all(|other| value(other) == value(first)));
            if agreed && long(named) {
                certain = exact.first().map(|(passage, level)| whole(passage, *level));
            }
        }
        let (certain, backed) = self.by_siblings(at, part, certain, named.is_empty());
        if backed {
            return (certain, Vec::new());
        }
        others.extend(self.any_base(at, part, parent, &levels));
        (certain, others)
    }

    /// What the other shares of the sentence say of the whole: the level, or the sum of the list, that most of them are
    /// shares of. Where none of them is a share of what seemed to be meant without being named, that is not it.
    /// True where they back it.
    fn by_siblings(
        &self,
        at: usize,
        part: usize,
        certain: Option<Vec<Term>>,
        unnamed: bool,
    ) -> (Option<Vec<Term>>, bool) {
        let others: Vec<(usize, usize)> =
            self.run(at).into_iter().filter(|(other, part)| *other != at && !self.value(*part).is_zero()).collect();
        let Some(&(_, first)) = others.first() else { return (certain, false) };
        let agree = |base: &Vec<Term>| {
            let holds = |(share, part): &&(usize, usize)| {
                let reading = Reading { part: vec![self.term(*part, 1)], base: base.clone() };
                self.holds(*share, 1, &reading)
            };
            others.iter().filter(holds).count()
        };
        if let Some(base) = &certain {
            let agreed = agree(base);
            if !unnamed || agreed > 0 {
                return (certain, agreed > 0);
            }
        }
        let before =
            (0..first.min(part)).rev().filter(|&level| self.all[level].is_level() && !self.all[level].vague).take(8);
        let sum = others.iter().map(|&(_, other)| self.value(other)).sum::<Decimal>() + self.value(part);
        let strong = |level: usize| {
            let agreed = agree(&vec![self.term(level, 1)]);
            agreed >= 2 && agreed + 1 >= others.len() || agreed == others.len() && sum == self.value(level)
        };
        let list = || {
            let base: Vec<Term> =
                others.iter().map(|&(_, other)| self.term(other, 1)).chain([self.term(part, 1)]).collect();
            (others.len() >= 2 && agree(&base) == others.len()).then_some(base)
        };
        let found =
            before.into_iter().find(|&level| strong(level)).map(|level| vec![self.term(level, 1)]).or_else(list);
        let backed = found.is_some();
        (found, backed)
    }

    /// Every whole that may be meant: what the part is listed under, the list itself, the other levels, the totals of tables.
    fn any_base(
        &self,
        at: usize,
        part: usize,
        parent: Option<usize>,
        levels: &[(Passage<'a>, usize)],
    ) -> Vec<Vec<Term>> {
        let mut out: Vec<Vec<Term>> = Vec::new();
        let mut above = parent;
        while let Some(level) = above.filter(|_| out.len() < 12) {
            out.push(vec![self.term(level, 1)]);
            above = self.parent(level);
        }
        let from = parent.unwrap_or(part);
        let siblings: Vec<usize> = (from..self.all.len().min(from + ROW))
            .filter(|&other| self.all[other].is_level() && parent.is_some() && self.parent(other) == parent)
            .collect();
        if siblings.len() > 1 {
            out.push(siblings.iter().map(|&other| self.term(other, 1)).collect());
        }
        let run = self.run(at);
        if run.len() > 1 {
            out.push(run.iter().map(|&(_, other)| self.term(other, 1)).collect());
        }
        let own = self.value(part);
        let larger = |value: Decimal| value >= own;
        let other = |(passage, level): &&(Passage, usize)| {
            larger(passage.value(*level)) && (passage.number, *level) != (self.number, part)
        };
        let others = levels.iter().filter(other);
        out.extend(others.map(|(passage, level)| vec![passage.term(*level, 1)]));
        for table in self.context.disclosure.tables(|_| true) {
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
        let above = (0..at).rev().take(LOOKED_AT).find(|&above| self.all[above].statement == Some(parent))?;
        self.all[above].is_level().then_some(above)
    }
}

/// A name long enough to be meant for sure.
fn long(name: &str) -> bool {
    name.chars().count() >= 4
}
