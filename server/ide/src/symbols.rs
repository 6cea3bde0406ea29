//! The outline of a document, such that every editor accepts it.

use gouji_core::Document;
use gouji_core::document::OutlineItem;

/// Sections, tables and project sheets, nested; nothing of a text that is no disclosure. Names are never empty, a title lies inside its item and an item
/// inside the one that holds it: editors refuse a whole outline for one entry that breaks this.
pub fn symbols(document: &Document) -> Vec<OutlineItem> {
    let analysis = document.analysis();
    let outline = analysis.identity().map(|_| analysis.outline()).unwrap_or_default();
    outline.into_iter().map(tidy).collect()
}

fn tidy(mut item: OutlineItem) -> OutlineItem {
    item.children = item.children.into_iter().map(tidy).collect();
    if item.name.trim().is_empty() {
        item.name = "（无标题）".to_owned();
    }
    item.span = item.children.iter().fold(item.span.cover(item.name_span), |span, child| span.cover(child.span));
    item
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_core::document::OutlineKind;
    use gouji_core::text::Span;

    fn item(name: &str, span: Span, name_span: Span, children: Vec<OutlineItem>) -> OutlineItem {
        OutlineItem { name: name.into(), detail: String::new(), kind: OutlineKind::Table, span, name_span, children }
    }

    #[test]
    fn an_item_holds_its_title_and_its_children() {
        let child = item(" ", Span::new(50, 90), Span::new(50, 50), vec![]);
        let tidied = tidy(item("一", Span::new(10, 60), Span::new(4, 8), vec![child]));
        assert_eq!(tidied.span, Span::new(4, 90));
        assert_eq!(tidied.children[0].name, "（无标题）");
    }
}
