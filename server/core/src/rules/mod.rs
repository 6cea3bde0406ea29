//! The rules, one page each.

pub mod page;

pub use page::{Page, book};
