//! One file per command, and how they may end.

mod check;
mod explain;
mod relations;
mod rules;

use std::process::ExitCode;

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
