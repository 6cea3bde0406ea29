//! The documents of the workspace folders that are not open: what they offer is compared with what is open, what is
//! wrong in them is told to those who ask, and what changes on the disk counts at once.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::Document;
use gouji_core::rules::Selection;
use gouji_core::rules::across::Library;
use gouji_files::documents;
use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, Serving};
use serde_json::{Value, json};

const THIS: &str = "某县水务局2025年部门预算公开

一、部门预算安排的总体情况
2025年预算收支安排430.60万元，较2024年预算428.10万元增加2.50万元。
";
const LAST: &str = "某县水务局2024年部门预算公开

一、部门预算安排的总体情况
收入说明：2024年，本部门收入预算418.20万元，其中：一般公共预算拨款收入418.20万元。
";

/// A folder with files, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let path = std::env::temp_dir().join(format!("gouji-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        std::fs::create_dir_all(&path).expect("a folder");
        let folder = Self(path.canonicalize().expect("a real path"));
        files.iter().for_each(|(name, text)| folder.put(name, text));
        folder
    }

    fn put(&self, name: &str, text: &str) {
        std::fs::write(self.0.join(name), text).expect("a file");
    }

    fn uri(&self) -> String {
        format!("file://{}", self.0.display())
    }

    fn file(&self, name: &str) -> String {
        format!("{}/{name}", self.uri())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A client that is told of findings, or one that asks for them.
async fn client(folder: &Folder, asks: bool) -> (Client, Serving) {
    let (mut client, serving) = Client::in_process(Hooks::default());
    let capabilities = match asks {
        true => json!({
            "textDocument": {"diagnostic": {}},
            "workspace": {"diagnostics": {"refreshSupport": true}, "didChangeWatchedFiles": {"dynamicRegistration": true}},
        }),
        false => json!({}),
    };
    let folders = json!([{"uri": folder.uri(), "name": "预算"}]);
    let result = client.initialize(json!({"capabilities": capabilities, "workspaceFolders": folders})).await;
    assert_eq!(
        result["capabilities"]["diagnosticProvider"]["workspaceDiagnostics"],
        if asks { json!(true) } else { Value::Null }
    );
    (client, serving)
}

/// The findings told of a document, as soon as their codes are these: the disk is read while the client goes on.
async fn told(client: &mut Client, uri: &str, codes: &[&str]) -> Value {
    loop {
        let found = client.diagnostics(uri, 1).await["diagnostics"].take();
        let said: Vec<&str> =
            found.as_array().expect("findings").iter().filter_map(|one| one["code"].as_str()).collect();
        if said == codes {
            return found;
        }
    }
}

async fn workspace(client: &mut Client, known: Value) -> Value {
    client.request("workspace/diagnostic", json!({"previousResultIds": known})).await["result"]["items"].take()
}

fn changed(uri: &str) -> Value {
    json!({"changes": [{"uri": uri, "type": 2}]})
}

#[tokio::test]
async fn last_year_on_the_disk_is_compared_with_what_is_open_and_counts_as_it_changes() {
    let folder = Folder::new("years", &[("2024 年.txt", LAST), ("说明.txt", "与预算无关的文字。\n")]);
    let (mut client, _serving) = client(&folder, false).await;
    let (this, last) = (folder.file("2025.txt"), folder.file("2024%20年.txt"));
    client.open(&this, THIS).await;
    let found = told(&mut client, &this, &["YY02"]).await;
    assert_eq!(found[0]["severity"], 2);
    let place = &found[0]["relatedInformation"][0]["location"];
    assert_eq!(place["uri"], folder.file("2024%20%E5%B9%B4.txt"));
    assert_eq!(place["range"]["start"], json!({"line": 3, "character": 18}));
    // What is written there counts when it is told.
    folder.put("2024 年.txt", &LAST.replace("418.20", "428.10"));
    client.notify("workspace/didChangeWatchedFiles", changed(&last)).await;
    told(&mut client, &this, &[]).await;
    // What is typed shadows what is written, until it is closed.
    client.open(&last, LAST).await;
    told(&mut client, &this, &["YY02"]).await;
    client.notify("textDocument/didClose", json!({"textDocument": {"uri": last}})).await;
    told(&mut client, &this, &[]).await;
    // What is removed is compared with nothing.
    folder.put("2024 年.txt", LAST);
    client.notify("workspace/didChangeWatchedFiles", changed(&last)).await;
    told(&mut client, &this, &["YY02"]).await;
    std::fs::remove_file(folder.0.join("2024 年.txt")).expect("it was there");
    client.notify("workspace/didChangeWatchedFiles", json!({"changes": [{"uri": last, "type": 3}]})).await;
    told(&mut client, &this, &[]).await;
    client.leave().await;
}

#[tokio::test]
async fn who_asks_is_answered_for_every_disclosure_and_not_told_as_well() {
    let folder = Folder::new("asks", &[("2024.txt", LAST), ("2025.txt", THIS), ("a.txt", "与预算无关的文字。\n")]);
    let (mut client, _serving) = client(&folder, true).await;
    let watched = client.wait_for(|message| message["method"] == "client/registerCapability").await;
    assert_eq!(watched["params"]["registrations"][0]["method"], "workspace/didChangeWatchedFiles");
    client.send(json!({"jsonrpc": "2.0", "id": watched["id"], "result": null})).await;
    let items = workspace(&mut client, json!([])).await;
    let files: Vec<&str> = items.as_array().expect("items").iter().filter_map(|item| item["uri"].as_str()).collect();
    assert_eq!(files, [folder.file("2024.txt"), folder.file("2025.txt")]);
    assert_eq!((&items[0]["items"], &items[1]["items"][0]["code"]), (&json!([]), &json!("YY02")));
    // What is known is not said again.
    let known: Vec<Value> = items
        .as_array()
        .expect("items")
        .iter()
        .map(|item| json!({"uri": item["uri"], "value": item["resultId"]}))
        .collect();
    let again = workspace(&mut client, json!(known)).await;
    assert!(again.as_array().expect("items").iter().all(|item| item["kind"] == "unchanged"), "{again}");
    // An open document is reported as it is typed; the other is reported anew.
    let last = folder.file("2024.txt");
    client.open(&last, &LAST.replace("418.20", "428.10")).await;
    let one = json!({"textDocument": {"uri": last}});
    let answer = client.request("textDocument/diagnostic", one.clone()).await["result"].take();
    assert_eq!((&answer["kind"], &answer["items"]), (&json!("full"), &json!([])));
    let same = json!({"textDocument": {"uri": last}, "previousResultId": answer["resultId"]});
    assert_eq!(client.request("textDocument/diagnostic", same).await["result"]["kind"], "unchanged");
    let items = workspace(&mut client, json!(known)).await;
    assert_eq!((&items[1]["kind"], &items[1]["items"]), (&json!("full"), &json!([])));
    // In parts, for those who want that.
    let parts = json!({"previousResultIds": [], "partialResultToken": "p"});
    let said = client.said_until_answer("workspace/diagnostic", parts).await;
    let part = said.iter().find(|message| message["method"] == "$/progress").expect("a part");
    assert_eq!(part["params"]["value"]["items"].as_array().map(Vec::len), Some(2));
    assert!(said.iter().all(|message| message["method"] != "textDocument/publishDiagnostics"));
    client.leave().await;
}

#[tokio::test]
async fn a_client_is_made_to_ask_again_where_another_file_changes() {
    let folder = Folder::new("again", &[("2024.txt", LAST)]);
    let (mut client, _serving) = client(&folder, true).await;
    let this = folder.file("2025.txt");
    client.open(&this, THIS).await;
    workspace(&mut client, json!([])).await;
    folder.put("2024.txt", &LAST.replace("418.20", "428.10"));
    client.notify("workspace/didChangeWatchedFiles", changed(&folder.file("2024.txt"))).await;
    // It may have been made to ask for what had been read before.
    loop {
        client.wait_for(|message| message["method"] == "workspace/diagnostic/refresh").await;
        let answer = client.request("textDocument/diagnostic", json!({"textDocument": {"uri": this}})).await;
        if answer["result"]["items"] == json!([]) {
            break;
        }
    }
    client.leave().await;
}

#[tokio::test]
async fn who_does_not_watch_files_is_answered_from_the_disk_as_it_lies() {
    let folder = Folder::new("unwatched", &[("2024.txt", LAST)]);
    let (mut client, _serving) = client(&folder, false).await;
    assert_eq!(workspace(&mut client, json!([])).await.as_array().map(Vec::len), Some(1));
    folder.put("2025.txt", THIS);
    let items = workspace(&mut client, json!([])).await;
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    assert_eq!(items[1]["uri"], folder.file("2025.txt"));
    assert_eq!(items[1]["items"][0]["code"], "YY02");
    folder.put("2025.txt", &THIS.replace("428.10万元增加2.50", "418.20万元增加12.40"));
    assert_eq!(workspace(&mut client, json!([])).await[1]["items"], json!([]));
    client.leave().await;
}

#[tokio::test]
async fn folders_come_and_go_and_may_be_left_alone() {
    let folder = Folder::new("folders", &[("2025.txt", THIS)]);
    let other = Folder::new("folders-last", &[("2024.txt", LAST)]);
    let (mut client, _serving) = client(&folder, true).await;
    let event = |added: Value, removed: Value| json!({"event": {"added": added, "removed": removed}});
    let named = json!([{"uri": other.uri(), "name": "上年"}]);
    assert_eq!(workspace(&mut client, json!([])).await[0]["items"], json!([]));
    client.notify("workspace/didChangeWorkspaceFolders", event(named.clone(), json!([]))).await;
    let items = workspace(&mut client, json!([])).await;
    assert_eq!(items.as_array().map(Vec::len), Some(2));
    client.notify("workspace/didChangeWorkspaceFolders", event(json!([]), named)).await;
    let items = workspace(&mut client, json!([])).await;
    assert_eq!((items.as_array().map(Vec::len), &items[0]["items"]), (Some(1), &json!([])));
    client.notify("workspace/didChangeConfiguration", json!({"settings": {"gouji": {"workspace": "open"}}})).await;
    assert_eq!(workspace(&mut client, json!([])).await, json!([]));
    client.leave().await;
}

#[tokio::test]
async fn the_server_says_of_a_folder_what_check_says() {
    let years = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/years").canonicalize().expect("fixtures");
    let (mut client, _serving) = Client::in_process(Hooks::default());
    let folders = json!([{"uri": format!("file://{}", years.display()), "name": "样例"}]);
    client.initialize(json!({"capabilities": {"textDocument": {"diagnostic": {}}}, "workspaceFolders": folders})).await;
    let items = workspace(&mut client, json!([])).await;
    let said = items.as_array().expect("items").iter().flat_map(|item| {
        let file = item["uri"].as_str().unwrap_or_default().rsplit('/').next().unwrap_or_default().to_owned();
        let each = item["items"].as_array().cloned().unwrap_or_default();
        each.into_iter().map(move |one| {
            let related = one["relatedInformation"].as_array().cloned().unwrap_or_default();
            let related: Vec<String> = related
                .iter()
                .map(|one| {
                    one["location"]["uri"]
                        .as_str()
                        .unwrap_or_default()
                        .rsplit('/')
                        .next()
                        .unwrap_or_default()
                        .to_owned()
                })
                .collect();
            (file.clone(), one["range"]["start"]["line"].as_u64(), one["code"].clone(), one["message"].clone(), related)
        })
    });
    let said: Vec<_> = said.collect();
    // What check does with a folder: what all offer first, then each beside the others.
    let mut library = Library::default();
    let texts: Vec<(String, String)> = documents(&years)
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a fixture"))
        })
        .filter(|(name, _)| name.ends_with(".md"))
        .collect::<std::collections::BTreeMap<_, _>>()
        .into_iter()
        .collect();
    for (name, text) in &texts {
        let name: Arc<str> = Arc::from(name.as_str());
        library.put(&name, Document::open(text).published(&name));
    }
    let library = Arc::new(library);
    let mut owed = Vec::new();
    for (name, text) in &texts {
        let document = Document::open_among(text, Selection::default(), &Arc::from(name.as_str()), &library);
        for found in document.analysis().findings() {
            let line = document.text().line_of(found.span.start) as u64;
            let related = found
                .related
                .iter()
                .map(|one| one.elsewhere.as_ref().map_or(name.clone(), |file| file.file.to_string()));
            owed.push((
                name.clone(),
                Some(line),
                json!(found.rule),
                json!(found.message.zh),
                related.collect::<Vec<_>>(),
            ));
        }
    }
    assert!(owed.iter().any(|one| one.4.iter().any(|file| *file != one.0)), "{owed:#?}");
    assert_eq!(said, owed);
    client.leave().await;
}
