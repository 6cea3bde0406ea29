//! What an editor shows of an analysis: hover, actions, symbols. Plain data with byte ranges; no editor protocol here.

pub mod actions;
pub mod hover;
mod markdown;
pub mod symbols;

pub use actions::{Action, actions};
pub use hover::{Hover, hover};
pub use symbols::symbols;
