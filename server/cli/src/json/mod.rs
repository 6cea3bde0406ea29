//! The JSON that other programs read. A contract: names, their order, positions from 1, ends exclusive.

mod check;
mod place;
mod relations;
mod report;

pub use check::Checked;
pub use place::{Place, Range};
pub use relations::Compared;
pub use report::{Entry, Report, line, print};
