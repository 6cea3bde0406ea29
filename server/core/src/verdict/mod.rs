//! Judgement: knots of contradictions, the smallest repair of each, findings.

pub mod finding;
pub mod judge;
pub mod message;
pub mod note;
mod repair;
