//! The page: its head, how the findings are filtered, and a chapter for each document.

use std::collections::BTreeSet;

use gouji_core::verdict::finding::{Locale, Message, Severity};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::findings::findings;
use super::overview::overview;
use super::tables::tables;
use super::ties::Ties;
use crate::human::Tally;
use crate::human::words::say;
use crate::survey::Opened;

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// What the page says of one document.
pub struct Chapter {
    path: String,
    /// What is written of it below its path.
    body: Markup,
    /// Body, year and kind; none of what is no disclosure or could not be read.
    whose: Option<String>,
    counts: [usize; Severity::ALL.len()],
    rules: BTreeSet<(String, String)>,
}

impl Chapter {
    /// A document that was checked.
    pub fn new(opened: &Opened, locale: Locale) -> Self {
        let analysis = opened.document.analysis();
        let whose = analysis.identity().map(|identity| {
            let year = identity.year.map(|year| year.to_string());
            [identity.body, year, Some(identity.kind)].into_iter().flatten().collect::<Vec<_>>().join(" ")
        });
        let found: Vec<_> = opened.findings().collect();
        let ties = Ties::new(analysis);
        let body = html! {
            @if whose.is_none() { p { (say(locale, "不是预决算公开文件，未检查。", "No disclosure; not checked.")) } }
            @else {
                @if found.is_empty() { p.clean { (say(locale, "未发现不符。", "Nothing found.")) } }
                (findings(opened, locale))
                (overview(&ties, &analysis.coverage(), locale))
                (tables(&ties, locale))
            }
        };
        Self {
            path: opened.path.clone(),
            body,
            whose,
            counts: Severity::ALL.map(|severity| found.iter().filter(|found| found.severity == severity).count()),
            rules: found.iter().map(|found| (found.rule.clone(), found.name.in_locale(locale).to_owned())).collect(),
        }
    }

    /// A document that could not be read.
    pub fn refused(path: String, reason: &Message, locale: Locale) -> Self {
        let body = html! { p.refused { (say(locale, "未检查：", "Not checked: ")) (reason.in_locale(locale)) } };
        Self { path, body, whose: None, counts: Default::default(), rules: BTreeSet::new() }
    }
}

/// The whole page.
pub fn page(chapters: &[Chapter], sum: &Tally, locale: Locale) -> String {
    let title = say(locale, "勾稽检查报告", "gouji report");
    let language = say(locale, "zh-CN", "en");
    html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="generator" content={ "gouji " (env!("CARGO_PKG_VERSION")) };
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (title) }
                    p { (crate::human::summary(sum, locale)) }
                    (filters(chapters, sum, locale))
                }
                @if chapters.len() > 1 { (contents(chapters, locale)) }
                main {
                    @for (number, chapter) in chapters.iter().enumerate() {
                        section.chapter id={ "f" (number) } {
                            h2 { (chapter.path) @if let Some(whose) = &chapter.whose { " " small { (whose) } } }
                            (chapter.body)
                        }
                    }
                }
                footer { "gouji " (env!("CARGO_PKG_VERSION")) }
                script { (PreEscaped(SCRIPT)) }
            }
        }
    }
    .into_string()
}

fn filters(chapters: &[Chapter], sum: &Tally, locale: Locale) -> Markup {
    let rules: BTreeSet<_> = chapters.iter().flat_map(|chapter| &chapter.rules).collect();
    html! {
        form.filters {
            @for severity in Severity::ALL {
                label class=(severity.word()) {
                    input type="checkbox" name="severity" value=(severity.word()) checked;
                    " " (severity.in_locale(locale)) " " (sum.of(severity))
                }
            }
            label {
                (say(locale, "规则 ", "Rule "))
                select name="rule" {
                    option value="" { (say(locale, "全部", "all")) }
                    @for (code, name) in rules { option value=(code) { (code) " " (name) } }
                }
            }
            label { (say(locale, "查找 ", "Find ")) input type="search" name="text"; }
            output {}
        }
    }
}

fn contents(chapters: &[Chapter], locale: Locale) -> Markup {
    html! {
        nav.scroll {
            table.contents {
                thead {
                    tr {
                        th { (say(locale, "文件", "File")) }
                        th { (say(locale, "单位", "Body")) }
                        @for severity in Severity::ALL { th { (severity.in_locale(locale)) } }
                    }
                }
                tbody {
                    @for (number, chapter) in chapters.iter().enumerate() {
                        tr {
                            td { a href={ "#f" (number) } { (chapter.path) } }
                            td { (chapter.whose.as_deref().unwrap_or("—")) }
                            @for (severity, count) in Severity::ALL.iter().zip(chapter.counts) {
                                td class=(if count > 0 { severity.word() } else { "" }) { (count) }
                            }
                        }
                    }
                }
            }
        }
    }
}
