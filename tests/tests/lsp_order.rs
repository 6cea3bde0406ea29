//! Order, cancellation and bursts: the five ways in which the framework alone goes wrong (see `gouji_lsp::ingress`).

use gouji_lsp::REQUESTS;
use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};

const URI: &str = "file:///a.txt";

fn hover() -> Value {
    json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}})
}

fn insertion(at: usize, text: &str) -> Value {
    let position = json!({"line": 0, "character": at});
    json!([{"range": {"start": position, "end": position}, "text": text}])
}

async fn ready(watch: &Watch) -> Client {
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    client.open(URI, "").await;
    client
}

#[tokio::test]
async fn two_thousand_edits_keep_their_order() {
    let watch = Watch::default();
    let mut client = ready(&watch).await;
    let mut expected = String::new();
    for edit in 0..2000 {
        let digit = (edit % 10).to_string();
        client.change(URI, edit + 2, insertion(expected.len(), &digit)).await;
        expected.push_str(&digit);
    }
    client.request("textDocument/hover", hover()).await;
    let seen = watch.seen();
    assert!(seen.is_sorted_by_key(|(version, _)| *version));
    assert_eq!(seen.last(), Some(&(2001, expected)));
}

#[tokio::test]
async fn two_thousand_edits_keep_their_order_while_there_is_no_room_for_a_request() {
    let watch = Watch::default();
    watch.close();
    let mut client = ready(&watch).await;
    let mut asked = Vec::new();
    for _ in 0..REQUESTS {
        asked.push(client.ask("textDocument/hover", hover()).await);
    }
    assert_eq!(client.request("textDocument/hover", hover()).await["error"]["code"], -32803, "refused, not waited for");
    let mut expected = String::new();
    for edit in 0..2000 {
        let digit = (edit % 10).to_string();
        client.change(URI, edit + 2, insertion(expected.len(), &digit)).await;
        expected.push_str(&digit);
    }
    // A cancellation takes effect at once, and makes room.
    let cancelled = asked.swap_remove(7);
    client.notify("$/cancelRequest", json!({"id": cancelled})).await;
    assert_eq!(client.answer(cancelled).await["error"]["code"], -32800);
    asked.push(client.ask("textDocument/hover", hover()).await);
    assert_eq!(client.request("textDocument/hover", hover()).await["error"]["code"], -32803);
    watch.open();
    for id in asked {
        assert!(client.answer(id).await.get("result").is_some());
    }
    let seen = watch.seen();
    assert!(seen.is_sorted_by_key(|(version, _)| *version));
    assert_eq!(seen.last(), Some(&(2001, expected)));
}

#[tokio::test]
async fn cancelled_requests_make_way_at_once() {
    let watch = Watch::default();
    watch.close();
    let mut client = ready(&watch).await;
    let mut asked = Vec::new();
    for _ in 0..8 {
        asked.push(client.ask("textDocument/hover", hover()).await);
    }
    for id in &asked {
        client.notify("$/cancelRequest", json!({"id": id})).await;
    }
    // The analysis thread is held up all the while: the answers did not wait for it.
    for id in asked {
        assert_eq!(client.answer(id).await["error"]["code"], -32800);
    }
    assert!(watch.seen().len() <= 1);
    watch.open();
}

#[tokio::test]
async fn edits_are_taken_in_while_every_handler_waits() {
    let watch = Watch::default();
    watch.close();
    let mut client = ready(&watch).await;
    let mut asked = Vec::new();
    for _ in 0..2000 {
        asked.push(client.ask("textDocument/hover", hover()).await);
    }
    for edit in 0..50 {
        client.change(URI, edit + 2, insertion(0, "x")).await;
    }
    // Answered without analysis, behind the edits: they have been taken in.
    assert_eq!(client.request("gouji/unknown", json!({})).await["error"]["code"], -32601);
    watch.open();
    for id in asked {
        assert!(client.answer(id).await.get("result").is_some());
    }
    assert_eq!(watch.last(), "x".repeat(50));
    assert!(watch.seen().len() <= 3, "what piled up is analysed once");
}

#[tokio::test]
async fn a_burst_that_nobody_reads_answers_of_does_not_stop_the_server() {
    let watch = Watch::default();
    let mut client = ready(&watch).await;
    let mut asked = Vec::new();
    for message in 0..500 {
        match message % 5 {
            0 => {
                client
                    .notify("workspace/didChangeConfiguration", json!({"settings": {"gouji": {"locale": "en"}}}))
                    .await
            }
            1 => asked.push(client.ask("textDocument/hover", hover()).await),
            2 => asked.push(client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": URI}})).await),
            _ => client.change(URI, message + 2, insertion(0, "预")).await,
        }
    }
    for id in asked {
        assert!(client.answer(id).await.get("result").is_some());
    }
    assert_eq!(watch.last(), "预".repeat(200));
}

#[tokio::test]
async fn a_request_sees_the_edit_before_it() {
    let watch = Watch::default();
    let mut client = ready(&watch).await;
    for version in 2..200 {
        client.change(URI, version, insertion(0, "x")).await;
        client.request("textDocument/hover", hover()).await;
        assert_eq!(watch.seen().last().map(|(analysed, _)| i64::from(*analysed)), Some(version));
    }
}
