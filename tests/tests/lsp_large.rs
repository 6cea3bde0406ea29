//! Large documents: while one is read nothing of another waits, and of each the edits keep their order.

use gouji_tests::lsp_client::{Client, published};
use gouji_tests::lsp_editor::{Editor, fixture};
use gouji_tests::lsp_hooks::Watch;
use serde_json::{Value, json};

const HUGE: &str = "file:///巨.txt";
const SMALL: &str = "file:///小.md";

/// A text of some 300 KB that begins with a word.
fn large(word: &str) -> String {
    format!("{word}\n{}", "与此无关的一行文字。\n".repeat(9_000))
}

fn symbols(uri: &str) -> Value {
    json!({"textDocument": {"uri": uri}})
}

/// Everything that a user does in a document with findings, once, and its answers.
async fn work(client: &mut Client, uri: &str) {
    let editor = Editor::new(&fixture("md/wenlv-faulty.md"));
    client.open(uri, &editor.text.to_string()).await;
    let found = client.diagnostics(uri, 1).await["diagnostics"].take();
    let range = found[0]["range"].clone();
    client.change(uri, 2, json!([{"range": range, "text": editor.at(&range)}])).await;
    let (document, context) = (json!({"uri": uri}), json!({"diagnostics": []}));
    let actions = json!({"textDocument": document, "range": range, "context": context});
    assert!(client.request("textDocument/codeAction", actions).await["result"].is_array());
    let hover = json!({"textDocument": document, "position": range["start"]});
    assert!(client.request("textDocument/hover", hover).await["result"].is_object());
    for method in ["textDocument/documentSymbol", "textDocument/diagnostic", "gouji/coverage"] {
        let answer = client.request(method, json!({"textDocument": document})).await;
        assert!(!answer["result"].is_null(), "{method}: {answer}");
    }
    client.notify("textDocument/didClose", json!({"textDocument": document})).await;
    client.wait_for(|message| published(message, uri) && message["params"]["diagnostics"] == json!([])).await;
}

#[tokio::test]
async fn a_huge_document_that_is_being_read_holds_up_nothing_of_a_small_one() {
    let watch = Watch::default();
    watch.hold("巨");
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    client.open(HUGE, &large("巨")).await;
    client.open("file:///又.txt", &large("巨又")).await;
    let asked = client.ask("textDocument/documentSymbol", symbols(HUGE)).await;
    watch.begun(|_, text| text.starts_with('巨')).await;
    work(&mut client, SMALL).await;
    let end = json!({"line": 0, "character": 1});
    client.change(HUGE, 2, json!([{"range": {"start": end, "end": end}, "text": "大"}])).await;
    work(&mut client, SMALL).await;
    assert_eq!(
        watch.seen().iter().filter(|(_, text)| text.starts_with('巨')).count(),
        1,
        "it is held up all the while"
    );
    watch.open();
    assert!(client.answer(asked).await["result"].is_array());
    client.request("textDocument/documentSymbol", symbols(HUGE)).await;
    assert!(watch.seen().iter().any(|(version, text)| *version == 2 && text.starts_with("巨大")));
}

#[tokio::test]
async fn a_document_that_grows_and_shrinks_is_analysed_in_the_order_of_its_edits() {
    let watch = Watch::default();
    watch.hold("甲");
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    client.open(SMALL, "甲").await;
    watch.begun(|_, text| text == "甲").await;
    client.change(SMALL, 2, json!([{"text": large("乙")}])).await;
    // The thread for large documents is free, and serves another one; this one's turn has not come.
    client.open(HUGE, &large("丙")).await;
    client.request("textDocument/documentSymbol", symbols(HUGE)).await;
    assert_eq!(watch.seen().iter().filter(|(version, _)| *version == 2).count(), 0);
    watch.hold("乙");
    watch.begun(|version, _| version == 2).await;
    client.change(SMALL, 3, json!([{"text": "丁"}])).await;
    client.open("file:///戊.txt", "戊").await;
    client.request("textDocument/documentSymbol", symbols("file:///戊.txt")).await;
    assert_eq!(watch.seen().iter().filter(|(version, _)| *version == 3).count(), 0);
    watch.open();
    client.request("textDocument/documentSymbol", symbols(SMALL)).await;
    let own = |(version, text): &(i32, String)| *version > 1 || text == "甲";
    let versions: Vec<i32> = watch.seen().iter().filter(|seen| own(seen)).map(|(version, _)| *version).collect();
    assert_eq!(versions, [1, 2, 3]);
    assert_eq!(watch.seen().pop(), Some((3, "丁".to_owned())));
}

