//! A panic of the engine costs one analysis.

use gouji_tests::lsp_client::Client;
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
