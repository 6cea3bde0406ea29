//! From what the user named to texts: which files, their bytes, their encoding; and back to bytes.

mod decode;
mod encode;
mod read;
mod walk;

pub use encode::encode;
pub use read::{Origin, Script, Source, read};
pub use walk::gather;
