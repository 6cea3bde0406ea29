//! A panic of the engine costs one analysis.

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, published};
use gouji_tests::lsp_editor::fixture;
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};

const URI: &str = "file:///a.txt";

#[tokio::test]
async fn the_user_is_told_once_and_the_next_edit_begins_afresh() {
    let watch = Watch::default();
    let (mut client, serving) = Client::ready(watch.hooks(), json!({})).await;
    client.open(URI, "一").await;
    let symbols = json!({"textDocument": {"uri": URI}});
    let insert = |text: &str| {
        let start = json!({"line": 0, "character": 0});
        json!([{"range": {"start": start, "end": start}, "text": text}])
    };
    client.change(URI, 2, insert("恐慌")).await;
    assert_eq!(client.request("textDocument/documentSymbol", symbols.clone()).await["result"], Value::Null);
    client.change(URI, 3, insert("二")).await;
    assert_eq!(client.request("textDocument/documentSymbol", symbols.clone()).await["result"], Value::Null);
    client.change(URI, 4, json!([{"text": "三"}])).await;
    let said = client.said_until_answer("textDocument/documentSymbol", symbols).await;
    assert!(said.last().is_some_and(|answer| answer["result"].is_array()));
    let told = said.iter().filter(|message| message["method"] == "window/showMessage");
    let told: Vec<&str> = told.filter_map(|message| message["params"]["message"].as_str()).collect();
    assert_eq!(told, ["勾稽检查出错，下次编辑后重新检查。原因：planted"]);
    assert_eq!(said.iter().filter(|message| message["method"] == "window/logMessage").count(), 2);
    client.leave().await;
    assert!(serving.await.unwrap().unwrap());
}

#[tokio::test]
async fn a_panic_while_findings_are_published_costs_that_publication_only() {
    let before_publishing = |version| assert_ne!(version, 2, "planted");
    let hooks = Hooks { before_publishing: Some(Box::new(before_publishing)), ..Hooks::default() };
    let (mut client, serving) = Client::ready(hooks, json!({})).await;
    let faulty = fixture("md/wenlv-faulty.md");
    client.open(URI, &faulty).await;
    let found = client.diagnostics(URI, 1).await["diagnostics"].take();
    client.change(URI, 2, json!([{"text": format!("{faulty}\n")}])).await;
    let taken_back = client.wait_for(|message| published(message, URI)).await;
    assert_eq!(taken_back["params"]["diagnostics"], json!([]), "what could not be said anew does not hold any more");
    let told = client.wait_for(|message| message["method"] == "window/showMessage").await;
    assert!(told["params"]["message"].as_str().is_some_and(|text| text.contains("勾稽检查出错")), "{told}");
    client.change(URI, 3, json!([{"text": faulty}])).await;
    assert_eq!(client.diagnostics(URI, 3).await["diagnostics"], found);
    client.leave().await;
    assert!(serving.await.unwrap().unwrap());
}

#[tokio::test]
async fn a_panic_over_one_document_leaves_the_others_large_and_small() {
    let watch = Watch::default();
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    let large = |word: &str| format!("{word}\n{}", "与此无关的一行文字。\n".repeat(9_000));
    let texts = [("小", "恐慌".to_owned()), ("大", large("恐慌")), ("小一", "一".to_owned()), ("大一", large("一"))];
    for (name, text) in &texts {
        client.open(&format!("file:///{name}.txt"), text).await;
    }
    for (name, text) in &texts {
        let symbols = json!({"textDocument": {"uri": format!("file:///{name}.txt")}});
        let answer = client.request("textDocument/documentSymbol", symbols).await;
        assert_eq!(answer["result"].is_array(), !text.contains("恐慌"), "{name}");
    }
    client.wait_for(|message| message["method"] == "window/showMessage").await;
    // Both are logged, and both come back with their next text; the user has been told.
    for name in ["小", "大"] {
        let uri = format!("file:///{name}.txt");
        let logged = |message: &Value| message["params"]["message"].as_str().is_some_and(|line| line.contains(&uri));
        client.wait_for(|message| message["method"] == "window/logMessage" && logged(message)).await;
        client.change(&uri, 2, json!([{"text": "二"}])).await;
    }
    for name in ["小", "大"] {
        let symbols = json!({"textDocument": {"uri": format!("file:///{name}.txt")}});
        let said = client.said_until_answer("textDocument/documentSymbol", symbols).await;
        assert!(said.iter().all(|message| message["method"] != "window/showMessage"), "{said:?}");
        assert!(said.last().is_some_and(|answer| answer["result"].is_array()));
    }
}
