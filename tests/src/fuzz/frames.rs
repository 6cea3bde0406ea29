//! What a client writes, cut into frames: whatever it is, what is read are messages or the errors they are answered with,
//! the same ones however the stream came in pieces.

use gouji_lsp::messages;

/// A stream shorter than this is looked at as a whole, however it comes.
const SHORT: usize = 1 << 14;

/// Reads a stream, at once and in pieces.
pub fn frames(input: &[u8]) {
    let (first, stream) = input.split_first().unwrap_or((&0, &[]));
    let piece = usize::from(*first).max(1);
    let whole = messages([stream]);
    let pieces = messages(stream.chunks(piece));
    if stream.len() < SHORT {
        assert_eq!(whole, pieces, "in pieces of {piece} bytes");
    }
}
