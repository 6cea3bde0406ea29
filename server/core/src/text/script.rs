//! Traditional characters as the simplified ones that the catalogue is written in (`data/traditional.txt`). Both take
//! three bytes, so that a place in the simplified text is a place in the printed one.

use std::sync::LazyLock;

/// Where Han characters begin.
const FIRST: u32 = 0x4e00;

/// A set of characters with what each of them stands for.
struct Table {
    /// A bit for each character from [`FIRST`] on: nearly all that is asked for is told by it, and it takes little room.
    is: Vec<u64>,
    /// The traditional characters and their simplified ones, in order.
    simple: Vec<(char, char)>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let data = include_str!("../../data/traditional.txt");
    let mut simple: Vec<(char, char)> = Vec::new();
    for group in data.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        let mut characters = group.chars();
        let Some(first) = characters.next() else { continue };
        simple.extend(characters.map(|traditional| (traditional, first)));
    }
    // Where one stands in two groups, the last counts.
    simple.reverse();
    simple.sort_by_key(|(traditional, _)| *traditional);
    simple.dedup_by_key(|(traditional, _)| *traditional);
    let mut is = Vec::new();
    for place in simple.iter().filter_map(|(traditional, _)| place(*traditional)) {
        is.resize(is.len().max(place / 64 + 1), 0);
        is[place / 64] |= 1 << (place % 64);
    }
    Table { is, simple }
});

fn place(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// Tells traditional characters from all others.
#[derive(Clone, Copy)]
pub struct Traditional(&'static [u64]);

impl Traditional {
    /// Ready to be asked of many characters.
    pub fn characters() -> Self {
        Self(&TABLE.is)
    }

    /// Is it one?
    #[inline]
    pub fn has(self, c: char) -> bool {
        let word = place(c).and_then(|place| Some((self.0.get(place / 64)?, place % 64)));
        word.is_some_and(|(word, bit)| word & (1 << bit) != 0)
    }
}

/// The simplified form of a traditional character; none for all others.
pub fn simplified(c: char) -> Option<char> {
    let known = Traditional::characters().has(c).then_some(&TABLE.simple)?;
    Some(known[known.binary_search_by_key(&c, |(traditional, _)| *traditional).ok()?].1)
}

/// The characters of [`is_han`] as a pattern. Not written as themselves: 豈 stands twice, and is easily made the other one.
pub const HAN: &str = r"[々〇\u{3400}-\u{4dbf}\u{4e00}-\u{9fff}\u{f900}-\u{faff}\u{20000}-\u{3ffff}]";

/// Is it a Han character, 々 and 〇 included?
pub fn is_han(c: char) -> bool {
    matches!(c, '々' | '〇' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fields_words_have_one_script() {
        let read: String = "財政撥款收入總計、項目支出預算萬元".chars().map(|c| simplified(c).unwrap_or(c)).collect();
        assert_eq!(read, "财政拨款收入总计、项目支出预算万元");
        assert_eq!(simplified('财'), None);
    }

    #[test]
    fn what_stands_for_han_in_patterns_are_the_han_characters() {
        let pattern = crate::compiled(r"^\p{Han}$");
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(pattern.is_match(c.encode_utf8(&mut [0; 4])), is_han(c), "U+{:04X}", u32::from(c));
        }
    }

    #[test]
    fn both_scripts_take_as_many_bytes() {
        for c in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert!(simplified(c).is_none_or(|simple| simple.len_utf8() == c.len_utf8()), "{c}");
        }
    }
}
