//! What the state publishes: 科目, 品目, the forms of the tables, names of measures, units.

pub mod subjects;
