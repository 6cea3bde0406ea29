//! What a sentence says of an outturn and its budget without a number: 决算数小于预算数, 决算数与预算数持平.

use std::ops::Range;

use super::super::prose::Prose;
use crate::text::{Rest, Span};

/// A comparison in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// 1: the outturn is larger; -1: smaller; 0: the same.
    pub way: i8,
    /// 基本持平.
    pub about: bool,
    /// Where it begins in the section's prose.
    pub start: usize,
    /// The word that compares, in the section.
    pub span: Span,
}

/// The comparisons of a narrative.
pub fn read(prose: &Prose) -> Vec<Claim> {
    let text = prose.folded.text.as_str();
    let claim = |(start, outturn): (usize, &str)| {
        let range = compared(text, start + outturn.len())?;
        let word = &text[range.clone()];
        let way = match word {
            "大于" | "高于" | "多于" | "超过" => 1,
            "小于" | "低于" | "少于" => -1,
            _ => 0,
        };
        Some(Claim { way, about: word.starts_with("基本"), start, span: prose.span(range) })
    };
    text.match_indices("决算").filter_map(claim).collect()
}

/// Where the word stands by which the outturn that ends at a place is compared with its budget.
fn compared(text: &str, outturn: usize) -> Option<Range<usize>> {
    let mut rest = Rest(&text[outturn..]);
    rest.take(&["数", "支出数", "支出"]);
    let from = rest.at(text);
    if rest.take(&["大于", "小于", "等于", "高于", "低于", "多于", "少于", "超过"]) {
        let word = from..rest.at(text);
        return take_budget(&mut rest).then_some(word);
    }
    if !rest.take(&["与", "同", "和", "较"]) || !take_budget(&mut rest) {
        return None;
    }
    rest.take_each(&["数", "安排", "支出"]);
    let from = rest.at(text);
    rest.take(&["基本持平", "基本一致", "持平", "一致", "相等", "相同"]).then(|| from..rest.at(text))
}

fn take_budget(rest: &mut Rest) -> bool {
    rest.take(&["年初", "当年", "全年"]);
    rest.take(&["预算"])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::rest::tests::of;

    const WORDS: [&str; 16] = [
        "决算",
        "数",
        "支出",
        "大于",
        "小于",
        "超过",
        "与",
        "较",
        "年初",
        "全年",
        "预算",
        "安排",
        "基本持平",
        "一致",
        "，",
        "万元",
    ];

    proptest! {
        #[test]
        fn comparisons_are_read_as_a_pattern_would(text in of(&WORDS)) {
            let form = pattern!(
                r"决算(?:数|支出数?)?(?:(?P<w>大于|小于|等于|高于|低于|多于|少于|超过)(?:年初|当年|全年)?预算|(?:与|同|和|较)(?:年初|当年|全年)?预算(?:数|安排|支出)*(?P<e>基本持平|基本一致|持平|一致|相等|相同))",
            );
            let expected: Vec<Range<usize>> = form
                .captures_iter(&text)
                .filter_map(|found| found.name("w").or(found.name("e")).map(|word| word.range()))
                .collect();
            let ends = text.match_indices("决算").map(|(at, word)| at + word.len());
            let read: Vec<Range<usize>> = ends.filter_map(|end| compared(&text, end)).collect();
            prop_assert_eq!(read, expected, "{}", text);
        }
    }
}
