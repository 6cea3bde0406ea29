//! The tables of a document as they were read, each figure coloured by the worst of its relations.

use gouji_core::document::{CellView, RowView, TableView, Verdict};
use gouji_core::verdict::finding::Locale;
use maud::{Markup, html};

use super::ties::{Ties, class};
use crate::human::words::say;

/// All tables; those with a contradiction are open.
pub fn tables(ties: &Ties, locale: Locale) -> Markup {
    html! {
        section.tables {
            h3 { (say(locale, "各表", "Tables")) }
            @for table in &ties.tables { (one(ties, table, locale)) }
        }
    }
}

fn one(ties: &Ties, table: &TableView, locale: Locale) -> Markup {
    let figures = || {
        table.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
            CellView::Figure { span, .. } => Some(ties.worst(ties.of_figure(span.start))),
            _ => None,
        })
    };
    let (all, tied) = (figures().count(), figures().filter(Option::is_some).count());
    let wrong = figures().filter(|worst| *worst == Some(Verdict::Contradicted)).count();
    html! {
        details open[wrong > 0] data-wrong=(wrong) {
            summary {
                (table.place) " " small { (table.unit) " · " (say(locale, "已勾稽", "tied")) " " (tied) "/" (all) }
                @if wrong > 0 { " " span.badge.wrong { (wrong) " " (say(locale, "处不符", "contradicted")) } }
            }
            div.scroll {
                table.cells {
                    thead {
                        tr {
                            th scope="col" { (say(locale, "项目", "Item")) }
                            @for column in &table.columns { th scope="col" { (column) } }
                        }
                    }
                    tbody { @for row in &table.rows { (line(ties, row)) } }
                }
            }
        }
    }
}

fn line(ties: &Ties, row: &RowView) -> Markup {
    html! {
        tr {
            th scope="row" class={ "d" (row.depth) } {
                @if let Some(code) = &row.code { code { (code) } " " }
                (row.name)
            }
            @for cell in &row.cells {
                @match cell {
                    CellView::Blank => td {},
                    CellView::Unknown => td.unknown { "?" },
                    CellView::Figure { span, text } => {
                        @let numbers = ties.of_figure(span.start);
                        td class=(class(ties.worst(numbers))) data-r=(list(numbers)) { (text) }
                    }
                }
            }
        }
    }
}

/// The numbers of relations, for the script.
fn list(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(" ")
}
