//! Findings on their way to the client, pushed or asked for: as bytes that are made once ([`made`]) and lent to who writes
//! them ([`frame`]), by the thousand and without a copy.

mod frame;
mod lent;
mod made;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::Write;
use std::sync::{Arc, LazyLock};

use gouji_core::document::Moved;
use memchr::memmem::Finder;
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
    /// Places in other files stand in it.
    abroad: bool,
}

/// What a line of a position stands behind. In a text it would be written otherwise: a quotation mark is escaped there.
static LINE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(br#""line":"#));

/// A run that is being made.
#[derive(Default)]
struct Draft {
    bytes: Vec<u8>,
    findings: Vec<End>,
    abroad: bool,
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
        let (bytes, findings) = (Vec::with_capacity(other.bytes.len()), Vec::with_capacity(other.findings.len()));
        Self { bytes, findings, abroad: false }
    }

    /// Adds a finding; nothing stands for one that is not shown.
    fn put(&mut self, diagnostic: Option<&impl Serialize>) {
        if let Some(diagnostic) = diagnostic {
            self.bytes.push(b',');
            // Plain data with text keys: there is nothing that could not be written as JSON.
            let _ = serde_json::to_writer(&mut self.bytes, diagnostic);
        }
        self.end();
    }

    /// A finding ends here.
    fn end(&mut self) {
        let start = self.findings.last().map_or(0, |before| before.at);
        let mut hash = DefaultHasher::new();
        self.bytes[start..].hash(&mut hash);
        self.findings.push(End { at: self.bytes.len(), name: hash.finish() });
    }

    /// Adds a finding of another run.
    fn put_again(&mut self, other: &Run, number: usize) {
        self.bytes.extend_from_slice(other.finding(number));
        self.findings.push(End { at: self.bytes.len(), ..other.findings[number] });
        self.abroad |= other.abroad;
    }

    /// A finding of it names another file.
    fn names_other_files(&mut self) {
        self.abroad = true;
    }

    /// Without room to spare: it is kept.
    fn made(self) -> Arc<Run> {
        let (bytes, findings) = (self.bytes.as_slice().into(), self.findings.as_slice().into());
        Arc::new(Run { bytes, findings, abroad: self.abroad })
    }
}

impl Run {
    fn finding(&self, number: usize) -> &[u8] {
        let start = number.checked_sub(1).map_or(0, |before| self.findings[before].at);
        &self.bytes[start..self.findings[number].at]
    }

    /// The same of a disclosure that was moved: nothing but the lines of its places is another. None where it names places
    /// in other files.
    fn moved(&self, moved: Moved) -> Option<Arc<Self>> {
        if self.abroad {
            return None;
        }
        let mut run = Draft::like(self);
        for number in 0..self.findings.len() {
            let mut rest = self.finding(number);
            while let Some(at) = LINE.find(rest) {
                let (before, behind) = rest.split_at(at + LINE.needle().len());
                let digits = behind.iter().take_while(|byte| byte.is_ascii_digit());
                let (length, line) =
                    digits.fold((0, 0), |(length, line), digit| (length + 1, line * 10 + usize::from(digit - b'0')));
                run.bytes.extend_from_slice(before);
                // Into memory, which takes everything.
                let _ = write!(run.bytes, "{}", moved.line(line));
                rest = &behind[length..];
            }
            run.bytes.extend_from_slice(rest);
            run.end();
        }
        Some(run.made())
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_was_moved_tells_other_lines_and_nothing_else_of_it_is_another() {
        let finding = |line: usize| {
            let range = json!({"start": {"line": line, "character": 7}, "end": {"line": line + 9, "character": 7}});
            json!({"range": range, "message": r#"写着 "line":3 的一行"#, "data": {"edits": [{"range": range, "newText": "7"}]}})
        };
        let of = |line: usize| {
            let mut run = Draft::default();
            run.put(Some(&finding(line)));
            run.put(None::<&()>);
            run.put(Some(&finding(line + 1)));
            run.made()
        };
        let (own, wanted) = (of(95), of(1203));
        let moved = own.moved(Moved::between(4, 1112)).expect("it names this file only");
        assert_eq!(moved.bytes, wanted.bytes);
        assert_eq!(moved.shown().collect::<Vec<_>>(), wanted.shown().collect::<Vec<_>>());
        let back = moved.moved(Moved::between(1112, 4)).expect("it names this file only");
        assert_eq!(back.bytes, own.bytes);
    }
}
