//! What folders say, while documents are open: gouji.toml, suppressions, pages of one's own.

use std::fs;
use std::path::PathBuf;

use gouji_lsp::Hooks;
use gouji_tests::lsp_client::{Client, published};
use gouji_tests::lsp_editor::{Editor, fixture};
use serde_json::{Value, json};

/// A disclosure with the findings XT13, IN06, NT05, NT09, NT10.
const FAULTY: &str = "wide/jiaotong-faulty.txt";
const ALL: [&str; 5] = ["XT13", "IN06", "NT05", "NT09", "NT10"];

/// A folder on the disk with a document in it that is open, and a client.
struct Desk {
    folder: tempfile::TempDir,
    client: Client,
}

fn able() -> Value {
    json!({"workspace": {
        "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create"]},
        "didChangeWatchedFiles": {"dynamicRegistration": true},
    }})
}

impl Desk {
    async fn new(capabilities: Value, files: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (client, _) = Client::ready(Hooks::default(), capabilities).await;
        let mut desk = Self { folder, client };
        files.iter().for_each(|(name, text)| desk.put(name, text));
        desk.client.open(&desk.uri("公开/a.txt"), &fixture(FAULTY)).await;
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// As VS Code spells it.
    fn uri(&self, name: &str) -> String {
        let path = self.path(name);
        let text = path.to_str().expect("a path").replace('\\', "/");
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
        let escaped: String = text
            .bytes()
            .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
            .collect();
        format!("file://{escaped}")
    }

    fn put(&mut self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    /// Writes a file and tells the server so.
    async fn write(&mut self, name: &str, text: &str) {
        self.put(name, text);
        let changes = json!({"changes": [{"uri": self.uri(name), "type": 2}]});
        self.client.notify("workspace/didChangeWatchedFiles", changes).await;
    }

    /// The next diagnostics of a file.
    async fn shown(&mut self, name: &str) -> Vec<Value> {
        let uri = self.uri(name);
        let message = self.client.wait_for(|message| published(message, &uri)).await;
        message["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    async fn codes(&mut self) -> Vec<String> {
        codes(&self.shown("公开/a.txt").await)
    }

    async fn actions(&mut self, finding: &Value) -> Vec<Value> {
        let document = json!({"uri": self.uri("公开/a.txt")});
        let params = json!({"textDocument": document, "range": finding["range"], "context": {"diagnostics": []}});
        let answer = self.client.request("textDocument/codeAction", params).await;
        answer["result"].as_array().expect("a list").clone()
    }
}

fn codes(findings: &[Value]) -> Vec<String> {
    findings.iter().map(|finding| finding["code"].as_str().unwrap_or_default().to_owned()).collect()
}

fn messages(findings: &[Value]) -> Vec<&str> {
    findings.iter().map(|finding| finding["message"].as_str().expect("a text")).collect()
}

#[tokio::test]
async fn a_changed_gouji_toml_takes_effect_at_once_and_its_mistakes_are_shown() {
    let mut desk = Desk::new(able(), &[("gouji.toml", "[rules]\noff = [\"NT05\"]\n")]).await;
    let asked = desk.client.wait_for(|message| message["method"] == "client/registerCapability").await;
    let watched =
        asked["params"]["registrations"][0]["registerOptions"]["watchers"].as_array().expect("a list").clone();
    for glob in ["**/gouji.toml", "**/.gouji/rules/*.md"] {
        assert!(watched.contains(&json!({"globPattern": glob})), "{watched:?}");
    }
    assert_eq!(desk.codes().await, ["XT13", "IN06", "NT09", "NT10"]);
    desk.write("gouji.toml", "min_severity = \"error\"\n[rules]\nof = []\n").await;
    assert_eq!(desk.codes().await, ["IN06", "NT05", "NT10"]);
    let said = desk.shown("gouji.toml").await;
    assert_eq!(messages(&said), ["没有键 of；是否指 off"]);
    assert_eq!(said[0]["range"], json!({"start": {"line": 2, "character": 0}, "end": {"line": 2, "character": 2}}));
    fs::remove_file(desk.path("gouji.toml")).expect("removed");
    let changes = json!({"changes": [{"uri": desk.uri("gouji.toml"), "type": 3}]});
    desk.client.notify("workspace/didChangeWatchedFiles", changes).await;
    assert_eq!(desk.codes().await, ALL);
    assert_eq!(desk.shown("gouji.toml").await, Vec::<Value>::new());
}

#[tokio::test]
async fn what_is_typed_into_gouji_toml_counts_before_it_is_saved() {
    let mut desk = Desk::new(json!({}), &[]).await;
    assert_eq!(desk.codes().await, ALL);
    let uri = desk.uri("gouji.toml");
    desk.client.open(&uri, "[rules]\noff = [\"NT05\", \"XT\"]\n").await;
    assert_eq!(desk.codes().await, ["IN06", "NT09", "NT10"]);
    desk.client.change(&uri, 2, json!([{"text": "rules.off = [\"IN06\", \"NT0\"]\n"}])).await;
    assert!(!desk.codes().await.contains(&"IN06".to_owned()));
    assert!(messages(&desk.shown("gouji.toml").await)[0].starts_with("没有规则 NT0；是否指 NT"));
    desk.client.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}})).await;
    assert_eq!(desk.codes().await, ALL);
    assert_eq!(desk.shown("gouji.toml").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_client_that_watches_nothing_sees_the_change_at_the_next_edit() {
    let mut desk = Desk::new(json!({}), &[]).await;
    assert_eq!(desk.codes().await, ALL);
    desk.put("公开/gouji.toml", "rules.off = \"NT05\"\n");
    let start = json!({"line": 0, "character": 0});
    let uri = desk.uri("公开/a.txt");
    desk.client.change(&uri, 2, json!([{"range": {"start": start, "end": start}, "text": "\n"}])).await;
    // The edit waits for no disk: it may be judged by what was known, and is right behind that by what the file says.
    let mut said = desk.codes().await;
    if said == ALL {
        said = desk.codes().await;
    }
    assert_eq!(said, ["XT13", "IN06", "NT09", "NT10"]);
}

#[tokio::test]
async fn a_finding_is_suppressed_by_an_action_and_an_entry_of_no_use_is_shown() {
    let before = "# 我们的规定\n[rules]\noff = [\"NT05\"]\n";
    let mut desk = Desk::new(able(), &[("gouji.toml", before)]).await;
    let findings = desk.shown("公开/a.txt").await;
    let finding = findings.iter().find(|own| own["code"] == "NT09").expect("NT09").clone();
    let actions = desk.actions(&finding).await;
    let titles: Vec<&str> = actions.iter().map(|action| action["title"].as_str().expect("a title")).collect();
    let hide: Vec<usize> = (0..titles.len()).filter(|&at| titles[at].contains("gouji.toml")).collect();
    let own: Vec<usize> = hide.iter().copied().filter(|&at| titles[at].contains("NT09")).collect();
    assert_eq!(own.len(), 3, "{titles:?}");
    assert!(titles[own[0]].starts_with("屏蔽此处 NT09") && titles[own[2]].starts_with("本项目不检查 NT09"));
    assert!(titles[..hide[0]].iter().all(|title| !title.contains("NT09")), "repairs come first: {titles:?}");
    for &at in &own {
        assert_eq!(actions[at]["isPreferred"], Value::Null);
        let change = &actions[at]["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({"uri": desk.uri("gouji.toml"), "version": null}));
        let mut editor = Editor::new(before);
        editor.apply(&change["edits"]);
        let text = editor.text.to_string();
        assert!(text.starts_with(before), "{text}");
        desk.write("gouji.toml", &text).await;
        assert_eq!(desk.codes().await, ["XT13", "IN06", "NT10"], "{text}");
        assert_eq!(messages(&desk.shown("gouji.toml").await), ["请写明理由（reason）"], "{text}");
        desk.write("gouji.toml", &text.replace("reason = \"\"", "reason = \"口径不同\"")).await;
        assert_eq!(desk.codes().await, ["XT13", "IN06", "NT10"]);
        assert_eq!(desk.shown("gouji.toml").await, Vec::<Value>::new());
        desk.write("gouji.toml", before).await;
        assert_eq!(desk.codes().await, ["XT13", "IN06", "NT09", "NT10"]);
    }
    let mut editor = Editor::new(before);
    editor.apply(&actions[own[0]]["edit"]["documentChanges"][0]["edits"]);
    let other = editor.text.to_string().replace("what = \"", "what = \"另一");
    desk.write("gouji.toml", &other.replace("reason = \"\"", "reason = \"x\"")).await;
    assert_eq!(desk.codes().await.len(), 4);
    let said = desk.shown("gouji.toml").await;
    assert_eq!(messages(&said), ["没有与此条相符的问题（NT09），可以删去"], "{other}");
    assert_eq!(said[0]["range"]["start"]["line"], 4);
}

#[tokio::test]
async fn a_file_is_made_only_by_a_client_that_can() {
    let mut desk = Desk::new(able(), &[]).await;
    let findings = desk.shown("公开/a.txt").await;
    let actions = desk.actions(&findings[0]).await;
    let action = actions.iter().find(|own| own["title"].as_str().is_some_and(|title| title.starts_with("屏蔽此处")));
    let changes = &action.expect("an action")["edit"]["documentChanges"];
    let uri = desk.uri("公开/gouji.toml");
    assert_eq!(changes[0], json!({"kind": "create", "uri": uri, "options": {"ignoreIfExists": true}}));
    assert_eq!(changes[1]["textDocument"]["uri"], uri);
    let mut less = Desk::new(json!({"workspace": {"workspaceEdit": {"documentChanges": true}}}), &[]).await;
    let findings = less.shown("公开/a.txt").await;
    let actions = less.actions(&findings[0]).await;
    assert!(actions.iter().all(|own| !own["title"].as_str().is_some_and(|title| title.contains("gouji.toml"))));
}

#[tokio::test]
async fn a_page_of_ones_own_finds_is_explained_and_shows_its_mistakes() {
    let front = "code = \"X01\"\nname = \"支出上限\"\nseverity = \"info\"\ntolerance = \"T1\"\n";
    let page = |formula: &str| format!("+++\n{front}formula = [\"{formula}\"]\n+++\n# 支出上限\n\n本单位的上限。\n");
    let sound = page("支出总表[合计].合计 ≤ 1元");
    let mut desk = Desk::new(able(), &[(".gouji/rules/a.md", sound.as_str())]).await;
    let findings = desk.shown("公开/a.txt").await;
    let own = findings.iter().find(|own| own["code"] == "X01").expect("X01");
    assert_eq!((&own["severity"], &own["codeDescription"]), (&json!(3), &Value::Null));
    let place = json!({"textDocument": {"uri": desk.uri("公开/a.txt")}, "position": own["range"]["start"]});
    let hover = desk.client.request("textDocument/hover", place).await;
    assert!(hover["result"]["contents"]["value"].as_str().expect("a hover").contains("本单位的上限。"));
    let explained = desk.client.request("gouji/explain", json!({"code": "x01"})).await;
    assert_eq!(explained["result"]["name"], "支出上限");
    let broken = page("支出总表[合计].合计 ≤");
    desk.write(".gouji/rules/a.md", &broken).await;
    assert_eq!(desk.codes().await, ALL);
    let said = desk.shown(".gouji/rules/a.md").await;
    assert!(messages(&said)[0].starts_with("公式写法不对："), "{said:?}");
    assert_eq!(said[0]["range"]["start"]["line"], 5);
    // The page itself is no document, whatever its examples look like.
    let uri = desk.uri(".gouji/rules/a.md");
    desk.client.open(&uri, &format!("{sound}\n{}", fixture(FAULTY))).await;
    assert_eq!(desk.codes().await.len(), ALL.len() + 1);
    assert_eq!(desk.shown(".gouji/rules/a.md").await, Vec::<Value>::new());
}
