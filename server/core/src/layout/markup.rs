//! Tags and text of HTML, with their places. A tokenizer of our own: blocks are formed line by line, so it must be able
//! to stop in the middle of a tag and to say whether a table is still open.

use super::line::LineKind;
use crate::text::Span;

/// Lines without a tag that one cell may have. Past them a table was never closed.
const CELL_LINES: usize = 20;

/// A tag or a run of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'a> {
    pub kind: TokenKind<'a>,
    pub span: Span,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind<'a> {
    /// A run of text, entities included.
    Text,
    /// A tag that opens: its name and what follows it.
    Open(&'a str, &'a str),
    /// A tag that closes.
    Close(&'a str),
    /// Comments and declarations.
    Other,
    /// A tag that is not complete where the text ends.
    Unfinished,
}

/// The tags and texts of `text`, in order.
pub(super) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let token = next(text, at)?;
        at = token.span.end;
        Some(token)
    })
}

fn next(text: &str, at: usize) -> Option<Token<'_>> {
    let rest = text.get(at..).filter(|rest| !rest.is_empty())?;
    let token = |kind, length| Some(Token { kind, span: Span::new(at, at + length) });
    if !opens_tag(rest) {
        let length = rest.char_indices().skip(1).find(|(here, c)| *c == '<' && opens_tag(&rest[*here..]));
        return token(TokenKind::Text, length.map_or(rest.len(), |(here, _)| here));
    }
    if let Some(comment) = rest.strip_prefix("<!--") {
        return match comment.find("-->") {
            Some(end) => token(TokenKind::Other, 4 + end + 3),
            None => token(TokenKind::Unfinished, rest.len()),
        };
    }
    let Some((end, length)) = tag_end(rest) else { return token(TokenKind::Unfinished, rest.len()) };
    let closes = rest.starts_with("</");
    let inner = &rest[if closes { 2 } else { 1 }..end];
    let name = inner.find(|c: char| !c.is_ascii_alphanumeric()).map_or(inner, |to| &inner[..to]);
    match name {
        "" => token(TokenKind::Other, length),
        name if closes => token(TokenKind::Close(name), length),
        name => token(TokenKind::Open(name, &inner[name.len()..]), length),
    }
}

/// `单价<5万元` opens no tag.
fn opens_tag(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<')
        && match bytes.next() {
            Some(b'/') => bytes.next().is_some_and(|b| b.is_ascii_alphabetic()),
            Some(b) => b.is_ascii_alphabetic() || b == b'!' || b == b'?',
            None => false,
        }
}

/// Where the inside of a tag ends, and its whole length. A `>` in quotes ends nothing; a new `<` ends what was never
/// closed.
fn tag_end(rest: &str) -> Option<(usize, usize)> {
    let mut quote = None;
    let mut last = ' ';
    for (at, c) in rest.char_indices().skip(1) {
        match quote {
            Some(mark) if c == mark => quote = None,
            Some(_) => {}
            None if c == '>' => return Some((at, at + 1)),
            None if c == '<' => return Some((at, at)),
            None if matches!(c, '"' | '\'') && last == '=' => quote = Some(c),
            None => {}
        }
        if !c.is_whitespace() {
            last = c;
        }
    }
    None
}

