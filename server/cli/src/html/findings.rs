//! The findings of a document: each with what is wrong at the left and the evidence at the right.

use gouji_core::text::{Span, Text};
use gouji_core::verdict::finding::{Elsewhere, Finding, Fix, Locale};
use maud::{Markup, html};

use crate::human::snippet::rows;
use crate::human::words::say;
use crate::json::Range;
use crate::survey::Opened;

/// All findings that are shown.
pub fn findings(opened: &Opened, locale: Locale) -> Markup {
    html! {
        section.findings {
            @for finding in opened.findings() { (card(opened, finding, locale)) }
        }
    }
}

fn card(opened: &Opened, finding: &Finding, locale: Locale) -> Markup {
    let text = opened.document.text();
    let severity = finding.severity.word();
    html! {
        article.finding.(severity) data-severity=(severity) data-rule=(finding.rule) {
            h4 {
                span.severity { (finding.severity.in_locale(locale)) } " "
                code { (finding.rule) } " " (finding.name.in_locale(locale))
            }
            p.message { (finding.message.in_locale(locale)) }
            div.sides {
                div.fault {
                    h5 { (say(locale, "出错处", "At fault")) }
                    (place(opened, text, finding.span, None))
                    @for fix in &finding.fixes { (repair(fix, locale)) }
                }
                @if !finding.related.is_empty() {
                    div.evidence {
                        h5 { (say(locale, "依据", "Evidence")) }
                        @for related in &finding.related {
                            @let what = related.message.in_locale(locale);
                            @match &related.elsewhere {
                                None => (place(opened, text, related.span, Some(what))),
                                Some(elsewhere) => (foreign(elsewhere, &related.text, what)),
                            }
                        }
                    }
                }
            }
        }
    }
}

/// A place in the document: what it is, its line with the figure marked, its number.
fn place(opened: &Opened, text: &Text, span: Span, what: Option<&str>) -> Markup {
    let meaning = opened.document.analysis().figure_at(span.start).map(|figure| {
        let parts = [Some(figure.place), Some(figure.what), figure.column];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    html! {
        figure {
            @for row in rows(text, span) {
                pre {
                    span.line { (row.line + 1) } " "
                    (row.before.shown) mark { (row.marked.shown) } (row.after.shown)
                }
            }
            figcaption {
                @let told = what.filter(|what| !meaning.as_ref().is_some_and(|meaning| meaning.contains(what)));
                @if let Some(told) = told { b { (told) } " " }
                @if let Some(meaning) = meaning { (meaning) }
            }
        }
    }
}

/// A place in another file, whose text is not at hand: what is printed there and where.
fn foreign(Elsewhere { file, spot }: &Elsewhere, printed: &str, what: &str) -> Markup {
    let start = Range::elsewhere(spot).start;
    html! {
        figure {
            pre { span.line { (start.line) } " " mark { (printed) } }
            figcaption { b { (what) } " " (file) ":" (start.line) ":" (start.column) }
        }
    }
}

fn repair(fix: &Fix, locale: Locale) -> Markup {
    html! {
        p.fix.preferred[fix.preferred] {
            (say(locale, "改法：", "fix: ")) (fix.title.in_locale(locale))
            @if fix.preferred { " " span.badge { (say(locale, "首选", "preferred")) } }
        }
    }
}
