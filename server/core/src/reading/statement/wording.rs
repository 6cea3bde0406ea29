//! What the words around an amount say by themselves.

use super::{Aspect, Base};
use crate::reading::phrase::{RESTATED, SPENT};

/// Longest stretch before an amount that is looked at for its name, in bytes.
pub const CLAUSE: usize = 1500;

/// The paragraph around a place of the folded text; of a long one the part near the place.
pub fn paragraph(text: &str, at: usize) -> &str {
    let near = |from: usize, to: usize| {
        let from = (from..=at).find(|&at| text.is_char_boundary(at)).unwrap_or(at);
        let to = (at..=to).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(at);
        (from, to)
    };
    let (from, to) = near(at.saturating_sub(CLAUSE), (at + CLAUSE).min(text.len()));
    let start = text[from..at].rfind('\n').map_or(from, |found| from + found + 1);
    let end = text[at..to].find('\n').map_or(to, |found| at + found);
    &text[start..end]
}

pub fn base(paragraph: &str) -> Base {
    let says = |words: &[&str]| words.iter().any(|word| paragraph.contains(word));
    if says(&RESTATED) {
        Base::Restated
    } else if says(&SPENT) {
        Base::Spent
    } else {
        Base::Published
    }
}

/// 财政拨款收入预算A，支出预算B: the sentence speaks of grants alone, though the second name does not say so.
pub fn is_of_grants(text: &str, at: usize) -> bool {
    let from = (at.saturating_sub(CLAUSE)..at).find(|&from| text.is_char_boundary(from)).unwrap_or(at);
    let said = &text[from..at];
    let sentence = said.rsplit(['。', '\n']).next().unwrap_or_default();
    let own = said.rsplit(['，', '；']).next().unwrap_or_default();
    sentence.split_once(['，', '；', '（']).is_some_and(|(head, _)| {
        head.contains(|c: char| c.is_ascii_digit())
            && ["财政拨款收入预算", "财政拨款收支", "财政拨款预算收入"].iter().any(|word| head.contains(word))
            && ["支出预算", "预算支出"].iter().any(|word| own.starts_with(word))
    })
}

/// What a label that says 年初预算数 speaks of; empty where it says no more. 一般公共预算 is no plan but a fund, and an
/// adjusted budget is another figure.
pub fn planned(label: &str) -> Option<&str> {
    let bare = label.trim_end_matches(['为', '是', '约', '的', '：']);
    let bare = ["安排", "数"].iter().fold(bare, |bare, end| bare.strip_suffix(end).unwrap_or(bare));
    let core = bare.strip_suffix("预算")?;
    if core.ends_with(['共', '金', '营', '整', '加']) || core.contains("调整") {
        return None;
    }
    let core = core.strip_suffix("部门").unwrap_or(core);
    let core = core.strip_suffix("年初").or_else(|| core.strip_suffix("全年")).unwrap_or(core);
    let leads = ["完成", "比", "较", "与", "为", "占", "低于", "高于", "本年"];
    Some(leads.iter().fold(core, |core, lead| core.strip_prefix(lead).unwrap_or(core)))
}

/// 支出决算为: what became of the plan before it.
pub fn is_outcome(label: &str) -> bool {
    let bare = label.trim_end_matches(['为', '是', '约', '数', '：']);
    matches!(bare, "支出决算" | "决算" | "决算支出" | "实际支出" | "支出" | "收入决算")
}

/// 其中 goes on with what was, not with what had been planned or was the year before.
pub fn is_of_the_year(aspect: Aspect) -> bool {
    !matches!(aspect, Aspect::Prior | Aspect::Planned)
}
