//! Lines → blocks, incrementally. Knows shapes, knows nothing of budgets.
//!
//! A [`Block`] is a stretch of lines that reads on its own: a run of table cells, a run of rows, a paragraph. Where a
//! block ends depends on its own lines and on the first line after it, on nothing else; so after an edit the blocks
//! are formed anew from the one before the edit until a new boundary falls on an old one, and all others are shared.

mod block;
pub mod grid;
mod heal;
mod html;
pub mod line;
mod markup;

use std::sync::Arc;

pub use block::{Block, BlockKind, Line};

use crate::text::{Span, Text};

/// The blocks of a document, in order; together they hold every byte of it.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    blocks: Vec<Arc<Block>>,
}

impl Layout {
    /// Forms the blocks of a whole text.
    pub fn new(text: &Text) -> Self {
        let mut blocks = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let block = Block::form(text, at);
            at += block.len();
            blocks.push(Arc::new(block));
        }
        Self { blocks }
    }

    /// The blocks, in order.
    pub fn blocks(&self) -> &[Arc<Block>] {
        &self.blocks
    }

    /// Brings the blocks up to date after `replaced` (a span of the old text) became `inserted` bytes long in `text`.
    pub fn edit(&mut self, text: &Text, replaced: Span, inserted: usize) {
        let starts: Vec<usize> = self
            .blocks
            .iter()
            .scan(0, |at, block| {
                *at += block.len();
                Some(*at - block.len())
            })
            .collect();
        let touched = starts.partition_point(|&start| start <= replaced.start).saturating_sub(1);
        let first = touched.saturating_sub(1);
        let mut at = starts.get(first).copied().unwrap_or(0);
        let mut fresh = Vec::new();
        let mut rest = self.blocks.len();
        while at < text.len() {
            let block = Block::form(text, at);
            at += block.len();
            fresh.push(Arc::new(block));
            if at >= replaced.start + inserted {
                let old = at - inserted + replaced.len();
                if let (true, Ok(index)) = (old >= replaced.end, starts.binary_search(&old)) {
                    rest = index;
                    break;
                }
            }
        }
        // A block that came out equal keeps its identity, so that whoever read it need not read it again.
        for (new, old) in fresh.iter_mut().zip(&self.blocks[first.min(self.blocks.len())..]) {
            if **new == **old {
                *new = Arc::clone(old);
            }
        }
        for (new, old) in fresh.iter_mut().rev().zip(self.blocks[first.min(rest)..rest].iter().rev()) {
            if **new == **old {
                *new = Arc::clone(old);
            }
        }
        self.blocks.splice(first.min(rest)..rest, fresh);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(left: &Layout, right: &Layout) -> bool {
        left.blocks.len() == right.blocks.len() && left.blocks.iter().zip(&right.blocks).all(|(a, b)| a == b)
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
                layout.edit(&text, replaced, with.len());
                prop_assert!(same(&layout, &Layout::new(&text)), "{:?}", text.to_string());
            }
            let total: usize = layout.blocks.iter().map(|block| block.len()).sum();
            prop_assert_eq!(total, text.len());
        }
    }
}
