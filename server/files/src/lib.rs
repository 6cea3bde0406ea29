//! From files to texts and back: which files, their bytes, their encoding. The command line and the language server read
//! disclosures through this, so that both see the same text.

#![forbid(unsafe_code)]

mod decode;
mod encode;
mod read;
mod walk;

pub use decode::decode;
pub use encode::encode;
pub use read::{LIMIT_MB, Origin, Script, Source, read, refusal, too_large};
pub use walk::{documents, gather, is_document};
