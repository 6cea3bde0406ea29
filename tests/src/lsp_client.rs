//! A small language client: over a duplex stream to a server in this process, or over stdio to a real one.

use std::collections::{HashMap, VecDeque};
use std::pin::Pin;
use std::time::Duration;

use gouji_lsp::Hooks;
use serde_json::{Value, json};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::task::JoinHandle;
use tokio::time::timeout;

/// What takes longer has hung.
const PATIENCE: Duration = Duration::from_secs(20);

type Reading = Pin<Box<dyn AsyncRead + Send>>;
type Writing = Pin<Box<dyn AsyncWrite + Send>>;

/// A connection to a server.
pub struct Client {
    from: Reading,
    to: Option<Writing>,
    read: Vec<u8>,
    /// Messages read while another was waited for.
    kept: VecDeque<Value>,
    /// The diagnostics published last, by URI.
    shown: HashMap<String, Value>,
    last_id: i64,
}

/// A server in this process; its result is what `gouji_lsp::serve` returns.
pub type Serving = JoinHandle<std::io::Result<bool>>;

impl Client {
    /// Connects to a server in this process.
    pub fn in_process(hooks: Hooks) -> (Self, Serving) {
        let (to, input) = tokio::io::duplex(1 << 16);
        let (output, from) = tokio::io::duplex(1 << 16);
        let serving = tokio::spawn(gouji_lsp::serve(input, output, hooks));
        (Self::over(from, to), serving)
    }

    /// Speaks over any pair of streams.
    pub fn over(from: impl AsyncRead + Send + 'static, to: impl AsyncWrite + Send + 'static) -> Self {
        let (read, kept, shown) = (Vec::new(), VecDeque::new(), HashMap::new());
        Self { from: Box::pin(from), to: Some(Box::pin(to)), read, kept, shown, last_id: 0 }
    }

    /// A server in this process, shaken hands with.
    pub async fn ready(hooks: Hooks, capabilities: Value) -> (Self, Serving) {
        let (mut client, serving) = Self::in_process(hooks);
        client.initialize(json!({"capabilities": capabilities})).await;
        (client, serving)
    }

    /// Shakes hands and gives the server's result. The server's greeting is taken off the wire.
    pub async fn initialize(&mut self, params: Value) -> Value {
        let answer = self.request("initialize", params).await;
        self.notify("initialized", json!({})).await;
        let greeting = concat!("gouji ", env!("CARGO_PKG_VERSION"));
        self.wait_for(|message| message["params"] == json!({"type": 3, "message": greeting})).await;
        answer["result"].clone()
    }

    /// Writes bytes as they are.
    pub async fn write(&mut self, bytes: &[u8]) {
        let to = self.to.as_mut().expect("not hung up");
        timeout(PATIENCE, to.write_all(bytes)).await.expect("the server reads").expect("the server is there");
        to.flush().await.expect("the server is there");
    }

    /// Closes the client's end.
    pub fn hang_up(&mut self) {
        self.to = None;
    }

    /// Sends a message.
    pub async fn send(&mut self, message: Value) {
        self.write(&framed(&message.to_string())).await;
    }

    /// Sends a notification.
    pub async fn notify(&mut self, method: &str, params: Value) {
        self.send(json!({"jsonrpc": "2.0", "method": method, "params": params})).await;
    }

    /// Sends a request and gives its id.
    pub async fn ask(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        self.send(json!({"jsonrpc": "2.0", "id": self.last_id, "method": method, "params": params})).await;
        self.last_id
    }