#[tokio::test]
async fn fifty_megabytes_are_taken_edited_and_closed_while_a_small_document_is_served() {
    let watch = Watch::default();
    watch.hold("巨");
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    let text = format!("巨\n{}", "预算公开情况说明，财政拨款收入一百二十万元。\n".repeat(755_000));
    assert!(text.len() > 50_000_000);
    client.open(HUGE, &text).await;
    watch.begun(|_, text| text.starts_with('巨')).await;
    work(&mut client, SMALL).await;
    let last = json!({"line": 755_000, "character": 3});
    client.change(HUGE, 2, json!([{"range": {"start": last, "end": last}, "text": "大"}])).await;
    let asked = client.ask("textDocument/documentSymbol", symbols(HUGE)).await;
    work(&mut client, SMALL).await;
    client.notify("textDocument/didClose", symbols(HUGE)).await;
    assert_eq!(client.answer(asked).await["result"], Value::Null, "it was closed before it was read");
}

#[tokio::test]
async fn what_is_not_next_to_an_edit_is_told_while_an_edit_is_being_analysed() {
    let watch = Watch::default();
    let (mut client, _) = Client::ready(watch.hooks(), json!({})).await;
    // The one in between may be another when the first has been read again.
    let source = ["md/shuiwu-faulty.md", "md/tongji-faulty.md", "md/wenlv-faulty.md"].map(fixture).join("\n");
    let editor = Editor::new(&source);
    client.open(SMALL, &source).await;
    let found = client.diagnostics(SMALL, 1).await["diagnostics"].take();
    let last = found.as_array().and_then(|found| found.last()).expect("a finding")["range"].clone();
    watch.close();
    let begin = json!({"line": 0, "character": 0});
    client.change(SMALL, 2, json!([{"range": {"start": begin, "end": begin}, "text": "\n"}])).await;
    watch.begun(|version, _| version == 2).await;
    // A line further down now, and as it was.
    let moved = |range: &Value| {
        let down = |end: &str| json!({"line": range[end]["line"].as_u64().expect("a line") + 1, "character": range[end]["character"]});
        json!({"start": down("start"), "end": down("end")})
    };
    let place = moved(&last);
    let hover = json!({"textDocument": {"uri": SMALL}, "position": place["start"]});
    let shown = client.request("textDocument/hover", hover).await["result"].take();
    assert!(shown["contents"].to_string().contains(&editor.at(&last)), "{shown}");
    assert_eq!(shown["range"], place);
    let asked = json!({"textDocument": {"uri": SMALL}, "range": place, "context": {"diagnostics": []}});
    let actions = client.request("textDocument/codeAction", asked).await["result"].take();
    let edits = actions[0]["edit"]["changes"][SMALL].clone();
    assert_eq!(edits[0]["range"], place, "{actions}");
    // Where it was edited only the analysis can tell.
    let here = json!({"textDocument": {"uri": SMALL}, "position": begin});
    let waiting = client.ask("textDocument/hover", here).await;
    assert_eq!(watch.seen().last().map(|(version, _)| *version), Some(2), "it is held up all the while");
    watch.open();
    assert_eq!(client.answer(waiting).await["result"], Value::Null);
}
