//! What a folder says of how its documents are checked: `gouji.toml`, and the rule pages in `.gouji/rules`.
//!
//! [`Project::read`] finds nothing wrong with a folder that says nothing, and takes what it can of one that says it
//! badly: what is wrong becomes complaints, each at its place. [`Project::terms`] is what a document is checked by.

#![forbid(unsafe_code)]

mod config;
mod date;
mod entry;
mod files;
mod globs;
pub mod keys;
mod own;
mod project;
mod read;
mod schema;

pub use config::Entry;
pub use date::Date;
pub use entry::{Scope, added};
pub use files::{Disk, Files};
pub use keys::{FILE, PAGES};
pub use project::{Place, Project, Source, Terms};
pub use schema::schema;
