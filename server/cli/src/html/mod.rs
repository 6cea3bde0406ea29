//! `check --format html`: one page that needs nothing else, to be read on a screen, filtered, and printed.
//!
//! For each document: what was found, with the evidence beside it; an overview that draws each relation between its
//! tables as one mark; the tables as they were read, each figure coloured by the worst of its relations.

mod findings;
mod overview;
mod page;
mod tables;
mod ties;

pub use page::{Chapter, page};
