//! The disclosures of a document and how they are kept up to date: after an edit, those are told apart anew that it may
//! have touched, and judged again where something that they rest on is another.

use std::sync::Arc;

use super::chapter::Chapter;
use super::judged::Judged;
use super::pieces::{Edit, Held, Piece, sections};
use super::read::Read;
use super::rest::Opening;
use crate::hash::Map;
use crate::layout::Block;
use crate::reading::split::{Run, Splitter, split};
use crate::rules::Selection;
use crate::rules::across::{Extract, Others, Peer, peers};

/// The disclosures of a whole text, one by one as its sections are read.
pub fn all(
    pieces: impl Iterator<Item = Held>,
    selection: &Selection,
    others: &Others,
    opening: Opening,
) -> Vec<Arc<Chapter>> {
    let mut splitter = Splitter::default();
    let mut open: Vec<Held> = Vec::new();
    let mut drafts = Drafts { selection, others, opening, made: Vec::new() };
    let mut ended = |open: &mut Vec<Held>, run: Run| {
        let held: Vec<Held> = open.drain(..run.sections.len()).collect();
        let pieces = held.iter().map(|held| Arc::clone(&held.piece)).collect();
        let draft = Draft::read(pieces, run.shown - run.sections.start, selection, None);
        // From here on the disclosure holds its sections, or nobody does.
        drop(held);
        drafts.push(draft);
    };
    for held in pieces {
        let run = splitter.take(&held.piece.sign);
        run.into_iter().for_each(|run| ended(&mut open, run));
        open.push(held);
    }
    ended(&mut open, splitter.finish());
    judged(drafts.made, None, selection, others)
}

/// By other rules, or beside other files.
pub fn anew(before: &[Arc<Chapter>], selection: &Selection, others: &Others, opening: Opening) -> Vec<Arc<Chapter>> {
    let mut drafts = Drafts { selection, others, opening, made: Vec::new() };
    for chapter in before {
        drafts.push(match chapter.selection == *selection {
            true => Draft::Kept(Arc::clone(chapter)),
            false => Draft::read(chapter.pieces.clone(), chapter.shown_at, selection, Some(Arc::clone(chapter))),
        });
    }
    judged(drafts.made, None, selection, others)
}

/// Disclosures of a whole document on their way to be judged. Of a large one each is judged at once and goes to rest, so
/// that only one at a time is held as read.
struct Drafts<'a> {
    selection: &'a Selection,
    others: &'a Others,
    opening: Opening<'a>,
    made: Vec<Draft>,
}

impl Drafts<'_> {
    fn push(&mut self, draft: Draft) {
        if !self.opening.is_large() {
            self.made.push(draft);
            return;
        }
        let chapter = match draft {
            Draft::Kept(chapter) => chapter,
            draft => {
                // Its relatives in the same document are not known yet.
                let offers = [draft.extract()];
                draft.judged(peers(0, &offers, self.others), self.selection)
            }
        };
        self.opening.passed(&chapter);
        self.made.push(Draft::Kept(chapter));
    }
}

/// After an edit of the sections.
pub fn after(before: &[Arc<Chapter>], edit: Edit, selection: &Selection, others: &Others) -> Vec<Arc<Chapter>> {
    let starts: Vec<usize> = before
        .iter()
        .scan(0, |at, chapter| {
            *at += chapter.pieces.len();
            Some(*at - chapter.pieces.len())
        })
        .collect();
    let holding = |section: usize| starts.partition_point(|&start| start <= section).saturating_sub(1);
    // The edit may have changed where the disclosure before it ends.
    let first = holding(edit.range.start).saturating_sub(1);
    let mut last = (holding(edit.range.end.max(1) - 1).max(first) + 2).min(before.len());
    let (head, with, tail) = (edit.range.start, &edit.with, edit.range.end);
    loop {
        let from = starts.get(first).copied().unwrap_or(0);
        let old = before.get(first..last).unwrap_or_default();
        let gone: Vec<&Arc<Piece>> = old.iter().flat_map(|chapter| &chapter.pieces).collect();
        let kept = gone[..head - from].iter().copied();
        let came = with.iter().map(|held| &held.piece);
        let pieces: Vec<Arc<Piece>> = kept.chain(came).chain(gone[tail - from..].iter().copied()).cloned().collect();
        let mut runs = runs(&pieces, old.first().map_or(0, |chapter| chapter.shown_at));
        // The last of them was taken along to see whether it still begins where it did.
        if last < before.len() {
            let witness = &before[last - 1];
            let begin = pieces.len() - witness.pieces.len().min(pieces.len());
            let same = runs.last().is_some_and(|run| {
                run.sections.start == begin && run.shown == begin + witness.shown_at && last - first > 1
            });
            if !same {
                last = (last + (last - first)).min(before.len());
                continue;
            }
            runs.pop();
            last -= 1;
        }
        let old = before.get(first..last).unwrap_or_default();
        let kept = |chapter: &Arc<Chapter>| Draft::Kept(Arc::clone(chapter));
        let mut drafts: Vec<Draft> = before[..first].iter().map(kept).collect();
        let owners = owners(old);
        drafts.extend(runs.into_iter().map(|run| Draft::of(run, &pieces, selection, &owners)));
        drafts.extend(before[last..].iter().map(kept));
        return judged(drafts, Some(before), selection, others);
    }
}

fn runs(pieces: &[Arc<Piece>], shown: usize) -> Vec<Run> {
    split(pieces.iter().map(|piece| &piece.sign), shown)
}

/// For each section that stood there, its disclosure, and the number of that.
type Owners<'o> = Map<*const Block, (usize, &'o Arc<Chapter>)>;

