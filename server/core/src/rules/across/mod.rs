//! Between disclosures: what one offers to others, whose are related to whose, and how their figures come into relations.
//!
//! A rule page names another disclosure by a word before the table (上年.收支总表[收入总计].预算数). All that pages name so is
//! what a disclosure offers: its [`Extract`], small, and equal as long as nothing of it changes. The figures of an
//! extract stand in a section of their own, so that relations, repairs and messages know no difference.

mod body;
mod extract;
mod library;
mod listed;
mod peers;

pub use body::Body;
pub use extract::{Extract, Fact, Wanted};
pub(super) use extract::{name, wanted};
pub use library::{Library, Places, Published};
pub use peers::{Others, Peer, Source, peers};
