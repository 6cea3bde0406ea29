//! Growth rates: the change as a share of what was before.

use super::{Passage, Reading, Settled, holds_number, outturn_than, passages};
use crate::reading::quantity::{Kind, Role, key};
use crate::rules::context::{Context, Laid};

/// What a growth rate is read of.
pub(super) struct Growth {
    /// The percentage.
    pub at: usize,
    /// The amount of the change, where one is printed.
    pub change: Option<usize>,
    /// 1 up, -1 down, 0 left open.
    pub way: i8,
    /// The reading the words leave, if they leave one.
    pub certain: Option<Reading>,
    /// Others that may be meant.
    pub others: Vec<Reading>,
}

/// YY03: a rate of growth is the change divided by the figure of the year before.
pub fn rates(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        let mut settled = Settled::default();
        for growth in passage.growths() {
            if passage.turned(&growth) {
                continue;
            }
            let Growth { at, way, certain, others, .. } = growth;
            passage.settle((page, at, way), certain, others, &mut settled);
        }
        settled.lay(laid);
    }
}

impl Passage<'_> {
    /// The rates of growth of a passage, with what they may be of.
    pub(super) fn growths(&self) -> Vec<Growth> {
        let rates = (0..self.all.len().min(super::MOST))
            .filter(|&at| self.all[at].is_rate(Role::Growth) && !self.all[at].chained);
        rates.filter_map(|at| self.growth(at)).collect()
    }

    fn growth(&self, at: usize) -> Option<Growth> {
        let rate = &self.all[at];
        let beside = |other: usize, joint: usize| {
            let own = self.all.get(other)?;
            let gap = self.gap(joint);
            let plain = gap.chars().count() <= 12
                && !gap.contains(['；', '。', '\n'])
                && !gap.contains("其中")
                && !holds_number(gap);
            (own.kind == Kind::Money && own.role == Role::Change && !own.vague && plain && self.together(other, at))
                .then_some(other)
        };
        let before = at.checked_sub(1).and_then(|other| beside(other, at)).filter(|_| plain(&rate.name));
        // 比上年增长 P，增加 A: the amount behind, unless a rate of its own follows that.
        let behind = || {
            let other = beside(at + 1, at + 1)?;
            let taken = self.all.get(other + 1).is_some_and(|next| {
                next.role == Role::Growth && plain(&next.name) && self.gap(other + 1).chars().count() <= 12
            });
            (plain(&self.all[other].name) && !taken).then_some(other)
        };
        match before.or_else(behind) {
            Some(change) => Some(self.of_change(at, change)),
            None => self.of_levels(at),
        }
    }

    /// 较上年 A₀ 增加 A，增长 P · A，比上年增加 A，增长 P.
    fn of_change(&self, at: usize, change: usize) -> Growth {
        let own = self.all[change].way;
        let way = if own == 0 { self.all[at].way } else { own };
        let sign = if way < 0 { -1 } else { 1 };
        let head = at.min(change);
        let of_prior = |prior: usize| Reading { part: vec![self.term(change, sign)], base: vec![self.term(prior, 1)] };
        let of_level = |passage: &Passage, level: usize| Reading {
            part: vec![self.term(change, sign)],
            base: vec![passage.term(level, 1), self.term(change, -sign)],
        };
        let prior = head.checked_sub(1).filter(|&prior| {
            (self.is_prior(prior) || self.is_compared(prior))
                && self.together(prior, head)
                && !holds_number(self.gap(head))
        });
        // 由 A₀ 增加到 A，增加 B，增长 P.
        let from = head.checked_sub(2).filter(|&prior| {
            self.is_prior(prior)
                && self.together(prior, head)
                && self.all[head - 1].is_level()
                && to(self.gap(head - 1))
        });
        let prior = prior.or(from).or_else(|| self.planned(head));
        let certain = match prior {
            Some(prior) => Some(of_prior(prior)),
            None => self.subject(head).map(|level| of_level(self, level)),
        };
        let mut others = Vec::new();
        for near in (head.saturating_sub(40)..self.all.len().min(head + 4)).rev() {
            if self.all[near].is_level() {
                others.push(of_level(self, near));
            }
            if self.is_prior(near) || self.all[near].role == Role::Budget {
                others.push(of_prior(near));
            }
        }
        // 基本支出增加 A，增长 P: its level may stand in another section.
        let name = key(&self.all[head].name);
        if name.chars().count() >= 3 {
            let far = self
                .levels()
                .into_iter()
                .filter(|(passage, level)| passage.number != self.number && key(&passage.all[*level].name) == name);
            others.extend(far.map(|(passage, level)| of_level(&passage, level)));
        }
        Growth { at, change: Some(change), way, certain, others }
    }

    /// A，比上年的 A₀ 增长 P · 由 A₀ 增加到 A，增长 P.
    fn of_levels(&self, at: usize) -> Option<Growth> {
        let last = at.checked_sub(1)?;
        let before = last.checked_sub(1)?;
        if !self.together(last, at)
            || !self.together(before, at)
            || self.gap(at).chars().count() > 12
            || holds_number(self.gap(at))
            || holds_number(self.gap(last))
        {
            return None;
        }
        let (level, prior) = match (self.is_prior(last), self.is_prior(before)) {
            (true, _) if self.all[before].is_level() && compares_only(&self.all[last].name) => (before, last),
            (_, true) if self.all[last].is_level() && to(self.gap(last)) => (last, before),
            _ => return None,
        };
        let way = self.all[at].way;
        let reading =
            Reading { part: vec![self.term(level, 1), self.term(prior, -1)], base: vec![self.term(prior, 1)] };
        let plain = plain(&self.all[at].name) && way != 0;
        Some(Growth { at, change: None, way, certain: Some(reading).filter(|_| plain), others: Vec::new() })
    }

    /// 较年初预算减少 A，下降 P: the one budget of the item.
    fn planned(&self, head: usize) -> Option<usize> {
        let own = &self.all[head];
        // 决算数比预算数减少: what compares is the outturn.
        let word = outturn_than(&own.name)?;
        let word = word.trim_end_matches('数').strip_suffix("预算")?;
        let budgets: Vec<usize> = (head.saturating_sub(6)..head)
            .filter(|&at| {
                self.all[at].role == Role::Budget && self.all[at].item == own.item && self.all[at].kind == Kind::Money
            })
            .collect();
        let named: Vec<usize> = budgets.iter().copied().filter(|&at| self.all[at].name.contains(word)).collect();
        if let [only] = named.as_slice() { Some(*only) } else { None }
    }

    /// 比预算数 A₀ 减少 A: what it is compared with is printed.
    fn is_compared(&self, at: usize) -> bool {
        let own = &self.all[at];
        own.role == Role::Budget
            && own.kind == Kind::Money
            && !own.vague
            && ["比", "较"].iter().any(|word| own.name.starts_with(word))
    }

    pub(super) fn is_prior(&self, at: usize) -> bool {
        let own = &self.all[at];
        own.kind == Kind::Money && own.role == Role::Prior && !own.vague
    }
}

/// Nothing but the turn itself names a number.
pub(super) fn plain(name: &str) -> bool {
    matches!(key(name), "" | "即" | "同比" | "比上年" | "较上年" | "环比")
}

/// 增加到, 调整为: what stands behind is the level of today.
pub(super) fn to(gap: &str) -> bool {
    [
        "增加到",
        "减少到",
        "调整为",
        "调整到",
        "增长到",
        "下降到",
        "提高到",
        "降低到",
        "增至",
        "减至",
        "降至",
        "上升到",
        "增加至",
        "减少至",
    ]
    .iter()
    .any(|word| gap.ends_with(word))
}

/// Do the words before last year's figure only compare, so that it is of the amount before it?
pub(super) fn compares_only(name: &str) -> bool {
    let name = name.trim_matches('的');
    let budget = ["预算数", "预算", "预算安排", "年初预算数", "年初预算", "执行数", "决算数"];
    plain(name) || name.starts_with(['比', '较', '与']) && budget.contains(&key(name))
}
