//! Rows of numbers: 分别为 lists, shares that make a whole, changes split over all parts.

use rust_decimal::Decimal;

use super::{MOST, Passage, passages};
use crate::finding::Severity;
use crate::reading::quantity::{Kind, Role, key};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::Note;
use crate::rules::page::Tolerance;

/// NN13: a row of shares has as many figures as the row of amounts it is of.
pub fn rows(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for at in 1..passage.all.len().min(MOST) {
            passage.uneven(page, at, laid);
        }
    }
}

/// NN14: the shares of a complete list make 100 %.
pub fn shares(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        let mut done: Vec<usize> = Vec::new();
        for at in 0..passage.all.len().min(MOST) {
            let Some(part) = passage.part(at) else { continue };
            match passage.parent(part) {
                Some(parent) if done.contains(&parent) => {}
                Some(parent) => {
                    done.push(parent);
                    passage.whole(page, parent, laid);
                }
                None => passage.known(page, at, laid),
            }
        }
    }
}

/// NN15: where every part of a known whole states its change, they make the change of the whole.
pub fn changes(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for at in 0..passage.all.len().min(MOST) {
            passage.change_of_parts(page, at, laid);
        }
    }
}

/// What is split completely, always in the same way: words of the whole, and of each part.
const WHOLES: [(&[&str], &[&[&str]]); 5] = [
    (&["支出"], &[&["基本支出"], &["项目支出"]]),
    (&["基本支出"], &[&["人员经费", "人员支出"], &["公用经费", "公用支出"]]),
    (&["三公"], &[&["因公出国"], &["公务用车购置及运", "公务用车购置和运", "公务用车费"], &["公务接待"]]),
    (
        &["公务用车购置及运", "公务用车购置和运"],
        &[&["公务用车购置费", "公务用车购置支出"], &["公务用车运行", "公务用车运维"]],
    ),
    (&["政府采购"], &[&["货物"], &["工程"], &["服务"]]),
];

