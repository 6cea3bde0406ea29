//! The user's settings: which rules are checked, how much is shown, in which language; taken up while documents are
//! open.

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, published};
use gouji_tests::lsp_editor::{Editor, fixture};
use serde_json::{Value, json};

const URI: &str = "file:///a.txt";
/// A disclosure with a hint (XT13 at `28.01`), a warning (NT09) and three errors, IN06 among them.
const FAULTY: &str = "wide/jiaotong-faulty.txt";

/// A client in which a document is open, and its findings.
async fn opened(params: Value) -> (Client, Vec<Value>) {
    let (mut client, _) = Client::in_process(Hooks::default());
    client.initialize(params).await;
    client.open(URI, &fixture(FAULTY)).await;
    let findings = shown(&mut client).await;
    (client, findings)
}

/// The next findings that are published of the document.
async fn shown(client: &mut Client) -> Vec<Value> {
    let message = client.wait_for(|message| published(message, URI)).await;
    message["params"]["diagnostics"].as_array().expect("a list").clone()
}

async fn set(client: &mut Client, settings: Value) {
    client.notify("workspace/didChangeConfiguration", json!({"settings": settings})).await;
}

fn codes(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["code"].as_str().expect("a code")).collect()
}

/// The lines for the client's log among messages.
fn logged(messages: &[Value]) -> Vec<&str> {
    let lines = messages.iter().filter(|message| message["method"] == "window/logMessage");
    lines.map(|line| line["params"]["message"].as_str().expect("a text")).collect()
}

/// All that the server has said by now.
async fn said(client: &mut Client) -> Vec<Value> {
    let place = json!({"textDocument": {"uri": URI}, "position": {"line": 0, "character": 0}});
    client.said_until_answer("textDocument/hover", place).await
}

fn quiet() -> Value {
    json!({"capabilities": {}})
}

#[tokio::test]
async fn a_rule_that_is_switched_off_says_nothing_until_it_is_switched_on() {
    let (mut client, all) = opened(quiet()).await;
    set(&mut client, json!({"gouji": {"rules": {"off": ["xt13", "NT05"]}}})).await;
    let fewer = shown(&mut client).await;
    let others: Vec<&Value> =
        all.iter().filter(|finding| finding["code"] != "XT13" && finding["code"] != "NT05").collect();
    assert!(fewer.iter().eq(others.iter().copied()), "{:?} of {:?}", codes(&fewer), codes(&all));
    let start = json!({"line": 0, "character": 0});
    client.change(URI, 2, json!([{"range": {"start": start, "end": start}, "text": "\n"}])).await;
    assert_eq!(codes(&shown(&mut client).await), codes(&fewer), "an edit keeps the selection");
    client.change(URI, 3, json!([{"text": fixture(FAULTY)}])).await;
    shown(&mut client).await;
    set(&mut client, json!({"gouji": {"rules": {"off": []}}})).await;
    assert_eq!(shown(&mut client).await, all);
}

#[tokio::test]
async fn a_rule_that_is_switched_off_is_gone_from_hovers() {
    let (mut client, _) =
        opened(json!({"capabilities": {}, "initializationOptions": {"rules": {"off": ["IN06"]}}})).await;
    let editor = Editor::new(&fixture(FAULTY));
    let at = editor.text.to_string().find("33.08").expect("the wrong figure");
    let params = json!({"textDocument": {"uri": URI}, "position": editor.position(at)});
    let hover = |answer: &Value| answer["result"]["contents"]["value"].as_str().expect("a hover").to_owned();
    let without = hover(&client.request("textDocument/hover", params.clone()).await);
    set(&mut client, json!({"gouji": {"rules": {"off": []}}})).await;
    let with = hover(&client.request("textDocument/hover", params).await);
    assert!(!without.contains("IN06") && with.contains("IN06"), "{without}\n\n{with}");
}

#[tokio::test]
async fn only_what_is_severe_enough_is_shown() {
    let (mut client, all) = opened(quiet()).await;
    assert_eq!(codes(&all), ["XT13", "IN06", "NT05", "NT09", "NT10"]);
    for (floor, expected) in
        [("warning", vec!["IN06", "NT05", "NT09", "NT10"]), ("error", vec!["IN06", "NT05", "NT10"])]
    {
        set(&mut client, json!({"gouji": {"minSeverity": floor}})).await;
        assert_eq!(codes(&shown(&mut client).await), expected);
    }
    let hint = &all[0]["range"];
    let place = json!({"textDocument": {"uri": URI}, "position": hint["start"]});
    let actions = json!({"textDocument": {"uri": URI}, "range": hint, "context": {"diagnostics": []}});
    let hovered =
        |answer: &Value| answer["result"]["contents"]["value"].as_str().expect("a hover").contains("**XT13**");
    assert!(!hovered(&client.request("textDocument/hover", place.clone()).await));
    assert_eq!(client.request("textDocument/codeAction", actions.clone()).await["result"], json!([]));
    set(&mut client, json!({"gouji": {"minSeverity": "hint"}})).await;
    assert_eq!(shown(&mut client).await, all);
    assert!(hovered(&client.request("textDocument/hover", place).await));
    assert_ne!(client.request("textDocument/codeAction", actions).await["result"], json!([]));
}

