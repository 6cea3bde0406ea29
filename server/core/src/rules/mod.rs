//! The rules, one page each (`server/core/rules/*.md`), and what makes relations of them.
//!
//! A rule never walks the document: `lay` lays its formula over the figures of one disclosure, and what comes out are
//! [`Relation`]s between figures. Rules that are no equation name a function in `builtin`.

pub mod across;
mod builtin;
pub mod context;
pub mod formula;
pub mod lay;
mod narrative;
pub mod note;
pub mod page;
pub mod relation;
mod rowset;
pub mod selection;
mod unknown;

pub use context::Laid;
pub use page::{Page, book};
pub use relation::Relation;
pub use selection::Selection;
pub use unknown::unknown;
