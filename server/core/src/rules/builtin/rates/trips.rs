//! What “three public” outlay was spent on, counted: 团组, 批次, 辆.

use super::{Passage, passages};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::reading::quantity::Kind;
use crate::reading::statement::Aspect;
use crate::rules::context::{Context, Laid};
use crate::rules::note::Note;

/// An outlay, what it is called, and the things that it pays for: their units and words of their names.
const PAID: [(&str, &str, &[&str], &[&str]); 3] = [
    ("三公经费.公务接待", "公务接待费", &["批次", "批"], &["接待"]),
    ("三公经费.因公出国", "因公出国（境）费", &["个"], &["团组", "出国"]),
    ("三公经费.公务用车购置", "公务用车购置费", &["辆"], &["购置", "购入", "更新"]),
];

/// FA05: where money was spent, what it was spent on is not nil throughout.
pub fn counts(context: &Context, page: usize, laid: &mut Laid) {
    if !context.disclosure.accounts {
        return;
    }
    for passage in passages(context).filter(|passage| passage.section.context.contains("三公")) {
        for paid in PAID {
            laid.notes.extend(passage.nothing_counted(page, paid));
        }
    }
}

impl Passage<'_> {
    fn nothing_counted(
        &self,
        page: usize,
        (measure, name, units, words): (&str, &str, &[&str], &[&str]),
    ) -> Option<Note> {
        let mut spent =
            self.section.statements.iter().filter(|own| own.measure == Some(measure) && own.aspect == Aspect::Level);
        let id = FigureId { section: self.number, index: spent.next()?.figure };
        let amount = self.context.figure(id);
        let same = |index: u32| self.context.figure(FigureId { section: self.number, index }).value() == amount.value();
        if amount.value().is_zero() || !spent.all(|own| same(own.figure)) {
            return None;
        }
        let counted: Vec<usize> = (0..self.all.len().min(super::MOST))
            .filter(|&at| {
                let own = &self.all[at];
                let unit = matches!(&own.kind, Kind::Count(unit) if units.contains(&&**unit));
                unit && words.iter().any(|word| own.name.contains(word)) && !own.name.contains("计划")
            })
            .collect();
        let first = *counted.first()?;
        // 组织团组0个，参加其他单位组织的团组1个.
        if counted.iter().any(|&at| !self.value(at).is_zero() || self.all[at].vague) {
            return None;
        }
        let place = self.at(
            first,
            format!("{name}有支出 {}，个数却是 0", amount.text),
            format!("{} was spent, but nothing is counted", amount.text),
        );
        let money = Message::new(format!("{name}支出"), "The outlay");
        Some(Note {
            page,
            severity: Severity::Warning,
            at: place,
            related: vec![super::super::figure_place(self.context, id, money)],
            fixes: Vec::new(),
            certain: false,
            key: name.to_owned(),
            explains: Vec::new(),
        })
    }
}
