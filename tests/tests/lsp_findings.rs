//! Findings in the editor: what is published, when, and under which name.

use gouji_core::text::Encoding;
use gouji_lsp::Hooks;
use gouji_tests::generate::{Wish, generate};
use gouji_tests::lsp_client::{Client, published};
use gouji_tests::lsp_editor::{Editor, fixture};
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};

const URI: &str = "file:///a.md";
/// A disclosure with one wrong figure in a table, `24.80` for 28.40, and other findings.
const FAULTY: &str = "md/wenlv-faulty.md";

fn list(params: &Value) -> Vec<Value> {
    params["diagnostics"].as_array().cloned().unwrap_or_default()
}

#[tokio::test]
async fn a_wrong_figure_is_published_with_its_evidence() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    let editor = Editor::new(&fixture(FAULTY));
    client.open(URI, &editor.text.to_string()).await;
    let findings = list(&client.diagnostics(URI, 1).await);
    for finding in &findings {
        let code = finding["code"].as_str().expect("a code");
        assert_eq!(finding["source"], "gouji");
        assert!(finding["codeDescription"]["href"].as_str().is_some_and(|page| page.ends_with(&format!("/{code}.md"))));
        assert!(finding["data"]["key"].as_str().is_some_and(|key| !key.is_empty()));
    }
    let wrong = findings.iter().find(|finding| editor.at(&finding["range"]) == "24.80").expect("the wrong figure");
    assert_eq!(wrong["severity"], 1);
    let evidence = wrong["relatedInformation"].as_array().expect("evidence");
    assert!(!evidence.is_empty() && evidence.iter().all(|place| place["location"]["uri"] == URI));
    assert!(wrong["message"].as_str().is_some_and(|message| message.contains("24.80")));
}

#[tokio::test]
async fn the_ranges_hold_the_same_text_in_every_encoding() {
    let mut shown = Vec::new();
    for (name, encoding) in [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)] {
        let general = json!({"positionEncodings": [name]});
        let (mut client, _) = Client::ready(Hooks::default(), json!({"general": general})).await;
        // An astral character before the figure tells the encodings apart.
        let source = fixture(FAULTY).replace("博物馆 |", "博物馆𠀀 |");
        let editor = Editor { encoding, ..Editor::new(&source) };
        client.open(URI, &source).await;
        let findings = list(&client.diagnostics(URI, 1).await);
        shown.push(findings.iter().map(|finding| editor.at(&finding["range"])).collect::<Vec<_>>());
    }
    assert!(shown[0].iter().any(|text| text == "24.80"), "{shown:?}");
    assert_eq!(shown[0], shown[1]);
    assert_eq!(shown[1], shown[2]);
}

#[tokio::test]
async fn only_the_latest_version_is_published() {
    let watch = Watch::default();
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    client.open(URI, &fixture(FAULTY)).await;
    client.diagnostics(URI, 1).await;
    watch.close();
    for version in 2..30 {
        let start = json!({"line": 0, "character": 0});
        client.change(URI, version, json!([{"range": {"start": start, "end": start}, "text": "\n"}])).await;
    }
    client.request("gouji/unknown", json!({})).await;
    watch.open();
    let next = client.wait_for(|message| published(message, URI)).await;
    assert_eq!(next["params"]["version"], 29);
}

#[tokio::test]
async fn what_is_no_disclosure_is_left_alone() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    client.open("file:///poem.txt", "春眠不觉晓，处处闻啼鸟。\n").await;
    client.open(URI, &fixture(FAULTY)).await;
    assert!(!list(&client.diagnostics(URI, 1).await).is_empty());
    client.change(URI, 2, json!([{"text": "春眠不觉晓\n"}])).await;
    let cleared = client.wait_for(|message| published(message, URI)).await;
    assert_eq!(cleared["params"], json!({"uri": URI, "diagnostics": []}));
    client.change(URI, 3, json!([{"text": fixture(FAULTY)}])).await;
    assert!(!list(&client.diagnostics(URI, 3).await).is_empty());
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
    let cleared = client.wait_for(|message| published(message, URI)).await;
    assert_eq!(cleared["params"], json!({"uri": URI, "diagnostics": []}));
    let said = client.said_until_answer("gouji/unknown", json!({})).await;
    assert!(!said.iter().any(|message| published(message, "file:///poem.txt")));
}

#[tokio::test]
async fn findings_bear_the_clients_own_spelling() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    let spelling = "file:///C:/预算/统 计.md";
    client.open(spelling, &fixture(FAULTY)).await;
    let findings = list(&client.diagnostics(spelling, 1).await);
    let evidence = findings.iter().flat_map(|finding| finding["relatedInformation"].as_array().expect("a list"));
    assert!(evidence.into_iter().all(|place| place["location"]["uri"] == spelling));
}

#[tokio::test]
async fn a_failed_analysis_takes_its_findings_back() {
    let watch = Watch::default();
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    client.open(URI, &fixture(FAULTY)).await;
    client.diagnostics(URI, 1).await;
    client.change(URI, 2, json!([{"text": "恐慌"}])).await;
    let cleared = client.wait_for(|message| published(message, URI)).await;
    assert_eq!(cleared["params"]["diagnostics"], json!([]));
    client.change(URI, 3, json!([{"text": fixture(FAULTY)}])).await;
    assert!(!list(&client.diagnostics(URI, 3).await).is_empty());
}

