//! Things that a sentence counts and splits: 共有车辆 12 辆，其中：… 3 辆、… 9 辆.

use rust_decimal::Decimal;

use super::{Passage, passages};
use crate::finding::Severity;
use crate::reading::quantity::Kind;
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::page::Tolerance;

/// NN16: vehicles and equipment by kind.
pub fn fleet(context: &Context, page: usize, laid: &mut Laid) {
    split(context, page, laid, |unit| matches!(unit, "辆" | "台（套）"));
}

/// NN11: other things that one sentence counts: 批次, 人次, 个.
pub fn things(context: &Context, page: usize, laid: &mut Laid) {
    split(context, page, laid, |unit| !matches!(unit, "辆" | "台（套）"));
}

fn split(context: &Context, page: usize, laid: &mut Laid, wanted: impl Fn(&str) -> bool) {
    for passage in passages(context) {
        let mut at = 0;
        while at < passage.all.len() {
            let Kind::Count(unit) = &passage.all[at].kind else {
                at += 1;
                continue;
            };
            let mut parts = if wanted(unit) { passage.parts_of(at, unit) } else { Vec::new() };
            passage.end_where_whole(at, &mut parts);
            let end = parts.last().map_or(at + 1, |last| last + 1);
            if !parts.is_empty() {
                passage.lay_counts(page, at, &parts, laid);
            }
            at = end;
        }
    }
}

impl Passage<'_> {
    /// The counts of the same unit that 其中 splits one into, in its sentence.
    fn parts_of(&self, whole: usize, unit: &str) -> Vec<usize> {
        let own = &self.all[whole];
        let Some(next) = self.all.get(whole + 1) else { return Vec::new() };
        let opened = self.gap(whole + 1);
        let bracket = next.depth > own.depth;
        let opens = ["其中", "包括", "分别为", "分别是"]
            .iter()
            .any(|word| opened.trim_start_matches(['，', '（', '。', '：']).starts_with(word));
        if !opens || next.sentence != own.sentence {
            return Vec::new();
        }
        let mut parts = Vec::new();
        for at in whole + 1..self.all.len().min(whole + 200) {
            let part = &self.all[at];
            let broken = self.gap(at).contains(['；', '。', '\n']) && at > whole + 1;
            // 编制58人，其中行政18人、事业40人；实有55人，其中…: a list that has made its whole is over at the semicolon.
            let made = broken
                && parts.len() > 1
                && parts.iter().map(|&part| self.value(part)).sum::<Decimal>() == self.value(whole)
                && !self.value(at).is_zero();
            if made
                || part.sentence != own.sentence
                || bracket && part.depth < next.depth
                || broken && self.gap(at).contains("共")
            {
                break;
            }
            if part.depth > next.depth {
                continue;
            }
            if part.kind != Kind::Count(unit.into()) || part.vague {
                // 12 批次、30 人次，其中外事 1 批次、4 人次: two things are counted at once.
                return Vec::new();
            }
            // 新增, 报废 and the like count something that is no part.
            if ["新", "报废", "购置", "处置", "较上年", "比上年"].iter().any(|word| self.all[at].name.contains(word))
            {
                return Vec::new();
            }
            parts.push(at);
        }
        parts
    }

    /// 在职12人，其中：甲5人、乙7人；退休3人: the list ends where it adds up and a semicolon follows.
    fn end_where_whole(&self, whole: usize, parts: &mut Vec<usize>) {
        let mut sum = Decimal::ZERO;
        for number in 0..parts.len() {
            sum += self.value(parts[number]);
            let ends = parts.get(number + 1).is_some_and(|&next| self.gap(next).contains(['；', '。', '\n']));
            if number > 0 && ends && sum == self.value(whole) {
                parts.truncate(number + 1);
                return;
            }
        }
    }

    fn lay_counts(&self, page: usize, whole: usize, parts: &[usize], laid: &mut Laid) {
        let sum: Decimal = parts.iter().map(|&part| self.value(part)).sum();
        // A list is whole where it ends with what is left over, or where it adds up.
        let rest = parts.last().is_some_and(|&last| self.all[last].name.starts_with("其他"));
        let equal = parts.len() > 1 && (rest || sum == self.value(whole));
        let left = parts.iter().map(|&part| self.term(part, 1)).collect();
        let op = if equal { Op::Equal } else { Op::AtMost };
        let mut relation = super::relation(self.context, page, left, op, vec![self.term(whole, 1)], self.place());
        relation.tolerance = Tolerance::Sum;
        // Counts are not rounded, but what is a part of what is told by words.
        relation.severity = self.severity(page).max(if equal && rest { Severity::Error } else { Severity::Warning });
        laid.relations.push(relation);
    }
}
