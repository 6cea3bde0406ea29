//! The counts that were reached, in `counts.toml`, and those of now beside them.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use super::SIZES;

/// So many per cent more than before are no regression: the same program takes the same, but where it lies in memory moves
/// the allocator's work by some per cent.
const ALLOWED: u64 = 10;

const HEAD: &str = "# Instructions, by what is done and the size of the text: counted by callgrind, publishing apart.
# Written by `cargo bench -p gouji-tests --bench counts -- --write`; 10 % more than this fails the tests.
";

/// Counts by what is done and by size.
#[derive(Debug, Default)]
pub struct Record(BTreeMap<String, BTreeMap<String, u64>>);

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("benches/counts/counts.toml")
}

impl Record {
    /// What was reached before; nothing where nothing has been written.
    pub fn read() -> Self {
        Self(std::fs::read_to_string(path()).ok().and_then(|text| toml::from_str(&text).ok()).unwrap_or_default())
    }

    /// Adds a count.
    pub fn put(&mut self, what: &str, size: &str, count: u64) {
        self.0.entry(what.to_owned()).or_default().insert(size.to_owned(), count);
    }

    /// As it is written.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (what, by_size) in &self.0 {
            text.push_str(&format!("\n[{what}]\n"));
            for (size, count) in SIZES.iter().filter_map(|(size, _)| Some((size, by_size.get(*size)?))) {
                text.push_str(&format!("{size} = {count}\n"));
            }
        }
        text
    }

    /// Writes it.
    pub fn write(&self) -> ExitCode {
        match std::fs::write(path(), self.text()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => {
                eprintln!("counts: {}: {error}", path().display());
                ExitCode::FAILURE
            }
        }
    }

    /// Prints each count beside the one that was reached before; fails where one is too large.
    pub fn beside(&self, before: &Self) -> ExitCode {
        let mut worse = 0;
        println!("{:<10} {:>5} {:>14} {:>14} {:>6}", "", "", "now", "before", "%");
        for (what, by_size) in &self.0 {
            for (size, now) in SIZES.iter().filter_map(|(size, _)| Some((*size, *by_size.get(*size)?))) {
                let Some(old) = before.0.get(what).and_then(|old| old.get(size)).copied().filter(|old| *old > 0) else {
                    println!("{what:<10} {size:>5} {now:>14} {:>14}", "-");
                    continue;
                };
                let percent = now * 100 / old;
                let said = match percent {
                    _ if now * 100 > old * (100 + ALLOWED) => {
                        worse += 1;
                        "  more than before"
                    }
                    ..90 => "  less: write it down",
                    _ => "",
                };
                println!("{what:<10} {size:>5} {now:>14} {old:>14} {percent:>6}{said}");
            }
        }
        if worse > 0 {
            eprintln!(
                "counts: {worse} more than {ALLOWED} % above counts.toml; where that is meant, run with `-- --write`"
            );
            return ExitCode::FAILURE;
        }
        ExitCode::SUCCESS
    }
}
