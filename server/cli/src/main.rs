//! The command line of gouji: `check`, `relations`, `explain`, `rules`, `server`.
//!
//! The way of the data: `args` → gouji-files (files to texts) → `across` (what they offer each other) → `survey` (texts to
//! documents, on all cores) → `human`, `json`, `github`, `sarif` or `html` (documents to output). `mend` writes files,
//! where the user said `--fix`. Nothing here knows a rule.

#![forbid(unsafe_code)]

mod across;
mod args;
mod commands;
mod github;
mod html;
mod human;
mod json;
mod mend;
mod projects;
mod sarif;
mod survey;
mod usage;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use args::{Cli, Command};
use commands::Ending;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return decline(&error).into(),
    };
    let locale = cli.lang.into();
    let ending = match &cli.command {
        Command::Check(asked) => commands::check(asked, locale),
        Command::Relations(asked) => commands::relations(asked, locale),
        Command::Explain { code } => commands::explain(code, locale),
        Command::Rules { command, format } => commands::rules(command.as_ref(), format.format, locale),
        Command::Schema => io::stdout().lock().write_all(gouji_project::schema().as_bytes()).map(|()| Ending::Done),
        // The protocol has exit codes of its own.
        Command::Server { .. } => return gouji_lsp::run(),
    };
    match ending {
        Ok(ending) => ending.into(),
        // The reader has seen enough: `gouji check … | head`.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ending::Done.into(),
        Err(error) => {
            let _ = writeln!(io::stderr(), "输出失败：{error}");
            Ending::Failed.into()
        }
    }
}

/// Help and version go to the standard output and are no mistake; everything else is.
fn decline(error: &clap::Error) -> Ending {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            Ending::Done
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            Ending::Failed
        }
        _ => {
            let _ = writeln!(anstream::stderr(), "{}", usage::complaint(error));
            Ending::Failed
        }
    }
}
