//! Rules, as a table and one by one.

use std::fmt::Write;

use gouji_core::rules::page::Page;
use gouji_core::verdict::finding::Locale;

use super::cells::padded;
use super::words::{self, FAINT, PLACE, say};

/// One rule: what it is called, how sure, on whose authority, its formulas, and its page.
pub fn page(page: &Page, locale: Locale) -> String {
    let style = words::colour(page.severity);
    let severity = page.severity.in_locale(locale);
    let authority = match page.authority.as_str() {
        "" => String::new(),
        authority => format!(" {FAINT}{}{authority}{FAINT:#}", say(locale, "依据：", "authority: ")),
    };
    let mut shown = format!(
        "{PLACE}{} {}{PLACE:#} {style}{severity}{style:#}{authority}\n\n",
        page.code,
        page.name.in_locale(locale)
    );
    for formula in &page.formulas {
        let _ = writeln!(shown, "    {formula}");
    }
    if !page.formulas.is_empty() {
        shown.push('\n');
    }
    let _ = writeln!(shown, "{}", page.explanation().trim());
    shown
}

/// The table of rules.
pub fn book<'p>(pages: impl Iterator<Item = &'p Page>, locale: Locale) -> String {
    let mut shown = String::new();
    let mut count = 0;
    for page in pages {
        count += 1;
        let (style, severity) = (words::colour(page.severity), page.severity.in_locale(locale));
        let severity = padded(severity, if locale == Locale::Chinese { 4 } else { 7 });
        let name = page.name.in_locale(locale);
        let _ = writeln!(shown, "{PLACE}{}{PLACE:#} {style}{severity}{style:#} {name}", padded(&page.code, 6));
    }
    let _ = match locale {
        Locale::Chinese => writeln!(shown, "共 {count} 条规则"),
        Locale::English => writeln!(shown, "{count} rules"),
    };
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_and_a_table_of_pages() {
        let source = concat!(
            "+++\ncode = \"IN06\"\nname = \"类款项相加\"\nname_en = \"Sums\"\nseverity = \"error\"\ntolerance = \"T1\"\n",
            "authority = [\"表\"]\nsince = \"0.1\"\nformula = [\"每个科目 支出总表: 本级 = Σ 下级\"]\n+++\n说明。\n\n## 例\n"
        );
        let rule = Page::parse(source).expect("a page");
        let strip = |shown: String| anstream::adapter::strip_str(&shown).to_string();
        assert_eq!(
            strip(page(&rule, Locale::Chinese)),
            "IN06 类款项相加 错误 依据：表\n\n    每个科目 支出总表: 本级 = Σ 下级\n\n说明。\n"
        );
        assert_eq!(strip(book([rule].iter(), Locale::Chinese)), "IN06   错误 类款项相加\n共 1 条规则\n");
    }
}