#[tokio::test]
async fn settings_may_come_with_initialize_and_without_their_level() {
    let settings = json!({"locale": "en", "rules": {"off": ["XT13"]}, "minSeverity": "warning"});
    for options in [settings.clone(), json!({"gouji": settings})] {
        let (mut client, findings) = opened(json!({"capabilities": {}, "initializationOptions": options})).await;
        assert_eq!(codes(&findings), ["IN06", "NT05", "NT09", "NT10"]);
        assert!(findings.iter().all(|finding| finding["message"].as_str().is_some_and(|said| said.contains(' '))));
        set(&mut client, json!({"minSeverity": "error"})).await;
        assert_eq!(codes(&shown(&mut client).await), ["IN06", "NT05", "NT10"]);
    }
}

#[tokio::test]
async fn every_open_document_is_published_anew() {
    let (mut client, _) = opened(quiet()).await;
    let other = "file:///C:/预算/b c.txt";
    client.open(other, &fixture("tab/nongye-faulty.txt")).await;
    client.diagnostics(other, 1).await;
    client.open("file:///poem.txt", "春眠不觉晓").await;
    set(&mut client, json!({"gouji": {"rules": {"off": ["NN05", "NT05"]}}})).await;
    assert_eq!(codes(&shown(&mut client).await), ["XT13", "IN06", "NT09", "NT10"]);
    let findings = client.diagnostics(other, 1).await["diagnostics"].take();
    let codes = codes(findings.as_array().expect("a list"));
    assert!(codes.contains(&"AS01") && !codes.contains(&"NN05"), "{codes:?}");
    let said = said(&mut client).await;
    assert!(!said.iter().any(|message| published(message, "file:///poem.txt")));
}

#[tokio::test]
async fn what_changes_nothing_publishes_nothing() {
    let settings = json!({"gouji": {"rules": {"off": ["NT05"]}, "minSeverity": "warning"}});
    let (mut client, findings) = opened(json!({"capabilities": {}, "initializationOptions": settings})).await;
    assert_eq!(codes(&findings), ["IN06", "NT09", "NT10"]);
    // The same again; what a client says that has no settings or is to be asked for them; those of another server.
    for settings in [settings, json!(null), json!({}), json!([]), json!({"gouji": null}), json!({"go": {"off": 1}})] {
        set(&mut client, settings).await;
    }
    client.notify("workspace/didChangeConfiguration", json!({})).await;
    client.notify("workspace/didChangeConfiguration", Value::Null).await;
    let said = said(&mut client).await;
    assert_eq!(said.len(), 1, "{said:?}");
    // An empty group is a word of its own: everything has its default.
    set(&mut client, json!({"gouji": {}})).await;
    assert_eq!(codes(&shown(&mut client).await), ["XT13", "IN06", "NT05", "NT09", "NT10"]);
}

#[tokio::test]
async fn a_malformed_setting_has_its_default_and_is_named_in_the_log() {
    let (mut client, all) = opened(quiet()).await;
    set(&mut client, json!({"gouji": {"minSeverity": "error"}})).await;
    assert_ne!(shown(&mut client).await, all);
    set(&mut client, json!({"gouji": {"minSeverity": "fatal", "rules": {"off": {"XT13": true}}}})).await;
    assert_eq!(shown(&mut client).await, all);
    let messages = said(&mut client).await;
    let lines = logged(&messages);
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines[0].contains("gouji.rules.off") && lines[0].contains("列表"), "{lines:?}");
    assert!(lines[1].contains("gouji.minSeverity") && lines[1].contains(r#""warning""#), "{lines:?}");
    set(&mut client, json!({"gouji": {"locale": "en"}})).await;
    set(&mut client, json!({"gouji": {"locale": "en", "minSeverity": 1}})).await;
    let messages = said(&mut client).await;
    assert_eq!(
        logged(&messages),
        [r#"setting gouji.minSeverity: expected "error", "warning", "info" or "hint"; its default is used"#],
    );
}

#[tokio::test]
async fn a_rule_that_does_not_exist_is_named_once_with_the_nearest() {
    let (mut client, _) = opened(quiet()).await;
    for off in [json!(["NT50"]), json!(["NT50", "NT05"])] {
        set(&mut client, json!({"gouji": {"rules": {"off": off}}})).await;
    }
    assert_eq!(codes(&shown(&mut client).await), ["XT13", "IN06", "NT09", "NT10"]);
    let messages = said(&mut client).await;
    let lines = logged(&messages);
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("gouji.rules.off：没有规则 NT50；是否指 NT"), "{lines:?}");
}
