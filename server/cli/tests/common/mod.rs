//! Running the program as users do: in a folder of its own, its output captured.

use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with files, removed afterwards.
pub struct Desk(TempDir);

/// What a run gave.
pub struct Run {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    /// Puts a file there, with the folders it needs.
    pub fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        std::fs::write(path, bytes).expect("a file");
        self
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn run(&self, arguments: &[&str]) -> Run {
        self.run_with("", arguments)
    }

    /// With this on the standard input.
    pub fn run_with(&self, input: impl AsRef<[u8]> + Send, arguments: &[&str]) -> Run {
        let mut child = self.command(arguments).stdin(Stdio::piped()).spawn().expect("the program starts");
        let mut to = child.stdin.take().expect("a pipe");
        // What answers while it reads would wait for its answers to be taken.
        let (written, output) = std::thread::scope(|threads| {
            let writing = threads.spawn(move || to.write_all(input.as_ref()));
            let output = child.wait_with_output().expect("the program ends");
            (writing.join().expect("it was written"), output)
        });
        // What does not read its input may have ended before.
        assert!(written.is_ok() || written.is_err_and(|error| error.kind() == ErrorKind::BrokenPipe));
        let Output { status, stdout, stderr } = output;
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Run { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    /// The program, not yet started, its output captured.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
        command.args(arguments).current_dir(self.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    pub fn json(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let run = self.run(arguments);
        (run.code, serde_json::from_str(&run.out).expect("the output is JSON"))
    }
}