fn owners(old: &[Arc<Chapter>]) -> Owners<'_> {
    let each = old.iter().enumerate();
    each.flat_map(|own| own.1.pieces.iter().filter_map(move |piece| Some((piece.id()?, own)))).collect()
}

/// A disclosure on its way to be judged.
enum Draft {
    /// As it was before.
    Kept(Arc<Chapter>),
    /// Of other sections than before, or by other rules.
    Read {
        pieces: Vec<Arc<Piece>>,
        shown_at: usize,
        read: Arc<Read>,
        /// What it was before.
        before: Option<Arc<Chapter>>,
    },
}

impl Draft {
    /// Of a run of sections; `owners` are the disclosures that stood there.
    fn of(run: Run, pieces: &[Arc<Piece>], selection: &Selection, owners: &Owners) -> Self {
        let (own, shown_at) = (&pieces[run.sections.clone()], run.shown - run.sections.start);
        // The disclosure that shares most with this one is what it was before the edit.
        let mut shared: Map<usize, (usize, &Arc<Chapter>)> = Map::default();
        for (number, owner) in own.iter().filter_map(|piece| owners.get(&piece.id()?)) {
            shared.entry(*number).or_insert((0, owner)).0 += 1;
        }
        let most = shared.into_iter().max_by_key(|(number, (count, _))| (*count, std::cmp::Reverse(*number)));
        match most.map(|(_, (_, owner))| Arc::clone(owner)) {
            Some(before) if before.has(own, shown_at) => Self::Kept(before),
            before => Self::read(own.to_vec(), shown_at, selection, before),
        }
    }

    fn read(pieces: Vec<Arc<Piece>>, shown_at: usize, selection: &Selection, before: Option<Arc<Chapter>>) -> Self {
        let old = before.as_ref().and_then(|before| before.awake());
        let read = Read::of(sections(&pieces), selection, old.as_ref().map(|old| &old.read));
        Self::Read { pieces, shown_at, read, before }
    }

    /// What it offers to other disclosures.
    fn extract(&self) -> Option<Arc<Extract>> {
        match self {
            Self::Kept(chapter) => chapter.extract.clone(),
            Self::Read { read, .. } => read.extract.clone(),
        }
    }

    /// What it was before.
    fn before(&self) -> Option<&Arc<Chapter>> {
        match self {
            Self::Kept(chapter) => Some(chapter),
            Self::Read { before, .. } => before.as_ref(),
        }
    }

    /// Its disclosure, judged; what stood there before where nothing of it is another.
    fn judged(self, peers: Vec<Peer>, selection: &Selection) -> Arc<Chapter> {
        match self {
            Self::Kept(chapter) if chapter.peers == peers => chapter,
            Self::Kept(chapter) => {
                let old = chapter.judged();
                let judged = Judged::of(Arc::clone(&old.read), peers, selection, Some(&old));
                Chapter::new(chapter.pieces.clone(), chapter.shown_at, judged)
            }
            Self::Read { pieces, shown_at, read, before } => {
                let old = before.and_then(|before| before.awake());
                Chapter::new(pieces, shown_at, Judged::of(read, peers, selection, old.as_ref()))
            }
        }
    }
}

/// Judges drafts, each beside those that are related to it. With what stood there `before`, only those look for their
/// relatives anew that may have others now.
fn judged(
    drafts: Vec<Draft>,
    before: Option<&[Arc<Chapter>]>,
    selection: &Selection,
    others: &Others,
) -> Vec<Arc<Chapter>> {
    let offers: Vec<Option<Arc<Extract>>> = drafts.iter().map(Draft::extract).collect();
    let same = |old: &Option<Arc<Extract>>, new: &Option<Arc<Extract>>| match (old, new) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new),
        (None, None) => true,
        _ => false,
    };
    // Relatives are known by their numbers: where these are others, all look anew.
    let before = before.filter(|before| before.len() == drafts.len());
    let changed: Vec<Change> = before
        .into_iter()
        .flatten()
        .zip(&offers)
        .enumerate()
        .filter(|(_, (old, new))| !same(&old.extract, new))
        .map(|(number, (old, new))| Change::of(number, old.extract.as_deref(), new.as_deref()))
        .collect();
    let concerned = |number: usize| {
        let Some(own) = &offers[number] else { return false };
        let others = changed.iter().filter(|other| other.number != number).flat_map(|other| &other.extracts);
        others.into_iter().any(|other| own.may_be_related_to(other))
    };
    let is_another = |number: usize| changed.iter().any(|own| own.number == number && own.is_another);
    // Its relatives, where they are those of before.
    let known = |number: usize, draft: &Draft| {
        let old = before?.get(number)?;
        let itself = draft.before().is_some_and(|before| Arc::ptr_eq(before, old));
        (itself && !is_another(number) && !concerned(number)).then_some(&old.peers)
    };
    let each = drafts.into_iter().enumerate().map(|(number, draft)| match (known(number, &draft), draft) {
        (Some(_), Draft::Kept(chapter)) => chapter,
        (Some(peers), draft) => draft.judged(peers.clone(), selection),
        (None, draft) => draft.judged(peers(number, &offers, others), selection),
    });
    each.collect()
}

/// What a disclosure offers to others has changed.
struct Change<'e> {
    /// Its number in the document.
    number: usize,
    /// What was offered and what is; one of both where they have the same relatives.
    extracts: Vec<&'e Extract>,
    /// It has, or may have, other relatives now.
    is_another: bool,
}

impl<'e> Change<'e> {
    fn of(number: usize, old: Option<&'e Extract>, new: Option<&'e Extract>) -> Self {
        match (old, new) {
            (Some(old), Some(new)) if old.has_the_relatives_of(new) => {
                Self { number, extracts: vec![new], is_another: false }
            }
            _ => Self { number, extracts: old.into_iter().chain(new).collect(), is_another: true },
        }
    }
}
