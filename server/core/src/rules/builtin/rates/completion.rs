//! 完成预算的 P: the outturn as a share of the budget; and 大于, 小于, 持平 between the two.

use super::{Passage, Reading, Settled, holds_number, outturn_than, passages};
use crate::finding::Severity;
use crate::reading::quantity::{Kind, Role, key};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::page::Tolerance;
use crate::text::Rest;

/// NN17: the rate of completion is the outturn divided by the budget it is said to be of.
pub fn rates(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        let mut settled = Settled::default();
        for at in 0..passage.all.len().min(super::MOST) {
            if !passage.all[at].is_rate(Role::Completion) || passage.all[at].chained {
                continue;
            }
            let beside = passage.pair(at);
            let apart = beside.is_none();
            let Some(pair) = beside.or_else(|| passage.told_apart(at)) else { continue };
            let reading = |budget: usize| Reading {
                part: vec![passage.term(pair.result, 1)],
                base: vec![passage.term(budget, 1)],
            };
            let others = pair.budgets.iter().map(|budget| reading(*budget)).collect::<Vec<_>>();
            let known = settled.broken.len();
            passage.settle((page, at, 1), pair.certain.map(reading), others, &mut settled);
            // A budget of another sentence may have been adjusted since.
            for relation in settled.broken[known..].iter_mut().filter(|_| apart) {
                relation.severity = relation.severity.max(Severity::Warning);
            }
        }
        settled.lay(laid);
    }
}

/// NN18: 决算数比预算数减少 A: the budget less the outturn.
pub fn gaps(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        if !passage.section.prose.contains("预算") {
            continue;
        }
        for at in 0..passage.all.len().min(super::MOST) {
            passage.off_budget(page, at, laid);
        }
    }
}

/// An outturn and the budgets it may be compared with.
pub(super) struct Pair {
    pub result: usize,
    pub budgets: Vec<usize>,
    /// The one that is meant for sure.
    pub certain: Option<usize>,
}

/// 年初预算数, and nothing else?
fn is_budget(word: &str) -> bool {
    let mut rest = Rest(word);
    rest.take(&["年初", "全年", "当年"]);
    matches!(rest.0, "预算" | "预算数")
}

