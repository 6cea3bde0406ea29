//! A repair as it is offered, and a contradiction as it is told.

use rust_decimal::Decimal;

use super::judge::{Judge, Judgement, Offer};
use super::message::{equation, name_of, placed};
use super::repair::{Repair, usual};
use crate::finding::{Message, Severity};
use crate::reading::FigureId;
use crate::rules::lookup::Lookup;
use crate::rules::relation::Verdict;

impl Judge<'_, '_> {
    pub(super) fn offer(&self, repair: &Repair, at: FigureId) -> Offer {
        let figure = (self.figures.of)(repair.figure);
        let new = self.printed(repair.figure, repair.value);
        let mut edits = vec![(repair.figure, new.clone())];
        edits.extend(repair.also.iter().map(|(id, value)| (*id, self.printed(*id, *value))));
        let name = || self.called(repair.figure, &repair.ends);
        let title = match repair.also.as_slice() {
            [] if repair.figure == at => Message::new(format!("改为 {new}"), format!("Change to {new}")),
            [] => Message::new(
                format!("将{} {} 改为 {new}", name(), figure.text),
                format!("Change {} {} to {new}", name(), figure.text),
            ),
            many if repair.is_joint() => Message::new(
                format!("同行 {} 格均改为 {new}", many.len() + 1),
                format!("Change the {} equal cells of the row to {new}", many.len() + 1),
            ),
            [(other, _)] => {
                let (one, two) = (&figure.text, &(self.figures.of)(*other).text);
                Message::new(format!("互换 {one} 与 {two}"), format!("Exchange {one} and {two}"))
            }
            many => Message::new(
                format!("{} 起 {} 格逐一移位", figure.text, many.len() + 1),
                format!("Move {} cells from {} on", many.len() + 1, figure.text),
            ),
        };
        Offer { title, edits }
    }

    pub(super) fn judgement(
        &self,
        at: FigureId,
        repair: Option<&Repair>,
        explains: &[usize],
        fixes: Vec<Offer>,
        certain: bool,
    ) -> Judgement {
        let severity_of = |number: &usize| self.relations[*number].severity;
        // The relation that is said: the gravest, and of those the shortest.
        let main = explains
            .iter()
            .copied()
            .min_by_key(|number| (severity_of(number), self.relations[*number].sides.terms().count() > 8, *number))
            .unwrap_or(explains[0]);
        let relation = &self.relations[main];
        let figure = (self.figures.of)(at);
        let printed = Lookup::printed(self.figures.of);
        let sentence = placed(relation, equation(relation, &printed, Verdict::Contradicted));
        let Message { mut zh, mut en } = sentence;
        match repair {
            Some(repair) if repair.is_joint() => {
                let right = self.printed(repair.figure, repair.value);
                let cells = repair.also.len() + 1;
                let (told, said) = in_brackets(self.cause(repair));
                zh += &format!("；同行 {cells} 格 {} 均应为 {right}{told}", figure.text);
                en += &format!("; {} should be {right} in all {cells} cells of its row{said}", figure.text);
            }
            Some(repair) if !repair.also.is_empty() || !repair.writable => {
                let words = self.cause(repair).unwrap_or_default();
                zh += &format!("；{}：{}", figure.text, words.zh);
                en += &format!("; {}: {}", figure.text, words.en);
            }
            Some(repair) if repair.determined && certain => {
                let right = self.printed(repair.figure, repair.value);
                let (told, said) = in_brackets(self.cause(repair));
                zh += &format!("；{} 应为 {right}{told}", figure.text);
                en += &format!("; {} should be {right}{said}", figure.text);
            }
            _ => {
                if let Some(hint) = self.counted_wrong(main) {
                    zh += &format!("；{}", hint.zh);
                    en += &format!("; {}", hint.en);
                }
            }
        }
        if explains.len() > 1 {
            zh += &format!("（{} 处旁证）", explains.len());
            en += &format!(" ({} relations agree)", explains.len());
        }
        let mut related: Vec<(FigureId, Message)> = Vec::new();
        let order = std::iter::once(&main).chain(explains.iter().filter(|number| **number != main));
        for number in order {
            for id in self.relations[*number].sides.figures() {
                if id != at && related.len() < 16 && !related.iter().any(|(known, _)| *known == id) {
                    let name = name_of(&self.relations[*number], id);
                    related.push((id, Message::new(name.clone(), name)));
                }
            }
        }
        Judgement {
            page: relation.page,
            severity: explains.iter().map(severity_of).min().unwrap_or(Severity::Warning),
            figure: at,
            message: Message::new(zh, en),
            related,
            fixes,
            certain,
            explains: explains.to_vec(),
        }
    }

    /// What a figure would print for a value.
    pub(super) fn printed(&self, id: FigureId, value: Decimal) -> String {
        let usual = usual(self.figures, self.relations, self.own(id), id);
        self.figures.reprint(id, value, self.figures.printed_decimals(id, value, usual))
    }
}

fn in_brackets(words: Option<Message>) -> (String, String) {
    words.map_or((String::new(), String::new()), |words| (format!("（{}）", words.zh), format!(" ({})", words.en)))
}
