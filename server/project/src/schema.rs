//! The JSON schema of `gouji.toml`, for editors that complete by it. Written from the keys.

use std::fmt::Write;

use gouji_core::finding::Severity;
use gouji_core::rules::Book;

use crate::keys::{Key, Kind, ROOT};

/// The schema, ending in a line break.
pub fn schema() -> String {
    let mut out = String::from("{\n");
    out.push_str("  \"$schema\": \"http://json-schema.org/draft-07/schema#\",\n  \"title\": \"gouji.toml\",\n");
    out.push_str("  \"description\": \"勾稽：本文件夹及以下的文档如何检查\",\n");
    let _ = writeln!(out, "  \"definitions\": {{\"code\": {}}},", code());
    object(ROOT, 1, &mut out);
    out.push_str("\n}\n");
    out
}

/// Codes and groups of the embedded pages; those of pages of one's own are any letters and digits.
fn code() -> String {
    let mut named: Vec<(&str, &str)> = Vec::new();
    for page in Book::embedded().pages() {
        if !named.iter().any(|(group, _)| *group == page.group()) {
            named.push((page.group(), "整组"));
        }
        named.push((&page.code, &page.name.zh));
    }
    let each =
        named.iter().map(|(code, name)| format!("{{\"const\": {}, \"description\": {}}}", text(code), text(name)));
    format!(
        "{{\"anyOf\": [{}, {{\"type\": \"string\", \"pattern\": \"^[A-Za-z]+[0-9]*$\"}}]}}",
        each.collect::<Vec<_>>().join(", ")
    )
}

fn object(keys: &[Key], depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let _ = write!(out, "{pad}\"type\": \"object\",\n{pad}\"additionalProperties\": false,\n");
    let required: Vec<String> = keys.iter().filter(|key| key.required).map(|key| text(key.name)).collect();
    if !required.is_empty() {
        let _ = writeln!(out, "{pad}\"required\": [{}],", required.join(", "));
    }
    let _ = write!(out, "{pad}\"properties\": {{");
    for (number, key) in keys.iter().enumerate() {
        let _ = write!(out, "{}\n{pad}  {}: {{\n", if number == 0 { "" } else { "," }, text(key.name));
        let _ = writeln!(out, "{pad}    \"description\": {},", text(key.about));
        value(key.kind, depth + 2, out);
        let _ = write!(out, "\n{pad}  }}");
    }
    let _ = write!(out, "\n{pad}}}");
}

fn value(kind: Kind, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth);
    let words = |words: &[&str]| words.iter().map(|word| text(word)).collect::<Vec<_>>().join(", ");
    let severities = words(&Severity::ALL.map(Severity::word));
    let one_or_more = |item: &str| format!("\"anyOf\": [{item}, {{\"type\": \"array\", \"items\": {item}}}]");
    let said = match kind {
        Kind::Codes => one_or_more("{\"$ref\": \"#/definitions/code\"}"),
        Kind::Code => "\"$ref\": \"#/definitions/code\"".to_owned(),
        Kind::Severity => format!("\"enum\": [{severities}]"),
        Kind::Severities => format!(
            "\"type\": \"object\",\n{pad}\"propertyNames\": {{\"$ref\": \"#/definitions/code\"}},\n\
             {pad}\"additionalProperties\": {{\"enum\": [{severities}]}}"
        ),
        Kind::Flag => "\"type\": \"boolean\"".to_owned(),
        Kind::Unit => format!("\"enum\": [{}]", words(&["元", "万元", "亿元"])),
        Kind::Text => "\"type\": \"string\"".to_owned(),
        Kind::Year => "\"type\": \"integer\",\n    \"minimum\": 1900,\n    \"maximum\": 2200"
            .replace("\n    ", &format!("\n{pad}")),
        // Editors hand a date of TOML over as a text.
        Kind::Date => "\"type\": \"string\",\n    \"pattern\": \"^[0-9]{4}-[0-9]{2}-[0-9]{2}$\""
            .replace("\n    ", &format!("\n{pad}")),
        Kind::Globs => one_or_more("{\"type\": \"string\"}"),
        Kind::Table(keys) => return object(keys, depth, out),
        Kind::Tables(keys) => {
            let _ = write!(out, "{pad}\"type\": \"array\",\n{pad}\"items\": {{\n");
            object(keys, depth + 1, out);
            let _ = write!(out, "\n{pad}}}");
            return;
        }
    };
    let _ = write!(out, "{pad}{said}");
}

/// A JSON string. The words are ours: quotes and backslashes are all that needs care.
fn text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
