//! What an editor shows of an analysis: hover, actions, symbols, the pages of rules. Plain data with byte ranges; no editor protocol here.

#![forbid(unsafe_code)]

pub mod actions;
pub mod audience;
pub mod explain;
pub mod hover;
mod markdown;
pub mod symbols;

pub use actions::{Action, FixAll, actions, fix_all};
pub use audience::Audience;
pub use explain::{Explanation, explain};
pub use hover::{Hover, hover};
pub use symbols::symbols;
