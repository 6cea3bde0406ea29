//! What the state publishes: 科目, 品目, the forms of the tables, names of measures, units. Data files, embedded.

pub mod forms;
pub mod measures;
pub mod name;
pub mod procurement;
pub mod publication;
pub mod subjects;
pub mod targets;
pub mod unit;
pub mod wording;
mod words;

pub use forms::{Form, Kind, Shape};
pub use unit::Unit;
