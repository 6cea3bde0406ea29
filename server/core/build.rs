//! Embeds every rule page and every list in TOML: a page is added by putting its file into `rules/`.
//!
//! A server that has just started cannot say anything before it has read them. TOML is written for people and takes three
//! times as long to read as JSON does; and of a page the text is needed by who asks for it only, so it stays apart from
//! what the rules are made of.

use std::error::Error;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Done<T> = Result<T, Box<dyn Error>>;

fn main() -> Done<()> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=data");
    let (own, out) = (PathBuf::from(env::var("CARGO_MANIFEST_DIR")?), PathBuf::from(env::var("OUT_DIR")?));
    for path in files(&own.join("data"), "toml")? {
        let json = json(&fs::read_to_string(&path)?).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.file_stem().unwrap_or_default();
        fs::write(out.join(name).with_extension("json"), json)?;
    }
    let mut pages = String::from("&[\n");
    for path in files(&own.join("rules"), "md")? {
        let source = fs::read_to_string(&path)?.replace("\r\n", "\n");
        let (front, body) =
            source.strip_prefix("+++\n").and_then(|rest| rest.split_once("\n+++\n")).ok_or("no front matter")?;
        let front = json(front).map_err(|error| format!("{}: {error}", path.display()))?;
        writeln!(pages, "    Embedded {{ front: {front:?}, body: {:?} }},", body.trim_start_matches('\n'))?;
    }
    pages += "]\n";
    Ok(fs::write(out.join("pages.rs"), pages)?)
}

/// The files of a folder that end so, in order of name.
fn files(folder: &Path, extension: &str) -> Done<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|own| own == extension) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn json(toml: &str) -> Done<String> {
    Ok(serde_json::to_string(&toml::from_str::<toml::Value>(toml)?)?)
}
