//! The real program, built when it is first asked for.

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use tokio::process::Child;

use crate::lsp_client::Client;

/// The program that `GOUJI` names; else the `gouji` beside this test's own program, built by the same cargo in the same
/// profile.
pub static GOUJI: LazyLock<PathBuf> = LazyLock::new(|| {
    if let Some(program) = std::env::var_os("GOUJI") {
        // Cargo runs tests in their own package's folder; the path is meant from that of the workspace.
        return PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(program);
    }
    let test = std::env::current_exe().expect("a test is a program");
    let profile = test.parent().and_then(|deps| deps.parent()).expect("…/target/<profile>/deps/<test>");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--quiet", "--package", "gouji", "--target-dir"]).arg(profile.parent().expect("target"));
    if profile.ends_with("release") {
        cargo.arg("--release");
    }
    let built = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().expect("cargo runs");
    assert!(built.success(), "gouji builds");
    profile.join("gouji").with_extension(std::env::consts::EXE_EXTENSION)
});

/// Starts `gouji server` and connects to it.
pub fn start() -> (Client, Child) {
    let mut program = tokio::process::Command::new(&*GOUJI);
    let program = program.arg("server").stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
    let mut child = program.spawn().expect("the program starts");
    let (from, to) = (child.stdout.take().expect("a pipe"), child.stdin.take().expect("a pipe"));
    (Client::over(from, to), child)
}
