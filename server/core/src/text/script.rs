//! Traditional characters as the simplified ones that the catalogue is written in (`data/traditional.txt`). Both take
//! three bytes, so that a place in the simplified text is a place in the printed one.

use std::sync::LazyLock;

/// Where Han characters begin, and how many places are looked up.
const FIRST: u32 = 0x4e00;
const PLACES: usize = 0x5200;

static SIMPLE: LazyLock<Box<[char]>> = LazyLock::new(|| {
    let mut table = vec!['\0'; PLACES].into_boxed_slice();
    let data = include_str!("../../data/traditional.txt");
    for group in data.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace) {
        let mut characters = group.chars();
        let Some(simple) = characters.next() else { continue };
        for traditional in characters {
            if let Some(place) = place(traditional).and_then(|place| table.get_mut(place)) {
                *place = simple;
            }
        }
    }
    table
});

fn place(c: char) -> Option<usize> {
    usize::try_from(u32::from(c).checked_sub(FIRST)?).ok()
}

/// The simplified form of a traditional character; none for all others.
pub fn simplified(c: char) -> Option<char> {
    let simple = *SIMPLE.get(place(c)?)?;
    (simple != '\0').then_some(simple)
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
        for c in (FIRST..FIRST + PLACES as u32).filter_map(char::from_u32) {
            assert!(simplified(c).is_none_or(|simple| simple.len_utf8() == c.len_utf8()), "{c}");
        }
    }
}
