//! 完成预算的 P: the outturn as a share of the budget; and 大于, 小于, 持平 between the two.

use super::{Passage, Reading, Settled, holds_number, passages};
use crate::reading::quantity::{Kind, Role};
use crate::rules::context::{Context, Laid};

/// NN17: the rate of completion is the outturn divided by the budget it is said to be of.
pub fn rates(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        let mut settled = Settled::default();
        for at in 0..passage.all.len().min(super::MOST) {
            if !passage.all[at].is_rate(Role::Completion) || passage.all[at].chained {
                continue;
            }
            let Some(pair) = passage.pair(at) else { continue };
            let reading = |budget: usize| Reading {
                part: vec![passage.term(pair.result, 1)],
                base: vec![passage.term(budget, 1)],
            };
            let others = pair.budgets.iter().map(|budget| reading(*budget)).collect::<Vec<_>>();
            passage.settle((page, at, 1), pair.certain.map(reading), others, &mut settled);
        }
        settled.lay(laid);
    }
}

/// An outturn and the budgets it may be compared with.
pub(super) struct Pair {
    pub result: usize,
    pub budgets: Vec<usize>,
    /// The one that is meant for sure.
    pub certain: Option<usize>,
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
            _ => None,
        };
        Some(pair)
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
