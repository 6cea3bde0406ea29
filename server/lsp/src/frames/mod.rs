//! The incoming stream, cut into messages. What is no message becomes the error that it is answered with, and what comes
//! behind it is read again: the framework's own reader would end for good at the first frame that it cannot decode.

mod cut;
mod judge;

use serde_json::Value;

pub use cut::Cutter;
pub use judge::Incoming;

/// What stands before a body of so many bytes.
pub fn header(length: usize) -> String {
    format!("Content-Length: {length}\r\n\r\n")
}

/// What is read of a stream that comes in pieces: each message, or the error that it is answered with. For fuzzing.
pub fn messages<'p>(pieces: impl IntoIterator<Item = &'p [u8]>) -> Vec<Value> {
    let (mut cutter, mut seen) = (Cutter::default(), Vec::new());
    for piece in pieces {
        cutter.push(piece);
        seen.extend(std::iter::from_fn(|| cutter.next()).map(|message| match message {
            Incoming::Request(request) => serde_json::to_value(request),
            Incoming::Response(response) => serde_json::to_value(response),
            Incoming::Broken(fault) => serde_json::to_value(fault.answer()),
        }));
    }
    seen.into_iter().map(Result::unwrap_or_default).collect()
}
