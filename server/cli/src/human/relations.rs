//! The relations of a document, one a line, and the amounts that stand in none.

use std::fmt::Write;

use gouji_core::document::{RelationView, Verdict};
use gouji_core::text::Text;
use gouji_core::verdict::finding::{Locale, Severity};

use super::cells::plain;
use super::words::{self, FAINT, PLACE, say};
use crate::json::Place;
use crate::survey::Opened;

/// All relations of a document.
pub fn relations(opened: &Opened, locale: Locale) -> String {
    let (text, analysis) = (opened.document.text(), opened.document.analysis());
    let (relations, unread) = (analysis.relations(), analysis.unread());
    let mut shown = format!("{PLACE}{}{PLACE:#}\n", plain(&opened.path));
    for relation in &relations {
        shown.push_str(&line(text, relation, locale));
    }
    for figure in &unread {
        let word = say(locale, "未入", "unread");
        let _ = writeln!(shown, "  {FAINT}{word}{FAINT:#} {} {}", place(text, figure.span.start), plain(&figure.text));
    }
    let count = |wanted| relations.iter().filter(|relation| relation.verdict == wanted).count();
    let verdicts = [Verdict::Exact, Verdict::Rounded, Verdict::Contradicted, Verdict::Unchecked];
    let counts = verdicts.map(|verdict| format!("{} {}", words::verdict(verdict, locale), count(verdict)));
    let _ = match locale {
        Locale::Chinese => {
            writeln!(shown, "关系 {} 条：{}；未入关系的金额 {} 处\n", relations.len(), counts.join("，"), unread.len())
        }
        Locale::English => {
            writeln!(shown, "{} relations: {}; {} amounts in none\n", relations.len(), counts.join(", "), unread.len())
        }
    };
    shown
}

fn line(text: &Text, relation: &RelationView, locale: Locale) -> String {
    let style = match relation.verdict {
        Verdict::Exact | Verdict::Unchecked => FAINT,
        Verdict::Rounded => words::colour(Severity::Hint),
        Verdict::Contradicted => words::colour(Severity::Error),
    };
    let places: Vec<_> = relation.figures.iter().map(|(_, span, _)| place(text, span.start)).collect();
    format!(
        "  {style}{}{style:#} {} {} {FAINT}[{}]{FAINT:#}\n",
        words::verdict(relation.verdict, locale),
        relation.rule,
        plain(relation.sentence.in_locale(locale)),
        places.join(" "),
    )
}

fn place(text: &Text, offset: usize) -> String {
    let Place { line, column } = Place::new(text, offset);
    format!("{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::document::Role;
    use gouji_core::text::Span;
    use gouji_core::verdict::finding::Message;

    #[test]
    fn a_relation_is_one_line() {
        let figures = vec![(Role::Total, Span::new(7, 8), "3".into()), (Role::Part, Span::new(9, 10), "4".into())];
        let sentence = Message::new("合计 3 = 甲 4", "total 3 = A 4");
        let relation = RelationView { rule: "IN06".into(), verdict: Verdict::Contradicted, figures, sentence };
        let shown = line(&Text::new("合计\t3\t4"), &relation, Locale::Chinese);
        assert_eq!(anstream::adapter::strip_str(&shown).to_string(), "  不符 IN06 合计 3 = 甲 4 [1:4 1:6]\n");
    }
}
