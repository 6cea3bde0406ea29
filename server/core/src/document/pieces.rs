//! The sections of a document in their order, planned and read, and how they are kept up to date: after an edit the walk
//! over the blocks begins a little before it and ends where it stands as it stood there before.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use super::chapter::Chapter;
use crate::catalog::{Kind, Unit};
use crate::layout::{Block, Change, Layout};
use crate::reading::Section;
use crate::reading::outline::{LOOKS_AHEAD, LOOKS_BACK, Plan, PlanKind, State, Titles, walk};

/// A section in its place.
#[derive(Debug)]
pub struct Piece {
    kind: PlanKind,
    context: Arc<str>,
    published: Kind,
    /// Where the walk stood before its first block.
    before: State,
    /// What its lines say of the kind of the text.
    pub titles: Titles,
    /// What was read of it.
    pub section: Arc<Section>,
}

impl Piece {
    fn blocks(&self) -> usize {
        self.section.blocks.len()
    }

    /// Was it read of these blocks, as this plan has it?
    fn is(&self, plan: &Plan, own: &[Arc<Block>]) -> bool {
        let blocks = &self.section.blocks;
        self.kind == plan.kind
            && self.context == plan.context
            && self.published == plan.published
            && blocks.len() == own.len()
            && blocks.iter().zip(own).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

/// What an edit did to the sections: those of a range, numbered through the whole document, gave way to others.
pub struct Edit {
    /// The sections that are gone.
    pub range: Range<usize>,
    /// Those that came.
    pub with: Vec<Arc<Piece>>,
}

/// The sections of a whole text.
pub fn all(layout: &Layout, unit: Option<Unit>) -> Vec<Arc<Piece>> {
    let blocks = layout.blocks(0..layout.len());
    let first = State::first(Titles::of(&blocks).kind());
    let (plans, _) = walk(first, &blocks, 0, |_, _| false).unwrap_or_default();
    read(plans, &blocks, unit, &[])
}

/// What an edit of the blocks did to the sections; none where it changed nothing.
pub fn after(chapters: &[Arc<Chapter>], layout: &Layout, change: Change, unit: Option<Unit>) -> Option<Edit> {
    if change.removed == 0 && change.inserted == 0 {
        return None;
    }
    let old = Old::of(chapters);
    let edit = walked_again(&old, layout, change, unit);
    let gone = old.pieces(edit.range.start).take(edit.range.len()).map(|(_, piece)| piece.titles);
    if gone.fold(Titles::default(), Titles::and) == titles(&edit.with) {
        return Some(edit);
    }
    // What the headings say in all may rule the sections before the first cover.
    let all = |from: usize| old.pieces(from).map(|(_, piece)| piece.titles);
    let before = all(0).fold(Titles::default(), Titles::and);
    let head = all(0).take(edit.range.start).fold(Titles::default(), Titles::and);
    let now = all(edit.range.end).fold(head.and(titles(&edit.with)), Titles::and);
    if now.kind() == before.kind() {
        return Some(edit);
    }
    let blocks = layout.blocks(0..layout.len());
    let (plans, _) = walk(State::first(now.kind()), &blocks, 0, |_, _| false).unwrap_or_default();
    let known: Vec<&Arc<Piece>> = old.pieces(0).map(|(_, piece)| piece).collect();
    Some(Edit { range: 0..known.len(), with: read(plans, &blocks, unit, &known) })
}

/// Walks on from a little before an edit until the walk stands at the beginning of an old section as it stood there
/// before.
fn walked_again(old: &Old, layout: &Layout, change: Change, unit: Option<Unit>) -> Edit {
    let mut first = old.at_block(change.at.saturating_sub(LOOKS_AHEAD));
    let mut room = change.inserted + 4 * LOOKS_AHEAD;
    loop {
        let (start, state) = match old.pieces(first).next() {
            Some((start, piece)) => (start, piece.before.clone()),
            None => (0, State::first(Titles::of(&layout.blocks(0..layout.len())).kind())),
        };
        let origin = start.saturating_sub(LOOKS_BACK);
        let end = layout.len().min(change.at + room);
        let window = layout.blocks(origin..end);
        let mut met = old.pieces(first).enumerate().peekable();
        let mut last = None;
        let ends = |index: usize, state: &State| {
            let now = origin + index;
            if end < layout.len() && index + LOOKS_AHEAD > window.len() {
                return true;
            }
            if now < change.at + change.inserted + LOOKS_BACK {
                return false;
            }
            let was = now - change.inserted + change.removed;
            while met.next_if(|(_, (start, _))| *start < was).is_some() {}
            let there = met.peek().filter(|(_, (start, piece))| *start == was && piece.before.goes_the_same_way(state));
            last = there.map(|(number, _)| first + number);
            last.is_some()
        };
        let Some((plans, reached)) = walk(state, &window, start - origin, ends) else {
            // What begins here goes on with the section before.
            first -= 1;
            continue;
        };
        let at_end = end == layout.len() && reached == window.len();
        let Some(behind) = last.or_else(|| at_end.then(|| old.count())) else {
            room *= 4;
            continue;
        };
        let known: Vec<&Arc<Piece>> = old.pieces(first).take(behind - first).map(|(_, piece)| piece).collect();
        return Edit { range: first..behind, with: read(plans, &window, unit, &known) };
    }
}

fn titles(pieces: &[Arc<Piece>]) -> Titles {
    pieces.iter().map(|piece| piece.titles).fold(Titles::default(), Titles::and)
}

/// Reads what was planned; what was read of the same blocks before is not read again.
fn read(
    plans: Vec<(Plan, State)>,
    blocks: &[Arc<Block>],
    unit: Option<Unit>,
    known: &[&Arc<Piece>],
) -> Vec<Arc<Piece>> {
    let first = |piece: &Arc<Piece>| piece.section.blocks.first().map(Arc::as_ptr);
    let known: HashMap<*const Block, &Arc<Piece>> =
        known.iter().filter_map(|piece| Some((first(piece)?, *piece))).collect();
    let piece = |(plan, before): (Plan, State)| {
        let own = &blocks[plan.blocks.clone()];
        let old = own.first().and_then(|block| known.get(&Arc::as_ptr(block))).filter(|old| old.is(&plan, own));
        let section = match old {
            Some(old) if old.before.goes_the_same_way(&before) => return Arc::clone(old),
            Some(old) => Arc::clone(&old.section),
            None => {
                let mut section = Section::read(&plan, blocks);
                unit.into_iter().for_each(|unit| section.assume(unit));
                Arc::new(section)
            }
        };
        let titles = Titles::of(own);
        Arc::new(Piece { kind: plan.kind, context: plan.context, published: plan.published, before, titles, section })
    };
    plans.into_iter().map(piece).collect()
}

/// The sections as they were, numbered through the whole document.
struct Old<'a> {
    chapters: &'a [Arc<Chapter>],
    /// For each chapter, its first section and its first block.
    firsts: Vec<(usize, usize)>,
    sections: usize,
}

impl<'a> Old<'a> {
    fn of(chapters: &'a [Arc<Chapter>]) -> Self {
        let (mut sections, mut blocks) = (0, 0);
        let mut firsts = Vec::with_capacity(chapters.len());
        for chapter in chapters {
            firsts.push((sections, blocks));
            sections += chapter.pieces.len();
            blocks += chapter.blocks;
        }
        Self { chapters, firsts, sections }
    }

