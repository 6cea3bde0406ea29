//! How the server ends: in process, and the real program.

use std::time::Duration;

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, framed};
use gouji_tests::lsp_hooks::Watch;
use gouji_tests::lsp_program;
use serde_json::json;
use tokio::time::timeout;

const URI: &str = "file:///a.txt";

#[tokio::test]
async fn exit_ends_the_server_with_its_input_still_open() {
    let (mut client, serving) = Client::ready(Hooks::default(), json!({})).await;
    client.leave().await;
    assert!(timeout(Duration::from_secs(1), serving).await.expect("no waiting").unwrap().unwrap());
}

#[tokio::test]
async fn a_client_that_is_gone_or_in_a_hurry_ends_the_server_whatever_it_is_at() {
    for exits in [false, true] {
        let watch = Watch::default();
        watch.close();
        let (mut client, serving) = Client::ready(watch.hooks(), json!({})).await;
        client.open(URI, "一").await;
        client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).await;
        if exits {
            client.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
        } else {
            client.hang_up();
        }
        let ended = timeout(Duration::from_secs(5), serving).await.expect("an end");
        assert!(!ended.unwrap().unwrap(), "no shutdown came first");
        watch.open();
    }
}

#[tokio::test]
async fn nobody_is_told_that_a_client_which_has_left_was_asked_in_vain() {
    let watches = json!({"workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}}});
    let leaving = [r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#, r#"{"jsonrpc":"2.0","method":"exit"}"#];
    for _ in 0..8 {
        let (mut client, mut child) = lsp_program::start();
        client.request("initialize", json!({"capabilities": watches})).await;
        client.write(&leaving.map(framed).concat()).await;
        let mut said = Vec::new();
        while let Ok(Some(message)) = timeout(Duration::from_secs(5), client.next()).await {
            said.push(message);
        }
        assert!(said.iter().all(|message| message["params"]["type"] != 2), "{said:?}");
        assert_eq!(child.wait().await.unwrap().code(), Some(1));
    }
}

#[tokio::test]
async fn the_program_serves_its_standard_streams_and_leaves_with_the_protocols_exit_code() {
    for (orderly, code) in [(true, 0), (false, 1)] {
        let (mut client, mut child) = lsp_program::start();
        client.initialize(json!({"capabilities": {}})).await;
        client.open(URI, "一").await;
        let answer = client.request("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).await;
        assert!(answer["result"].is_array());
        if orderly {
            client.leave().await;
        } else {
            client.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
        }
        // The client's end of standard input is still open.
        let ended = timeout(Duration::from_secs(5), child.wait()).await.expect("an end").unwrap();
        assert_eq!(ended.code(), Some(code));
    }
}

#[tokio::test]
async fn the_program_ends_with_its_input() {
    let (mut client, mut child) = lsp_program::start();
    client.initialize(json!({"capabilities": {}})).await;
    client.hang_up();
    let ended = timeout(Duration::from_secs(5), child.wait()).await.expect("an end").unwrap();
    assert_eq!(ended.code(), Some(1));
}
