//! A long day at the real program: random edits of several documents over its standard streams, with random requests
//! between them, cancellations, other settings, documents closed and opened. At every tenth of the way, and at the end,
//! the findings are those of a server that opens the same texts afresh; nothing has panicked; memory has not grown.
//!
//! The default is short. The long run, with figures (`GOUJI` names the program to be run, else it is built):
//!
//! ```sh
//! cargo build --release -p gouji
//! GOUJI=target/release/gouji GOUJI_EDITS=100000 cargo test -p gouji-tests --test soak -- --nocapture
//! ```
//!
//! `GOUJI_SEED` is another day.

use std::collections::VecDeque;
use std::fmt::Write;
use std::time::Instant;

use gouji_core::text::{Encoding, Span};
use gouji_tests::dice::Dice;
use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_editor::{Editor, fixture};
use gouji_tests::lsp_program;
use serde_json::{Value, json};
use tokio::process::Child;

/// From this many edits on memory is held to the bound; with fewer the caches are still filling.
const LONG: usize = 10_000;
/// What counts as the beginning, for memory.
const EARLY: usize = 1_000;
/// Requests that are not waited for, at most.
const OPEN_REQUESTS: usize = 16;
/// Edits that can be taken back; a document never strays further from the text it began with.
const UNDO: usize = 24;

/// Texts to begin with: one of each layout, budgets and accounts, faulty ones among them.
const TEXTS: [&str; 8] = [
    "md/wenlv-faulty.md",
    "pdf/minzheng-faulty.txt",
    "wide/jiaotong-faulty.txt",
    "html/shenji-faulty.txt",
    "pipe/nongye-faulty.txt",
    "flat/dangan-faulty.txt",
    "md/shuiwu.md",
    "pdf/shuili.txt",
];

/// What is typed or pasted: what numbers, tables and sentences are made of, and what is hard to count.
const TYPED: [&str; 24] = [
    "7",
    "0",
    ".",
    ",",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "|",
    "\u{c}",
    "𠀀",
    "e\u{301}",
    "\u{feff}",
    "\u{2028}",
    "\u{85}",
    "万元",
    "合计",
    "其中：",
    "2025年",
    "（",
    "<td>",
    "</table>",
    "| 合计 | 430.60 | 345.00 | 85.60 |\n",
];

/// One of them.
fn text(dice: &mut Dice) -> String {
    let name: &&str = dice.pick(&TEXTS);
    fixture(name)
}