#[tokio::test]
async fn an_english_client_is_spoken_to_in_english() {
    let (mut client, _) = Client::in_process(Hooks::default());
    client.initialize(json!({"locale": "en-us", "capabilities": {}})).await;
    client.open(URI, &fixture(FAULTY)).await;
    let english = list(&client.diagnostics(URI, 1).await);
    let settings = json!({"settings": {"gouji": {"locale": "zh-cn"}}});
    client.notify("workspace/didChangeConfiguration", settings).await;
    let chinese = list(&client.diagnostics(URI, 1).await);
    assert_eq!(english.len(), chinese.len());
    assert!(english.iter().zip(&chinese).all(|(english, chinese)| english["message"] != chinese["message"]));
}

#[tokio::test]
async fn what_is_typed_and_taken_back_leaves_the_findings_as_they_were() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    let mut editor = Editor::new(&fixture(FAULTY));
    client.open(URI, &editor.text.to_string()).await;
    let before = list(&client.diagnostics(URI, 1).await);
    let at = editor.text.to_string().find("24.80").expect("the wrong figure");
    let mut version = 1;
    for (from, with) in [(at, "7"), (at + 1, "."), (at - 3, "\n"), (at + 9, "万元"), (at - 20, "｜1,204.00")] {
        for (length, text) in [(0, with), (with.len(), "")] {
            version += 1;
            let range = json!({"start": editor.position(from), "end": editor.position(from + length)});
            client.change(URI, version, json!([{"range": range, "text": text}])).await;
            editor.apply(&json!([{"range": range, "newText": text}]));
            client.diagnostics(URI, version).await;
        }
    }
    version += 1;
    client.change(URI, version, json!([])).await;
    assert_eq!(list(&client.diagnostics(URI, version).await), before);
}

#[tokio::test]
async fn who_asks_is_shown_what_another_is_told_through_all_edits_and_told_where_nothing_changed() {
    const URI: &str = "file:///汇编.txt";
    let made = generate(Wish::faulty(300_000));
    let (mut told, _) = Client::ready(Hooks::default(), json!({})).await;
    let (mut asks, _) = Client::ready(Hooks::default(), json!({"textDocument": {"diagnostic": {}}})).await;
    told.open(URI, &made.text).await;
    asks.open(URI, &made.text).await;
    let editor = Editor::new(&made.text);
    let edits = [made.toggle[0].type_at, made.told[0].type_at, made.prose[0]].map(|at| editor.position(at));
    let (mut last, mut names) = (Value::Null, Vec::new());
    for version in 1.. {
        let shown = told.diagnostics(URI, version).await["diagnostics"].take();
        let document = json!({"textDocument": {"uri": URI}, "previousResultId": last["resultId"]});
        let answer = asks.request("textDocument/diagnostic", document).await["result"].take();
        assert!(shown.as_array().is_some_and(|shown| shown.len() > 100));
        match answer["kind"].as_str() {
            Some("full") => last = answer,
            kind => {
                assert_eq!((kind, &answer), (Some("unchanged"), &json!({"kind": kind, "resultId": last["resultId"]})))
            }
        }
        assert!(last["items"] == shown, "version {version}");
        names.push(last["resultId"].as_str().expect("a name").to_owned());
        let Some(at) = edits.get(version as usize - 1) else { break };
        // A digit twice, then a character of prose that changes no finding but may move some.
        let change = json!([{"range": {"start": at, "end": at}, "text": if version < 3 { "7" } else { "新" }}]);
        told.change(URI, version + 1, change.clone()).await;
        asks.change(URI, version + 1, change).await;
    }
    assert!(names[0] != names[1] && names[1] != names[2], "{names:?}");
    let all = asks.request("workspace/diagnostic", json!({"previousResultIds": []})).await["result"]["items"].take();
    assert!(all[0]["resultId"] == last["resultId"] && all[0]["items"] == last["items"] && all[0]["uri"] == URI);
    told.leave().await;
    asks.leave().await;
}

#[tokio::test]
async fn lines_above_move_what_is_said_below_as_if_the_text_had_just_been_opened() {
    const URI: &str = "file:///汇编.txt";
    let made = generate(Wish::faulty(300_000));
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    let mut editor = Editor::new(&made.text);
    client.open(URI, &made.text).await;
    client.diagnostics(URI, 1).await;
    // Above all, in the middle, and one of them taken away again. The digit is of a disclosure that was moved before.
    let edits = [(0, 0, "\n\n"), (150_000, 0, "\n"), (0, 1, ""), (made.toggle[0].type_at + 1, 0, "7")];
    for (version, (at, length, text)) in (2..).zip(edits) {
        let at = (0..=at).rev().find(|&at| editor.text.to_string().is_char_boundary(at)).unwrap_or(0);
        let range = json!({"start": editor.position(at), "end": editor.position(at + length)});
        client.change(URI, version, json!([{"range": range, "text": text}])).await;
        editor.apply(&json!([{"range": range, "newText": text}]));
        let shown = list(&client.diagnostics(URI, version).await);
        let (mut fresh, _) = Client::ready(Hooks::default(), json!({})).await;
        fresh.open(URI, &editor.text.to_string()).await;
        let wanted = list(&fresh.diagnostics(URI, 1).await);
        assert!(wanted.len() > 100);
        assert!(shown == wanted, "version {version}");
        fresh.leave().await;
    }
    client.leave().await;
}
