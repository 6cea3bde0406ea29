//! `--diff` and `--fix`: what they change, and that nothing else is.

#[allow(dead_code)]
mod common;

use std::fs;

use common::Desk;

const CLEAN: &str = include_str!("../../../fixtures/tab/nongye.txt");
const FAULTY: &str = include_str!("../../../fixtures/tab/nongye-faulty.txt");

/// Only the table's total is repaired without doubt here, so that what must come out can be written by hand.
fn repaired(text: &str) -> String {
    let (before, after) = text.split_once("\t512.52").expect("the planted slip");
    [before, "\t521.52", after].concat()
}

#[test]
fn a_diff_is_what_a_fix_would_write_and_writes_nothing() {
    let desk = Desk::new().with("a.txt", FAULTY).with("b.txt", CLEAN);
    let run = desk.run(&["check", "--diff", "--select", "AS", "."]);
    assert_eq!(run.code, Some(1), "the errors are still there");
    assert_eq!(run.err, "可改 1 处，涉及文件 1 个；未写入任何文件\n");
    assert!(run.out.starts_with("--- a.txt\n+++ a.txt\n@@ -2232,7 +2232,7 @@\n"), "{}", run.out);
    let changed: Vec<_> = run.out.lines().skip(2).filter(|line| line.starts_with(['-', '+'])).collect();
    assert_eq!(changed, ["-\t512.52", "+\t521.52"]);
    assert_eq!(fs::read_to_string(desk.path().join("a.txt")).expect("a file"), FAULTY);
    let run = desk.run_with(FAULTY, &["check", "--diff", "--select", "AS", "--stdin", "--stdin-filename", "x.txt"]);
    assert!(run.out.starts_with("--- x.txt\n+++ x.txt\n"), "{}", run.out);
    let run = desk.run(&["check", "--diff", "b.txt"]);
    assert_eq!((run.code, run.out.as_str()), (Some(0), ""));
}

#[test]
fn a_fix_makes_the_preferred_repairs_and_tells_them() {
    let desk = Desk::new().with("a.txt", FAULTY).with("b.txt", CLEAN);
    let run = desk.run(&["check", "--fix", "."]);
    assert_eq!(run.code, Some(1), "NN07 has no repair that is preferred");
    let told: Vec<_> = run.err.lines().collect();
    assert_eq!(told.len(), 2, "{}", run.err);
    assert!(told[0].starts_with("已改：a.txt:1650:151：NN05 "), "{}", told[0]);
    assert_eq!(told[1], "已改：a.txt:2235:2：AS01 512.52：改为 521.52");
    assert!(run.out.contains(" NN07 ") && !run.out.contains(" AS01 ") && !run.out.contains(" NN05 "), "{}", run.out);
    let again = desk.run(&["check", "--fix", "."]);
    assert_eq!((again.out, again.err.as_str()), (run.out, ""), "nothing is left to be repaired");
    assert_eq!(fs::read_to_string(desk.path().join("b.txt")).expect("a file"), CLEAN);
    let names: Vec<_> = fs::read_dir(desk.path()).expect("a folder").collect();
    assert_eq!(names.len(), 2, "no temporary file stays");
}

#[test]
fn encoding_and_line_ends_stay() {
    let crlf = FAULTY.replace('\n', "\r\n");
    let utf16 = |text: &str| format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    let desk = Desk::new()
        .with("bom.txt", format!("\u{feff}{crlf}"))
        .with("gbk.txt", gbk(&crlf))
        .with("u16.txt", utf16(&crlf));
    let run = desk.run(&["check", "--fix", "--select", "AS", "."]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let bytes = |name: &str| fs::read(desk.path().join(name)).expect("a file");
    assert!(bytes("bom.txt") == format!("\u{feff}{}", repaired(&crlf)).into_bytes());
    assert!(bytes("gbk.txt") == gbk(&repaired(&crlf)));
    assert!(bytes("u16.txt") == utf16(&repaired(&crlf)));
}

#[test]
fn a_fix_goes_with_every_format_and_only_what_is_shown_is_repaired() {
    let desk = Desk::new().with("a.txt", FAULTY);
    let (code, json) = desk.json(&["check", "--fix", "--format", "json", "--select", "AS", "a.txt"]);
    assert_eq!((code, json["files"][0]["findings"].to_string()), (Some(0), "[]".to_owned()));
    assert_eq!(fs::read_to_string(desk.path().join("a.txt")).expect("a file"), repaired(FAULTY));
    for wrong in [&["--fix", "--diff", "a.txt"][..], &["--fix", "--stdin"], &["--diff", "--format", "json", "a.txt"]] {
        assert_eq!(desk.run(&[&["check"], wrong].concat()).code, Some(2), "{wrong:?}");
    }
}

#[cfg(unix)]
#[test]
fn links_and_permissions_stay_and_what_is_read_only_is_left() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new().with("子/a.txt", FAULTY).with("子/b.txt", FAULTY);
    let (file, closed, link) = (desk.path().join("子/a.txt"), desk.path().join("子/b.txt"), desk.path().join("c.txt"));
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("permissions");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o444)).expect("permissions");
    symlink(&file, &link).expect("a link");
    let run = desk.run(&["check", "--fix", "--select", "AS", "c.txt", "子/b.txt"]);
    assert_eq!(run.code, Some(2));
    assert!(run.err.ends_with("未写入：子/b.txt：文件为只读\n"), "{}", run.err);
    assert!(run.out.contains("子/b.txt:2235:2: "), "what was not repaired is still found: {}", run.out);
    assert!(fs::symlink_metadata(&link).expect("a link").is_symlink());
    assert_eq!(fs::read_to_string(&file).expect("a file"), repaired(FAULTY));
    assert_eq!(fs::read_to_string(&closed).expect("a file"), FAULTY);
    assert_eq!(fs::metadata(&file).expect("a file").permissions().mode() & 0o777, 0o640);
}

#[test]
fn every_faulty_fixture_but_the_doubtful_one_becomes_the_clean_one() {
    let fixtures = std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures"));
    for (name, doubtful) in [
        ("encoding/yingji-faulty.txt", 0),
        ("md/tongji-faulty.md", 0),
        ("pdf/minzheng-faulty.txt", 0),
        ("sep/zhujian-faulty.csv", 0),
        ("several/liping-faulty.txt", 0),
        ("tab/nongye-faulty.txt", 1),
        ("wide/keji-faulty.txt", 0),
    ] {
        let faulty = fs::read(fixtures.join(name)).expect("a fixture");
        let clean = fs::read(fixtures.join(name.replace("-faulty", ""))).expect("a fixture");
        let desk = Desk::new().with("a.txt", faulty);
        desk.run(&["check", "--fix", "a.txt"]);
        let written = fs::read(desk.path().join("a.txt")).expect("a file");
        let lines = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect::<Vec<_>>();
        let (written, clean) = (lines(&written), lines(&clean));
        assert_eq!(written.len(), clean.len(), "{name}");
        let differ = written.iter().zip(&clean).filter(|(one, other)| one != other).count();
        assert_eq!(differ, doubtful, "{name}");
    }
}
