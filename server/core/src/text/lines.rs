//! Lines one after the other, as the rope holds them: only one that runs over a chunk is copied.

use std::borrow::Cow;

use ropey::Rope;
use ropey::iter::Chunks;

use super::Span;

/// A line of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextLine<'a> {
    /// Where it stands, without its line break.
    pub span: Span,
    /// Its text, without its line break.
    pub text: Cow<'a, str>,
    /// Its line break; empty at the end of the text.
    pub ending: &'static str,
}

/// The lines of a text from a place on. The empty last line of a text that ends in a line break is left out.
pub struct Lines<'a> {
    chunks: Chunks<'a>,
    /// What is left of the chunk.
    rest: &'a str,
    at: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn of(rope: &'a Rope, start: usize) -> Self {
        let (mut chunks, begun, ..) = rope.chunks_at_byte(start);
        let rest = chunks.next().and_then(|chunk| chunk.get(start - begun..)).unwrap_or_default();
        Self { chunks, rest, at: start }
    }

    /// Goes on to the next chunk where this one is read; false at the end of the text.
    fn fill(&mut self) -> bool {
        while self.rest.is_empty() {
            let Some(chunk) = self.chunks.next() else { return false };
            self.rest = chunk;
        }
        true
    }

    /// Takes the line break that stands here.
    fn ending(&mut self) -> &'static str {
        let first = self.rest.as_bytes()[0];
        self.rest = &self.rest[1..];
        if first == b'\n' {
            return "\n";
        }
        match self.fill() && self.rest.starts_with('\n') {
            true => {
                self.rest = &self.rest[1..];
                "\r\n"
            }
            false => "\r",
        }
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = TextLine<'a>;

    fn next(&mut self) -> Option<TextLine<'a>> {
        if !self.fill() {
            return None;
        }
        let mut text = Cow::Borrowed("");
        let mut ending = "";
        while self.fill() {
            let found = memchr::memchr2(b'\n', b'\r', self.rest.as_bytes());
            let (line, rest) = self.rest.split_at(found.unwrap_or(self.rest.len()));
            self.rest = rest;
            text += line;
            if found.is_some() {
                ending = self.ending();
                break;
            }
        }
        let span = Span::new(self.at, self.at + text.len());
        self.at = span.end + ending.len();
        Some(TextLine { span, text, ending })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Text;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn lines_are_those_of_the_text(source in "(一二三|ab|\n|\r|\r\n){0,40}", times in 1usize..80, skip in 0usize..6) {
            let text = Text::new(&source.repeat(times));
            let first = skip.min(text.line_count() - 1);
            let read: Vec<_> = text.lines_from(text.line_start(first)).collect();
            let spans: Vec<_> = (first..text.line_count()).map(|line| text.line_span(line)).collect();
            let printed = spans.iter().filter(|span| span.start < text.len());
            prop_assert!(read.iter().map(|line| &line.span).eq(printed));
            for (line, number) in read.iter().zip(first..) {
                prop_assert_eq!(&line.text, &text.slice(line.span));
                prop_assert_eq!(line.span.end + line.ending.len(), text.line_start(number + 1));
            }
        }
    }
}
