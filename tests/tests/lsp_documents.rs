//! Documents and their edits: several changes at once, wrong places, three encodings, open and close.

use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};

const URI: &str = "file:///a.txt";

fn change(from: (u64, u64), to: (u64, u64), text: &str) -> Value {
    let position = |(line, character): (u64, u64)| json!({"line": line, "character": character});
    json!({"range": {"start": position(from), "end": position(to)}, "text": text})
}

/// Waits until all that was sent is analysed.
async fn settle(client: &mut Client) {
    let place = json!({"textDocument": {"uri": URI}, "position": {"line": 99, "character": 99}});
    client.request("textDocument/hover", place).await;
}

async fn ready(watch: &Watch, encodings: Value) -> (Client, Value) {
    let (mut client, _) = Client::in_process(watch.hooks());
    let general = json!({"positionEncodings": encodings});
    let result = client.initialize(json!({"capabilities": {"general": general}})).await;
    (client, result["capabilities"]["positionEncoding"].clone())
}

#[tokio::test]
async fn the_three_encodings_mean_the_same_place() {
    // The column behind 𠀀预: 4 + 3 bytes, 2 + 1 units, 1 + 1 characters.
    for (encoding, column) in [("utf-8", 7), ("utf-16", 3), ("utf-32", 2)] {
        let watch = Watch::default();
        let (mut client, agreed) = ready(&watch, json!(["utf-7", encoding])).await;
        assert_eq!(agreed, encoding);
        client.open(URI, "首\u{c}行\r\n𠀀预算\n").await;
        client.change(URI, 2, json!([change((1, column), (1, column), "→")])).await;
        settle(&mut client).await;
        assert_eq!(watch.last(), "首\u{c}行\r\n𠀀预→算\n", "{encoding}");
    }
}

#[tokio::test]
async fn the_changes_of_one_notification_follow_one_another() {
    let watch = Watch::default();
    let (mut client, _) = ready(&watch, json!([])).await;
    client.open(URI, "一\n二\n").await;
    let whole = json!({"text": "甲乙\n丙"});
    let changes =
        json!([change((0, 0), (1, 0), ""), whole, change((0, 1), (1, 0), "、"), change((0, 3), (0, 3), "丁")]);
    client.change(URI, 2, changes).await;
    settle(&mut client).await;
    assert_eq!(watch.last(), "甲、丙丁");
}

#[tokio::test]
async fn every_position_is_a_place() {
    let watch = Watch::default();
    let (mut client, _) = ready(&watch, json!([])).await;
    client.open(URI, "𠀀\r\n预").await;
    let far = u64::from(u32::MAX);
    client.change(URI, 2, json!([change((far, far), (far, far), "尾")])).await;
    client.change(URI, 3, json!([change((0, far), (0, far), "行")])).await;
    // Inside the surrogate pair, and the ends in the wrong order.
    client.change(URI, 4, json!([change((1, 1), (0, 1), "")])).await;
    settle(&mut client).await;
    assert_eq!(watch.last(), "尾");
    for method in ["hover", "codeAction"] {
        let place = json!({"line": far, "character": far});
        let range = json!({"start": place, "end": {"line": 0, "character": 7}});
        let params =
            json!({"textDocument": {"uri": URI}, "position": place, "range": range, "context": {"diagnostics": []}});
        let answer = client.request(&format!("textDocument/{method}"), params).await;
        assert!(answer.get("result").is_some(), "{answer}");
    }
}

#[tokio::test]
async fn edits_of_what_is_not_open_are_logged_and_passed_over() {
    let watch = Watch::default();
    let (mut client, _) = ready(&watch, json!([])).await;
    client.change(URI, 2, json!([{"text": "预算"}])).await;
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
    client.notify("textDocument/didSave", json!({"textDocument": {"uri": URI}})).await;
    for _ in 0..2 {
        let log = client.wait_for(|message| message["method"] == "window/logMessage").await;
        assert!(log["params"]["message"].as_str().is_some_and(|line| line.contains("not open")), "{log}");
    }
    settle(&mut client).await;
    assert_eq!(watch.seen(), []);
}

#[tokio::test]
async fn opening_twice_begins_anew_and_a_version_may_go_back() {
    let watch = Watch::default();
    let (mut client, _) = ready(&watch, json!([])).await;
    client.open(URI, "一").await;
    client.change(URI, 7, json!([{"text": "二"}])).await;
    client.open(URI, "三").await;
    client.change(URI, -4, json!([change((0, 1), (0, 1), "四")])).await;
    settle(&mut client).await;
    assert_eq!(watch.seen().last(), Some(&(-4, "三四".to_owned())));
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
    client.open(URI, "五").await;
    settle(&mut client).await;
    assert_eq!(watch.last(), "五");
}

#[tokio::test]
async fn a_request_for_a_document_that_is_closed_meanwhile_is_answered() {
    let watch = Watch::default();
    watch.close();
    let (mut client, _) = ready(&watch, json!([])).await;
    client.open(URI, "一").await;
    let asked = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).await;
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
    assert_eq!(client.answer(asked).await["result"], Value::Null);
    watch.open();
}
