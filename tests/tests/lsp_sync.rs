//! What a user sees after notifications that no tidy client sends: the findings are those of the text as the client has
//! it, whatever came before.

use gouji_core::text::Encoding;
use gouji_lsp::Hooks;
use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_editor::{Editor, fixture};
use serde_json::{Value, json};

const URI: &str = "file:///a.md";
const FAR: u32 = u32::MAX;

async fn ready() -> Client {
    Client::ready(Hooks::default(), json!({})).await.0
}

fn faulty() -> String {
    fixture("md/wenlv-faulty.md")
}

/// The findings of a text that is just opened.
async fn fresh(text: &str) -> Value {
    let mut client = ready().await;
    client.open(URI, text).await;
    client.shown(URI).await
}

/// Lines for the client's log that say such a thing.
fn logged(said: &[Value], what: &str) -> usize {
    let lines = said.iter().filter(|message| message["method"] == "window/logMessage");
    lines.filter(|line| line["params"]["message"].as_str().is_some_and(|line| line.contains(what))).count()
}

fn replaced(from: (u32, u32), to: (u32, u32), text: &str) -> Value {
    let position = |(line, character): (u32, u32)| json!({"line": line, "character": character});
    json!({"range": {"start": position(from), "end": position(to)}, "text": text})
}

#[tokio::test]
async fn many_changes_in_one_notification_leave_what_the_client_has() {
    for (name, encoding) in [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)] {
        let (mut client, _) = Client::ready(Hooks::default(), json!({"general": {"positionEncodings": [name]}})).await;
        client.open(URI, &faulty()).await;
        let mut editor = Editor { encoding, ..Editor::new(&faulty()) };
        // Each is about the text that the one before it left: overlapping places, ends in the wrong order, places
        // beyond the line and the text, inside a character and a line break, an empty one, the whole.
        let changes = [
            replaced((9, 4), (2, 1), "二〇二五年𠀀预算\r\n"),
            replaced((2, 0), (2, 7), "𠀀𠀀"),
            replaced((2, 1), (2, 3), ""),
            replaced((FAR, FAR), (FAR, FAR), "\r"),
            replaced((3, FAR), (4, 0), "\n合计 1.00"),
            replaced((0, 0), (0, 0), ""),
            replaced((5, FAR), (5, 0), ""),
        ];
        client.change(URI, 2, json!(changes)).await;
        changes.iter().for_each(|change| editor.apply(&json!([{"range": change["range"], "newText": change["text"]}])));
        let mended = editor.text.to_string();
        assert_eq!(client.shown(URI).await, in_encoding(&mended, name).await, "{name}");
        let whole = json!({"text": faulty()});
        client.change(URI, 3, json!([replaced((1, 0), (FAR, 0), ""), whole, replaced((0, 0), (0, 0), "\n")])).await;
        let found = client.shown(URI).await;
        assert_eq!(found, in_encoding(&format!("\n{}", faulty()), name).await, "{name}");
        assert!(found.as_array().is_some_and(|found| !found.is_empty()));
    }
}

async fn in_encoding(text: &str, name: &str) -> Value {
    let (mut client, _) = Client::ready(Hooks::default(), json!({"general": {"positionEncodings": [name]}})).await;
    client.open(URI, text).await;
    client.shown(URI).await
}

#[tokio::test]
async fn versions_that_stay_or_go_back_are_the_clients_own_affair() {
    let mut client = ready().await;
    client.open(URI, "").await;
    let texts = [faulty(), String::new(), fixture("md/wenlv.md"), faulty()];
    for (version, text) in [7, 7, 3, -12].into_iter().zip(&texts) {
        client.change(URI, version, json!([{"text": text}])).await;
        assert_eq!(client.shown(URI).await, fresh(text).await, "version {version}");
    }
    // The latest text counts although it bears the lowest version.
    assert!(client.shown(URI).await.as_array().is_some_and(|found| !found.is_empty()));
}

#[tokio::test]
async fn of_a_file_that_was_never_opened_nothing_is_shown_until_it_is() {
    let mut client = ready().await;
    client.change(URI, 2, json!([{"text": faulty()}])).await;
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}, "text": faulty()})).await;
    let said = client.settle().await;
    assert_eq!(logged(&said, "is not open; ignored"), 1, "{said:?}");
    assert_eq!(client.shown(URI).await, json!([]));
    let symbols = client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).await;
    assert_eq!(symbols["result"], Value::Null);
    client.open(URI, &faulty()).await;
    assert_eq!(client.shown(URI).await, fresh(&faulty()).await);
}

#[tokio::test]
async fn a_document_opened_twice_shows_what_the_second_says() {
    let mut client = ready().await;
    client.open(URI, &faulty()).await;
    let found = client.shown(URI).await;
    for (text, expected) in [("与此无关。", json!([])), (faulty().as_str(), found.clone())] {
        client.open(URI, text).await;
        assert_eq!(client.shown(URI).await, expected);
    }
    let said = client.settle().await;
    assert_eq!(logged(&said, "is open already"), 2, "{said:?}");
    // Both in one breath, and edits after them: the last opening and what follows it count.
    client.open(URI, "一").await;
    client.open(URI, &faulty()).await;
    client.change(URI, 2, json!([replaced((0, 0), (0, 0), "\n")])).await;
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
    client.open(URI, &faulty()).await;
    assert_eq!(client.shown(URI).await, found);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
    assert_eq!(client.shown(URI).await, json!([]));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
    assert_eq!(client.shown(URI).await, json!([]));
}

#[tokio::test]
async fn changes_that_cannot_be_read_are_logged_and_the_next_whole_text_mends_all() {
    let mut client = ready().await;
    client.open(URI, &fixture("md/wenlv.md")).await;
    let before = client.shown(URI).await;
    let odd = [
        json!([{"range": {"start": {"line": -1, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "一"}]),
        json!([{"range": {"start": {"line": 0.5, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "一"}]),
        json!([{"range": {"start": {"line": 0, "character": 4_294_967_296_u64}, "end": null}, "text": "一"}]),
        json!([{"text": 1}]),
        json!({}),
        Value::Null,
    ];
    for changes in &odd {
        client.change(URI, 2, changes.clone()).await;
    }
    let said = client.settle().await;
    assert_eq!(logged(&said, "textDocument/didChange: "), odd.len(), "{said:?}");
    assert_eq!(client.shown(URI).await, before);
    client.change(URI, 3, json!([{"text": faulty()}])).await;
    assert_eq!(client.shown(URI).await, fresh(&faulty()).await);
}
