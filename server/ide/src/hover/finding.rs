//! Hover on a finding: the rule it breaks. What is wrong the editor shows beside the hover, from the finding itself.

use gouji_core::rules::Book;
use gouji_core::verdict::finding::{Finding, Locale};

use super::Hover;
use crate::markdown::plain;

/// The rule of a finding, explained.
pub fn part(finding: &Finding, book: &Book, locale: Locale) -> Hover {
    let mut markdown = format!("**{}** {}", finding.rule, plain(finding.name.in_locale(locale)));
    if let Some(page) = book.page(&finding.rule) {
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
    fn the_rule_is_explained_and_the_finding_not_said_twice() {
        let finding = samples::finding();
        let shown = part(&finding, Book::embedded(), Locale::Chinese).markdown;
        assert!(shown.starts_with("**AS01** 资产总额\n\n固定资产占用情况表"), "{shown}");
        assert!(!shown.contains(finding.message.in_locale(Locale::Chinese)), "{shown}");
    }
}
