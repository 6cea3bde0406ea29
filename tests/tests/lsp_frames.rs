//! Malformed input, and messages the server does not know.

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, framed};
use serde_json::{Value, json};

#[tokio::test]
async fn malformed_frames_are_answered_and_good_ones_after_them_served() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    let rubbish: [&[u8]; 6] = [
        &framed("{\"jsonrpc\": \"2.0\", \"method\""),
        &framed("\"text\""),
        b"Content-Length: twelve\r\n\r\n",
        b"No-Length: 12\r\n\r\n{}",
        &framed("{\"jsonrpc\":\"2.0\",\"id\":77}"),
        b"Content-Length: 2\r\n\r\n\xff\xfe",
    ];
    for bytes in rubbish {
        client.write(bytes).await;
        let answer = client.request("gouji/unknown", json!({})).await;
        assert_eq!(answer["error"]["code"], -32601);
        let complaint = client.wait_for(|message| message["error"]["code"] != -32601).await;
        let code = complaint["error"]["code"].as_i64();
        assert!(matches!(code, Some(-32700 | -32600)), "{complaint}");
    }
}

#[tokio::test]
async fn what_is_not_known_is_refused_or_passed_over() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    client.notify("gouji/unknown", json!({})).await;
    client.notify("$/setTrace", json!({"value": "off"})).await;
    client.notify("textDocument/didOpen", json!([1, 2])).await;
    client.notify("textDocument/didChange", Value::Null).await;
    client.notify("$/cancelRequest", json!({"id": [1]})).await;
    client.send(json!({"jsonrpc": "2.0", "id": 999, "result": null})).await;
    assert_eq!(client.request("gouji/unknown", json!({})).await["error"]["code"], -32601);
    assert_eq!(client.request("$/unknown", json!({})).await["error"]["code"], -32601);
    assert_eq!(client.request("textDocument/hover", json!({})).await["error"]["code"], -32602);
}

#[tokio::test]
async fn what_real_clients_say_beside_is_taken_without_a_word() {
    let (mut client, _) = Client::in_process(Hooks::default());
    let nulls = json!({"processId": null, "rootPath": null, "rootUri": null, "workspaceFolders": null,
        "initializationOptions": null, "trace": "verbose", "capabilities": {}});
    let result = client.initialize(nulls).await;
    assert_eq!(result["serverInfo"]["name"], "gouji");
    client.open("file:///a.txt", "一").await;
    let (document, folder) = (json!({"uri": "file:///a.txt"}), json!({"uri": "file:///预算", "name": "预算"}));
    for (method, params) in [
        ("$/setTrace", json!({"value": "messages"})),
        ("$/progress", json!({"token": 1, "value": {"kind": "end"}})),
        ("window/workDoneProgress/cancel", json!({"token": 1})),
        ("workspace/didChangeConfiguration", json!({"settings": null})),
        ("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": "file:///gouji.toml", "type": 2}]})),
        ("workspace/didChangeWorkspaceFolders", json!({"event": {"added": [folder], "removed": []}})),
        ("workspace/didCreateFiles", json!({"files": [document]})),
        ("textDocument/willSave", json!({"textDocument": document, "reason": 1})),
        ("textDocument/didSave", json!({"textDocument": document, "text": "一"})),
    ] {
        client.notify(method, params).await;
    }
    let said = client.said_until_answer("textDocument/documentSymbol", json!({"textDocument": document})).await;
    assert_eq!(said.len(), 1, "{said:?}");
}

#[tokio::test]
async fn nothing_is_served_before_initialize_and_initialize_once() {
    let (mut client, _) = Client::in_process(Hooks::default());
    client.open("file:///a.txt", "").await;
    let hover = json!({"textDocument": {"uri": "file:///a.txt"}, "position": {"line": 0, "character": 0}});
    assert_eq!(client.request("textDocument/hover", hover.clone()).await["error"]["code"], -32002);
    let result = client.initialize(json!({"capabilities": {}})).await;
    assert_eq!(result["serverInfo"], json!({"name": "gouji", "version": env!("CARGO_PKG_VERSION")}));
    assert_eq!(client.request("initialize", json!({"capabilities": {}})).await["error"]["code"], -32600);
    assert_eq!(client.request("textDocument/hover", hover).await["result"], Value::Null);
}

#[tokio::test]
async fn a_client_that_writes_on_without_waiting_is_understood() {
    let (mut client, serving) = Client::in_process(Hooks::default());
    let hello = client.ask("initialize", json!({"capabilities": {}})).await;
    client.open("file:///a.txt", "").await;
    let symbols = client.ask("textDocument/documentSymbol", json!({"textDocument": {"uri": "file:///a.txt"}})).await;
    assert!(client.answer(hello).await.get("result").is_some());
    assert_eq!(client.answer(symbols).await["result"], json!([]));
    let farewell = client.ask("shutdown", Value::Null).await;
    client.send(json!({"jsonrpc": "2.0", "method": "exit"})).await;
    assert!(client.answer(farewell).await.get("result").is_some());
    assert!(serving.await.unwrap().unwrap());
}
