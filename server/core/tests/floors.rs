//! The house stands: floors import downward only, and the core does no input or output.

use std::fs;
use std::path::{Path, PathBuf};

/// From the ground up.
const FLOORS: [&str; 10] =
    ["hash", "embedded", "text", "finding", "layout", "catalog", "reading", "rules", "verdict", "document"];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of sources").flatten() {
        let path = entry.path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            out.push(path);
        }
    }
}

fn core() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths
        .into_iter()
        .map(|path| {
            let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().replace('\\', "/");
            (name, fs::read_to_string(&path).expect("a source file"))
        })
        .collect()
}

/// The part of a file before its unit tests.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests").next().unwrap_or(text)
}

#[test]
fn floors_import_downward_only() {
    let mut wrong = Vec::new();
    for (name, text) in core() {
        let own = name.split(['/', '.']).next().unwrap_or_default();
        let Some(floor) = FLOORS.iter().position(|floor| *floor == own) else { continue };
        for (above, other) in FLOORS.iter().enumerate().skip(floor + 1) {
            let named = format!("crate::{other}");
            let facade = name == "verdict/mod.rs" && *other == "finding";
            if above > floor && code(&text).contains(&named) && !facade {
                wrong.push(format!("{name} imports {other}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_core_does_no_input_or_output_and_knows_no_protocol() {
    let forbidden = [
        "std::fs",
        "std::net",
        "std::process",
        "std::io",
        "std::env",
        "tokio",
        "tower_lsp",
        "lsp_types",
        "serde_json",
        "println!",
    ];
    let mut wrong = Vec::new();
    for (name, text) in core() {
        // What the build makes of lists is read there, and is no protocol.
        let own = |word: &&str| name == "embedded.rs" && *word == "serde_json";
        let found = forbidden.iter().filter(|word| code(&text).contains(**word) && !own(word));
        wrong.extend(found.map(|word| format!("{name}: {word}")));
    }
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).expect("the manifest");
    let dependencies = manifest.split("[dev-dependencies]").next().unwrap_or_default();
    wrong.extend(
        ["tokio", "tower", "lsp", "reqwest", "hyper"]
            .iter()
            .filter(|word| dependencies.contains(**word))
            .map(|word| format!("Cargo.toml: {word}")),
    );
    assert!(wrong.is_empty(), "{wrong:#?}");
}
