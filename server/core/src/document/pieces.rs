//! The sections of a document in their order, planned and read, and how they are kept up to date: after an edit the walk
//! over the blocks begins a little before it and ends where it stands as it stood there before.

use std::ops::Range;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use super::chapter::Chapter;
use super::outline::Entry;
use crate::catalog::Unit;
use crate::hash::Map;
use crate::layout::{Block, Change, Layout};
use crate::reading::Section;
use crate::reading::outline::{LOOKS_AHEAD, LOOKS_BACK, Plan, State, Titles, walk};
use crate::reading::split::Sign;

/// A section in its place: what it is read from, and what of it is at hand while it is not read.
#[derive(Debug)]
pub struct Piece {
    /// What it was planned to be, of all its blocks.
    plan: Plan,
    /// Where the walk stood before its first block.
    before: State,
    /// The unit of its amounts where it states none.
    unit: Option<Unit>,
    /// What it is read from.
    pub blocks: Arc<[Arc<Block>]>,
    /// Its length in bytes.
    pub bytes: usize,
    /// Its length in lines.
    pub lines: usize,
    /// What its lines say of the kind of the text.
    pub titles: Titles,
    /// What it says of where a disclosure begins.
    pub sign: Sign,
    /// Its place in the outline.
    pub entry: Option<Entry>,
    /// What was read of it, as long as a disclosure holds it.
    section: Mutex<Weak<Section>>,
}

impl Piece {
    fn read(plan: Plan, before: State, blocks: Arc<[Arc<Block>]>, unit: Option<Unit>) -> Held {
        let plan = Plan { blocks: 0..blocks.len(), ..plan };
        let section = section(&plan, &blocks, unit);
        let piece = Arc::new(Self {
            bytes: section.len,
            lines: blocks.iter().map(|block| block.lines.len()).sum(),
            titles: Titles::of(&blocks),
            sign: Sign::of(&section),
            entry: Entry::of(&section),
            section: Mutex::new(Arc::downgrade(&section)),
            plan,
            before,
            unit,
            blocks,
        });
        Held { piece, _section: Some(section) }
    }

    /// The same where the walk stood otherwise before it.
    fn standing(&self, before: State) -> Arc<Self> {
        let Self { plan, unit, blocks, bytes, lines, titles, sign, entry, .. } = self;
        let section = Mutex::new(self.known().clone());
        Arc::new(Self {
            plan: plan.clone(),
            before,
            unit: *unit,
            blocks: Arc::clone(blocks),
            bytes: *bytes,
            lines: *lines,
            titles: *titles,
            sign: sign.clone(),
            entry: entry.clone(),
            section,
        })
    }

    /// What was read of it; it is read again where nobody holds that any more.
    pub fn section(&self) -> Arc<Section> {
        let mut known = self.known();
        known.upgrade().unwrap_or_else(|| {
            let section = section(&self.plan, &self.blocks, self.unit);
            *known = Arc::downgrade(&section);
            section
        })
    }

    /// What nobody holds as read is forgotten to the last byte.
    pub fn rest(&self) {
        let mut known = self.known();
        if known.strong_count() == 0 {
            *known = Weak::new();
        }
    }

    fn known(&self) -> MutexGuard<'_, Weak<Section>> {
        // A panic while it was read leaves what was known.
        self.section.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What tells it from the others that stand in a document.
    pub fn id(&self) -> Option<*const Block> {
        self.blocks.first().map(Arc::as_ptr)
    }

    /// Was it read of these blocks, as this plan has it?
    fn is(&self, plan: &Plan, own: &[Arc<Block>]) -> bool {
        self.plan.kind == plan.kind
            && self.plan.context == plan.context
            && self.plan.published == plan.published
            && self.blocks.len() == own.len()
            && self.blocks.iter().zip(own).all(|(a, b)| Arc::ptr_eq(a, b))
    }
}

fn section(plan: &Plan, blocks: &Arc<[Arc<Block>]>, unit: Option<Unit>) -> Arc<Section> {
    let mut section = Section::read(plan, blocks);
    unit.into_iter().for_each(|unit| section.assume(unit));
    Arc::new(section)
}

/// The sections of pieces, as read.
pub fn sections(pieces: &[Arc<Piece>]) -> Vec<Arc<Section>> {
    pieces.iter().map(|piece| piece.section()).collect()
}

/// A section that is held as read until its disclosure holds it.
pub struct Held {
    /// In its place.
    pub piece: Arc<Piece>,
    /// As read, so that it need not be read again; none where it was read before.
    _section: Option<Arc<Section>>,
}

/// What an edit did to the sections: those of a range, numbered through the whole document, gave way to others.
pub struct Edit {
    /// The sections that are gone.
    pub range: Range<usize>,
    /// Those that came.
    pub with: Vec<Held>,
}

/// The sections of a whole text, each read when it is asked for.
pub fn all(layout: &Layout, unit: Option<Unit>) -> impl Iterator<Item = Held> {
    let blocks = layout.blocks(0..layout.len());
    let first = State::first(Titles::of(&blocks).kind());
    let (plans, _) = walk(first, &blocks, 0, |_, _| false).unwrap_or_default();
    plans.into_iter().map(move |(plan, before)| {
        let own = blocks[plan.blocks.clone()].into();
        Piece::read(plan, before, own, unit)
    })
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

fn titles(pieces: &[Held]) -> Titles {
    pieces.iter().map(|held| held.piece.titles).fold(Titles::default(), Titles::and)
}

/// Reads what was planned; what was read of the same blocks before is not read again.
fn read(plans: Vec<(Plan, State)>, blocks: &[Arc<Block>], unit: Option<Unit>, known: &[&Arc<Piece>]) -> Vec<Held> {
    let known: Map<*const Block, &Arc<Piece>> = known.iter().filter_map(|piece| Some((piece.id()?, *piece))).collect();
    let piece = |(plan, before): (Plan, State)| {
        let own = &blocks[plan.blocks.clone()];
        let old = own.first().and_then(|block| known.get(&Arc::as_ptr(block))).filter(|old| old.is(&plan, own));
        match old {
            Some(old) if old.before.goes_the_same_way(&before) => Held { piece: Arc::clone(old), _section: None },
            Some(old) => Held { piece: old.standing(before), _section: None },
            None => Piece::read(plan, before, own.into(), unit),
        }
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
            start += piece.blocks.len();
            block < start
        });
        first + holds.unwrap_or(pieces.len().saturating_sub(1))
    }

    /// The sections from one on, each with its first block.
    fn pieces(&self, from: usize) -> impl Iterator<Item = (usize, &'a Arc<Piece>)> + use<'a> {
        let chapter = self.firsts.partition_point(|(first, _)| *first <= from).saturating_sub(1);
        let (first, block) = self.firsts.get(chapter).copied().unwrap_or_default();
        let begin = |at: &mut usize, piece: &'a Arc<Piece>| {
            *at += piece.blocks.len();
            Some((*at - piece.blocks.len(), piece))
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
