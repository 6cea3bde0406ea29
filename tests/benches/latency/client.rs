//! An editor that does nothing but measure: messages are written as they are, and what comes is stamped when its last
//! byte has been read.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Error, Result, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// What takes longer has failed.
const PATIENCE: Duration = Duration::from_secs(120);

/// A message, and when its last byte came.
pub struct Came {
    /// When.
    pub at: Instant,
    /// What.
    pub message: Value,
}

/// A server and the streams to it.
pub struct Client {
    /// The process.
    pub child: Child,
    to: ChildStdin,
    from: Receiver<(Instant, Vec<u8>)>,
    kept: VecDeque<Came>,
    last_id: i64,
}

impl Client {
    /// Starts a server.
    pub fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let to = child.stdin.take().ok_or_else(|| Error::other("no input"))?;
        let mut stream =
            BufReader::with_capacity(1 << 16, child.stdout.take().ok_or_else(|| Error::other("no output"))?);
        let (sender, from) = channel();
        std::thread::spawn(move || {
            while let Ok(body) = frame(&mut stream) {
                if sender.send((Instant::now(), body)).is_err() {
                    break;
                }
            }
        });
        Ok(Self { child, to, from, kept: VecDeque::new(), last_id: 0 })
    }

    /// Writes a message; the time is that just before its first byte.
    pub fn send(&mut self, message: &Value) -> Result<Instant> {
        let body = message.to_string();
        let framed = format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let now = Instant::now();
        self.to.write_all(framed.as_bytes())?;
        Ok(now)
    }

    /// Writes a notification.
    pub fn notify(&mut self, method: &str, params: &Value) -> Result<Instant> {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}))
    }

    /// Writes a request and gives its id.
    pub fn ask(&mut self, method: &str, params: &Value) -> Result<(Instant, i64)> {
        self.last_id += 1;
        let at = self.send(&json!({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params}))?;
        Ok((at, self.last_id))
    }

    /// The answer to a request.
    pub fn answer(&mut self, id: i64) -> Result<Came> {
        self.wait(|message| message["id"] == id && message.get("method").is_none())
    }

    /// The diagnostics of this version or a later one.
    pub fn published(&mut self, version: i64) -> Result<Came> {
        self.wait(|message| {
            message["method"] == "textDocument/publishDiagnostics"
                && message["params"]["version"].as_i64().is_none_or(|own| own >= version)
        })
    }

    /// The next message that is wanted. The others are kept; what the server asks is answered with nothing.
    fn wait(&mut self, wanted: impl Fn(&Value) -> bool) -> Result<Came> {
        if let Some(at) = self.kept.iter().position(|came| wanted(&came.message)) {
            return self.kept.remove(at).ok_or_else(|| Error::other("it was there"));
        }
        loop {
            let (at, body) = self.from.recv_timeout(PATIENCE).map_err(Error::other)?;
            let came = Came { at, message: serde_json::from_slice(&body)? };
            if let (Some(id), Some(method)) = (came.message.get("id"), came.message["method"].as_str()) {
                let items = came.message["params"]["items"].as_array().map_or(0, Vec::len);
                let result =
                    if method == "workspace/configuration" { json!(vec![Value::Null; items]) } else { Value::Null };
                let answer = json!({"jsonrpc": "2.0", "id": id, "result": result});
                self.send(&answer)?;
            } else if wanted(&came.message) {
                return Ok(came);
            } else {
                self.kept.push_back(came);
            }
        }
    }

    /// Forgets what came and was not waited for.
    pub fn forget(&mut self) {
        self.kept.clear();
        while self.from.try_recv().is_ok() {}
    }

    /// Says goodbye.
    pub fn end(mut self) -> Result<()> {
        let (_, id) = self.ask("shutdown", &Value::Null)?;
        self.answer(id)?;
        self.notify("exit", &Value::Null)?;
        drop(self.to);
        self.child.wait().map(|_| ())
    }
}

fn frame(stream: &mut impl BufRead) -> Result<Vec<u8>> {
    let (mut length, mut line) = (0, String::new());
    loop {
        line.clear();
        if stream.read_line(&mut line)? == 0 {
            return Err(Error::other("the server ended"));
        }
        match line.trim_end() {
            "" => break,
            header => {
                length = header.strip_prefix("Content-Length: ").and_then(|own| own.parse().ok()).unwrap_or(length)
            }
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body)?;
    Ok(body)
}
