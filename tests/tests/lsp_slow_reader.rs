//! A client that stops reading. The server goes on taking in what it sends, keeps of its findings only the latest, and
//! ends when it is told to.

use std::time::Duration;

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, published};
use gouji_tests::lsp_editor::fixture;
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};
use tokio::time::timeout;

const URI: &str = "file:///a.md";

fn start() -> Value {
    json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}})
}

/// Makes the server say more than fits into the pipe between it and its client, and gives what was asked.
async fn fill(client: &mut Client) -> Vec<i64> {
    client.open(URI, &fixture("md/wenlv-faulty.md")).await;
    let mut asked = Vec::new();
    for _ in 0..200 {
        let nowhere = json!({"textDocument": {"uri": URI}, "range": start(), "context": {"diagnostics": []}});
        asked.push(client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).await);
        asked.push(client.ask("textDocument/codeAction", nowhere).await);
    }
    asked
}

#[tokio::test]
async fn the_server_works_on_and_says_the_latest_when_it_is_read_again() {
    let watch = Watch::default();
    let (mut client, serving) = Client::ready(watch.hooks(), json!({})).await;
    let mut asked = fill(&mut client).await;
    // Each edit is analysed before the next is sent, so that there are findings to publish of each; nobody reads them.
    for version in 2..=60 {
        client.change(URI, version, json!([{"range": start(), "text": " "}])).await;
        watch.begun(|analysed, _| i64::from(analysed) == version).await;
    }
    asked.push(
        client.ask("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": start()["start"]})).await,
    );
    for id in asked {
        assert!(client.answer(id).await.get("result").is_some());
    }
    let latest = client.diagnostics(URI, 60).await;
    assert!(latest["diagnostics"].as_array().is_some_and(|found| !found.is_empty()));
    // What had been overtaken before it could be read was not kept for the client.
    let said = client
        .said_until_answer("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": start()["start"]}))
        .await;
    let publications = said.iter().filter(|message| published(message, URI)).count();
    assert!(publications <= 3, "{publications} of 59 outdated publications");
    client.leave().await;
    assert!(serving.await.unwrap().unwrap());
}

#[tokio::test]
async fn the_server_ends_when_it_is_told_to_though_nobody_reads() {
    let (mut client, serving) = Client::ready(Hooks::default(), json!({})).await;
    fill(&mut client).await;
    client.ask("shutdown", Value::Null).await;
    client.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
    assert!(timeout(Duration::from_secs(20), serving).await.expect("an end").unwrap().unwrap());
}
