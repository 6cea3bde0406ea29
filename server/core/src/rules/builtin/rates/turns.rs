//! Words that say which way a number went, against the numbers.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::growth::{Growth, to};
use super::{Passage, holds_number, passages};
use crate::finding::{Message, Severity};
use crate::reading::quantity::{Claim, Kind, Role};
use crate::rules::context::{Context, Laid};
use crate::rules::formula::Op;
use crate::rules::note::{Note, NotePlace};
use crate::rules::page::Tolerance;
use crate::rules::relation::Gap;

/// Two words with brackets or a stroke between them.
static CHOICE: LazyLock<Regex> =
    LazyLock::new(|| crate::compiled(r"[加长升高少降低][（/或](?:增加|增长|上升|提高|减少|下降|降低)"));

/// YY01: this year's figure less last year's is the change, in sentences about whatever.
pub fn changes(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for at in 0..passage.all.len() {
            passage.change(page, at, laid);
        }
    }
}

/// NN10: the word of direction fits the figure.
pub fn turns(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for growth in passage.growths() {
            if passage.turned(&growth) {
                laid.notes.push(passage.note_turned(page, &growth));
            } else if let Some(change) = growth.change
                && passage.all[change].way * passage.all[growth.at].way < 0
                && !passage.value(change).is_zero()
                && !passage.value(growth.at).is_zero()
            {
                laid.notes.push(passage.note_apart(page, &growth, change));
            }
        }
        for at in 0..passage.all.len() {
            passage.residue(page, at, laid);
            passage.nil(page, at, laid);
        }
    }
}

/// NN18: 大于, 小于, 持平 fit the outturn and the budget.
pub fn claims(context: &Context, page: usize, laid: &mut Laid) {
    for passage in passages(context) {
        for claim in &passage.section.claims {
            passage.claim(page, claim, laid);
        }
    }
}

