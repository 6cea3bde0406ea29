//! The overview: a grid of the tables, each relation one mark in the field of the two that it ties.

use gouji_core::document::{Coverage, Verdict};
use gouji_core::verdict::finding::Locale;
use maud::{Markup, html};

use super::ties::{Ties, class};
use crate::human::words::{say, verdict};

/// More marks than this in one field are counted, not drawn: nobody would tell them apart.
const MARKS: usize = 400;

/// The grid, below it how many relations there are of each verdict.
pub fn overview(ties: &Ties, coverage: &Coverage, locale: Locale) -> Markup {
    let cells = ties.cells();
    let used: Vec<usize> =
        (0..ties.places.len()).filter(|place| cells.keys().any(|(a, b)| a == place || b == place)).collect();
    html! {
        section.overview {
            h3 { (say(locale, "勾稽总览", "Overview")) }
            p.legend {
                (key(Verdict::Exact, coverage.exact, locale))
                (key(Verdict::Rounded, coverage.rounded, locale))
                (key(Verdict::Contradicted, coverage.contradicted, locale))
                (key(Verdict::Unchecked, coverage.unchecked, locale))
                span.coverage {
                    (say(locale, "已勾稽金额", "amounts in relations")) " " (coverage.checked) " / " (coverage.amounts)
                    meter min="0" max=(coverage.amounts) value=(coverage.checked) {}
                }
            }
            div.scroll {
                table.grid {
                    thead {
                        tr {
                            td {}
                            @for &place in &used { th scope="col" { span { (ties.places[place]) } } }
                        }
                    }
                    tbody {
                        @for (row, &place) in used.iter().enumerate() {
                            tr {
                                th scope="row" { (ties.places[place]) }
                                @for &other in &used[..=row] {
                                    @let field = cells.get(&(other.min(place), other.max(place)));
                                    td.own[other == place] {
                                        @if let Some(numbers) = field { (marks(ties, numbers, locale)) }
                                    }
                                }
                            }
                        }
                    }
                }
            }
            p.told aria-live="polite" { (say(locale, "点按一格或表内一个数，这里列出它的勾稽关系。", "Click a mark or a figure: its relations are listed here.")) }
        }
    }
}

fn marks(ties: &Ties, numbers: &[usize], locale: Locale) -> Markup {
    html! {
        @for &number in numbers.iter().take(MARKS) {
            @let relation = &ties.relations[number];
            i class=(class(Some(relation.verdict))) data-n=(number)
                title={ (relation.rule) " " (verdict(relation.verdict, locale)) "：" (relation.sentence.in_locale(locale)) } {}
        }
        @if numbers.len() > MARKS { small { "+" (numbers.len() - MARKS) } }
    }
}

fn key(of: Verdict, count: usize, locale: Locale) -> Markup {
    html! { span { i class=(class(Some(of))) {} " " (verdict(of, locale)) " " b { (count) } } }
}
