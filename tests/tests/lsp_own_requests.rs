//! The requests of our own: the page of a rule, whether a text is a disclosure, what was checked of a document.

use gouji_core::Document;
use gouji_core::text::Encoding;
use gouji_lsp::Hooks;
use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_editor::{Editor, fixture};
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};

const URI: &str = "file:///a.txt";

async fn ready() -> Client {
    Client::ready(Hooks::default(), json!({})).await.0
}

async fn ask(client: &mut Client, method: &str, params: Value) -> Value {
    let answer = client.request(method, params).await;
    assert!(answer.get("result").is_some(), "{answer}");
    answer["result"].clone()
}

async fn coverage(client: &mut Client, uri: &str) -> Value {
    ask(client, "gouji/coverage", json!({"textDocument": {"uri": uri}})).await
}

#[tokio::test]
async fn they_are_advertised_and_refuse_what_is_no_question() {
    let (mut client, _) = Client::in_process(Hooks::default());
    let result = client.initialize(json!({"capabilities": {}})).await;
    let expected =
        json!({"gouji": {"explain": true, "recognise": true, "coverage": true, "workspaceDiagnostic": true}});
    assert_eq!(result["capabilities"]["experimental"], expected);
    for method in ["gouji/explain", "gouji/recognise", "gouji/coverage"] {
        assert_eq!(client.request(method, json!({"code": 1})).await["error"]["code"], -32602, "{method}");
    }
}

#[tokio::test]
async fn a_rule_is_explained_in_the_users_language() {
    let mut client = ready().await;
    let chinese = ask(&mut client, "gouji/explain", json!({"code": "as01"})).await;
    assert_eq!((&chinese["code"], &chinese["severity"]), (&json!("AS01"), &json!("error")));
    assert_eq!(chinese["name"], "资产总额等于四项之和");
    let markdown = chinese["markdown"].as_str().expect("a text");
    assert!(markdown.starts_with("# AS01 资产总额等于四项之和（错误）\n\n"), "{markdown}");
    assert!(markdown.contains("依据：") && !markdown.contains("应报"), "{markdown}");
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"gouji": {"locale": "en"}}})).await;
    let english = ask(&mut client, "gouji/explain", json!({"code": "AS01"})).await;
    assert!(english["markdown"].as_str().is_some_and(|text| text.starts_with("# AS01 Total assets")), "{english}");
    assert_eq!(ask(&mut client, "gouji/explain", json!({"code": "AS99"})).await, Value::Null);
}

#[tokio::test]
async fn a_disclosure_is_recognised_whole_or_by_its_beginning() {
    let mut client = ready().await;
    let whole = fixture("tab/nongye-faulty.txt");
    let head: String = whole.chars().take(800).collect();
    let expected = json!({"kind": "预算", "year": 2025, "body": "澜坪县农业农村局", "unit": "万元"});
    for text in [whole, head] {
        assert_eq!(ask(&mut client, "gouji/recognise", json!({"text": text})).await, expected);
    }
    for text in [String::new(), "春眠不觉晓".to_owned(), fixture("plain/market.txt")] {
        assert_eq!(ask(&mut client, "gouji/recognise", json!({"text": text})).await, Value::Null);
    }
}

#[tokio::test]
async fn reading_a_long_text_holds_up_nothing() {
    let watch = Watch::default();
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    let long = fixture("tab/nongye-faulty.txt").repeat(20);
    let asked = client.ask("gouji/recognise", json!({"text": long})).await;
    let explained = client.ask("gouji/explain", json!({"code": "AS01"})).await;
    let first = client.wait_for(|message| message.get("id").is_some()).await;
    assert_eq!(first["id"], explained);
    assert_eq!(client.answer(asked).await["result"]["kind"], "预算");
    assert_eq!(watch.seen(), [], "it is no document");
}

#[tokio::test]
async fn coverage_counts_what_was_checked_and_shows_what_was_not() {
    let source = fixture("tab/nongye-faulty.txt");
    let document = Document::open(&source);
    let known = document.analysis().coverage();
    let unread: Vec<String> = document.analysis().unread().into_iter().map(|figure| figure.text).collect();
    for (name, encoding) in [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)] {
        let general = json!({"general": {"positionEncodings": [name]}});
        let (mut client, _) = Client::ready(Hooks::default(), general).await;
        client.open(URI, &source).await;
        let answer = coverage(&mut client, URI).await;
        assert_eq!(answer["document"]["body"], "澜坪县农业农村局");
        assert_eq!((&answer["amounts"], &answer["checked"]), (&json!(known.amounts), &json!(known.checked)));
        assert_eq!(
            answer["relations"],
            json!({"exact": known.exact, "rounded": known.rounded, "contradicted": known.contradicted,
                "unchecked": known.unchecked})
        );
        let editor = Editor { encoding, ..Editor::new(&source) };
        let shown: Vec<String> = answer["unchecked"].as_array().expect("a list").iter().map(|r| editor.at(r)).collect();
        assert_eq!(shown, unread, "{name}");
        assert_eq!(shown.len(), known.amounts - known.checked);
    }
}

#[tokio::test]
async fn coverage_is_of_the_open_text_by_the_rules_that_are_checked() {
    let mut client = ready().await;
    let spelling = "file:///C:/预算/a b.txt";
    client.open(spelling, &fixture("tab/nongye-faulty.txt")).await;
    let all = coverage(&mut client, "file:///c%3A/%E9%A2%84%E7%AE%97/a%20b.txt").await;
    let off = json!({"settings": {"gouji": {"rules": {"off": ["AS01"]}}}});
    client.notify("workspace/didChangeConfiguration", off).await;
    let fewer = coverage(&mut client, spelling).await;
    let contradicted = |answer: &Value| answer["relations"]["contradicted"].as_u64().expect("a number");
    assert!(contradicted(&fewer) < contradicted(&all));
    client.change(spelling, 2, json!([{"text": "春眠不觉晓"}])).await;
    let none = json!({"exact": 0, "rounded": 0, "contradicted": 0, "unchecked": 0});
    let nothing = json!({"document": null, "amounts": 0, "checked": 0, "relations": none, "unchecked": []});
    assert_eq!(coverage(&mut client, spelling).await, nothing);
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": spelling}})).await;
    assert_eq!(coverage(&mut client, spelling).await, Value::Null);
}