impl Passage<'_> {
    /// A，比上年的 A₀ 增加 B · 由 A₀ 增加到 A，增加 B.
    fn change(&self, page: usize, at: usize, laid: &mut Laid) {
        let own = &self.all[at];
        if own.kind != Kind::Money || own.role != Role::Change || own.way == 0 || own.vague || at < 2 {
            return;
        }
        let last = at - 1;
        // A share of the level may stand between: 经费 A，占 P，较上年 A₀ 增加 B.
        let Some(before) = (0..last).rev().take(4).find(|&before| self.all[before].kind != Kind::Percent) else {
            return;
        };
        let tight =
            |at: usize, most: usize| self.gap(at).chars().count() <= most && !self.gap(at).contains(['；', '。', '\n']);
        if !self.together(before, at)
            || !super::growth::plain(&own.name)
            || (before + 1..=at).any(|at| holds_number(self.gap(at)))
            || !tight(at, 12)
            || own.depth != self.all[before].depth
        {
            return;
        }
        // 完成预算 A 的 P: what a percentage is of is no level.
        let level = self.all[before].is_level() && self.gap(before + 1) != "的";
        let (level, prior) =
            if level && self.is_prior(last) && tight(last, 24) && super::growth::compares_only(&self.all[last].name) {
                (before, last)
            } else if before + 1 == last && self.is_prior(before) && self.all[last].is_level() && to(self.gap(last)) {
                (last, before)
            } else {
                return;
            };
        // Of the quantities that have a name the formula of the page speaks.
        let measured =
            |at: usize| self.all[at].statement.is_some_and(|own| self.section.statements[own].measure.is_some());
        if measured(level) && measured(prior) && measured(at) && !self.context.disclosure.accounts {
            return;
        }
        let left = vec![self.term(level, 1), self.term(prior, -1)];
        let mut relation =
            super::relation(self.context, page, left, Op::Equal, vec![self.term(at, own.way)], self.place());
        relation.tolerance = Tolerance::Sum;
        laid.relations.push(relation);
    }

    /// Would a rate of growth be right if the amount had gone the other way?
    pub(super) fn turned(&self, growth: &Growth) -> bool {
        let Some(reading) = growth.certain.as_ref().filter(|_| growth.change.is_some() && growth.way != 0) else {
            return false;
        };
        if reading.base.len() != 2 {
            return false;
        }
        let holds =
            |reading: super::Reading, way: i8| self.gap_of(&self.rate(0, growth.at, way, reading).sides) < Gap::Beyond;
        let mut other = reading.clone();
        other.part.iter_mut().chain(other.base.iter_mut().skip(1)).for_each(|term| term.sign = -term.sign);
        let own = std::iter::once(reading).chain(&growth.others).cloned().any(|reading| holds(reading, growth.way));
        let far = self.context.figure(self.id(growth.at)).amount.value > Decimal::ONE;
        !own && far && holds(other, -growth.way)
    }

    fn note_turned(&self, page: usize, growth: &Growth) -> Note {
        let rate = &self.context.figure(self.id(growth.at)).text;
        let (word, other) = if growth.way < 0 { ("减少", "增加") } else { ("增加", "减少") };
        let change = growth.change.unwrap_or(growth.at);
        Note {
            page,
            severity: Severity::Warning,
            at: self.at(
                growth.at,
                format!("{rate}%按“{word}”算不出来，按“{other}”则正相符：方向或上年数有误"),
                format!("{rate}% fits an amount that went the other way"),
            ),
            related: vec![self.at(change, "增减额".to_owned(), "The change".to_owned())],
            fixes: Vec::new(),
            certain: false,
            key: "方向".to_owned(),
            explains: Vec::new(),
        }
    }

    fn note_apart(&self, page: usize, growth: &Growth, change: usize) -> Note {
        let text = |at: usize| self.context.figure(self.id(at)).text.clone();
        let word = |way: i8| if way < 0 { "减少" } else { "增加" };
        Note {
            page,
            severity: Severity::Warning,
            at: self.at(
                growth.at,
                format!(
                    "金额{} {}，百分比却写{} {}%",
                    word(self.all[change].way),
                    text(change),
                    if self.all[growth.at].way < 0 { "下降" } else { "增长" },
                    text(growth.at)
                ),
                "The amount and its percentage go different ways".to_owned(),
            ),
            related: vec![self.at(change, "增减额".to_owned(), "The change".to_owned())],
            fixes: Vec::new(),
            certain: false,
            key: "方向".to_owned(),
            explains: Vec::new(),
        }
    }

    /// 下降（增长）27.78%: nobody chose. 增长13.95。: the sign was forgotten.
    fn residue(&self, page: usize, at: usize, laid: &mut Laid) {
        let own = &self.all[at];
        let text = &self.context.figure(self.id(at)).text;
        let note = |severity: Severity, at: NotePlace, fixes: Vec<_>, key: &str| Note {
            page,
            severity,
            at,
            related: Vec::new(),
            certain: fixes.len() == 1,
            fixes,
            key: key.to_owned(),
            explains: Vec::new(),
        };
        if own.bare {
            let new = format!("{text}%");
            let fix = (Message::new(format!("改为 {new}"), format!("Change to {new}")), None, new);
            let place = self.at(at, format!("{text} 是百分比，漏写百分号"), format!("{text} lacks its percent sign"));
            laid.notes.push(note(Severity::Warning, place, vec![fix], "百分号"));
        }
        let Some(span) = own.turn.filter(|_| !self.value(at).is_zero() && own.kind != Kind::Points) else { return };
        // 增减 is a word of its own, no choice that was left open; where amount and percentage leave it, once is enough.
        let twice = at.checked_sub(1).is_some_and(|last| self.together(last, at) && self.all[last].turn.is_some());
        if !CHOICE.is_match(self.gap(at)) || twice {
            return;
        }
        // The amount before it says which way.
        let way = at.checked_sub(1).filter(|&last| self.together(last, at)).map_or(0, |last| self.all[last].way);
        let fixes = match (own.kind == Kind::Percent, way) {
            (true, 1) => vec![(Message::new("改为 增长", "Change to 增长"), None, "增长".to_owned())],
            (true, -1) => vec![(Message::new("改为 下降", "Change to 下降"), None, "下降".to_owned())],
            _ => Vec::new(),
        };
        let message = Message::new(
            format!("增减方向未选定：{text} 之前两个词都在"),
            format!("Both words of the template stand before {text}"),
        );
        let place = NotePlace { section: self.number, span, chars: None, message };
        laid.notes.push(note(Severity::Warning, place, fixes, "增减方向"));
    }

    /// 增加0.00万元，主要原因是…: a cause of nothing.
    fn nil(&self, page: usize, at: usize, laid: &mut Laid) {
        let own = &self.all[at];
        if own.kind != Kind::Money || own.role != Role::Change || own.way == 0 || !self.value(at).is_zero() {
            return;
        }
        let rate = at + 1 < self.all.len() && self.all[at + 1].role == Role::Growth && self.together(at, at + 1);
        let behind = self.behind(if rate { at + 1 } else { at });
        let cause = behind.split(['。', '\n', '；']).next().unwrap_or_default();
        let caused = ["主要原因", "主要是", "原因是", "主要由于"].iter().any(|word| cause.contains(word));
        let none = ["持平", "无变化", "一致", "无增减", "未发生", "没有发生", "无此", "未安排", "均无", "相同", "不变"]
            .iter()
            .any(|word| cause.contains(word));
        if caused && !none {
            let word = if own.way < 0 { "减少" } else { "增加" };
            laid.notes.push(Note {
                page,
                severity: Severity::Hint,
                at: self.at(
                    at,
                    format!("{word} {}，却说明了变动原因", self.context.figure(self.id(at)).text),
                    "A change of nothing is given a cause".to_owned(),
                ),
                related: Vec::new(),
                fixes: Vec::new(),
                certain: false,
                key: "增减为零".to_owned(),
                explains: Vec::new(),
            });
        }
    }

    /// 决算数小于预算数, behind 年初预算 A，支出决算 B.
    fn claim(&self, page: usize, claim: &Claim, laid: &mut Laid) {
        let end = self.all.partition_point(|quantity| quantity.start < claim.start);
        // A rate of completion may stand between.
        let Some(last) = (0..end).rev().take(3).find(|&at| self.all[at].kind != Kind::Percent) else { return };
        let Some(pair) = self.compared(last, last) else { return };
        let [budget] = pair.budgets.as_slice() else { return };
        let between = self.section.prose.get(self.all[end - 1].end..claim.start).unwrap_or_default();
        let apart = between.matches(['。', '\n']).count();
        let new_item = between.chars().count() > 60 || apart > 2;
        let off = self.value(pair.result) - self.value(*budget);
        let half =
            self.context.figure(self.id(pair.result)).half_ulp().max(self.context.figure(self.id(*budget)).half_ulp());
        let found = if off.abs() <= half {
            0
        } else if off.is_sign_negative() {
            -1
        } else {
            1
        };
        if new_item || found == claim.way {
            return;
        }
        let little = off.abs() * Decimal::TEN <= self.value(*budget).abs();
        let severity = match (claim.way, found) {
            (0, _) if claim.about && little => return,
            (0, _) => Severity::Warning,
            (_, 0) => Severity::Hint,
            _ => Severity::Warning,
        };
        let text = |at: usize| self.context.figure(self.id(at)).text.clone();
        let sign = match found {
            0 => "=",
            1 => ">",
            _ => "<",
        };
        let word = match claim.way {
            0 => "持平",
            1 => "大于",
            _ => "小于",
        };
        let fits = match found {
            0 => "等于",
            1 => "大于",
            _ => "小于",
        };
        let fixes = if claim.way == 0 {
            Vec::new()
        } else {
            vec![(Message::new(format!("改为 {fits}"), format!("Change to {fits}")), None, fits.to_owned())]
        };
        laid.notes.push(Note {
            page,
            severity,
            at: NotePlace {
                section: self.number,
                span: claim.span,
                chars: None,
                message: Message::new(
                    format!("决算 {} {sign} 预算 {}，文字却写决算数{word}预算数", text(pair.result), text(*budget)),
                    format!(
                        "Outturn {} {sign} budget {}, but the words say otherwise",
                        text(pair.result),
                        text(*budget)
                    ),
                ),
            },
            related: vec![
                self.at(pair.result, "决算数".to_owned(), "The outturn".to_owned()),
                self.at(*budget, "预算数".to_owned(), "The budget".to_owned()),
            ],
            fixes,
            certain: false,
            key: "决算与预算".to_owned(),
            explains: Vec::new(),
        });
    }
}
