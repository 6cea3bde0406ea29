//! Relations as plain data: each by itself, and the copies of one fact joined.

use std::collections::{BTreeMap, BTreeSet};

use super::Analysis;
use super::chapter::At;
use super::judged::Judged;
use super::view::{RelationView, Role};
use crate::finding::Message;
use crate::reading::FigureId;
use crate::rules::context::SameText;
use crate::rules::formula::Op;
use crate::rules::lookup::Lookup;
use crate::rules::relation::{Relation, Term, Verdict};
use crate::text::Span;
use crate::verdict::message::{equation, placed};

impl Analysis {
    /// Every relation that was laid, in order of rule and place; then, for each fact that is printed more than twice,
    /// one that joins all its copies.
    pub fn relations(&self) -> Vec<RelationView> {
        let mut out = Vec::new();
        for (start, judged) in self.judged() {
            let judged = &*judged;
            let shown = judged
                .relations()
                .iter()
                .enumerate()
                .filter_map(|(number, relation)| Some((relation, judged.verdict(number)?)));
            out.extend(shown.clone().map(|(relation, verdict)| self.relation(start, judged, relation, verdict)));
            out.extend(self.copies(start, judged));
            out.extend(judged.texts().map(|same| self.same_text(start, same)));
        }
        out
    }

    fn relation(&self, start: At, judged: &Judged, relation: &Relation, verdict: Verdict) -> RelationView {
        let find = |id| judged.figure(id);
        let lookup = Lookup::printed(&find);
        let sides = &relation.sides;
        let total_left = sides.left.len() == 1;
        if sides.is_rate() {
            let part = |role: Role, terms: &'_ [Term]| -> Vec<(Role, Span, String)> {
                let ids = terms.iter().filter_map(|term| term.figure);
                ids.map(|id| (role, self.span_of(start, judged, id), self.printed(start, judged, id))).collect()
            };
            let mut figures = part(Role::Rate, &sides.left);
            figures.extend(part(Role::Part, &sides.right));
            figures.extend(
                part(Role::Base, &sides.base)
                    .into_iter()
                    .filter(|base| sides.base.len() == 1 || !figures.iter().any(|known| known.1 == base.1))
                    .collect::<Vec<_>>(),
            );
            let sentence = placed(relation, equation(relation, &lookup, verdict));
            return RelationView { rule: self.page(relation.page).code.clone(), verdict, figures, sentence };
        }
        let role =
            |left: bool, number: usize, sign: i8| match (sides.product, sides.op, sides.left.len() + sides.right.len())
            {
                (true, ..) if left => {
                    if number == 0 {
                        Role::Quantity
                    } else {
                        Role::Price
                    }
                }
                (true, ..) => Role::Amount,
                (_, Op::Equal, 3..) if left == total_left => Role::Total,
                (_, Op::Equal, 3..) => {
                    if sign < 0 {
                        Role::Minus
                    } else {
                        Role::Part
                    }
                }
                _ => {
                    if left {
                        Role::Left
                    } else {
                        Role::Right
                    }
                }
            };
        let terms = sides.left.iter().enumerate().map(|(number, term)| (true, number, term));
        let terms = terms.chain(sides.right.iter().enumerate().map(|(number, term)| (false, number, term)));
        let figures = terms
            .filter_map(|(left, number, term)| {
                let id = term.figure.filter(|id| judged.peer(*id).is_none())?;
                let sign = term.sign * find(id).sign;
                Some((role(left, number, sign), self.span_of(start, judged, id), self.printed(start, judged, id)))
            })
            .collect();
        let sentence = placed(relation, equation(relation, &lookup, verdict));
        RelationView { rule: self.page(relation.page).code.clone(), verdict, figures, sentence }
    }

    fn same_text(&self, start: At, same: &SameText) -> RelationView {
        let places = same.places.iter().map(|(section, span)| span.shifted(start.section(*section)));
        let figures: Vec<_> = places.map(|span| (Role::Left, span, self.text.slice(span).into_owned())).collect();
        let verdict = if same.holds { Verdict::Exact } else { Verdict::Contradicted };
        let first = figures.first().map_or("", |(_, _, text)| text.as_str());
        let sentence = Message::new(
            format!("{} 处应相同：{first}", figures.len()),
            format!("{} places owe the same text: {first}", figures.len()),
        );
        RelationView { rule: self.page(same.page).code.clone(), verdict, figures, sentence }
    }

    /// Facts that are printed more than twice, each as one relation over all its copies.
    fn copies(&self, start: At, judged: &Judged) -> Vec<RelationView> {
        let mut group: BTreeMap<FigureId, FigureId> = BTreeMap::new();
        let mut rules: BTreeMap<FigureId, (usize, Verdict)> = BTreeMap::new();
        fn root(group: &BTreeMap<FigureId, FigureId>, mut id: FigureId) -> FigureId {
            while let Some(&next) = group.get(&id).filter(|next| **next != id) {
                id = next;
            }
            id
        }
        for (relation, gap) in judged.relations().iter().zip(&judged.gaps) {
            let (Some(gap), Op::Equal, [left], [right], false) = (
                gap,
                relation.sides.op,
                relation.sides.left.as_slice(),
                relation.sides.right.as_slice(),
                relation.sides.product,
            ) else {
                continue;
            };
            let (Some(left), Some(right), None) = (left.figure, right.figure, relation.across) else { continue };
            let (a, b) = (root(&group, left), root(&group, right));
            group.insert(a.max(b), a.min(b));
            group.entry(a.min(b)).or_insert(a.min(b));
            for id in [left, right] {
                group.entry(id).or_insert(a.min(b));
            }
            let verdict = gap.verdict();
            for id in [a, b] {
                let known = rules.entry(id).or_insert((relation.page, verdict));
                known.1 = known.1.max(verdict);
            }
        }
        let mut classes: BTreeMap<FigureId, BTreeSet<FigureId>> = BTreeMap::new();
        for &id in group.keys() {
            classes.entry(root(&group, id)).or_default().insert(id);
        }
        let mut out = Vec::new();
        for (first, members) in classes.into_iter().filter(|(_, members)| members.len() > 2) {
            let worst = members
                .iter()
                .filter_map(|id| rules.get(id))
                .map(|(_, verdict)| *verdict)
                .max()
                .unwrap_or(Verdict::Exact);
            let page = rules.get(&first).map_or(0, |(page, _)| *page);
            let text = format!("{} 处印有同一数：{}", members.len(), judged.figure(first).text);
            out.push(RelationView {
                rule: self.page(page).code.clone(),
                verdict: worst,
                figures: members
                    .iter()
                    .map(|&id| (Role::Left, self.span_of(start, judged, id), self.printed(start, judged, id)))
                    .collect(),
                sentence: Message::new(text.clone(), text),
            });
        }
        out
    }

    /// The relations that the figure printed at an offset stands in.
    pub fn relations_at(&self, offset: usize) -> Vec<RelationView> {
        let Some((start, judged, id)) = self.figure_id_at(offset) else { return Vec::new() };
        let judged = &*judged;
        let own = judged
            .relations()
            .iter()
            .enumerate()
            .filter(|(_, relation)| relation.sides.figures().any(|other| other == id));
        own.filter_map(|(number, relation)| Some(self.relation(start, judged, relation, judged.verdict(number)?)))
            .collect()
    }
}
