//! Judgement: knots of contradictions, the smallest repair of each, findings.

mod across;
pub mod judge;
pub mod message;
mod repair;
mod rounding;
pub mod unit_slip;

pub use crate::finding;
