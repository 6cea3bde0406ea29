//! Text of documents inside Markdown: shown as it is, never read as markup.

/// The text with every character escaped that Markdown could read as markup; line breaks become spaces.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '&' | '!' => {
                out.push('\\');
                out.push(character);
            }
            '\r' | '\n' => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn markup_is_escaped_and_chinese_left_alone() {
        assert_eq!(plain("*合计* 1,204.00 [元]\n|"), "\\*合计\\* 1,204.00 \\[元\\] \\|");
    }
}
