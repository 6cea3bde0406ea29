//! What a change speaks of: 比上年增加 A names no subject, 收、支总计各增加 A a loose one.

use super::{Passage, holds_number};
use crate::reading::quantity::{Kind, Role, key};

impl Passage<'_> {
    /// The level that a change speaks of, where the words leave one: the amount right before it, or the one of the same
    /// name.
    pub(super) fn subject(&self, head: usize) -> Option<usize> {
        let name = key(&self.all[head].name);
        if name.is_empty() { self.unnamed(head) } else { self.named(head, name) }
    }

    /// The amount right before, or the whole that the sentence before splits.
    fn unnamed(&self, head: usize) -> Option<usize> {
        let own = &self.all[head];
        let last = (0..head).rev().take(20).find(|&at| {
            let other = &self.all[at];
            // 为预算 A 的 P: the amount that a percentage is of is passed over with it.
            let base = self.all.get(at + 1).is_some_and(|next| next.kind == Kind::Percent) && self.gap(at + 1) == "的";
            other.depth <= own.depth && matches!(other.kind, Kind::Money | Kind::Count(_)) && !base
        })?;
        let level = &self.all[last];
        if holds_number(self.gap(head)) {
            return None;
        }
        let apart = own.sentence - level.sentence;
        let starts = self.gap(head).rsplit(['。', '\n']).next().unwrap_or_default();
        let compares = ["比", "较", "与", "同比"].iter().any(|word| starts.starts_with(word));
        if !level.is_level() || level.item != own.item || !(apart == 0 || apart == 1 && compares) {
            return None;
        }
        let sentence: Vec<usize> = (0..last)
            .rev()
            .take(60)
            .take_while(|&at| self.all[at].sentence == level.sentence)
            .filter(|&at| self.all[at].is_level() && self.all[at].depth <= own.depth)
            .collect();
        // Across a full stop it is the whole that the list before splits.
        if let Some(&first) = sentence.last().filter(|_| apart == 1)
            && std::iter::once(last)
                .chain(sentence.iter().copied().filter(|&at| at != first))
                .all(|at| self.within(at, first))
        {
            return Some(first);
        }
        // Behind a list in the same sentence it may be the whole that changed, or its last item.
        let mut rival =
            sentence.iter().take_while(|&&at| !self.section.prose[self.all[at].end..level.start].contains('；'));
        let same = rival.all(|&at| {
            self.value(at) == self.value(last) || level.role == Role::Result && self.all[at].role == Role::Budget
        });
        same.then_some(last)
    }

    /// The amount of the same name before it in the item; or the only one there; or the one in the section.
    fn named(&self, head: usize, name: &str) -> Option<usize> {
        let own = &self.all[head];
        let one = |levels: Vec<usize>| {
            let last = *levels.last()?;
            levels.iter().all(|&at| self.value(at) == self.value(last)).then_some(last)
        };
        let before =
            || (head.saturating_sub(60)..head).filter(|&at| self.all[at].is_level() && self.all[at].item == own.item);
        let called = |at: usize| key(&self.all[at].name);
        let same: Vec<usize> = before().filter(|&at| called(at) == name).collect();
        if !same.is_empty() {
            return one(same);
        }
        // 收、支总计各增加: the one level of the item, called a little otherwise.
        let both = |text: &str| text.contains('收') && text.contains('支');
        let alike = |at: usize| {
            let other = called(at);
            !other.is_empty() && (other.ends_with(name) || name.ends_with(other) || both(name) && both(other))
        };
        let all: Vec<usize> = before().filter(|&at| self.all[at].depth == 0).collect();
        if !all.is_empty() && (all.iter().all(|&at| alike(at)) || both(name)) {
            return one(all);
        }
        // 决算数比上年减少: the one outturn of the sentence, or of the item.
        if matches!(name, "决算" | "支出决算") {
            let results: Vec<usize> = all.into_iter().filter(|&at| self.all[at].role == Role::Result).collect();
            let near: Vec<usize> = results.iter().copied().filter(|&at| self.together(at, head)).collect();
            return one(if near.is_empty() { results } else { near });
        }
        let long = name.chars().count() >= 6;
        let near = head.saturating_sub(super::LOOKED_AT)..self.all.len().min(head + super::LOOKED_AT);
        let planned = |at: usize| self.context.disclosure.accounts && self.all[at].role == Role::Budget;
        let section = near.filter(|&at| !planned(at) && self.all[at].is_level() && called(at) == name);
        one(section.filter(|_| long).collect())
    }

    /// Is an amount listed, at whatever depth, under another?
    fn within(&self, at: usize, whole: usize) -> bool {
        let mut above = self.parent(at);
        for _ in 0..12 {
            match above {
                Some(level) if level == whole => return true,
                Some(level) => above = self.parent(level),
                None => return false,
            }
        }
        false
    }
}
