//! One file per command, and how they may end.

mod check;
mod explain;
mod relations;
mod rules;

use std::io::Write;
use std::process::ExitCode;

use gouji_core::verdict::finding::{Locale, Message};

use crate::usage;

pub use check::check;
pub use explain::explain;
pub use relations::relations;
pub use rules::rules;

/// The exit codes, a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ending {
    /// 0: nothing at error level.
    Done,
    /// 1: something at error level.
    Contradicted,
    /// 2: the command line was wrong, or something could not be read.
    Failed,
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> Self {
        ExitCode::from(ending as u8)
    }
}

/// Tells what is wrong with a command line that clap could read.
fn mistaken(mistake: &Message, locale: Locale) -> Ending {
    let _ = writeln!(anstream::stderr(), "{}", usage::mistake(mistake, locale));
    Ending::Failed
}
