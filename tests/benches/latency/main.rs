//! What the user waits for: from a keystroke written to the server's standard input to the last byte of the diagnostics
//! of that version, and what else an editor asks for, beside two trivial servers in the same run. Times of different
//! machines, or of different hours on one, say little; the ratios do.
//!
//!     cargo bench -p gouji-tests --bench latency                         40 KB, 400 KB and 4 MB
//!     cargo bench -p gouji-tests --bench latency -- 40K 20M --rounds 5   as named
//!     cargo bench -p gouji-tests --bench latency -- --server PATH        another build of gouji
//!
//! `floor` applies no edit and looks at nothing: it answers with as many diagnostics as were planted. `echo` answers
//! with none. Without `--bench`, as `cargo test --benches` runs it, the trivial servers are measured briefly.

mod client;
mod floor;
mod process;
mod steps;
mod table;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use gouji_tests::generate::{Wish, generate};
use steps::{Effort, Figures};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [word, diagnostics] = arguments.as_slice()
        && word == floor::CHILD
    {
        floor::run(diagnostics.parse().unwrap_or_default());
        return ExitCode::SUCCESS;
    }
    let real = arguments.iter().any(|word| word == "--bench");
    let (mut sizes, mut rounds, mut server): (_, usize, Option<PathBuf>) = (Vec::new(), 3, None);
    let mut words = arguments.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--rounds" => rounds = words.next().and_then(|count| count.parse().ok()).unwrap_or(rounds),
            "--server" => server = words.next().map(Into::into),
            word => sizes.extend(size(word).map(|bytes| (word.to_owned(), bytes))),
        }
    }
    if sizes.is_empty() {
        sizes = ["40K", "400K", "4M"].iter().filter_map(|word| Some(((*word).to_owned(), size(word)?))).collect();
    }
    let server = match server {
        None if real => built(),
        server => server.unwrap_or_default(),
    };
    let effort = if real { Effort::REAL } else { Effort::SMOKE };
    if !real {
        (sizes, rounds) = (vec![("40K".to_owned(), 40_000)], 1);
    }
    for (name, bytes) in sizes {
        let made = generate(Wish::faulty(bytes));
        let mut all: Vec<(&str, Figures)> = vec![("echo", Figures::default()), ("floor", Figures::default())];
        if real {
            all.push(("gouji", Figures::default()));
        }
        for round in 0..rounds {
            for number in 0..all.len() {
                // Another one begins each round.
                let count = all.len();
                let (who, figures) = &mut all[(number + round) % count];
                let mut command = match *who {
                    "gouji" => {
                        let mut command = Command::new(&server);
                        command.arg("server");
                        command
                    }
                    who => floor::command(if who == "echo" { 0 } else { made.planted }),
                };
                if let Err(error) = steps::measure(&mut command, &made, effort, figures) {
                    eprintln!("latency: {name} {who}: {error}");
                    return ExitCode::FAILURE;
                }
            }
        }
        table::print(&name, &made, &all);
    }
    ExitCode::SUCCESS
}

/// The server in the profile of this bench, which is that of a release with its names left in.
fn built() -> PathBuf {
    let bench = std::env::current_exe().expect("this program");
    let folder = bench.parent().and_then(|deps| deps.parent()).expect("…/target/release/deps/<bench>");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--profile", "bench", "--package", "gouji", "--target-dir"]);
    cargo.arg(folder.parent().expect("target"));
    let status = cargo.current_dir(env!("CARGO_MANIFEST_DIR")).status().expect("cargo runs");
    assert!(status.success(), "gouji builds");
    folder.join("gouji").with_extension(std::env::consts::EXE_EXTENSION)
}

fn size(word: &str) -> Option<usize> {
    let (digits, unit) = match (word.strip_suffix('K'), word.strip_suffix('M')) {
        (Some(digits), _) => (digits, 1000),
        (_, Some(digits)) => (digits, 1_000_000),
        _ => return None,
    };
    digits.parse::<usize>().ok().map(|count| count * unit)
}
