//! Findings on their way to the client, pushed or asked for: as bytes that are made once ([`made`]) and lent to who writes
//! them ([`frame`]), by the thousand and without a copy.

mod frame;
mod lent;
mod made;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

pub use frame::Frame;
pub use lent::Lent;
pub use made::{Known, of_file, of_open, publication};

/// A finding as JSON behind a comma; empty where it is not shown.
#[derive(Clone, Debug)]
struct Fragment {
    bytes: Arc<[u8]>,
    /// A hash of these.
    name: u64,
}

impl Fragment {
    fn of(diagnostic: Option<&impl Serialize>) -> Self {
        let mut bytes = Vec::new();
        if let Some(diagnostic) = diagnostic {
            bytes.push(b',');
            // Plain data with text keys: there is nothing that could not be written as JSON.
            let _ = serde_json::to_writer(&mut bytes, diagnostic);
        }
        let mut hash = DefaultHasher::new();
        bytes.hash(&mut hash);
        Self { bytes: bytes.into(), name: hash.finish() }
    }
}

/// What is shown of a document: its diagnostics in order, those of each disclosure in a piece.
#[derive(Clone, Debug, Default)]
pub struct Shown(Vec<Arc<[Fragment]>>);

impl Shown {
    /// These diagnostics.
    fn these(diagnostics: &[impl Serialize]) -> Self {
        Self(vec![diagnostics.iter().map(|one| Fragment::of(Some(one))).collect()])
    }

    fn fragments(&self) -> impl Iterator<Item = &Fragment> {
        self.0.iter().flat_map(|piece| piece.iter()).filter(|fragment| !fragment.bytes.is_empty())
    }

    /// The JSON of the diagnostics with commas between, as it lies.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let bytes = self.fragments().map(|fragment| &*fragment.bytes).enumerate();
        bytes.map(|(number, bytes)| if number == 0 { &bytes[1..] } else { bytes })
    }

    /// A name that other diagnostics have not.
    pub fn name(&self) -> String {
        let mut hash = DefaultHasher::new();
        self.fragments().for_each(|fragment| fragment.name.hash(&mut hash));
        format!("{:016x}", hash.finish())
    }

    /// The diagnostics as one value. Not as the framework's types: the client's spelling of a URI need not be one.
    fn value(&self) -> Value {
        // Written by this server; what could not be read back the client would not read either.
        self.fragments().filter_map(|fragment| serde_json::from_slice::<Value>(&fragment.bytes[1..]).ok()).collect()
    }
}
