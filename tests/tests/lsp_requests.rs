//! Hover, quick fixes and symbols on a real disclosure.

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_editor::{Editor, fixture};
use serde_json::{Value, json};

const URI: &str = "file:///预算.md";
/// A disclosure with one wrong figure in a table, `24.80` for 28.40, and other findings.
const FAULTY: &str = "md/wenlv-faulty.md";

async fn opened(capabilities: Value) -> (Client, Editor, Vec<Value>) {
    let (mut client, _) = Client::ready(Hooks::default(), capabilities).await;
    let editor = Editor::new(&fixture(FAULTY));
    client.open(URI, &editor.text.to_string()).await;
    let findings = client.diagnostics(URI, 1).await["diagnostics"].as_array().cloned().unwrap_or_default();
    (client, editor, findings)
}

async fn hover(client: &mut Client, editor: &Editor, offset: usize) -> (String, String) {
    let params = json!({"textDocument": {"uri": URI}, "position": editor.position(offset)});
    let answer = client.request("textDocument/hover", params).await["result"].take();
    (editor.at(&answer["range"]), answer["contents"]["value"].as_str().unwrap_or_default().to_owned())
}

async fn fix(client: &mut Client, finding: &Value) -> Value {
    let context = json!({"diagnostics": [finding], "only": ["quickfix"]});
    let params = json!({"textDocument": {"uri": URI}, "range": finding["range"], "context": context});
    let answer = client.request("textDocument/codeAction", params).await;
    let actions = answer["result"].as_array().expect("actions").iter();
    actions.into_iter().find(|action| action["isPreferred"] == true).expect("a preferred fix").clone()
}

fn wrong<'a>(editor: &Editor, findings: &'a [Value]) -> &'a Value {
    findings.iter().find(|finding| editor.at(&finding["range"]) == "24.80").expect("the wrong figure")
}

#[tokio::test]
async fn an_accepted_fix_makes_its_finding_go_away_and_no_other_come() {
    let (mut client, mut editor, findings) =
        opened(json!({"workspace": {"workspaceEdit": {"documentChanges": true}}})).await;
    let finding = wrong(&editor, &findings);
    let action = fix(&mut client, finding).await;
    assert_eq!((&action["kind"], &action["diagnostics"]), (&json!("quickfix"), &json!([finding])));
    let change = &action["edit"]["documentChanges"][0];
    assert_eq!(change["textDocument"], json!({"uri": URI, "version": 1}));
    editor.apply(&change["edits"]);
    let edits = change["edits"].as_array().expect("edits").iter().rev();
    let changes: Vec<Value> = edits.map(|edit| json!({"range": edit["range"], "text": edit["newText"]})).collect();
    client.change(URI, 2, json!(changes)).await;
    let left = client.diagnostics(URI, 2).await["diagnostics"].as_array().cloned().unwrap_or_default();
    assert_eq!(left.len(), findings.len() - 1);
    assert!(left.iter().all(|other| other["data"]["key"] != finding["data"]["key"]));
}

#[tokio::test]
async fn a_client_without_versioned_edits_gets_plain_ones() {
    let (mut client, editor, findings) = opened(json!({})).await;
    let action = fix(&mut client, wrong(&editor, &findings)).await;
    assert_eq!(action["edit"]["changes"][URI][0]["newText"], "28.40");
    let nothing = json!({"diagnostics": [], "only": ["refactor"]});
    let params = json!({"textDocument": {"uri": URI}, "range": findings[0]["range"], "context": nothing});
    assert_eq!(client.request("textDocument/codeAction", params).await["result"], json!([]));
}

#[tokio::test]
async fn a_hover_says_what_a_figure_is_and_what_is_wrong_with_it() {
    let (mut client, editor, findings) = opened(json!({})).await;
    let finding = wrong(&editor, &findings);
    let source = editor.text.to_string();
    let (place, shown) = hover(&mut client, &editor, source.find("24.80").expect("there") + 2).await;
    assert_eq!(place, "24.80");
    assert!(shown.contains(finding["code"].as_str().unwrap_or("?")), "{shown}");
    assert!(shown.contains("收入") && shown.contains("万元") && shown.contains("不符"), "{shown}");
}

#[tokio::test]
async fn a_hover_on_a_subject_shows_its_path() {
    let (mut client, editor, _) = opened(json!({})).await;
    let source = editor.text.to_string();
    let table = source.find("| 2080505 |").or(source.find("|2080505|")).expect("a code in a table");
    let (place, shown) = hover(&mut client, &editor, table + 4).await;
    assert_eq!(place, "2080505");
    assert!(shown.contains("`208` 社会保障和就业支出（类）"), "{shown}");
}

#[tokio::test]
async fn the_outline_is_nested_or_flat_as_the_client_likes() {
    let nested = json!({"textDocument": {"documentSymbol": {"hierarchicalDocumentSymbolSupport": true}}});
    let (mut client, editor, _) = opened(nested).await;
    let params = json!({"textDocument": {"uri": URI}});
    let tree = client.request("textDocument/documentSymbol", params.clone()).await["result"].take();
    let count = check(&editor, &tree);
    assert!(count > 5, "{tree}");
    let (mut client, _, _) = opened(json!({})).await;
    let flat = client.request("textDocument/documentSymbol", params).await["result"].take();
    let flat = flat.as_array().expect("a list");
    assert_eq!(flat.len(), count);
    assert!(flat.iter().all(|symbol| symbol["location"]["uri"] == URI));
}

/// Each entry holds its title and its children; gives how many there are.
fn check(editor: &Editor, symbols: &Value) -> usize {
    let symbols = symbols.as_array().expect("a list").iter();
    let counts = symbols.map(|symbol| {
        let whole = editor.at(&symbol["range"]);
        assert!(whole.contains(&editor.at(&symbol["selectionRange"])), "{symbol}");
        1 + check(editor, &symbol["children"])
    });
    counts.sum()
}