impl Passage<'_> {
    fn uneven(&self, page: usize, at: usize, laid: &mut Laid) {
        let own = &self.all[at];
        if own.role != Role::Share || own.chained || own.kind != Kind::Percent || !self.gap(at).contains("分别") {
            return;
        }
        let (first, end) = self.row(at);
        let (start, stop) = self.row(at - 1);
        let (percents, amounts) = (end - first, stop - start);
        if self.all[at - 1].kind != Kind::Money
            || !self.together(at - 1, at)
            || percents < 2
            || amounts < 2
            || percents == amounts
        {
            return;
        }
        laid.notes.push(Note {
            page,
            severity: self.severity(page),
            at: self.at(
                at,
                format!("前面列了 {amounts} 个金额，这里却有 {percents} 个占比"),
                format!("{amounts} amounts, but {percents} shares"),
            ),
            related: vec![self.at(start, "金额".to_owned(), "The amounts".to_owned())],
            fixes: Vec::new(),
            certain: false,
            key: "分别为".to_owned(),
            explains: Vec::new(),
        });
    }

    /// The shares of the parts of one whole, where the parts make it.
    fn whole(&self, page: usize, parent: usize, laid: &mut Laid) {
        let children: Vec<usize> = (parent + 1..self.all.len().min(parent + 80))
            .filter(|&at| self.all[at].is_level() && self.parent(at) == Some(parent))
            .collect();
        let mut shares = Vec::new();
        for &child in &children {
            let share = (child + 1..self.all.len().min(child + 2 * children.len() + 2))
                .find(|&at| self.part(at) == Some(child) && self.all[at].base.is_empty());
            let Some(share) = share else { return };
            shares.push(share);
        }
        let sum: Decimal = children.iter().map(|&child| self.value(child)).sum();
        let half: Decimal =
            children.iter().chain([&parent]).map(|&at| self.context.figure(self.id(at)).half_ulp()).sum();
        if shares.len() < 2 || (sum - self.value(parent)).abs() > half {
            return;
        }
        self.hundred(page, &shares, &children, laid);
    }

    /// 因公出国（境）费 …，占 P；公务用车 …，占 Q；公务接待费 …，占 R: a list that is known to be whole.
    fn known(&self, page: usize, first: usize, laid: &mut Laid) {
        let run = self.run(first);
        if run.first().map(|(at, _)| *at) != Some(first) {
            return;
        }
        let named = |part: usize, words: &[&str]| words.iter().any(|word| self.all[part].name.contains(word));
        let whole = WHOLES.iter().any(|(_, kinds)| {
            kinds.len() == run.len() && kinds.iter().all(|words| run.iter().any(|(_, part)| named(*part, words)))
        });
        if whole {
            let (shares, parts): (Vec<usize>, Vec<usize>) = run.into_iter().unzip();
            self.hundred(page, &shares, &parts, laid);
        }
    }

    /// The shares of one sentence that name the same whole, or none, with their parts.
    pub(super) fn run(&self, at: usize) -> Vec<(usize, usize)> {
        let from = (0..at).rev().take(40).take_while(|&other| self.together(other, at)).last().unwrap_or(at);
        let shares = (from..self.all.len()).take(80).take_while(|&other| self.together(other, at));
        shares
            .filter(|&other| self.all[other].base == self.all[at].base)
            .filter_map(|other| Some((other, self.part(other)?)))
            .collect()
    }

    fn hundred(&self, page: usize, shares: &[usize], parts: &[usize], laid: &mut Laid) {
        let left = shares.iter().map(|&at| self.term(at, 1)).collect();
        let right = vec![super::super::constant(Decimal::ONE_HUNDRED, "100")];
        let mut relation = super::relation(self.context, page, left, Op::Equal, right, "各项占比");
        relation.tolerance = Tolerance::Sum;
        // Each share may be off by one unit of its last place.
        let off = (shares.iter().map(|&at| self.value(at)).sum::<Decimal>() - Decimal::ONE_HUNDRED).abs();
        let unit: Decimal = shares.iter().map(|&at| self.context.figure(self.id(at)).half_ulp() * Decimal::TWO).sum();
        // Shares of amounts that were rounded before, of which the sum is not quite the whole: much for small amounts.
        let sum: Decimal = parts.iter().map(|&part| self.value(part)).sum();
        let halves: Decimal = parts.iter().map(|&part| self.context.figure(self.id(part)).half_ulp()).sum();
        let rounded = (halves * Decimal::TWO * Decimal::ONE_HUNDRED).checked_div(sum).unwrap_or_default().abs();
        if off.is_zero() || off > unit + rounded {
            laid.relations.push(relation);
        }
    }

    /// 三公经费减少 A，其中：因公出国（境）费减少 B、公务用车…持平、公务接待费减少 C.
    fn change_of_parts(&self, page: usize, whole: usize, laid: &mut Laid) {
        let own = &self.all[whole];
        let changed = |at: usize| {
            self.all[at].kind == Kind::Money
                && self.all[at].role == Role::Change
                && self.all[at].way != 0
                && !self.all[at].vague
        };
        if !changed(whole) {
            return;
        }
        let words = self.subject(whole).map_or(key(&own.name), |level| key(&self.all[level].name));
        let Some((_, parts)) = WHOLES.iter().skip(1).find(|(whole, parts)| {
            whole.iter().any(|word| words.contains(word))
                && !parts.iter().flat_map(|part| part.iter()).any(|word| words.contains(word))
        }) else {
            return;
        };
        let next = (whole + 1..self.all.len()).take(8).find(|&at| self.all[at].kind == Kind::Money);
        if !next.is_some_and(|next| self.gap(next).contains("其中") && self.together(whole, next)) {
            return;
        }
        let mut terms = vec![None; parts.len()];
        for at in (whole + 1..self.all.len().min(whole + 16)).filter(|&at| self.together(whole, at) && changed(at)) {
            let name = key(&self.all[at].name);
            if let Some(part) = parts.iter().position(|part| part.iter().any(|word| name.contains(word)))
                && terms[part].is_none()
            {
                terms[part] = Some(self.term(at, self.all[at].way));
            }
        }
        let Some(right) = terms.into_iter().collect::<Option<Vec<_>>>() else { return };
        let left = vec![self.term(whole, own.way)];
        let mut relation = super::relation(self.context, page, left, Op::Equal, right, "增减");
        relation.tolerance = Tolerance::Sum;
        relation.severity = relation.severity.max(Severity::Warning);
        laid.relations.push(relation);
    }
}