impl Passage<'_> {
    /// What a rate of completion is of: 年初预算 A，决算 B，完成预算的 P; or 支出 B，完成预算 A 的 P.
    fn pair(&self, at: usize) -> Option<Pair> {
        let last = at.checked_sub(1)?;
        if self.gap(at) == "的" {
            let result = last.checked_sub(1).filter(|&result| {
                let own = &self.all[result];
                own.is_level() && self.together(result, at) && !self.gap(last).contains(['；', '。'])
            })?;
            return Some(Pair { result, budgets: vec![last], certain: Some(last) });
        }
        if !matches!(
            self.gap(at).split(['完', '预', '执', '为', '达', '占', '支']).next(),
            Some("" | "，" | "。" | "。\n" | "（" | "、")
        ) {
            return None;
        }
        let mut pair = self.compared(last, at)?;
        let word = &self.all[at].base;
        let kinds = ["调整", "全年", "变动", "追加"];
        let kind =
            |text: &str| kinds.into_iter().find(|kind| text.contains(kind)).or(text.contains("年初").then_some("年初"));
        let wanted = kind(word);
        let fitting: Vec<usize> = pair
            .budgets
            .iter()
            .copied()
            .filter(|&budget| wanted.is_none() || kind(&self.all[budget].name) == wanted)
            .collect();
        pair.certain = match (fitting.as_slice(), pair.budgets.as_slice()) {
            ([only], _) => Some(*only),
            // 完成年初预算 beside 预算: the one budget that is named.
            ([], [only]) if wanted == Some("年初") && kind(&self.all[*only].name).is_none() => Some(*only),
            // Of several budgets the one of the same name.
            (fitting, _) => {
                let name = stem(&self.all[pair.result].name);
                let mut own = fitting.iter().filter(|&&budget| stem(&self.all[budget].name) == name);
                own.next().copied().filter(|_| name.chars().count() >= 4 && own.next().is_none())
            }
        };
        Some(pair)
    }

    /// 公务接待费支出决算 B，完成预算的 P, where the budget of the same name stands in another sentence. Only one that the
    /// section states once, or always alike.
    fn told_apart(&self, at: usize) -> Option<Pair> {
        let result = at.checked_sub(1)?;
        let own = &self.all[result];
        let joined = matches!(self.gap(at).split(['完', '为']).next(), Some("" | "，" | "、"));
        if own.kind != Kind::Money
            || !matches!(own.role, Role::Level | Role::Result)
            || own.vague
            || !joined
            || !self.together(result, at)
            || holds_number(self.gap(at))
            || ["调整", "全年", "变动", "追加"].iter().any(|word| self.all[at].base.contains(word))
        {
            return None;
        }
        let name = stem(&own.name);
        if name.chars().count() < 4 {
            return None;
        }
        let near = at.saturating_sub(super::LOOKED_AT)..self.all.len().min(at + 20);
        let budgets: Vec<usize> = near
            .filter(|&budget| {
                let other = &self.all[budget];
                other.kind == Kind::Money
                    && other.role == Role::Budget
                    && !other.vague
                    && other.name.contains(name)
                    && stem(&other.name) == name
            })
            .collect();
        let first = *budgets.first()?;
        let alike = budgets.iter().all(|&budget| self.value(budget) == self.value(first));
        alike.then(|| Pair { result, budgets: vec![first], certain: Some(first) })
    }

    /// 年初预算 A，支出决算 B，决算数比预算数减少 C.
    fn off_budget(&self, page: usize, at: usize, laid: &mut Laid) {
        let own = &self.all[at];
        let compares = || outturn_than(&own.name).is_some_and(is_budget);
        if own.kind != Kind::Money || own.role != Role::Change || own.way == 0 || own.vague || !compares() {
            return;
        }
        // A rate of completion may stand between.
        let Some(last) = (0..at).rev().take(3).find(|&last| self.all[last].kind != Kind::Percent) else { return };
        if (last + 1..=at).any(|at| holds_number(self.gap(at)) || self.gap(at).contains("其中")) {
            return;
        }
        let Some(pair) = self.compared(last, last) else { return };
        let [budget] = pair.budgets.as_slice() else { return };
        let adjusted = ["全年", "调整", "变动"].iter().any(|word| self.all[*budget].name.contains(word));
        if own.name.contains("年初") && adjusted {
            return;
        }
        if self.all[pair.result].item != own.item || own.sentence - self.all[last].sentence > 1 {
            return;
        }
        let left = vec![self.term(pair.result, 1), self.term(*budget, -1)];
        let mut relation =
            super::relation(self.context, page, left, Op::Equal, vec![self.term(at, own.way)], self.place());
        relation.tolerance = Tolerance::Sum;
        laid.relations.push(relation);
    }

    /// The outturn that ends with `last` and the budgets right before it (or the other way round), in one item.
    pub(super) fn compared(&self, last: usize, at: usize) -> Option<Pair> {
        let near = |from: usize, to: usize| {
            self.all[from].item == self.all[to].item && self.all[to].sentence - self.all[from].sentence <= 1
        };
        let money = |at: usize, role: Role| {
            self.all[at].kind == Kind::Money && self.all[at].role == role && !self.all[at].vague
        };
        if !near(last, at) || holds_number(self.gap(last)) || last < at && holds_number(self.gap(last + 1)) {
            return None;
        }
        let budgets_before = |end: usize| -> Vec<usize> {
            (0..end)
                .rev()
                .take(3)
                .take_while(|&budget| {
                    money(budget, Role::Budget) && near(budget, end) && !self.gap(budget + 1).contains("其中")
                })
                .collect()
        };
        if money(last, Role::Result) {
            let budgets = budgets_before(last);
            return (!budgets.is_empty()).then_some(Pair { result: last, budgets, certain: None });
        }
        // 决算 B，预算 A.
        let result = last.checked_sub(1).filter(|&result| money(last, Role::Budget) && money(result, Role::Result))?;
        (near(result, last) && !self.gap(last).contains("其中") && budgets_before(result).is_empty()).then_some(Pair {
            result,
            budgets: vec![last],
            certain: None,
        })
    }
}

/// What a budget and an outturn are of: 公务接待费支出决算, 公务接待费预算数.
fn stem(name: &str) -> &str {
    let mut rest = key(name);
    while let Some(shorter) =
        ["决算", "预算", "年初", "全年", "支出", "财政拨款", "数", "经费"].iter().find_map(|end| rest.strip_suffix(end))
    {
        rest = key(shorter);
    }
    rest
}
