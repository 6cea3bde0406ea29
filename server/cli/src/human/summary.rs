//! The last line: how much was checked and what came of it.

use std::ops::AddAssign;

use gouji_core::verdict::finding::{Locale, Severity};

use super::words::say;
use crate::survey::Opened;

/// Counts over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents checked.
    pub documents: usize,
    /// The bytes they have.
    pub bytes: usize,
    /// Those of them that are no disclosures.
    pub strangers: usize,
    /// What could not be read.
    pub refused: usize,
    /// What was to be changed and could not be written.
    pub unwritten: usize,
    /// Printed amounts.
    pub amounts: usize,
    /// Amounts that stand in a relation.
    pub checked: usize,
    /// Findings below the level that is shown.
    pub hidden: usize,
    /// Findings that are known and accepted.
    pub suppressed: usize,
    /// What was not to be checked.
    pub excluded: usize,
    findings: [usize; Severity::ALL.len()],
}

impl Tally {
    /// The counts of one document.
    pub fn of_document(opened: &Opened) -> Self {
        if opened.excluded {
            return Self { excluded: 1, ..Self::default() };
        }
        let analysis = opened.document.analysis();
        let coverage = analysis.coverage();
        let count = |severity| opened.findings().filter(|finding| finding.severity == severity).count();
        let identity = analysis.identity();
        Self {
            documents: 1,
            bytes: opened.bytes,
            strangers: usize::from(identity.is_none()),
            refused: 0,
            unwritten: 0,
            amounts: coverage.amounts,
            checked: coverage.checked,
            hidden: analysis.findings().len() - opened.findings().count(),
            suppressed: analysis.suppressed().len(),
            excluded: 0,
            findings: Severity::ALL.map(count),
        }
    }

    /// Findings of a severity.
    pub fn of(&self, severity: Severity) -> usize {
        self.findings[severity as usize]
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.bytes += other.bytes;
        self.strangers += other.strangers;
        self.refused += other.refused;
        self.unwritten += other.unwritten;
        self.amounts += other.amounts;
        self.checked += other.checked;
        self.hidden += other.hidden;
        self.suppressed += other.suppressed;
        self.excluded += other.excluded;
        for (mine, theirs) in self.findings.iter_mut().zip(other.findings) {
            *mine += theirs;
        }
    }
}

/// The counts in one line.
pub fn summary(sum: &Tally, locale: Locale) -> String {
    let Tally { documents, strangers, refused, amounts, checked, hidden, suppressed, excluded, .. } = sum;
    let mut parts = Vec::new();
    let mut part = |zh: String, en: String| parts.push(if locale == Locale::Chinese { zh } else { en });
    if *documents == 0 {
        part("没有可检查的文件".to_owned(), "no files to check".to_owned());
    } else {
        let (found, plural) = (found(sum, locale), if *documents == 1 { "" } else { "s" });
        part(format!("已检查文件 {documents} 个{found}"), format!("{documents} file{plural} checked{found}"));
        part(
            format!("金额 {amounts} 处，其中 {checked} 处已勾稽"),
            format!("{amounts} amounts, {checked} of them in relations"),
        );
    }
    if *hidden > 0 {
        part(format!("低于所列级别的 {hidden} 处"), format!("{hidden} below the level shown"));
    }
    if *suppressed > 0 {
        part(format!("已屏蔽 {suppressed} 处"), format!("{suppressed} suppressed"));
    }
    if *excluded > 0 {
        part(format!("按 gouji.toml 不检查的 {excluded} 个"), format!("{excluded} left out by gouji.toml"));
    }
    if *strangers > 0 {
        part(format!("不是预决算公开的 {strangers} 个"), format!("{strangers} not a disclosure"));
    }
    if *refused > 0 {
        part(format!("未能检查的 {refused} 个"), format!("{refused} could not be checked"));
    }
    parts.join(say(locale, "；", "; "))
}

/// The findings by severity, or that there are none.
fn found(sum: &Tally, locale: Locale) -> String {
    let count = |severity: Severity| format!("{} {}", severity.in_locale(locale), sum.of(severity));
    let counts: Vec<_> = Severity::ALL.into_iter().filter(|severity| sum.of(*severity) > 0).map(count).collect();
    let said = match counts.is_empty() {
        true if sum.hidden > 0 => say(locale, "所列级别未发现不符", "nothing found at this level").to_owned(),
        true => say(locale, "未发现不符", "nothing found").to_owned(),
        false => counts.join(say(locale, "，", ", ")),
    };
    format!("{}{said}", say(locale, "：", ": "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_told_in_one_line() {
        let mut sum = Tally { documents: 2, amounts: 330, checked: 260, findings: [1, 0, 0, 4], ..Tally::default() };
        assert_eq!(summary(&sum, Locale::Chinese), "已检查文件 2 个：错误 1，提示 4；金额 330 处，其中 260 处已勾稽");
        sum += Tally { refused: 1, strangers: 1, ..Tally::default() };
        assert!(summary(&sum, Locale::Chinese).ends_with("；不是预决算公开的 1 个；未能检查的 1 个"));
        let one = Tally { documents: 1, ..Tally::default() };
        assert_eq!(summary(&one, Locale::English), "1 file checked: nothing found; 0 amounts, 0 of them in relations");
    }

    #[test]
    fn what_is_not_shown_is_counted() {
        let sum = Tally { documents: 1, amounts: 3, checked: 3, hidden: 2, ..Tally::default() };
        let said = "已检查文件 1 个：所列级别未发现不符；金额 3 处，其中 3 处已勾稽；低于所列级别的 2 处";
        assert_eq!(summary(&sum, Locale::Chinese), said);
    }

    #[test]
    fn where_nothing_was_read_nothing_is_called_clean() {
        let none = Tally { refused: 2, ..Tally::default() };
        assert_eq!(summary(&none, Locale::Chinese), "没有可检查的文件；未能检查的 2 个");
        assert_eq!(summary(&none, Locale::English), "no files to check; 2 could not be checked");
    }
}
