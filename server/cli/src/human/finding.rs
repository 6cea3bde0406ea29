//! A finding: where, how sure, what; the line with its figure marked; evidence; repairs.

use std::fmt::Write;

use gouji_core::text::{Encoding, Text};
use gouji_core::verdict::finding::{Elsewhere, Finding, Fix, Locale, Related};

use super::cells::plain;
use super::snippet::snippet;
use super::words::{self, FAINT, PLACE, REPAIR, say};
use crate::json::Place;
use crate::survey::Opened;

/// The findings of a document that are shown, a blank line after each.
pub fn findings(opened: &Opened, locale: Locale) -> String {
    let text = opened.document.text();
    opened.findings().map(|found| finding(text, &opened.path, found, locale)).collect()
}

/// One finding.
pub fn finding(text: &Text, path: &str, finding: &Finding, locale: Locale) -> String {
    let style = words::colour(finding.severity);
    let severity = finding.severity.in_locale(locale);
    let name = plain(finding.name.in_locale(locale));
    let message = plain(finding.message.in_locale(locale));
    let colon = say(locale, "：", ": ");
    let mut shown = format!(
        "{PLACE}{}:{}:{PLACE:#} {style}{severity}{style:#} {} {name}{colon}{message}\n",
        plain(path),
        place(text, finding.span.start),
        finding.rule
    );
    let drawn = snippet(text, finding.span, style);
    shown.push_str(&drawn.shown);
    let below = format!("{FAINT}{:1$} ={FAINT:#}", "", drawn.gutter);
    for related in &finding.related {
        let _ = writeln!(shown, "{below} {}", evidence(text, related, locale));
    }
    for fix in &finding.fixes {
        let _ = writeln!(shown, "{below} {}", repair(fix, locale));
    }
    shown.push('\n');
    shown
}

fn evidence(text: &Text, related: &Related, locale: Locale) -> String {
    let word = say(locale, "依据：", "evidence: ");
    let (printed, message) = (plain(&related.text), plain(related.message.in_locale(locale)));
    let at = match &related.elsewhere {
        None => place(text, related.span.start),
        Some(Elsewhere { file, spot }) => {
            let Place { line, column } = Place::from(spot.start(Encoding::Utf32));
            format!("{}:{line}:{column}", plain(file))
        }
    };
    format!("{word}{at} {printed} — {message}")
}

fn repair(fix: &Fix, locale: Locale) -> String {
    let (word, title) = (say(locale, "改法：", "fix: "), plain(fix.title.in_locale(locale)));
    let preferred = if fix.preferred { say(locale, "（首选）", " (preferred)") } else { "" };
    format!("{REPAIR}{word}{title}{REPAIR:#}{preferred}")
}

fn place(text: &Text, offset: usize) -> String {
    let Place { line, column } = Place::new(text, offset);
    format!("{line}:{column}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::human::sample::{self, TEXT};

    fn drawn(locale: Locale) -> String {
        let coloured = finding(&Text::new(TEXT), "部门.txt", &sample::finding(), locale);
        anstream::adapter::strip_str(&coloured).to_string()
    }

    #[test]
    fn a_finding_is_shown_with_evidence_and_repair() {
        let expected = "\
部门.txt:2:6: 错误 AS01 资产合计：资产总额 141.68，各项合计 148.61
  |
2 | 资产总额    141.68
  |             ^^^^^^
  = 依据：3:5 148.61 — 说明
  = 改法：改为 148.61（首选）

";
        assert_eq!(drawn(Locale::Chinese), expected);
    }

    #[test]
    fn and_in_english() {
        let shown = drawn(Locale::English);
        assert!(shown.starts_with("部门.txt:2:6: error AS01 Total assets: assets 141.68, items 148.61\n"), "{shown}");
        assert!(shown.contains("= fix: Change to 148.61 (preferred)\n"), "{shown}");
    }
}
