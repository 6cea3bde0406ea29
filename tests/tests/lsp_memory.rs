//! Memory stays flat however many documents come and go and however much is typed: the bytes that are allocated are
//! counted when half is done and at the end, with everything at rest.
//!
//! `GOUJI_CYCLES=10000 cargo test -p gouji-tests --test lsp_memory -- --nocapture` does it for as many rounds and prints
//! the figures; the default is short.

use gouji_lsp::Hooks;
use gouji_tests::dice::Dice;
use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_editor::Editor;
use peak_alloc::PeakAlloc;
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATED: PeakAlloc = PeakAlloc;

/// A small disclosure with a wrong sum.
const FAULTY: &str = "某县水务局2025年部门预算公开

部门预算支出总表
单位：万元

| 科目编码 | 科目名称 | 合计 | 基本支出 | 项目支出 |
| --- | --- | --- | --- | --- |
| | 合计 | 430.60 | 345.00 | 85.60 |
| 213 | 农林水支出 | 406.00 | 320.40 | 85.60 |
| 21303 | 水利 | 406.00 | 320.40 | 85.60 |
| 2130301 | 行政运行 | 320.40 | 320.40 | |
| 2130306 | 水利工程运行与维护 | 58.60 | | 85.60 |
| 221 | 住房保障支出 | 24.60 | 24.60 | |

一、部门预算安排的总体情况
2025年预算收支安排430.60万元，较2024年预算428.10万元增加2.50万元。
";

/// How much more may be allocated for each round: less than the least thing that a document could leave behind.
const EACH: usize = 64;
/// What is in flux anyway, mostly caches of patterns, which are full after some hundred texts. No document is as small.
const SLACK: usize = 200 << 10;

fn rounds() -> usize {
    std::env::var("GOUJI_CYCLES").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(200)
}

/// Bytes allocated once nothing is under way.
async fn at_rest(client: &mut Client) -> usize {
    for _ in 0..3 {
        drop(client.settle().await);
    }
    ALLOCATED.current_usage()
}

fn document(uri: &str) -> Value {
    json!({"textDocument": {"uri": uri}})
}

/// Opens, asks about and closes a document that no other is like in name, folder and body.
async fn open_and_close(client: &mut Client, round: usize) {
    let uri = format!("file:///预算/{round}/a.md");
    client.open(&uri, &FAULTY.replace("某", &format!("第{round}"))).await;
    if !round.is_multiple_of(3) {
        client.change(&uri, 2, json!([{"text": FAULTY}])).await;
        client.request("textDocument/documentSymbol", document(&uri)).await;
    }
    if round.is_multiple_of(5) {
        client.ask("textDocument/diagnostic", document(&uri)).await;
    }
    client.notify("textDocument/didClose", document(&uri)).await;
    drop(client.said_until_answer("gouji/unknown", Value::Null).await);
}

/// Types at some place and takes it back.
async fn type_and_undo(client: &mut Client, uri: &str, editor: &mut Editor, dice: &mut Dice, version: &mut i64) {
    let places: Vec<usize> = editor.text.to_string().char_indices().map(|(at, _)| at).collect();
    let (at, typed) = (*dice.pick(&places), *dice.pick(&["7", ".", "\n", "万元", "|", "其中：", "𠀀\r\n", "<td>"]));
    for (length, text) in [(0, typed), (typed.len(), "")] {
        let range = editor.range(gouji_core::text::Span::new(at, at + length));
        *version += 1;
        client.change(uri, *version, json!([{"range": range, "text": text}])).await;
        editor.apply(&json!([{"range": range, "newText": text}]));
        let hover = json!({"textDocument": {"uri": uri}, "position": range["start"]});
        drop(client.said_until_answer("textDocument/hover", hover).await);
    }
}

#[tokio::test]
async fn memory_is_flat_however_much_is_opened_closed_and_typed() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    let rounds = rounds();
    let mut early = 0;
    for round in 0..rounds {
        open_and_close(&mut client, round).await;
        if round == rounds / 2 {
            early = at_rest(&mut client).await;
        }
    }
    let late = at_rest(&mut client).await;
    println!("{rounds} documents opened and closed: {early} bytes allocated, then {late}");
    assert!(late <= early + SLACK + rounds * EACH, "{early} bytes, then {late}");

    let uri = "file:///a.md";
    let (mut editor, mut dice, mut version) = (Editor::new(FAULTY), Dice(5), 1);
    client.open(uri, FAULTY).await;
    let start = json!({"start": {"line": 0, "character": 0}, "end": {"line": u32::MAX, "character": 0}});
    for round in 0..rounds {
        type_and_undo(&mut client, uri, &mut editor, &mut dice, &mut version).await;
        if round == rounds / 2 || round + 1 == rounds {
            version += 1;
            client.change(uri, version, json!([{"range": start, "text": FAULTY}])).await;
            let now = at_rest(&mut client).await;
            match round + 1 == rounds {
                true => {
                    println!("{rounds} edits and back: {early} bytes allocated, then {now}");
                    assert!(now <= early + SLACK + rounds * EACH, "{early} bytes, then {now}");
                }
                false => early = now,
            }
        }
    }
}