    /// Sends a request and gives the answer to it.
    pub async fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.ask(method, params).await;
        self.answer(id).await
    }

    /// The answer to a request; what comes before it is kept.
    pub async fn answer(&mut self, id: i64) -> Value {
        self.wait_for(|message| message["id"] == id && message.get("method").is_none()).await
    }

    /// The next diagnostics of a document with this version.
    pub async fn diagnostics(&mut self, uri: &str, version: i64) -> Value {
        self.wait_for(|message| published(message, uri) && message["params"]["version"] == version).await["params"]
            .take()
    }

    /// The next message that is wanted; the others are kept.
    pub async fn wait_for(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        if let Some(at) = self.kept.iter().position(&wanted) {
            return self.kept.remove(at).unwrap_or_default();
        }
        loop {
            let message = self.next().await.expect("a message before the end");
            if wanted(&message) {
                return message;
            }
            self.kept.push_back(message);
        }
    }

    /// All messages up to a request's answer, that included: what the server has said by then.
    pub async fn said_until_answer(&mut self, method: &str, params: Value) -> Vec<Value> {
        let answer = self.request(method, params).await;
        self.kept.drain(..).chain([answer]).collect()
    }

    /// The next message off the wire; none at the end of the stream.
    pub async fn next(&mut self) -> Option<Value> {
        loop {
            if let Some(message) = cut(&mut self.read) {
                self.look(&message);
                return Some(message);
            }
            let mut chunk = [0; 1 << 14];
            let read = timeout(PATIENCE, self.from.read(&mut chunk)).await.expect("the server speaks").unwrap_or(0);
            if read == 0 {
                return None;
            }
            self.read.extend_from_slice(&chunk[..read]);
        }
    }

    fn look(&mut self, message: &Value) {
        if message["method"] == "textDocument/publishDiagnostics" {
            let (uri, found) = (message["params"]["uri"].as_str().expect("a URI"), &message["params"]["diagnostics"]);
            match *found == json!([]) {
                true => self.shown.remove(uri),
                false => self.shown.insert(uri.to_owned(), found.clone()),
            };
        }
    }

    /// All messages until everything sent has been analysed and told, of all but large documents: what is analysed
    /// behind it is answered behind it. More than once, since what one file says may be a reason to look at another.
    pub async fn settle(&mut self) -> Vec<Value> {
        let mut said = Vec::new();
        for round in 0..3 {
            let document = json!({"uri": format!("untitled:behind-{round}")});
            self.open(document["uri"].as_str().unwrap_or_default(), "").await;
            said.extend(self.said_until_answer("textDocument/documentSymbol", json!({"textDocument": document})).await);
            said.pop();
            self.notify("textDocument/didClose", json!({"textDocument": document})).await;
        }
        said
    }

    /// What the user sees of a document once everything sent is analysed: the diagnostics published last.
    pub async fn shown(&mut self, uri: &str) -> Value {
        let said = self.settle().await;
        self.kept.extend(said);
        self.shown.get(uri).cloned().unwrap_or(json!([]))
    }

    /// Opens a document.
    pub async fn open(&mut self, uri: &str, text: &str) {
        let document = json!({"uri": uri, "languageId": "plaintext", "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document})).await;
    }

    /// Changes a document.
    pub async fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({"uri": uri, "version": version});
        self.notify("textDocument/didChange", json!({"textDocument": document, "contentChanges": changes})).await;
    }

    /// Takes leave in order.
    pub async fn leave(&mut self) {
        self.request("shutdown", Value::Null).await;
        self.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
    }
}

/// True for the diagnostics of a document.
pub fn published(message: &Value, uri: &str) -> bool {
    message["method"] == "textDocument/publishDiagnostics" && message["params"]["uri"] == uri
}

/// A body with its header.
pub fn framed(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

fn cut(read: &mut Vec<u8>) -> Option<Value> {
    let end = read.windows(4).position(|window| window == b"\r\n\r\n")?;
    let header = std::str::from_utf8(&read[..end]).expect("headers are ASCII");
    let length: usize = header.strip_prefix("Content-Length: ").expect("a length").parse().expect("a number");
    let body = end + 4..end + 4 + length;
    let message = serde_json::from_slice(read.get(body.clone())?).expect("a server writes JSON");
    read.drain(..body.end);
    Some(message)
}
