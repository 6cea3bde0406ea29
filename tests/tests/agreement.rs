//! The command line and the server say the same of every fixture, whatever its layout and whatever columns count: the
//! same findings in the same order, with the same evidence and the same repairs; and what one repairs, the other does.

use std::path::{Path, PathBuf};
use std::process::Command;

use gouji_core::Document;
use gouji_core::document::mend::mend;
use gouji_core::text::{Encoding, Position, Text};
use gouji_core::verdict::finding::Severity;
use gouji_lsp::Hooks;
use gouji_tests::expect;
use gouji_tests::lsp_client::Client;
use gouji_tests::lsp_editor::Editor;
use gouji_tests::lsp_program::GOUJI;
use serde_json::{Value, json};

const URI: &str = "file:///预算/a.txt";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// Every fixture with its text.
fn fixtures() -> Vec<(PathBuf, String)> {
    let found = expect::fixtures(&folder()).expect("fixtures/ can be read");
    found.into_iter().map(|(path, _)| (path.clone(), expect::decode(&std::fs::read(&path).expect("a file")))).collect()
}

/// What `check` says of a fixture that is checked by itself: other files would be evidence.
fn said(path: &Path) -> Value {
    let output = Command::new(&*GOUJI).args(["check", "--format", "json"]).arg(path).output();
    let mut json: Value = serde_json::from_slice(&output.expect("the program runs").stdout).expect("JSON");
    json["files"][0]["findings"].take()
}

/// A place as bytes, and the text that is said of it or put there.
type Said = ((usize, usize), String);

/// A finding told in one way, its places as bytes.
#[derive(Debug, PartialEq)]
struct Told {
    rule: String,
    severity: u64,
    message: String,
    place: (usize, usize),
    related: Vec<Said>,
    fixes: Vec<(String, bool, Vec<Said>)>,
}

fn list(value: &Value) -> std::slice::Iter<'_, Value> {
    value.as_array().expect("a list").iter()
}

