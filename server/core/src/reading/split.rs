//! Where one disclosure of a compilation ends and the next begins.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::section::Section;

/// The most frequent item; the first of those that are equally frequent.
pub fn majority<T: Eq + std::hash::Hash + Clone>(items: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: HashMap<T, (usize, usize)> = HashMap::new();
    for (order, item) in items.enumerate() {
        counts.entry(item).or_insert((0, order)).0 += 1;
    }
    counts.into_iter().max_by_key(|(_, (count, order))| (*count, std::cmp::Reverse(*order))).map(|(item, _)| item)
}

/// A run of sections that make up a disclosure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The sections.
    pub sections: Range<usize>,
    /// The section at which it showed that a disclosure begins: the titles before it came along.
    pub shown: usize,
}

/// Where one disclosure ends and the next begins: at a second 收支总表, or at the title of another body. The first begins
/// with the first section, and showed at `shown`.
pub fn split(sections: &[Arc<Section>], shown: usize) -> Vec<Run> {
    let mut runs = Vec::new();
    let (mut start, mut from_here) = (0, shown);
    let mut seen_first_table = false;
    let mut seen_whole = false;
    let mut body: Option<String> = None;
    let mut figures = false;
    for (index, section) in sections.iter().enumerate().skip(shown) {
        let first = |id: &str| matches!(id, "B1" | "F1");
        let first_table =
            section.table.as_ref().is_some_and(|table| first(table.form.id.as_str()) && !table.rows.is_empty());
        let own = section
            .bodies
            .iter()
            .find(|mention| section.cover || mention.code.as_ref().is_some_and(|code| code.text.len() == 3));
        // 第三部分 某某局2023年度部门决算情况说明 goes on with the disclosure.
        let later_part =
            section.heading.text.starts_with('第') && !pattern!(r"^第\s*[一1]\s*部分").is_match(&section.heading.text);
        let other_body = section.cover
            && figures
            && !later_part
            && matches!((&body, own), (Some(body), Some(own)) if *body != own.name.text && !own.name.text.ends_with("本级"));
        let whole = first_table
            && section.table.as_ref().is_some_and(|table| table.rows.iter().any(|row| row.name.text == "本年收入合计"));
        let again = first_table && seen_first_table && section_body_differs(section, body.as_deref());
        if other_body || again || whole && seen_whole {
            // A title right before the table opens the new disclosure with it.
            let from = (start + 1..index)
                .rev()
                .take_while(|&at| sections[at].cover || sections[at].len < 40)
                .last()
                .unwrap_or(index);
            runs.push(Run { sections: start..from, shown: from_here });
            (start, from_here) = (from, index);
            seen_first_table = false;
            seen_whole = false;
            body = None;
            figures = false;
        }
        seen_first_table |= first_table;
        seen_whole |= whole;
        figures |= !section.figures.is_empty();
        if body.is_none() {
            body = own.map(|mention| mention.name.text.clone());
        }
    }
    runs.push(Run { sections: start..sections.len(), shown: from_here });
    runs
}

/// A second 收支总表 of the same body is another page of the first.
fn section_body_differs(section: &Section, body: Option<&str>) -> bool {
    match (section.bodies.first(), body) {
        (Some(own), Some(body)) => own.name.text != body,
        _ => true,
    }
}
