//! What a sentence says of an outturn and its budget without a number: 决算数小于预算数, 决算数与预算数持平.

use super::super::prose::Prose;
use crate::text::Span;

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
    let form = pattern!(
        r"决算(?:数|支出数?)?(?:(?P<w>大于|小于|等于|高于|低于|多于|少于|超过)(?:年初|当年|全年)?预算|(?:与|同|和|较)(?:年初|当年|全年)?预算(?:数|安排|支出)*(?P<e>基本持平|基本一致|持平|一致|相等|相同))"
    );
    form.captures_iter(&prose.folded.text)
        .filter_map(|found| {
            let word = found.name("w").or_else(|| found.name("e"))?;
            let way = match word.as_str() {
                "大于" | "高于" | "多于" | "超过" => 1,
                "小于" | "低于" | "少于" => -1,
                _ => 0,
            };
            let about = word.as_str().starts_with("基本");
            Some(Claim { way, about, start: found.get(0)?.start(), span: prose.span(word.range()) })
        })
        .collect()
}
