//! What word processors, converters and printers leave in a line, taken out of it without moving a byte: the healed line
//! is as long as the printed one, so that a place in one is a place in the other.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use super::signs::{MARK, Signs};
use crate::text::script::{is_han, simplified};

/// The line as it is to be read, of which this is known: simplified script; no byte order mark, no marks of bookmarks and
/// links, no `=` of a soft break, no characters printed twice (合合计计).
pub fn heal(line: &str, signs: Signs) -> Cow<'_, str> {
    let debris = signs.debris()
        && (line.starts_with(MARK) || line.ends_with('=') || line.contains("[bookmark") || line.contains("HYPERLINK"));
    let tagged = signs.tag() && !line.contains("<t") && !line.contains("</t");
    let twice = signs.pairs >= 2;
    if !debris && !signs.traditional() && !twice && !tagged {
        return Cow::Borrowed(line);
    }
    let mut text = line.to_owned();
    if tagged {
        text = without(text, pattern!(TAGS));
    }
    if debris {
        text = without_debris(text);
    }
    if signs.traditional() {
        text = text.chars().map(|c| simplified(c).unwrap_or(c)).collect();
    }
    if twice {
        text = printed_once(&text);
    }
    Cow::Owned(text)
}

/// Tags of running text outside of tables, and the white space of HTML: <p>收支总表</p>.
const TAGS: &str = r#"(?i)</?(?:p|div|span|h[1-6]|strong|b|em|i|u|br|font|center|section|article|o:p|ul|ol|li|a)(?:\s[^<>]*)?/?>|&nbsp;"#;

fn without_debris(mut text: String) -> String {
    if text.starts_with(MARK) {
        text.replace_range(..MARK.len_utf8(), &" ".repeat(MARK.len_utf8()));
    }
    static DEBRIS: LazyLock<Regex> = LazyLock::new(|| {
        crate::compiled(r#"\[bookmark:[^\]]*\]|HYPERLINK\s+\\l\s+"[^"]*"|HYPERLINK\s+\\?l?\s*_Toc\w+|=$"#)
    });
    without(text, &DEBRIS)
}

/// A text with white space in the place of what a form finds.
fn without(mut text: String, form: &Regex) -> String {
    let found: Vec<_> = form.find_iter(&text).map(|found| found.range()).collect();
    for range in found {
        text.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    text
}

/// Words of which every character is printed twice: the second becomes a wide space, which is as long.
fn printed_once(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(|c: char| !is_han(c)) {
        let characters: Vec<char> = word.chars().collect();
        let han = characters.len() - usize::from(characters.last().is_some_and(|&c| !is_han(c)));
        let twice = han >= 4 && han.is_multiple_of(2) && characters[..han].chunks(2).all(|pair| pair[0] == pair[1]);
        if twice {
            out.extend(characters[..han].chunks(2).flat_map(|pair| [pair[0], '\u{3000}']));
            out.extend(&characters[han..]);
        } else {
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_healed_line_is_as_long_as_the_printed_one() {
        for (printed, read) in [
            ("部門預算收支總表", "部门预算收支总表"),
            ("三[bookmark: _Toc1]、收支情况", "三                 、收支情况"),
            ("收入总计1878.09万元，支出=", "收入总计1878.09万元，支出 "),
            ("合合计计 12.00", "合　计　 12.00"),
            ("\u{feff}| 合计 |", "   | 合计 |"),
            ("1=2+3", "1=2+3"),
            ("人人参与 天天向上", "人人参与 天天向上"),
            ("<p>收支总表</p>", "   收支总表    "),
            ("<p class=\"a\"><b>一、</b>收支&nbsp;</p>", "                一、    收支          "),
            ("<td><p>收支总表</p>", "<td><p>收支总表</p>"),
            ("参保率<95%，比值>3", "参保率<95%，比值>3"),
        ] {
            assert_eq!(heal(printed, Signs::of(printed)), read);
            assert_eq!(printed.len(), read.len(), "{printed}");
        }
    }
}