    fn count(&self) -> usize {
        self.sections
    }

    /// The section that holds a block; the last one for a block behind all.
    fn at_block(&self, block: usize) -> usize {
        let chapter = self.firsts.partition_point(|(_, first)| *first <= block).saturating_sub(1);
        let Some(&(first, mut start)) = self.firsts.get(chapter) else { return 0 };
        let pieces = &self.chapters[chapter].pieces;
        let holds = pieces.iter().position(|piece| {
            start += piece.blocks();
            block < start
        });
        first + holds.unwrap_or(pieces.len().saturating_sub(1))
    }

    /// The sections from one on, each with its first block.
    fn pieces(&self, from: usize) -> impl Iterator<Item = (usize, &'a Arc<Piece>)> + use<'a> {
        let chapter = self.firsts.partition_point(|(first, _)| *first <= from).saturating_sub(1);
        let (first, block) = self.firsts.get(chapter).copied().unwrap_or_default();
        let begin = |at: &mut usize, piece: &'a Arc<Piece>| {
            *at += piece.blocks();
            Some((*at - piece.blocks(), piece))
        };
        self.chapters
            .get(chapter..)
            .unwrap_or_default()
            .iter()
            .flat_map(|chapter| &chapter.pieces)
            .scan(block, begin)
            .skip(from - first)
    }
}
