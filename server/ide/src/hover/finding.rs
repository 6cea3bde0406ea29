//! Hover on a finding: the contradiction, and the page of the rule it breaks.

use gouji_core::rules::page;
use gouji_core::verdict::finding::{Finding, Locale};

use super::Hover;
use crate::markdown::plain;

/// The finding's evidence and its rule's explanation.
pub fn part(finding: &Finding, locale: Locale) -> Hover {
    let mut markdown = format!(
        "**{}** {}\n\n{}",
        finding.rule,
        plain(finding.name.in_locale(locale)),
        plain(finding.message.in_locale(locale))
    );
    if let Some(page) = page::page(&finding.rule) {
        markdown.push_str("\n\n");
        markdown.push_str(page.below_heading());
    }
    Hover { span: finding.span, markdown }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hover::samples;

    #[test]
    fn the_evidence_stands_first() {
        let shown = part(&samples::finding(), Locale::Chinese).markdown;
        assert!(shown.starts_with("**AS01** 资产总额\n\n资产总额 141.68，各项合计 148.61"), "{shown}");
    }
}
