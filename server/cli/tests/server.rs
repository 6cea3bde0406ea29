//! `gouji server` speaks the protocol on the standard streams.

use std::io::Write;
use std::process::{Command, Stdio};

#[test]
fn the_server_answers_and_leaves() {
    for arguments in [&["server"][..], &["server", "--stdio"]] {
        let mut server = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut input = server.stdin.take().expect("a pipe");
        for message in [
            r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#,
            r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#,
            r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#,
            r#"{"jsonrpc":"2.0","method":"exit"}"#,
        ] {
            write!(input, "Content-Length: {}\r\n\r\n{message}", message.len()).expect("the server reads");
        }
        let output = server.wait_with_output().expect("the server ends");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        let answers = String::from_utf8_lossy(&output.stdout);
        assert!(answers.contains(r#""id":1"#) && answers.contains(r#""id":2"#), "{answers}");
    }
}
