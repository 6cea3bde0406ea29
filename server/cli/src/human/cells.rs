//! What a character takes on a terminal. Columns here are cells: a wide character has two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// A tab is always this wide: tab stops would move with the window that is cut from a long line.
const TAB: &str = "    ";

/// A piece of a line as it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strip {
    /// What is printed.
    pub shown: String,
    /// The cells it takes.
    pub width: usize,
}

/// As much of the beginning of `text` as fits `room`; `…` stands for the rest, and for what `more` says follows.
pub fn head(text: &str, more: bool, room: usize) -> Strip {
    let (mut strip, whole) = fill(text.chars(), room);
    if more || !whole {
        strip = fill(text.chars(), room.saturating_sub(1)).0;
        strip.shown.push('…');
        strip.width += 1;
    }
    strip
}

/// As much of the end of `text` as fits `room`; `…` stands for the rest, and for what `more` says precedes.
pub fn tail(text: &str, more: bool, room: usize) -> Strip {
    let (mut strip, whole) = fill(text.chars().rev(), room);
    let cut = more || !whole;
    if cut {
        strip = fill(text.chars().rev(), room.saturating_sub(1)).0;
        strip.width += 1;
    }
    // Filled backwards, character by character: what stands for one character is a palindrome.
    strip.shown = cut.then_some('…').into_iter().chain(strip.shown.chars().rev()).collect();
    strip
}

/// On one line, with nothing in it that a terminal would obey.
pub fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            '\t' | '\n' | '\r' => shown.extend((!shown.ends_with(' ')).then_some(' ')),
            _ => cell(c, &mut shown),
        }
    }
    shown
}

/// `text` filled up with spaces to `width` cells.
pub fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

fn fill(chars: impl Iterator<Item = char>, room: usize) -> (Strip, bool) {
    let mut strip = Strip::default();
    for c in chars {
        let width = width(c);
        if strip.width + width > room {
            return (strip, false);
        }
        cell(c, &mut strip.shown);
        strip.width += width;
    }
    (strip, true)
}

fn width(c: char) -> usize {
    match c {
        '\t' => TAB.len(),
        _ if is_order(c) => 1,
        _ => c.width().unwrap_or(1),
    }
}

fn cell(c: char, shown: &mut String) {
    match c {
        '\t' => shown.push_str(TAB),
        // The pictures of the control characters stand in the same order as they do.
        '\0'..='\x1f' => shown.extend(char::from_u32(0x2400 + u32::from(c))),
        _ if is_order(c) => shown.push('\u{fffd}'),
        _ => shown.push(c),
    }
}

/// True of characters that tell the terminal to do something: controls, and those that turn the direction of writing.
fn is_order(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_characters_count_two() {
        assert_eq!(head("预算a", false, 9), Strip { shown: "预算a".into(), width: 5 });
        assert_eq!(head("预算收入", false, 6), Strip { shown: "预算…".into(), width: 5 });
        assert_eq!(tail("预算收入", false, 6), Strip { shown: "…收入".into(), width: 5 });
        assert_eq!(tail("收入", true, 6), Strip { shown: "…收入".into(), width: 5 });
    }

    #[test]
    fn nothing_reaches_the_terminal_that_it_would_obey() {
        assert_eq!(plain("a\u{1b}[31m\u{202e}b\u{c}\u{7f}"), "a␛[31m\u{fffd}b␌\u{fffd}");
        assert_eq!(plain(" 项目\r\n\t支出 "), "项目 支出");
        assert_eq!(head("\t\u{c}1", false, 80), Strip { shown: "    ␌1".into(), width: 6 });
    }
}
