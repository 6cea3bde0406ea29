//! The trivial server: the same framing, no document, nothing looked at. What it takes is the pipes, the two processes
//! and the bytes.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::Command;

/// The word by which the process knows that it is the server.
pub const CHILD: &str = "--floor";

/// A server that answers with so many diagnostics.
pub fn command(diagnostics: usize) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args([CHILD, &diagnostics.to_string()]);
    command
}

/// Serves until the input ends.
pub fn run(diagnostics: usize) {
    let (mut input, mut output) =
        (BufReader::with_capacity(1 << 16, std::io::stdin().lock()), std::io::stdout().lock());
    let payload = payload(diagnostics);
    let mut line = String::new();
    let mut body = Vec::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if input.read_line(&mut line).unwrap_or_default() == 0 {
                return;
            }
            match line.trim_end() {
                "" => break,
                header => {
                    length = header.strip_prefix("Content-Length: ").and_then(|own| own.parse().ok()).unwrap_or(length);
                }
            }
        }
        body.resize(length, 0);
        if input.read_exact(&mut body).is_err() {
            return;
        }
        let answer = if has(&body, b"\"method\":\"initialize\"") {
            format!("{{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":{{\"capabilities\":{{}}}}}}", number(&body, b"\"id\":"))
        } else if has(&body, b"textDocument/did") {
            // Of an opened document the version stands behind the text.
            let version = if has(&body, b"didOpen") { "1".to_owned() } else { number(&body, b"\"version\":") };
            format!(
                "{{\"jsonrpc\":\"2.0\",\"method\":\"textDocument/publishDiagnostics\",\"params\":{{\"uri\":\"{}\",\"version\":{version},\"diagnostics\":[{payload}]}}}}",
                super::steps::URI
            )
        } else if has(&body, b"\"id\":") && has(&body, b"\"method\":") {
            format!("{{\"jsonrpc\":\"2.0\",\"id\":{},\"result\":null}}", number(&body, b"\"id\":"))
        } else if has(&body, b"\"method\":\"exit\"") {
            return;
        } else {
            continue;
        };
        let framed = format!("Content-Length: {}\r\n\r\n{answer}", answer.len());
        if output.write_all(framed.as_bytes()).and_then(|()| output.flush()).is_err() {
            return;
        }
    }
}

/// Diagnostics about as long as those of gouji.
fn payload(diagnostics: usize) -> String {
    let one = |number: usize| {
        let line = number * 60;
        format!(
            "{{\"range\":{{\"start\":{{\"line\":{line},\"character\":1}},\"end\":{{\"line\":{line},\"character\":7}}}},\"severity\":1,\"code\":\"PF01\",\"source\":\"gouji\",\"message\":\"预算数 236.60 ≠ 财政资金 237.60；237.60 应为 236.60（一位数字有误）\"}}"
        )
    };
    (0..diagnostics).map(one).collect::<Vec<_>>().join(",")
}

/// Looks at the head of the message only: a document is behind it.
fn has(body: &[u8], wanted: &[u8]) -> bool {
    let head = &body[..body.len().min(400)];
    head.windows(wanted.len()).any(|own| own == wanted)
}

fn number(body: &[u8], behind: &[u8]) -> String {
    let head = &body[..body.len().min(400)];
    let at = head.windows(behind.len()).position(|own| own == behind).map_or(head.len(), |at| at + behind.len());
    head[at..].iter().take_while(|byte| byte.is_ascii_digit()).map(|byte| char::from(*byte)).collect()
}
