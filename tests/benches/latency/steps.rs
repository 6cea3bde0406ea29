//! What is done with a server, and how long each of it took.

use std::io::Result;
use std::process::Command;
use std::time::{Duration, Instant};

use gouji_core::text::{Encoding, Text};
use gouji_tests::generate::{Generated, TYPED};
use serde_json::{Value, json};

use super::client::Client;
use super::process;

/// The document.
pub const URI: &str = "file:///tmp/2025.txt";

/// How often each thing is done.
#[derive(Clone, Copy, Debug)]
pub struct Effort {
    warm: usize,
    keys: usize,
    toggles: usize,
    asked: usize,
    burst: usize,
}

impl Effort {
    /// Enough for a p99.
    pub const REAL: Self = Self { warm: 10, keys: 100, toggles: 40, asked: 40, burst: 100 };
    /// To see that it works.
    pub const SMOKE: Self = Self { warm: 2, keys: 4, toggles: 2, asked: 2, burst: 3 };
}

/// Times in microseconds, over all rounds.
#[derive(Debug, Default)]
pub struct Figures {
    /// From the start of the process to the first diagnostics.
    pub started: Vec<u64>,
    /// From didOpen to them.
    pub opened: Vec<u64>,
    /// A keystroke in a figure that is contradicted already.
    pub key: Vec<u64>,
    /// One that makes or ends a contradiction.
    pub toggle: Vec<u64>,
    /// A request right behind an edit.
    pub hover: Vec<u64>,
    /// The same.
    pub action: Vec<u64>,
    /// From the last of a burst of edits to its diagnostics.
    pub burst: Vec<u64>,
    /// The share of the burst that the server ran, in hundredths of a per cent.
    pub busy: Vec<u64>,
    /// VmHWM after the document was opened, in KB.
    pub memory: Vec<u64>,
}

fn micros(from: Instant, to: Instant) -> u64 {
    u64::try_from(to.saturating_duration_since(from).as_micros()).unwrap_or(u64::MAX)
}

/// An editor with the document open.
struct Session {
    client: Client,
    version: i64,
}

impl Session {
    /// A digit typed or taken away.
    fn change(&mut self, at: &Value, typed: bool) -> Result<Instant> {
        self.version += 1;
        let (line, start) = (at["line"].as_u64().unwrap_or_default(), at["character"].as_u64().unwrap_or_default());
        let end = if typed { start } else { start + TYPED.len() as u64 };
        let text = if typed { TYPED } else { "" };
        let change = json!({"range": {"start": at, "end": {"line": line, "character": end}}, "text": text});
        let document = json!({"uri": URI, "version": self.version});
        self.client.notify("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [change]}))
    }

    /// Keystrokes one after another, each when the one before is answered; the first are not counted.
    fn keys(&mut self, at: &Value, warm: usize, count: usize, into: &mut Vec<u64>) -> Result<()> {
        let (warm, count) = (warm + warm % 2, count + count % 2);
        for number in 0..warm + count {
            let from = self.change(at, number % 2 == 0)?;
            let version = self.version;
            let came = self.client.published(version)?;
            if number >= warm {
                into.push(micros(from, came.at));
            }
            std::thread::sleep(Duration::from_millis(5));
            self.client.forget();
        }
        Ok(())
    }

    /// An edit and a request in one breath: the answer must be of the new text.
    fn asked(&mut self, at: &Value, method: &str, params: &Value, count: usize, into: &mut Vec<u64>) -> Result<()> {
        for number in 0..count + count % 2 {
            let from = self.change(at, number % 2 == 0)?;
            let (_, id) = self.client.ask(method, params)?;
            into.push(micros(from, self.client.answer(id)?.at));
            self.client.published(self.version)?;
            std::thread::sleep(Duration::from_millis(5));
            self.client.forget();
        }
        Ok(())
    }

    fn burst(&mut self, at: &Value, count: usize, figures: &mut Figures) -> Result<()> {
        let (pid, began) = (self.client.child.id(), Instant::now());
        let before = process::ran(pid);
        let mut last = began;
        for number in 0..count + count % 2 {
            last = self.change(at, number % 2 == 0)?;
            std::thread::sleep(Duration::from_millis(30));
        }
        let came = self.client.published(self.version)?;
        figures.burst.push(micros(last, came.at));
        if let (Some(before), Some(after)) = (before, process::ran(pid)) {
            let all = micros(began, Instant::now()).max(1);
            figures.busy.push(after.saturating_sub(before) * 10_000 / all);
        }
        self.client.forget();
        Ok(())
    }
}

/// Starts the server and does everything once.
pub fn measure(command: &mut Command, made: &Generated, effort: Effort, figures: &mut Figures) -> Result<()> {
    let text = Text::new(&made.text);
    let position = |offset: usize| {
        let position = text.position(offset, Encoding::Utf16);
        json!({"line": position.line, "character": position.column})
    };
    let (neutral, toggle) = (&made.neutral[0], &made.toggle[0]);
    let open = json!({"textDocument": {"uri": URI, "languageId": "plaintext", "version": 1, "text": made.text}});
    let began = Instant::now();
    let mut client = Client::start(command)?;
    let diagnostics = json!({"versionSupport": true, "relatedInformation": true});
    let capabilities = json!({"textDocument": {"publishDiagnostics": diagnostics}});
    let (_, id) =
        client.ask("initialize", &json!({"processId": null, "rootUri": null, "capabilities": capabilities}))?;
    client.answer(id)?;
    client.notify("initialized", &json!({}))?;
    let opened = client.notify("textDocument/didOpen", &open)?;
    let came = client.published(1)?;
    figures.started.push(micros(began, came.at));
    figures.opened.push(micros(opened, came.at));
    std::thread::sleep(Duration::from_millis(200));
    client.forget();
    figures.memory.extend(process::memory(client.child.id()));
    let mut session = Session { client, version: 1 };
    let (key, other) = (position(neutral.type_at), position(toggle.type_at));
    session.keys(&key, effort.warm, effort.keys, &mut figures.key)?;
    session.keys(&other, 4, effort.toggles, &mut figures.toggle)?;
    let document = json!({"uri": URI});
    let hover = json!({"textDocument": document, "position": position(toggle.at.start)});
    session.asked(&key, "textDocument/hover", &hover, effort.asked, &mut figures.hover)?;
    let range = json!({"start": position(neutral.at.start), "end": position(neutral.at.end)});
    let action = json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
    session.asked(&key, "textDocument/codeAction", &action, effort.asked, &mut figures.action)?;
    session.burst(&key, effort.burst, figures)?;
    session.client.end()
}
