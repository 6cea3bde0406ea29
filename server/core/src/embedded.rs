//! What the build makes of the lists of `data/` and of the heads of the pages (`build.rs`): JSON, and nothing else of the
//! core reads any.

use serde::Deserialize;

/// A text of the build, read. It is made of files that tests read too, so it can be.
pub fn read<T: Deserialize<'static>>(json: &'static str) -> T {
    serde_json::from_str(json).expect("made by the build")
}

/// A list of `data/`, by the name of its file.
macro_rules! list {
    ($name:literal) => {
        $crate::embedded::read(include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json")))
    };
}
pub(crate) use list;
