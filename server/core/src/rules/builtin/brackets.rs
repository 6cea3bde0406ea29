//! UF06: brackets are paired and of one width, and no mark stands twice.

use super::{at, change, note, sections};
use crate::finding::{Message, Severity};
use crate::layout::line::LineKind;
use crate::reading::source::SourceLine;
use crate::rules::context::{Context, Laid};
use crate::text::Span;

/// An open bracket: itself, and where it stands.
type Open = (char, Span);

/// Walks the lines of each section; a sentence may run over lines, a bracket does not run over its end.
pub fn paired(context: &Context, page: usize, laid: &mut Laid) {
    for (section, own) in sections(context) {
        let mut open: Vec<Open> = Vec::new();
        for line in own.lines() {
            if !matches!(line.kind, LineKind::Prose | LineKind::Row) {
                // A heading, a cell or a caption begins anew; the last line of a sentence still belongs to it.
                if line.kind != LineKind::ProseEnd {
                    open.clear();
                }
            }
            line_brackets(page, section, &line, &mut open, laid);
            doubled(page, section, &line, laid);
            if line.kind == LineKind::ProseEnd || line.text.trim_end().ends_with('。') {
                open.clear();
            }
        }
    }
}

fn line_brackets(page: usize, section: u32, line: &SourceLine, open: &mut Vec<Open>, laid: &mut Laid) {
    for (index, c) in line.text.char_indices() {
        let span = Span::new(line.span.start + index, line.span.start + index + c.len_utf8());
        match c {
            '（' | '(' => open.push((c, span)),
            '）' | ')' => {
                let Some((opening, start)) = open.pop() else { continue };
                let wanted = if opening == '（' { '）' } else { ')' };
                if c == wanted {
                    continue;
                }
                // Among Chinese words brackets are wide.
                let (wrong, new) = if opening == '（' { (span, "）") } else { (start, "（") };
                let message = Message::new("左右括号一个全角、一个半角", "One bracket is wide, the other narrow");
                let key = format!("括号/{}", context_of(line.text, index));
                let mut found = note(page, Severity::Hint, at(section, wrong, message), key);
                found.fixes.push(change(new));
                found.certain = true;
                laid.notes.push(found);
            }
            _ => {}
        }
    }
}

fn doubled(page: usize, section: u32, line: &SourceLine, laid: &mut Laid) {
    let form = pattern!(r"，，+|。。+|；；+|、、+|，。|。，|、。|；。|、，|，、");
    for found in form.find_iter(line.text) {
        let span = Span::new(line.span.start + found.start(), line.span.start + found.end());
        let message = Message::new(
            format!("标点“{}”重复", found.as_str()),
            format!("The marks “{}” are doubled", found.as_str()),
        );
        let key = format!("标点/{}", context_of(line.text, found.start()));
        let mut said = note(page, Severity::Hint, at(section, span, message), key);
        let mut marks = found.as_str().chars();
        if let (Some(first), true) = (marks.next(), marks.clone().all(|c| found.as_str().starts_with(c))) {
            said.fixes.push(change(&first.to_string()));
        }
        laid.notes.push(said);
    }
}

/// The words before a place: what a finding about one character is about.
fn context_of(text: &str, index: usize) -> String {
    let mut words: Vec<char> = text[..index].chars().rev().filter(|c| c.is_alphanumeric()).take(8).collect();
    words.reverse();
    words.into_iter().collect()
}
