//! Runs what is counted below callgrind and reads the counts.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Error, Result};
use std::path::Path;
use std::process::{Command, Stdio};

use super::counted::CHILD;

/// Without it glibc's allocator sweeps its fast bins, half a million instructions, at a moment that small things decide: in
/// one program within what is counted, in the next outside.
const NO_FAST_BINS: (&str, &str) = ("GLIBC_TUNABLES", "glibc.malloc.mxfast=0");

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
        .args(["--toggle-collect=*counted_*", "--log-file=/dev/null"])
        .arg(format!("--callgrind-out-file={}", out.display()))
        .arg(std::env::current_exe()?)
        .args([CHILD, &bytes.to_string()])
        .arg(&go)
        .env(NO_FAST_BINS.0, NO_FAST_BINS.1)
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
    let counts = read(&out)?;
    if counts.is_empty() { Err(Error::other("callgrind counted nothing")) } else { Ok(counts) }
}

/// What the calls of the counted functions took, of the lines `cfn=(id) name`, `calls=…` and, behind that, place and cost.
/// A name is written where its id comes first.
fn read(file: &Path) -> Result<BTreeMap<String, u64>> {
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    let mut counted: HashMap<String, String> = HashMap::new();
    let (mut called, mut cost_is_next) = (None, false);
    for line in BufReader::new(std::fs::File::open(file)?).lines() {
        let line = line?;
        if let Some((id, name)) =
            line.strip_prefix("cfn=").or(line.strip_prefix("fn=")).and_then(|own| own.split_once(')'))
        {
            if let Some((_, what)) = name.rsplit_once("counted_") {
                counted.insert(id.to_owned(), what.chars().take_while(char::is_ascii_lowercase).collect());
            }
            if line.starts_with('c') {
                called = counted.get(id).cloned();
            }
        } else if line.starts_with("calls=") {
            cost_is_next = true;
        } else if std::mem::take(&mut cost_is_next)
            && let Some(what) = &called
        {
            let cost = line.split_whitespace().nth(1).and_then(|cost| cost.parse::<u64>().ok());
            *counts.entry(what.clone()).or_default() += cost.unwrap_or_default();
        }
    }
    Ok(counts)
}
