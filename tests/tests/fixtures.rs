//! Every fixture owes exactly the findings written beside it, in `NAME.expect.toml`, and enough of it is checked: one
//! test a file.

use std::path::Path;
use std::process::ExitCode;

use gouji_tests::expect;
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures");
    let trials = expect::fixtures(&folder)
        .expect("fixtures/ can be read")
        .into_iter()
        .map(|(file, owed)| {
            let name = file.strip_prefix(&folder).unwrap_or(&file).display().to_string();
            Trial::test(name, move || check(&file, &owed))
        })
        .collect();
    libtest_mimic::run(&Arguments::from_args(), trials).exit_code()
}

fn check(file: &Path, owed: &Path) -> Result<(), Failed> {
    let source = expect::decode(&std::fs::read(file)?);
    let expected = expect::parse(&std::fs::read_to_string(owed)?)?;
    let differences = expect::differences(&source, &expected, expect::library(file, &expected)?);
    if differences.is_empty() { Ok(()) } else { Err(format!("\n{}", differences.join("\n")).into()) }
}
