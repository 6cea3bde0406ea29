//! One document under several spellings of its URI, some of them no URI to a strict parser.

use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_hooks::Watch;
use serde_json::json;

#[tokio::test]
async fn one_document_may_be_spelt_in_several_ways() {
    let watch = Watch::default();
    let (mut client, _) = Client::in_process(watch.hooks());
    let folder = json!([{"uri": "file:///c:/预算", "name": "预算"}]);
    let result =
        client.initialize(json!({"rootUri": "file:///c:/预算", "workspaceFolders": folder, "capabilities": {}})).await;
    assert_eq!(result["serverInfo"]["name"], "gouji");
    client.open("file:///C:/预算/a b.txt", "一").await;
    let spellings = [
        "file:///c%3A/%E9%A2%84%E7%AE%97/a%20b.txt",
        "file:///c:/%e9%a2%84%e7%ae%97/a b.txt",
        "file:///C%3a/预算/a%20b.txt",
    ];
    for (version, spelling) in (2..).zip(spellings) {
        client.change(spelling, version, json!([{"text": spelling}])).await;
        let place = json!({"textDocument": {"uri": spelling}, "position": {"line": 0, "character": 0}});
        let answer = client.request("textDocument/hover", place).await;
        assert!(answer.get("result").is_some(), "{answer}");
        assert_eq!(watch.last(), spelling);
    }
}
