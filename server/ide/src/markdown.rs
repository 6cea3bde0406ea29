//! Text of documents inside Markdown: shown as it is, never read as markup. And the way back, for clients that show
//! Markdown as it is written.

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

/// Markdown of ours without its marks: headings, emphasis, code and rules become what they say; lists stay lists.
pub fn unmarked(markdown: &str) -> String {
    let lines = markdown.lines().filter(|line| *line != "---" && !line.starts_with("```"));
    let lines: Vec<String> = lines.map(|line| unmarked_line(unheaded(line))).collect();
    // What stood around a rule is one paragraph's distance apart.
    lines.join("\n").replace("\n\n\n", "\n\n")
}

fn unheaded(line: &str) -> &str {
    if line.starts_with('#') { line.trim_start_matches('#').trim_start() } else { line }
}

fn unmarked_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '\\' if rest.peek().is_some_and(char::is_ascii_punctuation) => out.extend(rest.next()),
            '*' | '`' => {}
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_escaped_and_chinese_left_alone() {
        assert_eq!(plain("*合计* 1,204.00 [元]\n|"), "\\*合计\\* 1,204.00 \\[元\\] \\|");
    }

    #[test]
    fn a_reader_without_markdown_sees_no_marks() {
        let written = format!("**AS01** {}\n\n---\n\n- 相符 `IN08` 合计", plain("资产*总额* [1]"));
        assert_eq!(unmarked(&written), "AS01 资产*总额* [1]\n\n- 相符 IN08 合计");
        assert_eq!(unmarked("# 标题\n\n正文"), "标题\n\n正文");
    }
}