fn string(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

fn by_the_command_line(text: &Text, finding: &Value) -> Told {
    let place = |range: &Value| {
        let offset = |at: &Value| {
            let number = |name: &str| u32::try_from(at[name].as_u64().expect("a number") - 1).expect("a column");
            text.offset(Position { line: number("line"), column: number("column") }, Encoding::Utf32)
        };
        (offset(&range["start"]), offset(&range["end"]))
    };
    let edit = |edit: &Value| (place(&edit["range"]), string(&edit["new_text"]));
    let fix = |fix: &Value| {
        let edits = list(&fix["edits"]).map(edit).collect();
        (string(&fix["title"]), fix["preferred"] == true, edits)
    };
    let severity = ["error", "warning", "info", "hint"].iter().position(|word| finding["severity"] == *word);
    Told {
        rule: string(&finding["rule"]),
        severity: severity.expect("a severity") as u64 + 1,
        message: string(&finding["message"]),
        place: place(&finding["range"]),
        related: list(&finding["related"])
            .map(|one| (place(&one["range"]), format!("{} — {}", string(&one["text"]), string(&one["message"]))))
            .collect(),
        fixes: list(&finding["fixes"]).map(fix).collect(),
    }
}

fn by_the_server(editor: &Editor, finding: &Value) -> Told {
    let place = |range: &Value| {
        let offset = |at: &Value| {
            let number = |name: &str| u32::try_from(at[name].as_u64().expect("a number")).expect("a column");
            editor.text.offset(Position { line: number("line"), column: number("character") }, editor.encoding)
        };
        (offset(&range["start"]), offset(&range["end"]))
    };
    let edit = |edit: &Value| (place(&edit["range"]), string(&edit["newText"]));
    let fix = |fix: &Value| {
        let edits = list(&fix["edits"]).map(edit).collect();
        (string(&fix["title"]), fix["preferred"] == true, edits)
    };
    Told {
        rule: string(&finding["code"]),
        severity: finding["severity"].as_u64().expect("a severity"),
        message: string(&finding["message"]),
        place: place(&finding["range"]),
        related: list(&finding["relatedInformation"])
            .map(|one| (place(&one["location"]["range"]), string(&one["message"])))
            .collect(),
        fixes: list(&finding["data"]["fixes"]).map(fix).collect(),
    }
}

#[tokio::test]
async fn the_command_line_and_the_server_say_the_same_in_every_encoding() {
    let fixtures: Vec<(PathBuf, String, Value)> =
        fixtures().into_iter().map(|(path, source)| (path.clone(), source, said(&path))).collect();
    let mut findings = 0;
    for (name, encoding) in [("utf-8", Encoding::Utf8), ("utf-16", Encoding::Utf16), ("utf-32", Encoding::Utf32)] {
        let general = json!({"positionEncodings": [name]});
        let (mut client, _) = Client::ready(Hooks::default(), json!({"general": general})).await;
        for (path, source, said) in &fixtures {
            let short = path.strip_prefix(folder()).expect("below the folder").display().to_string();
            let editor = Editor { encoding, ..Editor::new(source) };
            let document = Document::open(source);
            if document.analysis().identity().is_none() {
                assert_eq!(*said, json!([]), "{short}");
                continue;
            }
            client.open(URI, source).await;
            let published = client.diagnostics(URI, 1).await["diagnostics"].take();
            client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
            client.wait_for(|message| message["params"] == json!({"uri": URI, "diagnostics": []})).await;
            let server: Vec<Told> = list(&published).map(|finding| by_the_server(&editor, finding)).collect();
            let command: Vec<Told> = list(said).map(|finding| by_the_command_line(&editor.text, finding)).collect();
            assert_eq!(server, command, "{short}, {name}");
            let keys: Vec<String> =
                document.analysis().findings().iter().map(|finding| finding.key.to_string()).collect();
            assert_eq!(list(&published).map(|one| string(&one["data"]["key"])).collect::<Vec<_>>(), keys, "{short}");
            findings += server.len();
        }
    }
    assert!(findings > 60, "{findings} findings are too few to prove anything");
}

#[tokio::test]
async fn all_that_the_server_repairs_at_once_is_what_the_command_line_writes() {
    let (mut client, _) = Client::ready(Hooks::default(), json!({})).await;
    let mut repaired = 0;
    for (path, source) in fixtures() {
        if Document::open(&source).analysis().identity().is_none() {
            continue;
        }
        let mut editor = Editor::new(&source);
        client.open(URI, &source).await;
        client.diagnostics(URI, 1).await;
        let nowhere = json!({"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}});
        let mut answers = Vec::new();
        for kind in ["source.fixAll.gouji", "source.fixAll", "source"] {
            let context = json!({"diagnostics": [], "only": [kind]});
            let params = json!({"textDocument": {"uri": URI}, "range": nowhere, "context": context});
            answers.push(client.request("textDocument/codeAction", params).await["result"].take());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        let mended = mend(&Document::open(&source), Severity::Hint);
        match list(&answers[0]).collect::<Vec<_>>().as_slice() {
            [] => assert!(mended.made.is_empty(), "{}", path.display()),
            [all] => {
                assert_eq!(all["kind"], "source.fixAll.gouji");
                editor.apply(&all["edit"]["changes"][URI]);
                repaired += 1;
            }
            _ => panic!("one action repairs all"),
        }
        assert_eq!(editor.text.to_string(), mended.document.text().to_string(), "{}", path.display());
        client.notify("textDocument/didClose", json!({"textDocument": {"uri": URI}})).await;
        client.wait_for(|message| message["params"] == json!({"uri": URI, "diagnostics": []})).await;
        if std::str::from_utf8(&std::fs::read(&path).expect("a file")).is_ok() {
            let desk = std::env::temp_dir().join(format!("gouji-agreement-{}", std::process::id()));
            std::fs::create_dir_all(&desk).expect("a folder");
            let name = path.file_name().expect("a name");
            std::fs::write(desk.join(name), &source).expect("a file");
            let run = Command::new(&*GOUJI).args(["check", "--fix"]).arg(name).current_dir(&desk).output();
            run.expect("the program runs");
            let written = std::fs::read_to_string(desk.join(name)).expect("a file");
            std::fs::remove_dir_all(&desk).expect("a folder");
            assert_eq!(written, editor.text.to_string(), "{}", path.display());
        }
    }
    assert!(repaired > 5, "{repaired} repaired texts are too few to prove anything");
}
