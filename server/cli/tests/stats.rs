//! `--stats`: how fast it went, on the standard error.

#[allow(dead_code)]
mod common;

use common::Desk;

#[test]
fn numbers_stand_beside_the_output_and_leave_it_as_it_is() {
    let desk = Desk::new().with("a.txt", "通讯录\n".repeat(1_000)).with("b.txt", "");
    for format in ["human", "json", "jsonl", "github", "sarif"] {
        let plain = desk.run(&["check", "--format", format, "--lang", "en", "."]);
        let run = desk.run(&["check", "--format", format, "--lang", "en", "--stats", "."]);
        assert_eq!((run.code, run.out), (plain.code, plain.out));
        let added = run.err.strip_prefix(&plain.err).expect("the rest is as it was");
        assert!(added.starts_with("stats: 2 documents, 0.01 MB in "), "{added}");
        assert!(added.ends_with(" MB/s\n") && added.lines().count() == 1, "{added}");
    }
}
