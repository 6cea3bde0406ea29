//! `--stdin --format jsonl`: a document a line on the standard input, as JSON, each asked for when there is room for it.

use std::io::{self, BufRead, Read};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

use gouji_core::verdict::finding::Message;
use gouji_files::{LIMIT_MB, Source, decode, refusal, too_large};
use serde::Deserialize;

use super::turns::{Event, Feed};

/// What a line may have at most. As JSON that escapes what is not ASCII, a text is twice as long.
const LONGEST: u64 = 2 * (LIMIT_MB << 20) + (1 << 16);

/// One line of the standard input.
pub struct Line {
    /// Its number, from 1.
    number: usize,
    /// Its bytes, or why there are none.
    bytes: Result<Vec<u8>, Message>,
}

/// A document on a line. What else stands there is for others.
#[derive(Deserialize)]
struct Written {
    path: Option<String>,
    text: Option<String>,
}

impl Line {
    /// The document's path, and its text with the number of its bytes. A line that is none is named by its number behind
    /// the `name` of the input.
    pub fn document(self, name: &str) -> (String, Result<(Source, usize), Message>) {
        let Self { number, bytes } = self;
        let nameless = format!("{name}:{number}");
        let Written { path, text } = match bytes.and_then(|bytes| written(&bytes)) {
            Ok(written) => written,
            Err(reason) => return (nameless, Err(reason)),
        };
        let text = match (&path, text) {
            (None, _) => Err(missing("path")),
            (_, None) => Err(missing("text")),
            (_, Some(text)) if text.len() as u64 > LIMIT_MB << 20 => Err(too_large(LIMIT_MB)),
            (_, Some(text)) => Ok(text),
        };
        let size = text.as_ref().map_or(0, String::len);
        // As of a file: a byte order mark is none of the text's, and a zero byte betrays what is no text.
        let source = text.and_then(|text| decode(text.into_bytes()));
        (path.unwrap_or(nameless), source.map(|source| (source, size)))
    }
}

fn written(bytes: &[u8]) -> Result<Written, Message> {
    serde_json::from_slice(bytes).map_err(|error| {
        let zh = format!("不是一行 {{\"path\": …, \"text\": …}}（{error}）");
        Message::new(zh, format!("not a line {{\"path\": …, \"text\": …}} ({error})"))
    })
}

fn missing(key: &str) -> Message {
    Message::new(format!("缺少 {key}"), format!("{key} is missing"))
}

/// The lines of the standard input. They are read by a thread of their own, which may wait for ever: nobody waits for it.
pub struct Lines {
    /// A line is read when it has been asked for.
    asked: Sender<()>,
    waiting: Option<Receiver<()>>,
}

impl Lines {
    /// Nothing is read yet.
    pub fn new() -> Self {
        let (asked, waiting) = mpsc::channel();
        Self { asked, waiting: Some(waiting) }
    }
}

impl Feed<Line> for Lines {
    fn ask(&mut self, events: &Sender<Event<Line>>) {
        if let Some(waiting) = self.waiting.take() {
            let events = events.clone();
            thread::spawn(move || deliver(io::stdin().lock(), &waiting, &events));
        }
        // Where the thread has ended, so has the input.
        let _ = self.asked.send(());
    }
}

fn deliver(mut input: impl BufRead, waiting: &Receiver<()>, events: &Sender<Event<Line>>) {
    let mut number = 0;
    while waiting.recv().is_ok() {
        let event = next(&mut input, &mut number).map_or(Event::Over, Event::Next);
        let over = matches!(event, Event::Over | Event::Next(Line { bytes: Err(_), number: 0 }));
        if events.send(event).is_err() || over {
            break;
        }
    }
    let _ = events.send(Event::Over);
}

/// The next line that is not blank. What the system does not give is a line with the number 0, and the last.
fn next(input: &mut impl BufRead, number: &mut usize) -> Option<Line> {
    loop {
        let mut bytes = Vec::new();
        *number += 1;
        let line = match input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes) {
            Ok(0) => return None,
            Ok(_) if bytes.len() as u64 == LONGEST && !bytes.ends_with(b"\n") => {
                drop(bytes);
                pass_over(input).map(|()| Err(too_large(LIMIT_MB)))
            }
            Ok(_) if bytes.trim_ascii().is_empty() => continue,
            Ok(_) => Ok(Ok(bytes)),
            Err(error) => Err(error),
        };
        return Some(match line {
            Ok(bytes) => Line { number: *number, bytes },
            Err(error) => Line { number: 0, bytes: Err(refusal(&error)) },
        });
    }
}

/// Reads up to the end of the line and keeps nothing of it.
fn pass_over(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let available = input.fill_buf()?;
        if available.is_empty() {
            return Ok(());
        }
        let end = available.iter().position(|byte| *byte == b'\n');
        let length = end.map_or(available.len(), |end| end + 1);
        input.consume(length);
        if end.is_some() {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(line: &str) -> (String, Result<String, String>) {
        let (path, read) = Line { number: 3, bytes: Ok(line.as_bytes().to_vec()) }.document("-");
        (path, read.map(|(source, _)| source.text).map_err(|reason| reason.zh))
    }

    #[test]
    fn a_line_is_a_document_or_says_why_not() {
        let (path, text) = document(r#"{"path":"a.txt","text":"\ufeff预算\n","year":2025}"#);
        assert_eq!((path.as_str(), text.as_deref()), ("a.txt", Ok("预算\n")));
        assert_eq!(document(r#"{"text":"x"}"#), ("-:3".into(), Err("缺少 path".into())));
        assert_eq!(document(r#"{"path":"a.txt"}"#), ("a.txt".into(), Err("缺少 text".into())));
        assert_eq!(document(r#"{"path":"a.txt","text":"\u0000"}"#), ("a.txt".into(), Err("是二进制文件".into())));
        for broken in ["{", "[]", "3", r#"{"path":1,"text":"x"}"#, r#"{"path":"a","text":"\ud800"}"#] {
            let (path, text) = document(broken);
            assert_eq!(path, "-:3");
            assert!(text.expect_err(broken).starts_with("不是一行"), "{broken}");
        }
    }

    #[test]
    fn blank_lines_are_passed_over_and_counted() {
        let (mut input, mut number) = (&b"\n{}\r\n \n[]"[..], 0);
        let mut line = || next(&mut input, &mut number).map(|line| (line.number, line.bytes.unwrap_or_default()));
        assert_eq!(line(), Some((2, b"{}\r\n".to_vec())));
        assert_eq!(line(), Some((4, b"[]".to_vec())));
        assert_eq!(line(), None);
    }
}
