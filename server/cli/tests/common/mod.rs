//! Running the program as users do: in a folder of its own, its output captured.

use std::path::Path;
use std::process::{Command, Output};

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
        let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_gouji"))
            .args(arguments)
            .current_dir(self.path())
            .output()
            .expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("the output is UTF-8");
        Run { code: status.code(), out: text(stdout), err: text(stderr) }
    }

    pub fn json(&self, arguments: &[&str]) -> (Option<i32>, Value) {
        let run = self.run(arguments);
        (run.code, serde_json::from_str(&run.out).expect("the output is JSON"))
    }
}
