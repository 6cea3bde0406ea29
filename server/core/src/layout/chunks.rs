//! A long sequence of blocks in chunks that know how many bytes they hold: found by a place, changed in the middle and
//! cloned at the cost of one chunk and a short list.

use std::ops::Range;
use std::sync::Arc;

use super::Block;

/// Blocks of a full chunk. A chunk is cut in two when it holds twice as many, and joined with the next when half of it
/// is gone.
const FULL: usize = 128;

#[derive(Debug, Default)]
struct Chunk {
    blocks: Vec<Arc<Block>>,
    bytes: usize,
}

impl Chunk {
    fn of(blocks: Vec<Arc<Block>>) -> Arc<Self> {
        let bytes = blocks.iter().map(|block| block.len()).sum();
        Arc::new(Self { blocks, bytes })
    }
}

/// Blocks, in order.
#[derive(Clone, Debug, Default)]
pub struct Chunks {
    chunks: Vec<Arc<Chunk>>,
}

impl Chunks {
    /// Of these blocks.
    pub fn of(blocks: Vec<Arc<Block>>) -> Self {
        Self { chunks: cut(blocks) }
    }

    /// How many blocks there are.
    pub fn len(&self) -> usize {
        self.chunks.iter().map(|chunk| chunk.blocks.len()).sum()
    }

    /// The number of the block that holds a byte and where it begins; the last one for a byte behind the end.
    pub fn at(&self, byte: usize) -> (usize, usize) {
        let (mut number, mut start) = (0, 0);
        for (index, chunk) in self.chunks.iter().enumerate() {
            if byte < start + chunk.bytes || index + 1 == self.chunks.len() {
                for (inside, block) in chunk.blocks.iter().enumerate() {
                    if byte < start + block.len() || inside + 1 == chunk.blocks.len() {
                        return (number + inside, start);
                    }
                    start += block.len();
                }
            }
            number += chunk.blocks.len();
            start += chunk.bytes;
        }
        (number, start)
    }

    /// The number of the block that begins at a byte; one past the last for the end of the text.
    pub fn beginning_at(&self, byte: usize) -> Option<usize> {
        let (number, start) = self.at(byte);
        if start == byte {
            return Some(number);
        }
        let end: usize = self.chunks.iter().map(|chunk| chunk.bytes).sum();
        (byte == end).then(|| self.len())
    }

    /// Some of the blocks; the range is clamped.
    pub fn slice(&self, range: Range<usize>) -> Vec<Arc<Block>> {
        let mut out = Vec::with_capacity(range.len().min(4 * FULL));
        let mut first = 0;
        for chunk in &self.chunks {
            let count = chunk.blocks.len();
            let (from, to) = (range.start.max(first), range.end.min(first + count));
            if from < to {
                out.extend_from_slice(&chunk.blocks[from - first..to - first]);
            }
            first += count;
            if first >= range.end {
                break;
            }
        }
        out
    }

    /// Puts blocks in the place of others.
    pub fn splice(&mut self, range: Range<usize>, with: Vec<Arc<Block>>) {
        let mut first = 0;
        let mut touched: Option<(Range<usize>, usize)> = None;
        for (index, chunk) in self.chunks.iter().enumerate() {
            let last = first + chunk.blocks.len();
            if last >= range.start && first <= range.end {
                let own = touched.get_or_insert((index..index, first));
                own.0.end = index + 1;
            }
            first = last;
        }
        let (chunks, first) = touched.unwrap_or((0..0, 0));
        let old: Vec<Arc<Block>> =
            self.chunks[chunks.clone()].iter().flat_map(|chunk| &chunk.blocks).cloned().collect();
        let (from, to) = ((range.start - first).min(old.len()), (range.end - first).min(old.len()));
        let mut new = Vec::with_capacity(old.len() + with.len());
        new.extend_from_slice(&old[..from]);
        new.extend(with);
        new.extend_from_slice(&old[to..]);
        self.chunks.splice(chunks, cut(new));
    }
}

/// Chunks of a size that leaves room to grow.
fn cut(blocks: Vec<Arc<Block>>) -> Vec<Arc<Chunk>> {
    if blocks.len() <= 2 * FULL {
        return if blocks.is_empty() { Vec::new() } else { vec![Chunk::of(blocks)] };
    }
    blocks.chunks(FULL).map(|some| Chunk::of(some.to_vec())).collect()
}
