//! Purchases in the narrative: goods, works and services; small and medium enterprises.

use super::{Passage, passages};
use crate::reading::quantity::Kind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::page::Tolerance;

/// NN09: what is purchased is goods, works and services; what small and medium enterprises get of it is a part.
pub fn kinds(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for at in 0..passage.all.len() {
            passage.split_purchase(page, at, laid);
            passage.awarded(page, at, laid);
        }
    }
}

impl Passage<'_> {
    /// 政府采购支出 A，其中：货物 B、工程 C、服务 D.
    fn split_purchase(&self, page: usize, whole: usize, laid: &mut Laid) {
        let own = &self.all[whole];
        if !own.is_level() || own.vague || !own.name.contains("采购") || kind(&own.name).is_some() {
            return;
        }
        let opened = self
            .all
            .get(whole + 1)
            .filter(|next| next.item == own.item && self.opens(whole + 1, next.sentence > own.sentence));
        if opened.is_none() {
            return;
        }
        let mut parts: Vec<(usize, usize)> = Vec::new();
        for at in whole + 1..self.all.len().min(whole + 12) {
            let part = &self.all[at];
            if part.item != own.item || part.sentence > own.sentence + 1 {
                break;
            }
            match kind(&part.name) {
                Some(kind) if part.is_level() && !part.vague && !parts.iter().any(|(_, known)| *known == kind) => {
                    parts.push((at, kind));
                }
                // Of a kind, so much from one fund: a list within the list.
                _ if part.kind == Kind::Money && parts.len() < 3 => return,
                _ if part.kind == Kind::Money => break,
                _ => {}
            }
        }
        if parts.len() < 2 {
            return;
        }
        let left = parts.iter().map(|(at, _)| self.term(*at, 1)).collect();
        // Of the three kinds one may be left out only where there is none of it.
        let op = if parts.len() == 3 { Op::Equal } else { Op::AtMost };
        let mut relation = super::relation(self.context, page, left, op, vec![self.term(whole, 1)], self.place());
        relation.tolerance = Tolerance::Sum;
        laid.relations.push(relation);
    }

    /// Does a list open between a number and the one before it?
    fn opens(&self, at: usize, across: bool) -> bool {
        let gap = self.gap(at);
        let gap = gap.trim_start_matches(['，', '。', '（', '：', '；', '\n']);
        ["其中", "包括", "包含"].iter().any(|word| gap.starts_with(word))
            || !across && kind(&self.all[at].name).is_some()
    }

    /// 授予中小企业合同金额 A，…，其中：授予小微企业合同金额 B: B ≤ A ≤ all purchases.
    fn awarded(&self, page: usize, at: usize, laid: &mut Laid) {
        let own = &self.all[at];
        let small =
            |at: usize| self.all[at].is_level() && !self.all[at].vague && self.all[at].name.contains("授予小微企业");
        let medium =
            |at: usize| self.all[at].is_level() && !self.all[at].vague && self.all[at].name.contains("授予中小企业");
        let near = |other: &usize| self.all[*other].item == own.item;
        let above = if small(at) {
            (0..at).rev().take(6).filter(near).find(|&other| medium(other))
        } else if medium(at) {
            (0..at).rev().take(10).filter(near).find(|&other| {
                let name = &self.all[other].name;
                self.all[other].is_level()
                    && name.contains("政府采购")
                    && kind(name).is_none()
                    && !name.contains("企业")
            })
        } else {
            None
        };
        if let Some(above) = above {
            let (left, right) = (vec![self.term(at, 1)], vec![self.term(above, 1)]);
            let mut relation = super::relation(self.context, page, left, Op::AtMost, right, self.place());
            relation.tolerance = Tolerance::Sum;
            laid.relations.push(relation);
        }
    }
}

/// Which of the three kinds of purchases a name is of.
fn kind(name: &str) -> Option<usize> {
    ["货物", "工程", "服务"].iter().position(|kind| {
        let plain = name.trim_end_matches("类");
        name.contains(kind) && (name.contains("采购") || name.contains("支出") || plain.chars().count() <= 4)
    })
}
