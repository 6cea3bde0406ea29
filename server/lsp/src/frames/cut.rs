//! Cuts a byte stream into frames, finding the next frame again after rubbish.

use super::judge::{Fault, Incoming, judge};

const LENGTH: &[u8] = b"content-length:";
const HEADER_END: &[u8] = b"\r\n\r\n";
/// A header block is some fifty bytes; what goes on longer is no header.
const LONGEST_HEADER: usize = 1 << 14;
/// A length above this is a broken header: waiting for such a body would be waiting for ever.
const LONGEST_BODY: usize = 1 << 29;

/// Room that is kept for what is to come, whatever was larger before.
const ROOM: usize = 1 << 20;

/// The bytes not yet cut, and what is known of the frame they begin with.
#[derive(Default)]
pub struct Cutter {
    bytes: Vec<u8>,
    /// How many of them have been cut off. They go when more come: what is given back is never copied.
    cut: usize,
    /// Length of the body that the rest begins with, once its header has been cut off.
    body: Option<usize>,
    /// Rubbish has been reported and no frame was found since.
    lost: bool,
}

impl Cutter {
    /// Adds what was read.
    pub fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..std::mem::take(&mut self.cut));
        if self.bytes.len() + bytes.len() < ROOM {
            self.bytes.shrink_to(ROOM);
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// The next frame; none where more bytes are needed. Rubbish counts as one broken frame however long it is.
    pub fn next(&mut self) -> Option<Incoming> {
        loop {
            if let Some(length) = self.body {
                return (self.rest().len() >= length).then(|| self.cut_body(length));
            }
            match self.cut_header()? {
                Ok(length) => (self.body, self.lost) = (Some(length), false),
                Err(_) if self.lost => {}
                Err(reason) => {
                    self.lost = true;
                    return Some(Incoming::Broken(Fault::unparsable(reason)));
                }
            }
        }
    }

    fn rest(&self) -> &[u8] {
        &self.bytes[self.cut..]
    }

    fn cut_body(&mut self, length: usize) -> Incoming {
        self.body = None;
        let body = &self.rest()[..length];
        let frame = judge(body);
        self.cut += match &frame {
            // A length that was too large has swallowed the beginning of the next frame: that stays.
            Incoming::Broken(_) => find(body, LENGTH).unwrap_or(length),
            _ => length,
        };
        if self.cut == self.bytes.len() && self.cut > ROOM {
            (self.bytes, self.cut) = (Vec::new(), 0);
        }
        frame
    }

    /// Cuts off a header block and gives the length it announces, or why it announces none.
    fn cut_header(&mut self) -> Option<Result<usize, &'static str>> {
        let rest = self.rest();
        let Some(end) = find(rest, HEADER_END) else {
            if rest.len() <= LONGEST_HEADER {
                return None;
            }
            // The end may hold the first half of a header.
            self.cut = self.bytes.len() - LENGTH.len();
            return Some(Err("no header"));
        };
        let length = announced(&rest[..end]);
        self.cut += end + HEADER_END.len();
        Some(length)
    }
}

/// The length a header block announces. What stands before `Content-Length` is passed over: the block may begin
/// with the tail of a body whose own length was too small.
fn announced(header: &[u8]) -> Result<usize, &'static str> {
    let at = rfind(header, LENGTH).ok_or("no Content-Length")?;
    let value = header[at + LENGTH.len()..].split(|byte| matches!(byte, b'\r' | b'\n')).next().unwrap_or_default();
    let value = std::str::from_utf8(value).ok().and_then(|value| value.trim().parse().ok());
    value.filter(|length| *length <= LONGEST_BODY).ok_or("Content-Length is no length")
}

fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).position(|window| window.eq_ignore_ascii_case(pattern))
}

