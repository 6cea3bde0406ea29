//! `gouji rules docs`: the embedded pages as documentation, one file each and an index by group.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write};
use std::path::Path;

use gouji_core::finding::{Locale, Severity};
use gouji_core::rules::group::grouped;
use gouji_core::rules::{Book, Page};

use crate::commands::Ending;

const INDEX: &str = "README.md";
const NOTE: &str = "<!-- 由 gouji rules docs --write 生成，请改 server/core/rules 里的规则页 -->";

/// Writes the documentation to a folder, or says what in it is stale.
pub fn docs(write: Option<&Path>, check: Option<&Path>, locale: Locale) -> io::Result<Ending> {
    let files = files(Book::embedded());
    if let Some(folder) = write {
        fs::create_dir_all(folder)?;
        for stale in stray(folder, &files)? {
            fs::remove_file(folder.join(stale))?;
        }
        for (name, text) in &files {
            fs::write(folder.join(name), text)?;
        }
    }
    let Some(folder) = check else { return Ok(Ending::Done) };
    let is_stale =
        |(name, text): &(&String, &String)| fs::read_to_string(folder.join(name)).ok().as_ref() != Some(text);
    let mut stale: Vec<String> = files.iter().filter(is_stale).map(|(name, _)| name.clone()).collect();
    stale.extend(stray(folder, &files)?);
    for name in &stale {
        let path = folder.join(name);
        match locale {
            Locale::Chinese => {
                writeln!(io::stderr(), "{} 与规则页不一致；请运行 gouji rules docs --write", path.display())?
            }
            Locale::English => writeln!(io::stderr(), "{} is stale: run gouji rules docs --write", path.display())?,
        }
    }
    Ok(if stale.is_empty() { Ending::Done } else { Ending::Contradicted })
}

/// Generated files of rules that there are no more.
fn stray(folder: &Path, files: &BTreeMap<String, String>) -> io::Result<Vec<String>> {
    let mut out = Vec::new();
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(out),
        entries => entries?,
    };
    for entry in entries {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let generated = || fs::read_to_string(folder.join(&name)).is_ok_and(|text| text.starts_with(NOTE));
        if name.ends_with(".md") && !files.contains_key(&name) && generated() {
            out.push(name);
        }
    }
    out.sort();
    Ok(out)
}

fn files(book: &Book) -> BTreeMap<String, String> {
    let pages = book.pages().map(|own| (format!("{}.md", own.code), page(own)));
    pages.chain([(INDEX.to_owned(), index(book))]).collect()
}

fn index(book: &Book) -> String {
    let mut out = format!("{NOTE}\n\n# 规则\n\n共 {} 条。“默认”一栏为“否”的，点名才检查。\n", book.pages().len());
    for (group, pages) in grouped(book) {
        let _ = write!(
            out,
            "\n## {} {}\n\n| 代码 | 名称 | 级别 | 依据 | 默认 |\n| --- | --- | --- | --- | --- |\n",
            group.letters, group.name.zh
        );
        for page in pages {
            let (severity, asked) = (page.severity.in_locale(Locale::Chinese), if page.opt_in { "否" } else { "是" });
            let _ = writeln!(
                out,
                "| [{0}]({0}.md) | {1} | {severity} | {2} | {asked} |",
                page.code, page.name.zh, page.authority
            );
        }
    }
    out
}

fn page(page: &Page) -> String {
    let mut out = format!("{NOTE}\n\n# {} {}\n\n", page.code, page.name.zh);
    let _ = write!(out, "{} · {}", page.name.en, severity(page.severity));
    if !page.authority.is_empty() {
        let _ = write!(out, " · 依据：{}", page.authority);
    }
    if page.opt_in {
        out.push_str(" · 点名才检查");
    }
    out.push_str("\n\n");
    if !page.formulas.is_empty() {
        let _ = write!(out, "```\n{}\n```\n\n", page.formulas.join("\n"));
    }
    let _ = writeln!(out, "{}", page.below_heading().trim());
    if let Some((_, examples)) = page.body.split_once("\n## 例") {
        let _ = writeln!(out, "\n## 例{}", examples.trim_end());
    }
    out
}

fn severity(severity: Severity) -> String {
    format!("{}（{}）", severity.in_locale(Locale::Chinese), severity.word())
}
