//! The few words and colours of the human output.

use anstyle::{AnsiColor, Style};
use gouji_core::document::Verdict;
use gouji_core::verdict::finding::{Locale, Severity};

/// What frames the text.
pub const FAINT: Style = Style::new().dimmed();
/// Where something stands.
pub const PLACE: Style = Style::new().bold();
/// A repair.
pub const REPAIR: Style = AnsiColor::Green.on_default();

/// `zh` or `en`.
pub fn say<'a>(locale: Locale, zh: &'a str, en: &'a str) -> &'a str {
    match locale {
        Locale::Chinese => zh,
        Locale::English => en,
    }
}

/// The colour of a severity.
pub const fn colour(severity: Severity) -> Style {
    match severity {
        Severity::Error => AnsiColor::Red.on_default().bold(),
        Severity::Warning => AnsiColor::Yellow.on_default().bold(),
        Severity::Info => AnsiColor::Blue.on_default().bold(),
        Severity::Hint => AnsiColor::Cyan.on_default(),
    }
}

/// The word of a verdict.
pub fn verdict(verdict: Verdict, locale: Locale) -> &'static str {
    match verdict {
        Verdict::Exact => say(locale, "相符", "exact"),
        Verdict::Rounded => say(locale, "尾差", "rounded"),
        Verdict::Contradicted => say(locale, "不符", "contradicted"),
        Verdict::Unchecked => say(locale, "未核", "unchecked"),
    }
}
