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

/// Findings in order, as they are sent: JSON, each behind a comma, in one run, so that a compilation's thousands are written
/// by the disclosure.
#[derive(Debug, Default)]
struct Run {
    bytes: Box<[u8]>,
    findings: Box<[End]>,
}

/// A run that is being made.
#[derive(Default)]
struct Draft {
    bytes: Vec<u8>,
    findings: Vec<End>,
}

/// Where a finding of a run ends, and a hash of its bytes. One that is not shown has none.
#[derive(Clone, Copy, Debug)]
struct End {
    at: usize,
    name: u64,
}

impl Draft {
    /// A run that is to be about as long as another.
    fn like(other: &Run) -> Self {
        Self { bytes: Vec::with_capacity(other.bytes.len()), findings: Vec::with_capacity(other.findings.len()) }
    }

    /// Adds a finding; nothing stands for one that is not shown.
    fn put(&mut self, diagnostic: Option<&impl Serialize>) {
        let start = self.bytes.len();
        if let Some(diagnostic) = diagnostic {
            self.bytes.push(b',');
            // Plain data with text keys: there is nothing that could not be written as JSON.
            let _ = serde_json::to_writer(&mut self.bytes, diagnostic);
        }
        let mut hash = DefaultHasher::new();
        self.bytes[start..].hash(&mut hash);
        self.findings.push(End { at: self.bytes.len(), name: hash.finish() });
    }

    /// Adds a finding of another run.
    fn put_again(&mut self, other: &Run, number: usize) {
        self.bytes.extend_from_slice(other.finding(number));
        self.findings.push(End { at: self.bytes.len(), ..other.findings[number] });
    }

    /// Without room to spare: it is kept.
    fn made(self) -> Arc<Run> {
        Arc::new(Run { bytes: self.bytes.as_slice().into(), findings: self.findings.as_slice().into() })
    }
}

impl Run {
    fn finding(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.findings[before].at);
        &self.bytes[start..self.findings[number].at]
    }

    /// The findings that are shown, each with its hash.
    fn shown(&self) -> impl Iterator<Item = (&[u8], u64)> {
        let each = self.findings.iter().enumerate().map(|(number, end)| (self.finding(number), end.name));
        each.filter(|(bytes, _)| !bytes.is_empty())
    }
}

/// What is shown of a document: its diagnostics in order, those of each disclosure in a run.
#[derive(Clone, Debug, Default)]
pub struct Shown(Vec<Arc<Run>>);

impl Shown {
    /// These diagnostics.
    fn these(diagnostics: &[impl Serialize]) -> Self {
        let mut run = Draft::default();
        diagnostics.iter().for_each(|one| run.put(Some(one)));
        Self(vec![run.made()])
    }

    /// The JSON of the diagnostics with commas between, as it lies.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        let runs = self.0.iter().map(|run| &*run.bytes).filter(|bytes| !bytes.is_empty()).enumerate();
        runs.map(|(number, bytes)| if number == 0 { &bytes[1..] } else { bytes })
    }

    /// A name that other diagnostics have not.
    pub fn name(&self) -> String {
        let mut hash = DefaultHasher::new();
        self.0.iter().flat_map(|run| run.shown()).for_each(|(_, name)| name.hash(&mut hash));
        format!("{:016x}", hash.finish())
    }

    /// The diagnostics as one value. Not as the framework's types: the client's spelling of a URI need not be one.
    fn value(&self) -> Value {
        // Written by this server; what could not be read back the client would not read either.
        let findings = self.0.iter().flat_map(|run| run.shown());
        findings.filter_map(|(bytes, _)| serde_json::from_slice::<Value>(&bytes[1..]).ok()).collect()
    }
}
