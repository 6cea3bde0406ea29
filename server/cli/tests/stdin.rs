//! `--stdin`: one document on the standard input.

#[allow(dead_code)]
mod common;

use common::Desk;

const FAULTY: &str = include_str!("../../../fixtures/tab/nongye-faulty.txt");

#[test]
fn the_standard_input_is_checked_like_a_file() {
    let desk = Desk::new().with("子/a.txt", FAULTY);
    for format in ["human", "json"] {
        let file = desk.run(&["check", "--format", format, "子/a.txt"]);
        let run = desk.run_with(FAULTY, &["check", "--format", format, "--stdin", "--stdin-filename", "子/a.txt"]);
        assert_eq!((run.code, run.out), (Some(1), file.out));
        let run = desk.run_with(FAULTY, &["check", "--format", format, "--stdin"]);
        assert!(run.out.contains(if format == "human" { "\n-:2235:2: " } else { "\"-\"" }), "{}", run.out);
    }
}

#[test]
fn its_encoding_is_recognised() {
    let bytes = encoding_rs::GB18030.encode(FAULTY).0;
    let run = Desk::new().run_with(&bytes, &["check", "--stdin"]);
    assert_eq!((run.code, run.err.as_str()), (Some(1), "说明：-：按 GB18030 编码读取\n"));
    let run = Desk::new().run_with(b"PK\x03\x04\0\0", &["check", "--stdin", "--stdin-filename", "b.txt"]);
    assert_eq!((run.code, run.err.as_str()), (Some(2), "未检查：b.txt：是二进制文件\n"));
}

#[test]
fn it_is_the_only_document() {
    let desk = Desk::new().with("a.txt", FAULTY);
    for wrong in [&["check", "--stdin", "a.txt"][..], &["check", "--stdin-filename", "x", "a.txt"], &["check"]] {
        let run = desk.run_with(FAULTY, wrong);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{wrong:?}");
    }
}
