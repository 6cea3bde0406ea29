//! Which disclosures rest: of a large document only those are held as read that were asked for last.

use std::sync::Arc;

use super::chapter::Chapter;
use super::{Analysis, Document};
use crate::rules::Selection;
use crate::rules::across::Others;
use crate::text::Text;

/// So many bytes of text are held as read when a document is opened; of one that is no longer, all of it.
const OPENED: usize = 32 * 1024;

/// So many bytes of text are held as read of what was asked for last: some forty disclosures.
const ASKED: usize = 2 * 1024 * 1024;

/// The disclosures of a document that is opened, or judged by other rules, as they pass by in their order.
pub struct Opening<'a> {
    text: &'a Text,
    selection: &'a Selection,
    others: &'a Others,
    /// Where the next one begins: byte and line.
    base: (usize, usize),
    /// How much of the text is held as read.
    awake: usize,
}

impl<'a> Opening<'a> {
    /// Of a document.
    pub fn new(text: &'a Text, selection: &'a Selection, others: &'a Others) -> Self {
        Self { text, selection, others, base: (0, 0), awake: 0 }
    }

    /// Is it too large to be held as read?
    pub fn is_large(&self) -> bool {
        self.text.len() > OPENED
    }

    /// A disclosure has been judged: it goes to rest if there is no room.
    pub fn passed(&mut self, chapter: &Arc<Chapter>) {
        if self.awake == 0 || self.awake + chapter.bytes <= OPENED {
            self.awake += chapter.bytes;
        } else {
            let (selection, others) = (self.selection.clone(), self.others.clone());
            let own: Arc<[Arc<Chapter>]> = Arc::from([Arc::clone(chapter)]);
            let alone = Analysis::placed(self.text, selection, others, own, vec![self.base]);
            alone.rest(0);
        }
        self.base = (self.base.0 + chapter.bytes, self.base.1 + chapter.lines);
    }
}

impl Analysis {
    /// Lets those disclosures rest that were asked for longest ago, but for what there is room for.
    pub(super) fn make_room(&self) {
        if self.text.len() <= ASKED {
            return;
        }
        let asked = |number: usize| Some((self.chapters[number].asked()?, number));
        let mut awake: Vec<(u64, usize)> = (0..self.chapters.len()).filter_map(asked).collect();
        awake.sort_unstable();
        let mut held: usize = awake.iter().map(|(_, number)| self.chapters[*number].bytes).sum();
        // The one that was asked for last is worked on.
        awake.pop();
        for (_, number) in awake {
            if held <= ASKED {
                break;
            }
            held -= self.chapters[number].bytes;
            self.rest(number);
        }
    }

    /// Lets a disclosure rest. One whose findings change with their place would be read again for every edit above it.
    fn rest(&self, number: usize) {
        let chapter = &self.chapters[number];
        if chapter.fixed || chapter.awake().is_none() {
            return;
        }
        if chapter.is_one {
            self.known_of(number);
        }
        chapter.rest();
    }
}

impl Document {
    /// Lets all its disclosures rest: nothing of it is held as read until it is asked for. Nothing that is known changes.
    pub fn rest(&self) {
        (0..self.analysis.chapters.len()).for_each(|number| self.analysis.rest(number));
    }
}
