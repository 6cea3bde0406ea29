//! Things that a sentence counts and splits: 共有车辆 12 辆，其中：… 3 辆、… 9 辆.

use rust_decimal::Decimal;

use super::{Passage, passages};
use crate::finding::Severity;
use crate::reading::FigureId;
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
    for passage in passages(context) {
        passage.months(page, laid);
        for at in 0..passage.all.len().min(super::MOST) {
            passage.paired(page, at, laid);
        }
    }
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
                passage.lay_counts(page, at, &parts, passage.complete(&parts), laid);
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

    /// 接待12批次80人次，其中：国内10批次60人次、外事2批次20人次: two things are counted at once, each by itself.
    fn paired(&self, page: usize, whole: usize, laid: &mut Laid) {
        let counted = |at: usize| match self.all.get(at).map(|own| (&own.kind, own.vague)) {
            Some((Kind::Count(unit), false)) => Some(unit),
            _ => None,
        };
        let pair = |at: usize| {
            let (first, second) = (counted(at)?, counted(at + 1)?);
            let joined = self.gap(at + 1).chars().count() <= 4 && self.all[at].depth == self.all[at + 1].depth;
            (joined && self.together(at, at + 1)).then_some((first, second))
        };
        let Some((first, second)) = pair(whole).filter(|(first, second)| first != second) else { return };
        let Some(next) = self.all.get(whole + 2).filter(|next| next.sentence == self.all[whole].sentence) else {
            return;
        };
        let gap = self.gap(whole + 2).trim_start_matches(['，', '（', '：']);
        if !["其中", "包括"].iter().any(|word| gap.starts_with(word)) || counted(whole + 2) != Some(first) {
            return;
        }
        let bracket = next.depth > self.all[whole].depth;
        let mut parts: [Vec<usize>; 2] = Default::default();
        let mut at = whole + 2;
        while at + 1 < self.all.len().min(whole + 40) && self.together(whole, at) {
            if bracket && self.all[at].depth < next.depth || self.gap(at).contains(['；', '\n']) && at > whole + 2 {
                break;
            }
            if pair(at) != Some((first, second)) {
                return;
            }
            parts[0].push(at);
            parts[1].push(at + 1);
            at += 2;
        }
        let complete = self.complete(&parts[0]);
        for (offset, parts) in parts.iter().enumerate().filter(|(_, parts)| !parts.is_empty()) {
            self.lay_counts(page, whole + offset, parts, complete, laid);
        }
    }

    /// 1—7月份每月通报中六次第一、一次第二: no more often than there are months.
    fn months(&self, page: usize, laid: &mut Laid) {
        for told in &self.section.months {
            let term = |index: u32, label: &str| super::term(FigureId { section: self.number, index }, label);
            let left: Vec<_> = told.times.iter().map(|&index| term(index, "次数")).collect();
            let value = |term: &crate::rules::relation::Term| {
                term.figure.map_or(term.constant, |id| self.context.figure(id).amount.value)
            };
            let mut right = vec![term(told.to, "月份")];
            if told.from > 1 {
                let mut before = super::super::constant(Decimal::from(told.from - 1), "此前月份");
                before.sign = -1;
                right.push(before);
            }
            let whole = value(&right[0]) - Decimal::from(told.from - 1);
            let op = if left.iter().map(value).sum::<Decimal>() == whole { Op::Equal } else { Op::AtMost };
            let mut relation = super::relation(self.context, page, left, op, right, self.place());
            relation.tolerance = Tolerance::Sum;
            relation.severity = self.severity(page).max(Severity::Warning);
            laid.relations.push(relation);
        }
    }

    /// Does a list end with what is left over, or is it of two kinds that leave no third?
    fn complete(&self, parts: &[usize]) -> bool {
        let named = |at: usize, words: &[&str]| words.iter().any(|word| self.all[at].name.contains(word));
        let abroad = ["外事", "国外", "国（境）外", "境外", "外宾"];
        match *parts {
            [a, b] if named(a, &["国内"]) && named(b, &abroad) || named(b, &["国内"]) && named(a, &abroad) => true,
            [.., last] => self.all[last].name.starts_with("其他"),
            [] => false,
        }
    }

    /// A list is whole where it is complete, or where it adds up.
    fn lay_counts(&self, page: usize, whole: usize, parts: &[usize], complete: bool, laid: &mut Laid) {
        let sum: Decimal = parts.iter().map(|&part| self.value(part)).sum();
        let equal = parts.len() > 1 && (complete || sum == self.value(whole));
        let left = parts.iter().map(|&part| self.term(part, 1)).collect();
        let op = if equal { Op::Equal } else { Op::AtMost };
        let mut relation = super::relation(self.context, page, left, op, vec![self.term(whole, 1)], self.place());
        relation.tolerance = Tolerance::Sum;
        // Counts are not rounded, but what is a part of what is told by words.
        relation.severity =
            self.severity(page).max(if equal && complete { Severity::Error } else { Severity::Warning });
        laid.relations.push(relation);
    }
}