fn rfind(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    bytes.windows(pattern.len()).rposition(|window| window.eq_ignore_ascii_case(pattern))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = r#"{"jsonrpc":"2.0","method":"预算"}"#;

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    /// `+` for a message, the error code for anything else.
    fn read(stream: &[u8], chunk: usize) -> Vec<String> {
        let mut cutter = Cutter::default();
        let mut seen = Vec::new();
        for piece in stream.chunks(chunk) {
            cutter.push(piece);
            while let Some(frame) = cutter.next() {
                seen.push(match frame {
                    Incoming::Request(request) => format!("+{}", request.method()),
                    Incoming::Response(response) => format!("={}", response.id()),
                    Incoming::Broken(Fault { id, error }) => format!("{} {id}", error.code.code()),
                });
            }
        }
        seen
    }

    #[test]
    fn a_good_frame_is_found_again_after_every_kind_of_rubbish() {
        let good = "+预算".to_owned();
        let broken = |id: &str, code: i64| vec![format!("{code} {id}"), good.clone()];
        let cases = [
            (framed("{\"jsonrpc\":"), broken("null", -32700)),
            (framed("[]"), broken("null", -32600)),
            (framed(r#"{"jsonrpc":"1.0","id":7,"method":"x"}"#), broken("7", -32600)),
            (framed(r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#), broken("null", -32600)),
            (framed(r#"{"jsonrpc":"2.0","method":"\ud800"}"#), broken("null", -32700)),
            (framed(""), broken("null", -32700)),
            ("Content-Length: many\r\n\r\n".into(), broken("null", -32700)),
            ("Content-Length: 99999999999999\r\n\r\n".into(), broken("null", -32700)),
            ("X-Header: 1\r\n\r\n{}".into(), broken("null", -32700)),
            ("Content-Length: 40\r\n\r\n{\"jsonrpc\":\"2.0\"".into(), broken("null", -32700)),
            ("Content-Length: 3\r\n\r\n{\"jsonrpc\":\"2.0\"}".into(), broken("null", -32700)),
            ("rubbish".into(), vec![good.clone()]),
            ("Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n".into(), vec![good.clone()]),
        ];
        for (stream, expected) in cases {
            let stream = format!("{stream}{}", framed(GOOD)).into_bytes();
            for chunk in [1, 7, 4096] {
                assert_eq!(read(&stream, chunk), expected, "{}", String::from_utf8_lossy(&stream));
            }
        }
    }

    #[test]
    fn endless_rubbish_is_reported_once_and_not_kept() {
        let mut cutter = Cutter::default();
        let mut reports = 0;
        for _ in 0..100 {
            cutter.push(&[b'x'; 4096]);
            reports += std::iter::from_fn(|| cutter.next()).count();
        }
        assert_eq!(reports, 1);
        assert!(cutter.bytes.len() <= LONGEST_HEADER + 4096);
    }

    #[test]
    fn a_large_message_leaves_no_room_behind_that_it_took() {
        let mut cutter = Cutter::default();
        let large = framed(&format!(r#"{{"jsonrpc":"2.0","method":"{}"}}"#, "预算".repeat(1 << 20)));
        for stream in [large.clone(), large + &framed(GOOD) + &framed(GOOD)] {
            for piece in stream.as_bytes().chunks(1 << 16) {
                cutter.push(piece);
                while let Some(frame) = cutter.next() {
                    assert!(matches!(frame, Incoming::Request(_)));
                }
            }
            assert!(cutter.bytes.capacity() <= ROOM);
        }
    }

    /// What was swallowed by a length that was too large is looked at where it lies: were it moved each time, a megabyte
    /// of such lengths would be four gigabytes of bytes moved.
    #[test]
    fn a_flood_of_lengths_that_are_too_large_is_passed_through() {
        let flood = "Content-Length: 500000\r\n\r\n".repeat(40_000);
        let seen = read(format!("{flood}{}{}", " ".repeat(500_000), framed(GOOD)).as_bytes(), 1 << 16);
        assert_eq!(seen.last(), Some(&"+预算".to_owned()));
        assert!(seen[..seen.len() - 1].iter().all(|frame| frame == "-32700 null"));
    }

    proptest! {
        #[test]
        fn any_bytes_are_survived(rubbish in prop::collection::vec(any::<u8>(), 0..200), chunk in 1usize..50) {
            let mut stream = rubbish;
            stream.extend_from_slice(b"\r\n\r\n");
            stream.extend_from_slice(framed(GOOD).as_bytes());
            let last = read(&stream, chunk).pop();
            prop_assert_eq!(last, Some("+预算".to_owned()));
        }
    }
}