fn number(name: &str, default: usize) -> usize {
    std::env::var(name).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

/// A document as the client has it.
struct Open {
    uri: &'static str,
    editor: Editor,
    version: i64,
    /// What takes the last edits back: a place and what stood there.
    undo: Vec<(Span, String)>,
}

impl Open {
    fn replace(&mut self, span: Span, with: &str) -> Value {
        let was = self.editor.text.slice(span).into_owned();
        self.undo.push((Span::new(span.start, span.start + with.len()), was));
        self.make(span, with)
    }

    /// The change as it is sent, made.
    fn make(&mut self, span: Span, with: &str) -> Value {
        let change = json!({"range": self.editor.range(span), "text": with});
        self.editor.text.edit(span, with);
        change
    }

    /// A place between two characters that a position can name: not inside a line break.
    fn place(&self, dice: &mut Dice) -> usize {
        let at = self.editor.text.position(dice.roll(self.editor.text.len() + 1), self.editor.encoding);
        self.editor.text.offset(at, self.editor.encoding)
    }

    /// A span of some length that begins and ends at such places.
    fn span(&self, start: usize, length: usize) -> Span {
        let end = self.editor.text.position(start + length, self.editor.encoding);
        Span::new(start, self.editor.text.offset(end, self.editor.encoding).max(start))
    }

    fn edit(&mut self, dice: &mut Dice) -> Value {
        if self.undo.len() >= UNDO || !self.undo.is_empty() && dice.once_in(2) {
            let (span, with) = self.undo.pop().unwrap_or_default();
            return self.make(span, &with);
        }
        let at = self.place(dice);
        match dice.roll(8) {
            // A digit of the next number is another one.
            0..=2 => {
                let ahead = self.editor.text.slice(self.span(at, 400)).into_owned();
                let digit = ahead.find(|c: char| c.is_ascii_digit()).map_or(at, |digit| at + digit);
                let span = self.span(digit, 1);
                self.replace(span, &dice.roll(10).to_string())
            }
            3 | 4 => self.replace(Span::new(at, at), dice.pick::<&str>(&TYPED)),
            5 => self.replace(self.span(at, dice.roll(60)), ""),
            // A line is there twice.
            6 => {
                let line = self.editor.text.line_of(at);
                let span = Span::new(self.editor.text.line_start(line), self.editor.text.line_start(line + 1));
                let text = self.editor.text.slice(span).into_owned();
                self.replace(Span::new(span.start, span.start), &text)
            }
            _ => {
                let other = Editor::new(&text(dice));
                let from = dice.roll(other.text.len());
                let piece = other.text.slice(Span::new(from, from + dice.roll(2_000))).into_owned();
                self.replace(Span::new(at, at), &piece)
            }
        }
    }
}

/// The program with a client, and what the client has open.
struct Day {
    client: Client,
    program: Child,
    encoding: Encoding,
    settings: Value,
    open: Vec<Open>,
    asked: VecDeque<i64>,
    answered: usize,
    trouble: Vec<Value>,
}

const URIS: [&str; 3] = ["file:///预算/甲.md", "file:///预算/乙.txt", "file:///%E9%A2%84%E7%AE%97/%E4%B8%99.txt"];

impl Day {
    async fn begin(encoding: Encoding) -> Self {
        let (mut client, program) = lsp_program::start();
        let name = match encoding {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        };
        client.initialize(json!({"capabilities": {"general": {"positionEncodings": [name]}}})).await;
        let (open, asked, trouble) = (Vec::new(), VecDeque::new(), Vec::new());
        Self { client, program, encoding, settings: json!({}), open, asked, answered: 0, trouble }
    }

    async fn open(&mut self, uri: &'static str, text: &str) {
        self.client.open(uri, text).await;
        let editor = Editor { encoding: self.encoding, ..Editor::new(text) };
        self.open.push(Open { uri, editor, version: 1, undo: Vec::new() });
    }

    async fn configure(&mut self, settings: Value) {
        self.client.notify("workspace/didChangeConfiguration", json!({"settings": {"gouji": settings}})).await;
        self.settings = settings;
    }

    /// One notification with one edit or a few.
    async fn edit(&mut self, dice: &mut Dice) -> usize {
        let which = if dice.once_in(4) { dice.roll(self.open.len()) } else { 0 };
        let open = &mut self.open[which];
        let count = if dice.once_in(10) { 2 + dice.roll(3) } else { 1 };
        let mut changes: Vec<Value> = (0..count).map(|_| open.edit(dice)).collect();
        if dice.once_in(100) {
            changes.push(json!({"text": open.editor.text.to_string()}));
        }
        open.version += 1;
        self.client.change(open.uri, open.version, json!(changes)).await;
        count
    }

    async fn ask(&mut self, dice: &mut Dice) {
        let open = dice.pick(&self.open);
        let (document, at) = (json!({"uri": open.uri}), open.place(dice));
        let (position, range) = (open.editor.position(at), open.editor.range(open.span(at, dice.roll(300))));
        let (method, params) = match dice.roll(7) {
            0 | 1 => ("textDocument/hover", json!({"textDocument": document, "position": position})),
            2 => {
                let only = if dice.once_in(4) { json!(["source.fixAll"]) } else { Value::Null };
                let context = json!({"diagnostics": [], "only": only});
                ("textDocument/codeAction", json!({"textDocument": document, "range": range, "context": context}))
            }
            3 => ("textDocument/documentSymbol", json!({"textDocument": document})),
            4 => ("textDocument/diagnostic", json!({"textDocument": document})),
            5 => ("gouji/coverage", json!({"textDocument": document})),
            _ => ("gouji/explain", json!({"code": "IN06"})),
        };
        let id = self.client.ask(method, params).await;
        if dice.once_in(8) {
            self.client.notify("$/cancelRequest", json!({"id": id})).await;
        }
        self.asked.push_back(id);
        while self.asked.len() > dice.roll(OPEN_REQUESTS) {
            self.answer().await;
        }
    }

    async fn answer(&mut self) {
        let Some(id) = self.asked.pop_front() else { return };
        let answer = self.client.answer(id).await;
        let is_well = answer.get("result").is_some() || answer["error"]["code"] == -32800;
        self.trouble.extend((!is_well).then_some(answer));
        self.answered += 1;
    }

    /// Closes a document and opens it with a text of its own.
    async fn open_another(&mut self, dice: &mut Dice) {
        let Open { uri, .. } = self.open.remove(dice.roll(self.open.len()));
        self.client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}})).await;
        self.open(uri, &text(dice)).await;
    }

    /// What is shown of each document and what is answered of it, once all is at rest.
    async fn state(&mut self) -> Vec<(String, Value, Value)> {
        while !self.asked.is_empty() {
            self.answer().await;
        }
        let said = self.client.settle().await;
        let is_log =
            |message: &&Value| matches!(message["method"].as_str(), Some("window/showMessage" | "window/logMessage"));
        self.trouble.extend(said.iter().filter(is_log).cloned());
        let mut state = Vec::new();
        for open in &self.open {
            let shown = self.client.shown(open.uri).await;
            let asked =
                self.client.request("textDocument/diagnostic", json!({"textDocument": {"uri": open.uri}})).await;
            state.push((open.uri.to_owned(), shown, asked["result"]["items"].clone()));
        }
        drop(self.client.settle().await);
        state.sort_by(|a, b| a.0.cmp(&b.0));
        state
    }

    /// The state of a program that opens the same texts afresh.
    async fn fresh(&self) -> Vec<(String, Value, Value)> {
        let mut other = Self::begin(self.encoding).await;
        other.configure(self.settings.clone()).await;
        for open in &self.open {
            other.open(open.uri, &open.editor.text.to_string()).await;
        }
        other.state().await
    }

    /// Kilobytes of memory in use; none where the system does not say so.
    fn memory(&self) -> Option<usize> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id()?)).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }
}

