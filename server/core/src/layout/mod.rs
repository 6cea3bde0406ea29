//! Lines → blocks, incrementally. Knows shapes, knows nothing of budgets.
//!
//! A [`Block`] is a stretch of lines that reads on its own: a run of table cells, a run of rows, a paragraph. Where a
//! block ends depends on its own lines and on the first line after it, on nothing else; so after an edit the blocks
//! are formed anew from the one before the edit until a new boundary falls on an old one, and all others are shared.

mod block;
mod chunks;
pub mod grid;
mod heal;
mod html;
mod kept;
pub mod line;
mod markup;
mod signs;

use std::ops::Range;
use std::sync::Arc;

pub use block::{Block, BlockKind, Line};
pub use kept::Kept;

use crate::text::{Span, Text};
use block::Forming;
use chunks::Chunks;

/// The blocks of a document, in order; together they hold every byte of it. Cloning costs no more than the chunks they
/// are kept in.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    blocks: Chunks,
}

/// What an edit did to the blocks: those from `at` on, so many, gave way to so many others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// The first block that changed.
    pub at: usize,
    /// How many are gone.
    pub removed: usize,
    /// How many came.
    pub inserted: usize,
}

impl Layout {
    /// Forms the blocks of a whole text.
    pub fn new(text: &Text) -> Self {
        Self { blocks: Chunks::of(Forming::from(text, 0).map(Arc::new).collect()) }
    }

    /// How many blocks there are.
    pub fn len(&self) -> usize {
        self.blocks.len()
    }

    /// True of an empty text.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Some of the blocks, in order.
    pub fn blocks(&self, range: Range<usize>) -> Vec<Arc<Block>> {
        self.blocks.slice(range)
    }

    /// Brings the blocks up to date after `replaced` (a span of the old text) became `inserted` bytes long in `text`.
    pub fn edit(&mut self, text: &Text, replaced: Span, inserted: usize) -> Change {
        let (touched, start) = self.blocks.at(replaced.start);
        let (first, mut at) = match touched.checked_sub(1) {
            Some(before) => (before, start - self.blocks.slice(before..touched).first().map_or(0, |block| block.len())),
            None => (0, 0),
        };
        let mut fresh: Vec<Arc<Block>> = Vec::new();
        let mut rest = self.blocks.len();
        for block in Forming::from(text, at) {
            at += block.len();
            fresh.push(Arc::new(block));
            if at >= replaced.start + inserted {
                let old = at - inserted + replaced.len();
                if let (true, Some(index)) = (old >= replaced.end, self.blocks.beginning_at(old)) {
                    rest = index;
                    break;
                }
            }
        }
        let gone = self.blocks.slice(first..rest);
        // A block that came out equal keeps its identity, so that whoever read it need not read it again.
        let same = |(new, old): &(&Arc<Block>, &Arc<Block>)| new == old;
        let head = fresh.iter().zip(&gone).take_while(same).count();
        let tail = fresh[head..].iter().rev().zip(gone[head..].iter().rev()).take_while(same).count();
        fresh.truncate(fresh.len() - tail);
        fresh.drain(..head);
        let change = Change { at: first + head, removed: gone.len() - head - tail, inserted: fresh.len() };
        self.blocks.splice(change.at..change.at + change.removed, fresh);
        change
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(left: &Layout, right: &Layout) -> bool {
        left.blocks(0..left.len()) == right.blocks(0..right.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn after_edits_the_blocks_equal_those_of_a_fresh_text(
            source in "(\tA\n|\t\n|\n|a\tb\n|\\| c \\|\n|合計 \\| 3 \\|\n|收支總表 \\|\n|\\|\n|合合计计=\n|一、合计 1.00\n|部门收支表\n|本年收入，增加。\r\n|1,2,3\r|预 1 2\n|<table>\n|<tr><td>1</td>|</table>\n|<td\n){0,12}",
            edits in prop::collection::vec((0usize..80, 0usize..12, "(\t|\n|\r|\r\n|，|。|表|1|一、|,|\\|| |<|>|<td>|<table>|</table>){0,3}"), 1..6),
        ) {
            let mut text = Text::new(&source);
            let mut layout = Layout::new(&text);
            for (start, length, with) in edits {
                let before = text.len();
                let replaced = text.edit(Span::new(start, start + length), &with);
                prop_assert_eq!(text.len(), before - replaced.len() + with.len());
                let before = layout.blocks(0..layout.len());
                let change = layout.edit(&text, replaced, with.len());
                let after = layout.blocks(0..layout.len());
                // What is said to have stayed is the same.
                let (head, tail) = (change.at, before.len() - change.at - change.removed);
                prop_assert_eq!(after.len(), head + change.inserted + tail);
                let kept = before[..head].iter().zip(&after[..head]);
                let behind = before[before.len() - tail..].iter().zip(&after[after.len() - tail..]);
                prop_assert!(kept.chain(behind).all(|(old, new)| Arc::ptr_eq(old, new)));
                prop_assert!(same(&layout, &Layout::new(&text)), "{:?}", text.to_string());
            }
            let total: usize = layout.blocks(0..layout.len()).iter().map(|block| block.len()).sum();
            prop_assert_eq!(total, text.len());
        }
    }
}
