//! The rules, one page each (`server/core/rules/*.md`), and what makes relations of them.
//!
//! A rule never walks the document: `lay` lays its formula over the figures of one disclosure, and what comes out are
//! [`Relation`]s between figures. Rules that are no equation name a function in `builtin`.

pub mod across;
pub mod answer;
pub mod book;
mod builtin;
pub mod context;
pub mod facet;
pub mod formula;
mod front;
pub mod group;
pub mod lay;
pub mod lookup;
pub mod memory;
pub mod misprint;
mod narrative;
pub mod note;
pub mod numbers;
pub mod page;
mod rate;
pub mod relation;
mod rowset;
pub mod seen;
pub mod selection;
pub mod suppression;
mod unknown;
pub mod written;

pub use book::Book;
pub use context::Laid;
pub use page::Page;
pub use relation::Relation;
pub use selection::Selection;
pub use suppression::Suppression;
pub use unknown::unknown;
