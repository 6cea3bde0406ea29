//! The published schema is that of the keys, and agrees with what is read.

use std::path::{Path, PathBuf};

use gouji_core::rules::Book;
use gouji_project::keys::{FILE, Key, Kind, ROOT};
use gouji_project::{Date, Disk, Project, schema};
use serde_json::Value;

fn published() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/gouji.schema.json")
}

/// `GOUJI_WRITE=1 cargo test -p gouji-project --test schema` writes it.
#[test]
fn the_published_schema_is_current() {
    if std::env::var_os("GOUJI_WRITE").is_some() {
        std::fs::write(published(), schema()).expect("the schema is written");
    }
    let written = std::fs::read_to_string(published()).unwrap_or_default();
    assert!(
        written == schema(),
        "docs/gouji.schema.json is stale: GOUJI_WRITE=1 cargo test -p gouji-project --test schema"
    );
}

/// Values that fit a key, and some that do not, as TOML.
fn samples(kind: Kind) -> (Vec<String>, Vec<&'static str>) {
    let own = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
    match kind {
        Kind::Codes => (own(&["[\"XT13\", \"IN\"]", "\"X01\"", "[]"]), vec!["3", "[1]", "true"]),
        Kind::Code => (own(&["\"XT13\""]), vec!["[]", "1"]),
        Kind::Severity => (own(&["\"error\"", "\"hint\""]), vec!["\"fatal\"", "1"]),
        Kind::Severities => (own(&["{ NT09 = \"hint\" }", "{}"]), vec!["{ NT09 = \"loud\" }", "\"hint\""]),
        Kind::Flag => (own(&["true", "false"]), vec!["\"no\"", "0"]),
        Kind::Unit => (own(&["\"元\"", "\"万元\"", "\"亿元\""]), vec!["\"千元\"", "1"]),
        Kind::Text => (own(&["\"任意\""]), vec!["1", "[]"]),
        Kind::Year => (own(&["2025"]), vec!["\"2025\"", "25", "20250"]),
        Kind::Date => (own(&["\"2026-12-31\""]), vec!["\"明天\"", "true"]),
        Kind::Globs => (own(&["\"a/**\"", "[\"a.txt\", \"b/\"]"]), vec!["1", "[1]"]),
        Kind::Table(keys) => (vec![table(keys)], vec!["1", "[]"]),
        Kind::Tables(keys) => (vec![format!("[{}]", table(keys)), "[]".to_owned()], vec!["1", "{}"]),
    }
}

/// An inline table in which each key has the first value that fits it.
fn table(keys: &[Key]) -> String {
    let each: Vec<String> = keys.iter().map(|key| format!("{} = {}", key.name, samples(key.kind).0[0])).collect();
    format!("{{ {} }}", each.join(", "))
}

fn complains(text: &str) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join(FILE), text).expect("a file");
    let project = Project::read(folder.path(), &Disk, Date { year: 2026, month: 1, day: 1 });
    let stranger = |own: &&gouji_core::finding::Complaint| !own.message.zh.starts_with("没有规则 X01");
    project.file.expect("a file").complaints.iter().filter(stranger).count() > 0
}

#[test]
fn schema_and_reader_agree() {
    let schema: Value = serde_json::from_str(&schema()).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let valid = |text: &str| {
        let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{text}: {error}"));
        validator.is_valid(&serde_json::to_value(table).expect("JSON"))
    };
    let check = |text: String, fits: bool| {
        assert_eq!(valid(&text), fits, "the schema on {text}");
        assert_eq!(!complains(&text), fits, "the reader on {text}");
    };
    let each = |keys: &'static [Key], around: &dyn Fn(String, &Key) -> String| {
        for key in keys {
            let (right, wrong) = samples(key.kind);
            right.into_iter().for_each(|value| check(around(format!("{} = {value}", key.name), key), true));
            wrong.into_iter().for_each(|value| check(around(format!("{} = {value}", key.name), key), false));
        }
        check(around("nothing = 1".to_owned(), &keys[0]), false);
    };
    each(ROOT, &|line, _| line);
    for key in ROOT {
        let (keys, head) = match key.kind {
            Kind::Table(keys) => (keys, format!("[{}]\n", key.name)),
            Kind::Tables(keys) => (keys, format!("[[{}]]\n", key.name)),
            _ => continue,
        };
        each(keys, &|line, own| {
            let others =
                keys.iter().filter(|key| key.required && (key.name != own.name || line.starts_with("nothing")));
            let others: String = others.map(|key| format!("{} = {}\n", key.name, samples(key.kind).0[0])).collect();
            format!("{head}{others}{line}\n")
        });
        for required in keys.iter().filter(|key| key.required) {
            let rest: String = keys
                .iter()
                .filter(|key| key.name != required.name)
                .map(|key| format!("{} = {}\n", key.name, samples(key.kind).0[0]))
                .collect();
            check(format!("{head}{rest}"), false);
        }
    }
    assert!(Book::embedded().pages().all(|page| valid(&format!("rules.off = \"{}\"", page.code))));
}
