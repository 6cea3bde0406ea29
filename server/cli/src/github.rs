//! `check --format github`: workflow commands, which GitHub shows beside the lines of a change.

use gouji_core::verdict::finding::{Elsewhere, Finding, Locale, Message, Severity};

use crate::json::{Place, Range};
use crate::survey::Opened;

/// One command for each finding that is shown.
pub fn commands(opened: &Opened, locale: Locale) -> String {
    let text = opened.document.text();
    opened.findings().map(|found| command(&opened.path, Range::new(text, found.span), found, locale)).collect()
}

/// The command for a file that could not be read.
pub fn refusal(path: &str, reason: &Message, locale: Locale) -> String {
    let title = match locale {
        Locale::Chinese => "未检查",
        Locale::English => "not checked",
    };
    format!("::error file={},title={title}::{}\n", property(path), data(reason.in_locale(locale)))
}

fn command(path: &str, range: Range, finding: &Finding, locale: Locale) -> String {
    let word = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "notice",
    };
    let (Range { start, end }, title) = (range, format!("{} {}", finding.rule, finding.name.in_locale(locale)));
    format!(
        "::{word} file={},{},title={}::{}\n",
        property(path),
        place(start, end),
        property(&title),
        data(&message(finding, locale))
    )
}

/// GitHub knows columns only where start and end stand on one line.
fn place(start: Place, end: Place) -> String {
    match start.line == end.line {
        true => format!("line={},endLine={},col={},endColumn={}", start.line, end.line, start.column, end.column),
        false => format!("line={},endLine={}", start.line, end.line),
    }
}

/// What was found, and below it the repairs.
fn message(finding: &Finding, locale: Locale) -> String {
    let mut said = finding.message.in_locale(locale).to_owned();
    // The places beside the line show only this file.
    for related in &finding.related {
        let Some(Elsewhere { file, spot }) = &related.elsewhere else { continue };
        let word = match locale {
            Locale::Chinese => "依据：",
            Locale::English => "evidence: ",
        };
        let (start, what) = (Range::elsewhere(spot).start, related.message.in_locale(locale));
        said.push_str(&format!("\n{word}{file}:{}:{} {} — {what}", start.line, start.column, related.text));
    }
    for fix in &finding.fixes {
        let (word, preferred) = match locale {
            Locale::Chinese => ("改法：", "（首选）"),
            Locale::English => ("fix: ", " (preferred)"),
        };
        let preferred = if fix.preferred { preferred } else { "" };
        said.push_str(&format!("\n{word}{}{preferred}", fix.title.in_locale(locale)));
    }
    said
}

/// Escaped as the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escaped as a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::human::sample::{TEXT, finding};
    use gouji_core::text::{Span, Text};

    #[test]
    fn a_finding_is_one_line_whatever_stands_in_it() {
        let mut found = finding();
        found.message.zh.push_str("，占 5%\r\n末");
        let written = |span| command("a:b,c%.txt", Range::new(&Text::new(TEXT), span), &found, Locale::Chinese);
        assert_eq!(
            written(found.span),
            "::error file=a%3Ab%2Cc%25.txt,line=2,endLine=2,col=6,endColumn=12,title=AS01 资产合计\
             ::资产总额 141.68，各项合计 148.61，占 5%25%0D%0A末%0A改法：改为 148.61（首选）\n"
        );
        let lines = written(Span::new(0, TEXT.len()));
        assert!(lines.contains(".txt,line=1,endLine=3,title="), "{lines}");
    }
}
