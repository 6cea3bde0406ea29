//! Judgement: intervals, knots, repairs, findings, coverage.

pub mod finding;
