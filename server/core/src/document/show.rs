//! What is known, as plain data with places of the document.

use std::borrow::Cow;
use std::sync::Arc;

use super::Analysis;
use super::chapter::{At, Shown};
use super::judged::Judged;
use super::view::{FigureView, Identity, SubjectView};
use crate::catalog::name::fold_char;
use crate::finding::{Edit, Elsewhere, Finding, Fix, Key, Message, Related};
use crate::reading::table::{RowKind, Slot};
use crate::reading::{FigureId, SectionKind};
use crate::rules::across::Source;
use crate::rules::note::{Note, NotePlace};
use crate::text::Span;
use crate::verdict::judge::{Judgement, Offer};

impl Analysis {
    /// Whose disclosure it is and of what year; none where the document is no disclosure (then there are no findings).
    pub fn identity(&self) -> Option<Identity> {
        self.chapters.iter().find(|chapter| chapter.is_one).map(|chapter| chapter.identity.clone())
    }

    /// What is known of each disclosure, one after the other; those that rest go on resting.
    pub(super) fn judged(&self) -> impl Iterator<Item = (At<'_>, Arc<Judged>)> {
        self.disclosures().map(|number| (self.at(number), self.chapters[number].glance()))
    }

    /// The chapters that are disclosures, by their numbers.
    pub(super) fn disclosures(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.chapters.len()).filter(|&number| self.chapters[number].is_one)
    }

    /// Where a chapter stands.
    pub(super) fn at(&self, number: usize) -> At<'_> {
        At { base: self.bases[number].0, starts: &self.chapters[number].starts }
    }

    pub(super) fn span_of(&self, start: At, judged: &Judged, id: FigureId) -> Span {
        judged.figure(id).span.shifted(start.section(id.section))
    }

    /// A figure as it is printed: what was taken out of its line when that was read (a tag between its digits) included.
    pub(super) fn printed(&self, start: At, judged: &Judged, id: FigureId) -> String {
        match judged.peer(id) {
            Some(_) => judged.figure(id).text.to_string(),
            None => self.text.slice(self.span_of(start, judged, id)).into_owned(),
        }
    }

    /// Where the figure of a judged disclosure stands: here, or in which other file.
    pub(super) fn place_of(&self, start: At, judged: &Judged, id: FigureId) -> (Span, Option<Elsewhere>) {
        let Some((peer, number)) = judged.peer(id) else { return (self.span_of(start, judged, id), None) };
        match &peer.source {
            Source::Here(disclosure) => {
                let section = peer.extract.facts[number].id.section;
                (judged.figure(id).span.shifted(self.at(*disclosure).section(section)), None)
            }
            Source::File(published) => {
                let (span, spot) = published.place(number);
                (span, Some(Elsewhere { file: Arc::clone(&published.file), spot }))
            }
        }
    }

    /// The chapters that a span meets and that are disclosures, by their numbers.
    pub(super) fn chapters_at(&self, span: Span) -> impl Iterator<Item = usize> + '_ {
        let first = self.bases.partition_point(|&(base, _)| base < span.start).saturating_sub(1);
        let meets = move |number: &usize| self.bases[*number].0 <= span.end;
        (first..self.chapters.len()).take_while(meets).filter(|&number| self.chapters[number].is_one)
    }

    /// Is all that is known of a place held as read? Else it is read again for whoever asks.
    pub fn is_at_hand(&self, span: Span) -> bool {
        self.chapters_at(span).all(|number| self.chapters[number].asked().is_some())
    }

    /// The findings of each chapter.
    pub(super) fn shown(&self) -> impl Iterator<Item = Cow<'_, Shown>> {
        self.disclosures().map(|number| self.shown_of(number))
    }

    /// The findings of a chapter, where it stands now.
    fn shown_of(&self, number: usize) -> Cow<'_, Shown> {
        let (known, base) = (self.known_of(number), self.bases[number].0);
        if known.base == base { known } else { Cow::Owned(known.moved(base)) }
    }

    /// The findings of a chapter, where it stood when they were asked for first.
    pub(super) fn known_of(&self, number: usize) -> Cow<'_, Shown> {
        match &self.chapters[number] {
            chapter if chapter.fixed => Cow::Owned(self.show(number)),
            chapter => Cow::Borrowed(chapter.shown.get_or_init(|| self.show(number))),
        }
    }

    /// The findings of a place: those that stand there, and those with a repair that would change something there.
    pub fn findings_at(&self, span: Span) -> Vec<Finding> {
        let each = self.chapters_at(span);
        each.flat_map(|number| self.known_of(number).at(span, self.bases[number].0).collect::<Vec<_>>()).collect()
    }

    fn show(&self, number: usize) -> Shown {
        let (at, judged) = (self.at(number), &*self.chapters[number].judged());
        let mut shown = Shown { base: at.base, ..Shown::default() };
        for (_, said) in self.said(at, judged) {
            let finding = self.found(at, judged, &said);
            match self.selection.suppression(&finding.key) {
                Some(number) => shown.suppressed.push((number, finding)),
                None => shown.findings.push(finding),
            }
        }
        shown
    }

    pub(super) fn judgement(&self, at: At, judged: &Judged, judgement: &Judgement) -> Finding {
        let page = self.page(judgement.page);
        let span = self.span_of(at, judged, judgement.figure);
        let own = judged.figure(judgement.figure);
        let related = |(id, message): &(FigureId, Message)| {
            let (span, elsewhere) = self.place_of(at, judged, *id);
            let text = match &elsewhere {
                Some(_) => judged.figure(*id).text.to_string(),
                None => self.text.slice(span).into_owned(),
            };
            Related { span, elsewhere, text, message: message.clone() }
        };
        Finding {
            rule: page.code.clone(),
            name: page.name.clone(),
            severity: self.selection.turned(judgement.page, judgement.severity),
            message: judgement.message.clone(),
            span,
            text: self.text.slice(span).into_owned(),
            related: judgement.related.iter().map(related).collect(),
            fixes: self.fixes(at, judged, judgement),
            key: self.key(judged, &page.code, Some(judgement.figure), own.what.to_string()),
        }
    }

    fn fixes(&self, start: At, judged: &Judged, judgement: &Judgement) -> Vec<Fix> {
        let fix = |(number, offer): (usize, &Offer)| {
            let edit =
                |(id, new): &(FigureId, String)| Edit { span: self.span_of(start, judged, *id), new_text: new.clone() };
            let mut edits: Vec<Edit> = offer.edits.iter().map(edit).collect();
            edits.sort_by_key(|edit| edit.span);
            // What is read in two ways is printed once.
            edits.dedup();
            Fix { title: offer.title.clone(), preferred: number == 0 && judgement.certain, edits }
        };
        let mut fixes: Vec<Fix> = judgement.fixes.iter().enumerate().map(fix).collect();
        // Two places that are called the same are told by their lines.
        for number in 1..fixes.len() {
            if fixes[..number].iter().any(|other| other.title == fixes[number].title) {
                let line = self.text.line_of(fixes[number].edits[0].span.start) + 1;
                fixes[number].title.zh += &format!("（第 {line} 行）");
                fixes[number].title.en += &format!(" (line {line})");
            }
        }
        fixes
    }

    pub(super) fn place(&self, start: At, place: &NotePlace) -> (Span, String) {
        let span = place.span.shifted(start.section(place.section));
        let text = self.text.slice(span);
        let Some((from, to)) = place.chars else { return (span, text.into_owned()) };
        let kept: Vec<(usize, usize)> = text
            .char_indices()
            .filter(|(_, c)| fold_char(*c).is_some())
            .map(|(at, c)| (at, at + c.len_utf8()))
            .collect();
        let (Some(first), Some(last)) = (kept.get(from), kept.get(to.saturating_sub(1))) else {
            return (span, text.into_owned());
        };
        (Span::new(span.start + first.0, span.start + last.1), text[first.0..last.1].to_owned())
    }

    fn key(&self, judged: &Judged, rule: &str, at: Option<FigureId>, what: String) -> Key {
        let own = at.map(|id| judged.figure(id));
        let table = at.and_then(|id| judged.sections[id.section as usize].table.as_ref());
        Key {
            rule: rule.to_owned(),
            body: judged.disclosure.body.clone(),
            year: judged.disclosure.year,
            table: table.map_or_else(String::new, |table| table.form.name.clone()),
            what,
            column: own.map_or_else(String::new, |own| own.column.to_string()),
        }
    }

    pub(super) fn note(&self, start: At, judged: &Judged, note: &Note) -> Finding {
        let page = self.page(note.page);
        let (span, text) = self.place(start, &note.at);
        let section = start.section(note.at.section);
        Finding {
            rule: page.code.clone(),
            name: page.name.clone(),
            severity: self.selection.turned(note.page, note.severity),
            message: note.at.message.clone(),
            span,
            text,
            related: note
                .related
                .iter()
                .map(|place| {
                    let (span, text) = self.place(start, place);
                    Related { span, elsewhere: None, text, message: place.message.clone() }
                })
                .collect(),
            fixes: note
                .fixes
                .iter()
                .enumerate()
                .map(|(number, (title, own, new))| Fix {
                    title: title.clone(),
                    preferred: number == 0 && note.certain,
                    edits: vec![Edit { span: own.map_or(span, |own| own.shifted(section)), new_text: new.clone() }],
                })
                .collect(),
            key: self.key(judged, &page.code, None, note.key.clone()),
        }
    }

    pub(super) fn figure_view(&self, start: At, judged: &Judged, id: FigureId) -> FigureView {
        let own = judged.figure(id);
        let section = &judged.sections[id.section as usize];
        let settled =
            judged.disclosure.settled.iter().find(|(number, _)| *number == id.section).map(|(_, table)| table);
        let cell = settled.and_then(|table| {
            let row = table.rows.iter().find(|row| row.cells.contains(&Slot::Figure(id.index)))?;
            let column = row.cells.iter().position(|slot| *slot == Slot::Figure(id.index))?;
            Some((
                row.what(),
                table.columns[column].name.clone().or_else(|| Some(table.columns[column].header.clone())),
            ))
        });
        let (what, column) =
            cell.unwrap_or_else(|| (own.what.to_string(), (!own.column.is_empty()).then(|| own.column.to_string())));
        let place = match (section.kind, settled) {
            (_, Some(table)) => table.form.name.clone(),
            (Some(SectionKind::Sheet), _) => "项目绩效目标表".to_owned(),
            _ => "情况说明".to_owned(),
        };
        let year = judged.disclosure.year.map(|year| if own.column.contains("上年") { year - 1 } else { year });
        FigureView {
            span: self.span_of(start, judged, id),
            text: self.printed(start, judged, id),
            place,
            what,
            column: column.filter(|column| !column.is_empty()),
            year,
            unit: own.unit.word().to_owned(),
        }
    }

    pub(super) fn figure_id_at(&self, offset: usize) -> Option<(At<'_>, Arc<Judged>, FigureId)> {
        let number = self.bases.partition_point(|&(base, _)| base <= offset).checked_sub(1)?;
        let chapter = self.chapters.get(number).filter(|chapter| chapter.is_one)?;
        let (at, judged) = (self.at(number), chapter.judged());
        let section = at.starts.partition_point(|&start| at.base + start <= offset).checked_sub(1)?;
        let inside = offset - at.section(section as u32);
        let figures = &judged.sections[section].figures;
        let index = figures.iter().position(|figure| figure.span.touches(inside))?;
        let id = FigureId { section: section as u32, index: index as u32 };
        Some((at, judged, id))
    }

    /// The figure printed at an offset.
    pub fn figure_at(&self, offset: usize) -> Option<FigureView> {
        let (start, judged, id) = self.figure_id_at(offset)?;
        Some(self.figure_view(start, &judged, id))
    }

    /// The 科目 whose code or name is printed at an offset.
    pub fn subject_at(&self, offset: usize) -> Option<SubjectView> {
        for number in self.chapters_at(Span::new(offset, offset)) {
            let (start, judged) = (self.at(number), self.chapters[number].judged());
            for table in &judged.disclosure.tables {
                let list = if table.form.is_economic() { "economic_department" } else { "functional" };
                for fact in table.rows.iter().filter(|fact| matches!(fact.row.kind, RowKind::Subject(_))) {
                    let base = start.section(fact.section);
                    let Some(code) = &fact.row.code else { continue };
                    for span in [code.span, fact.row.name.span] {
                        if !span.is_empty() && span.shifted(base).touches(offset) {
                            return Some(SubjectView { span: span.shifted(base), list, code: code.text.clone() });
                        }
                    }
                }
                // The lines of a two-sided table name 类 without their codes.
                for fact in table
                    .rows
                    .iter()
                    .filter(|fact| fact.row.kind == RowKind::Item && table.form.shape == crate::catalog::Shape::Sided)
                {
                    let span = fact.row.name.span.shifted(start.section(fact.section));
                    if span.touches(offset)
                        && let Some(class) =
                            crate::catalog::subjects::subjects(crate::catalog::subjects::List::Functional)
                                .class_by_name(&fact.row.name.text)
                    {
                        return Some(SubjectView { span, list, code: class.code.to_owned() });
                    }
                }
            }
        }
        None
    }
}