/// The number that an attribute states: `colspan="3"`.
pub(super) fn number_of(attributes: &str, name: &str) -> Option<usize> {
    let lower = attributes.to_ascii_lowercase();
    let after = lower[lower.find(name)? + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    let digits = after.trim_start_matches(['"', '\'']).trim_start();
    digits[..digits.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// Does a line begin a table of tags, or go on with one that lost its `<table>`?
pub(super) fn is_table_line(line: &str) -> bool {
    let begins_row =
        |name: &str| ["tr", "td", "th", "tbody", "thead"].iter().any(|known| known.eq_ignore_ascii_case(name));
    line.contains('<')
        && (opens_table(line)
            || matches!(next(line.trim_start(), 0), Some(Token { kind: TokenKind::Open(name, _), .. }) if begins_row(name))
            || unfinished_table(line))
}

fn opens_table(line: &str) -> bool {
    tokens(line).any(|token| matches!(token.kind, TokenKind::Open(name, _) if name.eq_ignore_ascii_case("table")))
}

/// A `<table` whose tag goes on in the next line.
fn unfinished_table(line: &str) -> bool {
    tokens(line).last().is_some_and(|token| {
        let tag = line[token.span.start..].trim_end();
        let name = tag.get(..6).is_some_and(|head| head.eq_ignore_ascii_case("<table"));
        token.kind == TokenKind::Unfinished && name && !tag[6..].starts_with(|c: char| !c.is_whitespace())
    })
}

/// How far a table has come, line by line.
#[derive(Default)]
pub(super) struct Frame {
    depth: usize,
    /// The table began with a row: its `<table>` was lost.
    loose: bool,
    in_row: bool,
    in_cell: bool,
    /// The beginning of a tag that goes on in the next line.
    pending: String,
    /// Lines since the last tag.
    bare: usize,
}

impl Frame {
    /// Takes the next line of the table.
    pub fn take(&mut self, line: &str) {
        let text = format!("{}{line}\n", std::mem::take(&mut self.pending));
        let mut tagged = false;
        for token in tokens(&text) {
            let (name, opens) = match token.kind {
                TokenKind::Open(name, _) => (name.to_ascii_lowercase(), true),
                TokenKind::Close(name) => (name.to_ascii_lowercase(), false),
                TokenKind::Unfinished => {
                    text[token.span.start..].clone_into(&mut self.pending);
                    continue;
                }
                _ => continue,
            };
            tagged = true;
            match (name.as_str(), opens) {
                ("table", true) => self.depth += 1,
                ("table", false) => {
                    self.depth = self.depth.saturating_sub(1);
                    (self.in_row, self.in_cell, self.loose) = (self.depth > 0, self.depth > 0, false);
                }
                ("tr", _) if self.depth <= 1 => (self.in_row, self.in_cell) = (opens, false),
                ("td" | "th" | "caption", _) if self.depth <= 1 => self.in_cell = opens,
                _ => {}
            }
            self.loose |= self.depth == 0 && opens && matches!(name.as_str(), "tr" | "td" | "th");
        }
        self.bare = if tagged { 0 } else { self.bare + usize::from(!line.trim().is_empty()) };
    }

    /// Does the next line that is not blank go on with the table?
    pub fn joins(&self, line: &str, kind: LineKind, blank_between: bool) -> bool {
        if self.bare >= CELL_LINES {
            return false;
        }
        let tagged = line.char_indices().any(|(at, c)| c == '<' && opens_tag(&line[at..]));
        if self.depth == 0 && !self.in_row && !self.in_cell && self.pending.is_empty() {
            return self.loose && !blank_between && kind == LineKind::Html && !opens_table(line);
        }
        if !self.pending.is_empty() || tagged {
            // A new table that stands in no cell: the one before was never closed.
            return self.in_cell || !self.pending.is_empty() || self.depth == 0 && self.loose || !opens_table(line);
        }
        self.in_cell && !(blank_between && matches!(kind, LineKind::Heading | LineKind::Prose | LineKind::ProseEnd))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_text() {
        let kinds: Vec<_> =
            tokens("<TD class='a>b'>单价<5万元</td><!-- x > y --><br/>").map(|token| token.kind).collect();
        assert_eq!(
            kinds,
            [
                TokenKind::Open("TD", " class='a>b'"),
                TokenKind::Text,
                TokenKind::Close("td"),
                TokenKind::Other,
                TokenKind::Open("br", "/")
            ]
        );
    }

    #[test]
    fn an_attribute_may_be_written_in_many_ways() {
        for attributes in [" colspan=3", " COLSPAN = \"3\"", " class='x' colspan=' 3 '"] {
            assert_eq!(number_of(attributes, "colspan"), Some(3), "{attributes}");
        }
        assert_eq!(number_of(" rowspan=2", "colspan"), None);
    }
}
