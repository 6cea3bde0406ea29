//! The last line: how much was checked and what came of it.

use std::ops::AddAssign;

use gouji_core::Analysis;
use gouji_core::verdict::finding::{Locale, Severity};

use super::words::{self, say};

const SEVERITIES: [Severity; 4] = [Severity::Error, Severity::Warning, Severity::Info, Severity::Hint];

/// Counts over documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Documents checked.
    pub documents: usize,
    /// Those of them that are no disclosures.
    pub strangers: usize,
    /// What could not be read.
    pub refused: usize,
    /// Printed amounts.
    pub amounts: usize,
    /// Amounts that stand in a relation.
    pub checked: usize,
    findings: [usize; SEVERITIES.len()],
}

impl Tally {
    /// The counts of one document.
    pub fn of_analysis(analysis: &Analysis) -> Self {
        let coverage = analysis.coverage();
        let count = |severity| analysis.findings().iter().filter(|finding| finding.severity == severity).count();
        Self {
            documents: 1,
            strangers: usize::from(analysis.identity().is_none()),
            refused: 0,
            amounts: coverage.amounts,
            checked: coverage.checked,
            findings: SEVERITIES.map(count),
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
        self.strangers += other.strangers;
        self.refused += other.refused;
        self.amounts += other.amounts;
        self.checked += other.checked;
        for (mine, theirs) in self.findings.iter_mut().zip(other.findings) {
            *mine += theirs;
        }
    }
}

/// The counts in one line.
pub fn summary(sum: &Tally, locale: Locale) -> String {
    let found: Vec<_> = SEVERITIES
        .into_iter()
        .filter(|severity| sum.of(*severity) > 0)
        .map(|severity| format!("{} {}", words::severity(severity, locale), sum.of(severity)))
        .collect();
    let found = match found.is_empty() {
        true => say(locale, "未发现不符", "nothing found").to_owned(),
        false => found.join(say(locale, "，", ", ")),
    };
    let Tally { documents, strangers, refused, amounts, checked, .. } = sum;
    let mut parts = match locale {
        Locale::Chinese => {
            vec![format!("已检查文件 {documents} 个：{found}"), format!("金额 {amounts} 处，其中 {checked} 处已勾稽")]
        }
        Locale::English => vec![
            format!("{documents} file{} checked: {found}", if *documents == 1 { "" } else { "s" }),
            format!("{amounts} amounts, {checked} of them in relations"),
        ],
    };
    if *strangers > 0 {
        let zh = format!("不是预决算公开的 {strangers} 个");
        parts.push(say(locale, &zh, &format!("{strangers} not a disclosure")).to_owned());
    }
    if *refused > 0 {
        let zh = format!("未能检查的 {refused} 个");
        parts.push(say(locale, &zh, &format!("{refused} could not be checked")).to_owned());
    }
    parts.join(say(locale, "；", "; "))
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
        let english = summary(&Tally::default(), Locale::English);
        assert_eq!(english, "0 files checked: nothing found; 0 amounts, 0 of them in relations");
    }
}
