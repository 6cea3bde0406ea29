//! Output for people: the line with the figure marked, the evidence, the repair.
//!
//! Everything is rendered with colours; the streams of `anstream` take them off where nobody would see them.

pub mod cells;
mod coverage;
mod finding;
pub mod notice;
mod page;
mod relations;
#[cfg(test)]
pub mod sample;
pub mod snippet;
mod stats;
mod summary;
pub mod words;

pub use coverage::coverage;
pub use finding::findings;
pub use page::{book, page};
pub use relations::relations;
pub use stats::stats;
pub use summary::{Tally, summary};
