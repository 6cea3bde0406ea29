//! From what the user named to texts: which files, their bytes, their encoding.

mod decode;
mod read;
mod walk;

pub use read::{Origin, read};
pub use walk::gather;
