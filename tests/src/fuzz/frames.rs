//! What a client writes, cut into frames: whatever it is, what goes on is whole frames of JSON, the same ones however the
//! stream came in pieces.

use std::time::Duration;

use gouji_lsp::repair;
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

/// A stream shorter than this is looked at as a whole, however it comes.
const SHORT: usize = 1 << 14;
/// What takes longer has hung.
const PATIENCE: Duration = Duration::from_secs(20);

/// Repairs a stream, at once and in pieces.
pub fn frames(input: &[u8]) {
    let (first, stream) = input.split_first().unwrap_or((&0, &[]));
    let piece = usize::from(*first).max(1);
    let whole = read(&repaired(stream, stream.len().max(1)));
    let pieces = read(&repaired(stream, piece));
    if stream.len() < SHORT {
        assert_eq!(whole, pieces, "in pieces of {piece} bytes");
    }
}

fn repaired(stream: &[u8], piece: usize) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime.block_on(async {
        let (mut to, from) = tokio::io::duplex(1 << 20);
        let (out, mut repaired) = tokio::io::duplex(1 << 20);
        let write = async move {
            for bytes in stream.chunks(piece) {
                to.write_all(bytes).await.expect("the repair reads");
                tokio::task::yield_now().await;
            }
        };
        let mut seen = Vec::new();
        let all = async { tokio::join!(write, repair(from, out), repaired.read_to_end(&mut seen)) };
        let (.., read) = tokio::time::timeout(PATIENCE, all).await.expect("the repair ends");
        read.expect("a stream in memory");
        seen
    })
}

/// The bodies of a stream that has nothing but whole frames.
fn read(mut stream: &[u8]) -> Vec<Value> {
    let mut bodies = Vec::new();
    while !stream.is_empty() {
        let end = stream.windows(4).position(|window| window == b"\r\n\r\n").expect("a header");
        let header = std::str::from_utf8(&stream[..end]).expect("a header in ASCII");
        let length: usize = header.strip_prefix("Content-Length: ").and_then(|own| own.parse().ok()).expect("a length");
        let body = stream.get(end + 4..end + 4 + length).expect("a whole body");
        bodies.push(serde_json::from_slice(body).expect("JSON"));
        stream = &stream[end + 4 + length..];
    }
    bodies
}
