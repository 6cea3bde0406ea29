//! Names of the quantities that narratives state (`data/measures.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

use super::forms::Kind;
use super::name::BODY_ENDS;
use crate::hash::Map;

/// A quantity that narratives state.
#[derive(Clone, Debug, Deserialize)]
pub struct Measure {
    /// The name formulas use, behind 说明.
    pub name: String,
    /// Wordings.
    also: Vec<String>,
    /// Wordings that say too little by themselves: they count only under a heading that holds one of `headed`.
    #[serde(default)]
    brief: Vec<String>,
    #[serde(default)]
    headed: Vec<String>,
    /// Words of headings under which it is something else.
    #[serde(default)]
    outside: Vec<String>,
    /// Budgets, accounts, or (none) both.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// The measures it may be a part of; empty where it stands by itself.
    #[serde(default)]
    pub under: Vec<String>,
    /// Words one of which the heading above must hold; empty where any will do.
    #[serde(default)]
    pub section: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[derive(Deserialize)]
struct File {
    measure: Vec<Measure>,
}

static MEASURES: LazyLock<Vec<Measure>> = LazyLock::new(|| {
    let file: File = crate::embedded::list!("measures");
    file.measure
});

impl Measure {
    /// May it be told under a heading, in a disclosure of a kind?
    pub fn is_told(&self, kind: Kind, heading: &str) -> bool {
        let held = |words: &[String]| words.iter().any(|word| heading.contains(word.as_str()));
        kind.has(self.kind) && (self.section.is_empty() || held(&self.section)) && !held(&self.outside)
    }

    /// Does a label end with one of its wordings, under a heading?
    pub fn is_worded(&self, label: &str, heading: &str) -> bool {
        let brief = self.headed.iter().any(|word| heading.contains(word.as_str()));
        let own = |words: &[String]| words.iter().any(|word| without_fillers(label, word));
        brief || self.brief.is_empty() || own(&self.also)
    }
}

/// Does a label end with a wording, fillers behind it passed over?
fn without_fillers(label: &str, word: &str) -> bool {
    let mut rest = label;
    loop {
        if rest.ends_with(word) {
            return true;
        }
        match filler(rest) {
            Some(shorter) if !shorter.is_empty() => rest = shorter,
            _ => return false,
        }
    }
}

/// A label without the filler it ends with.
fn filler(label: &str) -> Option<&str> {
    // 政府采购金额（以合同签订为准）: how it was counted.
    if let Some(at) = label.rfind('（').filter(|_| label.ends_with("为准）")) {
        return Some(&label[..at]);
    }
    FILLERS.iter().find_map(|filler| label.strip_suffix(filler))
}

/// All measures.
pub fn measures() -> &'static [Measure] {
    &MEASURES
}

/// The measure of a name used in formulas.
pub fn by_name(name: &str) -> Option<&'static Measure> {
    measures().iter().find(|measure| measure.name == name)
}

/// Words that say nothing between a label and its figure.
const FILLERS: [&str; 27] = [
    "为", "是", "共计", "合计", "总计", "共", "安排", "预算", "约", "达到", "达", "总额", "金额", "总", "的", "：",
    "数", "计", "有", "资金", "经费", "合", "支出", "收入", "决算", "均", "各",
];

/// What may stand right before the name of a quantity without narrowing it: whose it is, of when, how it came. Anything
/// else (一般公共预算…, 上级…, 国内…) makes it another quantity.
const BEFORE: [&str; 17] = [
    "年",
    "度",
    "）",
    "的",
    "安排",
    "列支",
    "其中",
    "总",
    "本",
    "增加",
    "减少",
    "计划",
    "预计",
    "共",
    "主要为",
    "包括",
    "；",
];

/// Words that end as a free one does, and narrow: 基本支出预算 is no 支出预算, 一般公共预算支出 no 预算支出.
const NARROWING: [&str; 4] = ["公共", "基本", "资本", "成本"];

/// The measures whose wording a label ends with, the longest wording first. `label` is folded (no white space, no
/// quotes); fillers between the name and the figure are passed over.
pub fn ending(label: &str) -> Vec<&'static Measure> {
    let mut rest = label;
    loop {
        let known = rest.chars().next_back().and_then(|last| BY_END.get(&last));
        let mut hits: Vec<(usize, &Measure)> = Vec::new();
        for &(word, measure) in known.into_iter().flatten().filter(|(word, measure)| fits(rest, word, measure)) {
            match hits.last_mut().filter(|(_, last)| std::ptr::eq(*last, measure)) {
                Some(hit) => hit.0 = hit.0.max(word.len()),
                None => hits.push((word.len(), measure)),
            }
        }
        if !hits.is_empty() {
            hits.sort_by_key(|(length, _)| std::cmp::Reverse(*length));
            return hits.into_iter().map(|(_, measure)| measure).collect();
        }
        match filler(rest) {
            Some(shorter) if !shorter.is_empty() => rest = shorter,
            _ => return Vec::new(),
        }
    }
}

/// The wordings with their measures, in order, by their last character.
static BY_END: LazyLock<Map<char, Vec<(&'static str, &'static Measure)>>> = LazyLock::new(|| {
    let mut words: Map<char, Vec<_>> = Map::default();
    for measure in measures() {
        for word in measure.also.iter().chain(&measure.brief) {
            if let Some(last) = word.chars().next_back() {
                words.entry(last).or_default().push((word.as_str(), measure));
            }
        }
    }
    words
});

fn fits(label: &str, word: &str, measure: &Measure) -> bool {
    let Some(before) = label.strip_suffix(word) else { return false };
    // 三公 and 机关运行 are always of 财政拨款; elsewhere the scope makes it another quantity.
    let own = word.contains("三公") || word.contains("机关运行");
    let free = before.is_empty()
        || BEFORE.iter().chain(&BODY_ENDS).any(|end| before.ends_with(end))
            && !NARROWING.iter().any(|end| before.ends_with(end))
        || own && before.ends_with("财政拨款");
    free && !measure.not.iter().any(|not| label.contains(not.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(label: &str) -> Option<&'static str> {
        let own = |measure: &&Measure| Kind::Budget.has(measure.kind);
        ending(label).into_iter().find(own).map(|measure| measure.name.as_str())
    }

    #[test]
    fn a_brief_wording_needs_its_heading() {
        let whole = by_name("收支总计").expect("a measure");
        assert!(whole.is_worded("2023年度收入总计", "一、收入支出决算总体情况说明"));
        assert!(!whole.is_worded("2023年度收入总计", "部门决算情况说明"));
        assert!(whole.is_worded("2023年度收入支出总计为", "部门决算情况说明"));
        assert!(!whole.is_told(Kind::Accounts, "四、财政拨款收入支出决算总体情况说明"));
        assert!(!whole.is_told(Kind::Budget, "预算收支情况"));
    }

    #[test]
    fn labels_end_with_their_measure() {
        assert_eq!(first("2025年预算收入"), Some("预算收入"));
        assert_eq!(first("2025年某县医疗保障局支出预算为"), Some("支出预算"));
        assert_eq!(first("我部门机关运行经费共计安排"), Some("机关运行经费"));
        assert_eq!(first("我部门财政拨款三公经费预算安排"), Some("三公经费"));
        assert_eq!(first("本年度拟购置固定资产总额为"), Some("拟购置固定资产"));
        assert_eq!(first("财政拨款预算收入"), None);
        assert_eq!(first("日常公用经费"), Some("公用经费"));
        assert_eq!(first("2025年一般公共预算支出"), Some("一般公共预算支出预算"));
        assert_eq!(first("财政拨款基本支出预算"), None);
    }
}
