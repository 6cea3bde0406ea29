//! How many instructions opening a disclosure and one keystroke in it take, counted by callgrind: the same on a noisy
//! machine as on a quiet one. Publishing is not among them.
//!
//!     cargo bench -p gouji-tests --bench counts               40 KB to 4 MB beside counts.toml; more than it allows fails
//!     cargo bench -p gouji-tests --bench counts -- --all      20 MB too
//!     cargo bench -p gouji-tests --bench counts -- 40K        only this size
//!     cargo bench -p gouji-tests --bench counts -- --write    all of them, and writes counts.toml anew
//!
//! Without `--bench`, as `cargo test --benches` runs it, everything is done once and nothing is counted.

mod counted;
mod record;
mod valgrind;

use std::process::ExitCode;

use record::Record;

/// Sizes in bytes, with their names. The last is counted where it is asked for.
const SIZES: [(&str, usize); 4] = [("40K", 40_000), ("400K", 400_000), ("4M", 4_000_000), ("20M", 20_000_000)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let has = |word: &str| arguments.iter().any(|own| own == word);
    if let [word, size, go] = arguments.as_slice()
        && word == counted::CHILD
    {
        counted::run(size.parse().unwrap_or(40_000), Some(go.as_ref()));
        return ExitCode::SUCCESS;
    }
    if !has("--bench") {
        counted::run(40_000, None);
        return ExitCode::SUCCESS;
    }
    if !valgrind::is_there() {
        eprintln!("counts: valgrind is not installed; nothing was counted (Debian: apt-get install valgrind)");
        return if has("--must") { ExitCode::FAILURE } else { ExitCode::SUCCESS };
    }
    let all = has("--all") || has("--write");
    let mut now = Record::default();
    let named = SIZES.iter().any(|(name, _)| has(name));
    let largest = SIZES[SIZES.len() - 1].0;
    for (name, bytes) in SIZES.iter().filter(|(name, _)| if named { has(name) } else { all || *name != largest }) {
        match valgrind::count(*bytes) {
            Ok(counts) => counts.into_iter().for_each(|(what, count)| now.put(&what, name, count)),
            Err(error) => {
                eprintln!("counts: {name}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    if has("--write") {
        print!("{}", now.text());
        return now.write();
    }
    now.beside(&Record::read())
}
