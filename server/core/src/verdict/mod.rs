//! Judgement: knots of contradictions, the smallest repair of each, findings.

mod across;
mod balance;
mod causes;
mod gaps;
mod guard;
mod joint;
pub mod judge;
mod looking;
pub mod memory;
pub mod message;
mod repair;
mod rounding;
mod settle;
mod several;
mod slip;
mod style;
mod tell;
#[cfg(test)]
mod tests;
mod ties;
pub mod unit_slip;
mod weigh;

pub use crate::finding;
pub use style::Figures;
