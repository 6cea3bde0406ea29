//! Tables and sentences → figures.
//!
//! Blocks are gathered to sections (`outline`), each section is read by itself (`section`), sections make up
//! disclosures (`disclosure`), where figures without columns find theirs (`place`).

mod assume;
mod bounds;
mod captions;
pub mod class;
mod clause;
mod columned;
mod comparison;
mod crossed;
pub mod disclosure;
mod economic_sides;
pub mod fact_table;
pub mod figure;
mod flow_header;
mod flow_table;
mod grid_table;
mod header;
pub mod indicator;
pub mod mentions;
pub mod number;
mod office;
pub mod outline;
pub mod paragraph;
mod phrase;
mod place;
pub mod prose;
mod purchase_table;
pub mod quantity;
pub mod section;
pub mod sheet;
pub mod source;
pub mod split;
pub mod statement;
mod stream;
pub mod table;
mod tabular;
pub mod target;
pub mod told;
mod years;

pub use disclosure::Disclosure;
pub use figure::{Figure, FigureId};
pub use section::{Section, SectionKind};