#[tokio::test]
async fn after_a_long_day_the_server_is_as_good_as_a_fresh_one() {
    let (edits, seed) = (number("GOUJI_EDITS", 300), number("GOUJI_SEED", 1));
    let (mut dice, began) = (Dice(seed as u64), Instant::now());
    let encoding = *dice.pick(&[Encoding::Utf8, Encoding::Utf16, Encoding::Utf32]);
    let mut day = Day::begin(encoding).await;
    for uri in URIS {
        day.open(uri, &text(&mut dice)).await;
    }
    let (mut done, mut early, mut next) = (0, None, edits / 10);
    while done < edits {
        done += day.edit(&mut dice).await;
        if dice.once_in(3) {
            day.ask(&mut dice).await;
        }
        if dice.once_in(150) {
            let settings = [json!({"locale": "zh-cn"}), json!({"locale": "en", "minSeverity": "warning"}), json!({})];
            day.configure(dice.pick(&settings).clone()).await;
        }
        if dice.once_in(200) {
            day.open_another(&mut dice).await;
        }
        if early.is_none() && done >= EARLY {
            day.state().await;
            early = day.memory();
        }
        if done >= next.min(edits) {
            next += edits / 10;
            let (state, fresh) = (day.state().await, day.fresh().await);
            for (soaked, fresh) in state.iter().zip(&fresh) {
                assert_eq!(soaked, fresh, "after {done} edits of seed {seed}");
            }
            assert_eq!(day.trouble, [] as [Value; 0], "after {done} edits of seed {seed}");
            let mut line = format!("{done} edits, {} answers, {:?}", day.answered, began.elapsed());
            if let Some(kilobytes) = day.memory() {
                let _ = write!(line, ", {kilobytes} KB");
            }
            println!("{line}");
        }
    }
    let late = day.memory();
    println!("seed {seed}: {early:?} KB after {EARLY} edits, {late:?} KB at the end");
    if let Some((early, late)) = early.zip(late).filter(|_| edits >= LONG) {
        assert!(late * 5 <= early * 6, "{early} KB, then {late} KB");
    }
    day.client.leave().await;
    assert!(day.program.wait().await.expect("an end").success());
}
