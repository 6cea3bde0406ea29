//! Maps, sets and fingerprints whose order and values are the same in every run: two runs over the same text do the same,
//! to the instruction, and what `tests/counts` measures is the code. Hashing is by the crate foldhash, several times as
//! fast on short keys as the standard library's. A text could be made whose words collide; it would slow down its own
//! check alone.

use std::hash::BuildHasher;

/// Without a seed of the run.
type Fixed = foldhash::quality::FixedState;

/// A hash map.
pub type Map<K, V> = std::collections::HashMap<K, V, Fixed>;

/// A hash set.
pub type Set<T> = std::collections::HashSet<T, Fixed>;

/// A hasher to feed piece by piece.
pub fn hasher() -> foldhash::quality::FoldHasher<'static> {
    Fixed::default().build_hasher()
}
