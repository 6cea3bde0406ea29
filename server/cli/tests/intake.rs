//! Every kind of file and folder that can be named, and what is said of it.

#[allow(dead_code)]
mod common;

use common::{Desk, Run};

const TEXT: &str = "某某局2025年部门预算\r\n收入总计\t8.00\r\n";

fn gbk(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

#[test]
fn utf8_gbk_and_utf16_are_read() {
    let utf16: Vec<u8> = "\u{feff}预算\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let desk = Desk::new().with("bom.txt", format!("\u{feff}{TEXT}")).with("gbk.txt", gbk(TEXT)).with("u16.txt", utf16);
    let (code, json) = desk.json(&["check", "--format", "json", "."]);
    assert_eq!(code, Some(0));
    let said: Vec<_> =
        json["files"].as_array().expect("files").iter().map(|file| (&file["path"], &file["encoding"])).collect();
    assert_eq!(
        format!("{said:?}"),
        r#"[(String("bom.txt"), Null), (String("gbk.txt"), String("GB18030")), (String("u16.txt"), String("UTF-16LE"))]"#
    );
    let Run { err, .. } = desk.run(&["check", "."]);
    assert_eq!(err, "说明：gbk.txt：按 GB18030 编码读取\n说明：u16.txt：按 UTF-16LE 编码读取\n");
}

#[test]
fn what_cannot_be_read_is_told_and_the_others_are_checked() {
    let desk = Desk::new().with("a.txt", TEXT).with("b.txt", b"PK\x03\x04\0\0").with("c.txt", b"\x81\x82\x01\xff");
    let run = desk.run(&["check", "a.txt", "b.txt", "c.txt", "没有.txt"]);
    assert_eq!(run.code, Some(2));
    assert!(run.out.starts_with("已检查文件 1 个："), "{}", run.out);
    let err: Vec<_> = run.err.lines().collect();
    assert_eq!(err[0], "未检查：b.txt：是二进制文件");
    assert!(err[1].starts_with("未检查：c.txt：编码无法识别"), "{}", err[1]);
    assert_eq!(err[2], "未检查：没有.txt：文件不存在");
    let (code, json) = desk.json(&["check", "--format", "json", "a.txt", "b.txt"]);
    assert_eq!(code, Some(2));
    assert_eq!(json["files"][1].to_string(), r#"{"error":"是二进制文件","path":"b.txt"}"#);
    assert!(json["files"][0]["findings"].is_array());
}

#[test]
fn a_folder_without_documents_is_a_mistake() {
    let desk = Desk::new().with("图/a.png", "x");
    let run = desk.run(&["check", "图"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.starts_with("未检查：图：文件夹内没有可检查的文档"), "{}", run.err);
    assert_eq!(run.out, "没有可检查的文件；未能检查的 1 个\n");
}

#[test]
fn folders_are_searched_and_named_files_are_always_read() {
    let desk =
        Desk::new().with("子/b.md", TEXT).with("子/c.docx", "x").with("子/.ignore", "d.txt").with("子/d.txt", TEXT);
    let paths = |arguments: &[&str]| {
        let (_, json) = desk.json(&[&["check", "--format", "json"], arguments].concat());
        let files = json["files"].as_array().expect("files").clone();
        files.iter().map(|file| file["path"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&["子"]), ["子/b.md"]);
    assert_eq!(paths(&["./子/d.txt", "子", "子/c.docx"]), ["子/b.md", "子/c.docx", "子/d.txt"]);
}

#[test]
fn an_empty_file_is_a_document_without_findings() {
    let desk = Desk::new().with("a.txt", "").with("b.txt", "\u{feff}");
    let run = desk.run(&["check", "a.txt", "b.txt"]);
    assert_eq!(run.code, Some(0));
    assert_eq!(run.err, "说明：a.txt：文件为空\n说明：b.txt：文件为空\n");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_told() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new().with("a.txt", TEXT);
    let path = desk.path().join("a.txt");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o000)).expect("permissions");
    // The superuser reads everything.
    if std::fs::File::open(&path).is_err() {
        let run = desk.run(&["check", "a.txt"]);
        assert_eq!((run.code, run.err.as_str()), (Some(2), "未检查：a.txt：没有读取权限\n"));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_endless_file_is_refused() {
    let run = Desk::new().run(&["check", "/dev/zero"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("超过 64 MB"), "{}", run.err);
}

#[test]
fn large_files_and_long_lines_are_survived() {
    let line = "合计\t1,234.50\t".repeat(600_000);
    let desk = Desk::new().with("line.txt", line).with("rows.txt", "收入总计\t8.00\t万元\n".repeat(100_000));
    let run = desk.run(&["check", "."]);
    assert_eq!(run.code, Some(0), "{}", run.err);
}
