//! Runs what is counted below callgrind and reads the counts.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Error, Result};
use std::path::Path;
use std::process::{Command, Stdio};

use super::counted::CHILD;

/// Whether it can be run at all.
pub fn is_there() -> bool {
    let asked = Command::new("valgrind").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    asked.is_ok_and(|status| status.success())
}

/// The counts at a size. Until the document is open nothing is instrumented, which is some ten times as fast; then
/// callgrind is told to begin.
pub fn count(bytes: usize) -> Result<BTreeMap<String, u64>> {
    let folder = tempfile::tempdir()?;
    let (out, go) = (folder.path().join("counts"), folder.path().join("go"));
    let mut child = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--instr-atstart=no", "--vgdb=yes", "--vgdb-poll=200"])
        .args(["--toggle-collect=*counted_*", "--dump-after=*counted_*"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe()?)
        .args([CHILD, &bytes.to_string()])
        .arg(&go)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()?;
    let mut said = String::new();
    BufReader::new(child.stdout.take().ok_or_else(|| Error::other("no output"))?).read_line(&mut said)?;
    // The process is valgrind itself: it loads the program into its own.
    let on = Command::new("vgdb").arg(format!("--pid={}", child.id())).args(["instrumentation", "on"]).output()?;
    std::fs::write(&go, "")?;
    let ended = child.wait()?;
    if said.trim() != "ready" || !on.status.success() || !ended.success() {
        return Err(Error::other(format!("vgdb: {}; {ended}", String::from_utf8_lossy(&on.stderr).trim())));
    }
    let counts = read(folder.path())?;
    if counts.is_empty() { Err(Error::other("callgrind counted nothing")) } else { Ok(counts) }
}

/// The dumps: one for each time a counted function was left, with its name as the trigger.
fn read(folder: &Path) -> Result<BTreeMap<String, u64>> {
    let mut counts = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let (mut what, mut sum) = (None, None);
        for line in BufReader::new(std::fs::File::open(entry?.path())?).lines() {
            let line = line?;
            if let Some(trigger) = line.strip_prefix("desc: Trigger: --dump-after=") {
                let (_, name) = trigger.rsplit_once("counted_").unwrap_or_default();
                what = Some(name.chars().take_while(char::is_ascii_lowercase).collect::<String>());
            } else if let Some(total) = line.strip_prefix("totals: ").or(line.strip_prefix("summary: ")) {
                sum = total.split_whitespace().next().and_then(|count| count.parse::<u64>().ok());
            }
        }
        if let (Some(what), Some(sum)) = (what.filter(|what| !what.is_empty()), sum.filter(|sum| *sum > 0)) {
            counts.insert(what, sum);
        }
    }
    Ok(counts)
}
