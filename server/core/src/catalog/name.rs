//! Names as they are compared: without white space and quotes, in one width, without numbering.

use std::borrow::Cow;

/// How names of public bodies end.
pub const BODY_ENDS: [&str; 30] = [
    "局",
    "委",
    "委员会",
    "办公室",
    "中心",
    "部门",
    "院",
    "校",
    "学校",
    "中学",
    "小学",
    "馆",
    "所",
    "站",
    "队",
    "会",
    "厅",
    "部",
    "社",
    "办",
    "园",
    "处",
    "政府",
    "街道",
    "本级",
    "单位",
    "室",
    "府",
    "镇",
    "乡",
];

/// A name without white space and quotation marks, digits and letters in half width, brackets in full width.
pub fn fold(name: &str) -> String {
    folded(name).into_owned()
}

/// The same, borrowed where the name is folded as it stands, as most are.
pub fn folded(name: &str) -> Cow<'_, str> {
    let at = same(name);
    if at == name.len() {
        return Cow::Borrowed(name);
    }
    let (same, rest) = name.split_at(at);
    // A bracket takes three bytes in full width; there are few.
    let mut out = String::with_capacity(name.len() + 8);
    out.push_str(same);
    out.extend(rest.chars().filter_map(fold_char));
    Cow::Owned(out)
}

/// How many bytes at the beginning of a text are folded as they stand.
pub fn same(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b',' | b'-' => 1,
            // Han characters, from U+4000 on.
            0xe4..=0xe9 => 3,
            _ => match text[at..].chars().next() {
                Some(c) if fold_char(c) == Some(c) => c.len_utf8(),
                _ => break,
            },
        };
    }
    at
}

/// One character of a folded name; none for white space and quotation marks.
#[inline]
pub fn fold_char(c: char) -> Option<char> {
    match c {
        // Han characters, nearly all there are, stand for themselves.
        '\u{3400}'..='\u{9fff}' | '0'..='9' => Some(c),
        '“' | '”' | '"' | '‘' | '’' | '「' | '」' | '『' | '』' | '＂' | '\u{feff}' | '\u{200b}' => None,
        '(' => Some('（'),
        ')' => Some('）'),
        ':' => Some('：'),
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0),
        '．' => Some('.'),
        '％' => Some('%'),
        '─' | '—' | '－' => Some('-'),
        c if c.is_whitespace() => None,
        c => Some(c),
    }
}

/// A folded name without what numbers it or joins it to the line above: 一、 （一） 1. 1、 其中： 三级编号.
pub fn bare(name: &str) -> String {
    bared(name).into_owned()
}

/// The same, borrowed where it stands so in the name.
pub fn bared(name: &str) -> Cow<'_, str> {
    match folded(name) {
        Cow::Borrowed(folded) => Cow::Borrowed(without_lead(folded)),
        Cow::Owned(mut folded) => {
            let lead = folded.len() - without_lead(&folded).len();
            folded.drain(..lead);
            Cow::Owned(folded)
        }
    }
}

fn without_lead(folded: &str) -> &str {
    let mut rest = folded;
    loop {
        let before = rest.len();
        for lead in ["其中：", "其中", "加：", "减：", "：", "、"] {
            rest = rest.strip_prefix(lead).unwrap_or(rest);
        }
        if let Some((_, end)) = crate::layout::line::numbering(rest) {
            rest = &rest[end..];
        }
        if rest.len() == before {
            return rest;
        }
    }
}

/// A folded name without its brackets and what stands in them; borrowed where it has none.
pub fn without_brackets(name: &str) -> Cow<'_, str> {
    const BRACKETS: [char; 8] = ['（', '[', '【', '〔', '）', ']', '】', '〕'];
    if !name.contains(BRACKETS) {
        return Cow::Borrowed(name);
    }
    let mut depth = 0usize;
    let kept = name.chars().filter(|c| {
        match c {
            '（' | '[' | '【' | '〔' => depth += 1,
            '）' | ']' | '】' | '〕' => {
                depth = depth.saturating_sub(1);
                return false;
            }
            _ => {}
        }
        depth == 0
    });
    Cow::Owned(kept.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_numbering_and_width() {
        assert_eq!(bare("　　其中：公务用车购置费"), "公务用车购置费");
        assert_eq!(bare("三十一、人行科目"), "人行科目");
        assert_eq!(bare("一、因公出国(境)费"), "因公出国（境）费");
        assert_eq!(fold("“三公”经费小计"), "三公经费小计");
        assert_eq!(fold("合　 计"), "合计");
        assert_eq!(without_brackets("房屋（平方米）"), "房屋");
    }
}
