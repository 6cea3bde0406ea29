//! The rules that were checked, with the words of their pages.

use gouji_core::rules::Selection;
use gouji_core::rules::page::Page;
use gouji_core::verdict::finding::{Locale, Severity};
use serde::Serialize;

use super::Text;

/// A rule as SARIF describes it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rule {
    pub(super) id: String,
    short_description: Text,
    help: Help,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

/// The rules of a selection, in order of code.
pub fn rules(selection: &Selection, locale: Locale) -> Vec<Rule> {
    selection.checked().map(|(number, page)| rule(page, selection.severity(number), locale)).collect()
}

fn rule(page: &Page, severity: Severity, locale: Locale) -> Rule {
    let formulas: String = page.formulas.iter().map(|formula| format!("    {formula}\n")).collect();
    let below = page.below_heading().trim();
    let text = if formulas.is_empty() { below.to_owned() } else { format!("{formulas}\n{below}") };
    let help = Text::new(&text).text;
    Rule {
        id: page.code.clone(),
        short_description: Text::new(page.name.in_locale(locale)),
        help: Help { text: help.clone(), markdown: help },
        default_configuration: Configuration { level: level(severity) },
    }
}

/// SARIF has three levels; what is less than a warning is a note.
pub fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}
