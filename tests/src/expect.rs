//! What a fixture owes: its expectations beside it, and how they are compared with what the engine says.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use gouji_core::Document;
use gouji_core::rules::Selection;
use gouji_core::rules::across::Library;
use gouji_core::verdict::finding::{Finding, Severity};
use serde::Deserialize;

/// One text, or several of which any will do.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum AnyOf {
    /// Exactly this.
    One(String),
    /// Any of these.
    Several(Vec<String>),
}

impl AnyOf {
    fn holds(&self, text: &str) -> bool {
        match self {
            AnyOf::One(one) => one == text,
            AnyOf::Several(several) => several.iter().any(|one| one == text),
        }
    }
}

impl std::fmt::Display for AnyOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AnyOf::One(one) => write!(f, "「{one}」"),
            AnyOf::Several(several) => write!(f, "「{}」", several.join("」或「")),
        }
    }
}

/// A finding that a fixture owes.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Owed {
    /// Its rule, or any of several that are defensible.
    #[serde(alias = "rules")]
    pub rule: AnyOf,
    /// Its severity; where none is given, an error or a warning.
    pub severity: Option<String>,
    /// The text of its span.
    pub text: AnyOf,
    /// The line its span begins on, from 1.
    pub line: usize,
    /// What its first fix puts there; where none is given, any fix or none will do.
    pub fix: Option<AnyOf>,
}

/// How much of a fixture must be read and checked: a clean file in which nothing is read proves nothing.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coverage {
    /// Amounts recognised, at least.
    pub amounts: usize,
    /// Of these, per cent that stand in a relation, at least.
    pub checked: usize,
}

/// All that is written beside a fixture.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectations {
    /// The findings it owes.
    #[serde(default)]
    pub finding: Vec<Owed>,
    /// Files of the same folder that it is checked beside.
    #[serde(default)]
    pub beside: Vec<String>,
    /// How much of it must be checked.
    pub coverage: Option<Coverage>,
}

/// Reads an `.expect.toml`.
pub fn parse(toml: &str) -> Result<Expectations, toml::de::Error> {
    toml::from_str(toml)
}

/// The fixtures under a folder (every file that has an `.expect.toml` beside it), in order of path.
pub fn fixtures(folder: &Path) -> std::io::Result<Vec<(PathBuf, PathBuf)>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(fixtures(&path)?);
        } else if !path.to_string_lossy().ends_with(".expect.toml") {
            let owed = path.with_extension("expect.toml");
            if owed.is_file() {
                found.push((path, owed));
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The text of a file: UTF-8, else GB18030, as the command line reads it.
pub fn decode(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => encoding_rs::GB18030.decode(bytes).0.into_owned(),
    }
}

/// What the files offer that a fixture is checked beside.
pub fn library(file: &Path, expected: &Expectations) -> std::io::Result<Library> {
    let mut library = Library::default();
    for name in &expected.beside {
        let source = decode(&std::fs::read(file.with_file_name(name))?);
        let name = Arc::from(name.as_str());
        library.put(&name, Document::open(&source).published(&name));
    }
    Ok(library)
}

/// What the engine says of a text beside other files that is not as owed, one line for each difference; empty where all
/// is well. Infos and hints need not be owed; every error and warning must be.
pub fn differences(source: &str, expected: &Expectations, library: Library) -> Vec<String> {
    let document = Document::open_among(source, Selection::default(), &Arc::from(""), &Arc::new(library));
    let mut said: Vec<&Finding> = document.analysis().findings().iter().collect();
    let line_of = |finding: &Finding| document.text().line_of(finding.span.start) + 1;
    let mut differences = Vec::new();
    for one in &expected.finding {
        let place = said.iter().position(|finding| {
            one.rule.holds(&finding.rule)
                && one.line == line_of(finding)
                && one.text.holds(&finding.text)
                && severity_holds(one, finding)
        });
        let Some(place) = place else {
            differences.push(format!("欠缺：{} 第 {} 行 {}", one.rule, one.line, one.text));
            continue;
        };
        let finding = said.remove(place);
        let put = first_fix(finding);
        if let Some(fix) = &one.fix
            && !put.as_deref().is_some_and(|put| fix.holds(put))
        {
            let put = put.unwrap_or_else(|| "无".into());
            differences.push(format!("修复不对：{} 第 {} 行 应为{fix}，现为「{put}」", finding.rule, one.line));
        }
    }
    for finding in said.into_iter().filter(|finding| finding.severity <= Severity::Warning) {
        differences.push(format!(
            "多余：{} {} 第 {} 行 「{}」 {}",
            finding.rule,
            finding.severity.word(),
            line_of(finding),
            finding.text,
            finding.message.zh
        ));
    }
    let covered = document.analysis().coverage();
    if let Some(floor) = expected.coverage
        && (covered.amounts < floor.amounts || covered.checked * 100 < covered.amounts * floor.checked)
    {
        differences.push(format!(
            "勾稽太少：认出金额 {} 处（至少 {}），已勾稽 {} 处（至少 {}%）",
            covered.amounts, floor.amounts, covered.checked, floor.checked
        ));
    }
    differences
}

fn severity_holds(owed: &Owed, finding: &Finding) -> bool {
    match &owed.severity {
        Some(word) => word == finding.severity.word(),
        None => finding.severity <= Severity::Warning,
    }
}

/// What the preferred fix, or else the first, writes.
fn first_fix(finding: &Finding) -> Option<String> {
    let fix = finding.fixes.iter().find(|fix| fix.preferred).or(finding.fixes.first())?;
    Some(fix.edits.iter().map(|edit| edit.new_text.as_str()).collect())
}
