//! One document under several spellings of its URI, some of them no URI to a strict parser.

use std::collections::BTreeSet;

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, published};
use gouji_tests::lsp_editor::fixture;
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};

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

/// Every URI of a message: what is called so, and the names of what is to be changed.
fn uris(message: &Value, found: &mut BTreeSet<String>) {
    match message {
        Value::Array(items) => items.iter().for_each(|item| uris(item, found)),
        Value::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Value::String(uri) if name == "uri" => drop(found.insert(uri.clone())),
                    Value::Object(changes) if name == "changes" => found.extend(changes.keys().cloned()),
                    _ => uris(value, found),
                }
            }
        }
        _ => {}
    }
}

#[tokio::test]
async fn each_client_is_answered_in_its_own_spelling_and_told_the_same() {
    // VS Code, Neovim, a client that writes paths as they are, one that escapes all it can.
    let spellings = [
        "file:///c%3A/%E9%A2%84%E7%AE%97/2025%20%281%29.md",
        "file:///C:/%E9%A2%84%E7%AE%97/2025%20(1).md",
        "file:///C:/预算/2025 (1).md",
        "file://localhost/c:/%e9%a2%84%e7%ae%97/%32025%20%281%29.md",
    ];
    let mut told = BTreeSet::new();
    for spelling in spellings {
        let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
        client.open(spelling, &fixture("md/wenlv-faulty.md")).await;
        let published = client.diagnostics(spelling, 1).await;
        let document = json!({"uri": spelling});
        let range = published["diagnostics"][0]["range"].clone();
        let actions = json!({"textDocument": document, "range": range, "context": {"diagnostics": []}});
        let actions = client.request("textDocument/codeAction", actions).await;
        let asked = client.request("textDocument/diagnostic", json!({"textDocument": document})).await;
        assert!(actions["result"][0]["edit"].is_object(), "{actions}");
        let mut named = BTreeSet::new();
        [&published, &actions, &asked].into_iter().for_each(|message| uris(message, &mut named));
        assert_eq!(named, BTreeSet::from([spelling.to_owned()]));
        told.insert(published["diagnostics"].to_string().replace(spelling, "…"));
        client.leave().await;
    }
    assert_eq!(told.len(), 1, "the same findings, whatever the document is called");
}

#[tokio::test]
async fn a_file_whose_name_looks_like_an_escape_is_named_so_that_the_client_finds_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().canonicalize().expect("a real path");
    let last = "某县水务局2024年部门预算公开\n\n一、部门预算安排的总体情况\n\
        收入说明：2024年，本部门收入预算418.20万元，其中：一般公共预算拨款收入418.20万元。\n";
    let this = "某县水务局2025年部门预算公开\n\n一、部门预算安排的总体情况\n\
        2025年预算收支安排430.60万元，较2024年预算428.10万元增加2.50万元。\n";
    std::fs::write(path.join("50%2F2024.txt"), last).expect("a file");
    let (mut client, _) = Client::in_process(Hooks::default());
    let uri = format!("file://{}", path.display());
    let folders = json!([{"uri": uri, "name": "预算"}]);
    client.initialize(json!({"capabilities": {}, "workspaceFolders": folders})).await;
    let (this_uri, last_uri) = (format!("{uri}/2025.txt"), format!("{uri}/50%252F2024.txt"));
    client.open(&this_uri, this).await;
    let named = |message: &Value| {
        let mut named = BTreeSet::new();
        uris(message, &mut named);
        named.remove(&this_uri);
        named.into_iter().collect::<Vec<_>>()
    };
    let found = client.wait_for(|message| published(message, &this_uri) && !named(message).is_empty()).await;
    assert_eq!(named(&found), [last_uri.as_str()]);
    // The same file, opened under that name, takes the place of what is written.
    client.open(&last_uri, &last.replace("418.20", "428.10")).await;
    client.wait_for(|message| published(message, &this_uri) && message["params"]["diagnostics"] == json!([])).await;
}
