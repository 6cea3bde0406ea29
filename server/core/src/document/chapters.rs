//! The disclosures of a document and how they are kept up to date: after an edit, those are told apart anew that it may
//! have touched, and judged again where something that they rest on is another.

use std::collections::HashMap;
use std::sync::Arc;

use super::chapter::Chapter;
use super::judged::Judged;
use super::pieces::{Edit, Piece};
use super::read::Read;
use crate::reading::Section;
use crate::reading::split::{Run, split};
use crate::rules::Selection;
use crate::rules::across::{Extract, Others, Peer, peers};

/// The disclosures of a whole text.
pub fn all(pieces: Vec<Arc<Piece>>, selection: &Selection, others: &Others) -> Vec<Arc<Chapter>> {
    let drafts = runs(&pieces, 0).into_iter().map(|run| Draft::of(run, &pieces, selection, &Owners::new())).collect();
    judged(drafts, None, selection, others)
}

/// By other rules, or beside other files.
pub fn anew(before: &[Arc<Chapter>], selection: &Selection, others: &Others) -> Vec<Arc<Chapter>> {
    let draft = |chapter: &Arc<Chapter>| {
        let read = Read::of(sections(&chapter.pieces), selection, Some(&chapter.judged.read));
        Draft { pieces: chapter.pieces.clone(), shown_at: chapter.shown_at, read, before: Some(Arc::clone(chapter)) }
    };
    judged(before.iter().map(draft).collect(), None, selection, others)
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
        let pieces: Vec<Arc<Piece>> = kept.chain(with).chain(gone[tail - from..].iter().copied()).cloned().collect();
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
        let mut drafts: Vec<Draft> = before[..first].iter().map(Draft::kept).collect();
        let owners = owners(old);
        drafts.extend(runs.into_iter().map(|run| Draft::of(run, &pieces, selection, &owners)));
        drafts.extend(before[last..].iter().map(Draft::kept));
        return judged(drafts, Some(before), selection, others);
    }
}

fn sections(pieces: &[Arc<Piece>]) -> Vec<Arc<Section>> {
    pieces.iter().map(|piece| Arc::clone(&piece.section)).collect()
}

fn runs(pieces: &[Arc<Piece>], shown: usize) -> Vec<Run> {
    split(&sections(pieces), shown)
}

/// For each section that stood there, its disclosure, and the number of that.
type Owners<'o> = HashMap<*const Section, (usize, &'o Arc<Chapter>)>;

fn owners(old: &[Arc<Chapter>]) -> Owners<'_> {
    let each = old.iter().enumerate();
    each.flat_map(|own| own.1.pieces.iter().map(move |piece| (Arc::as_ptr(&piece.section), own))).collect()
}

/// A disclosure on its way to be judged.
struct Draft {
    pieces: Vec<Arc<Piece>>,
    shown_at: usize,
    read: Arc<Read>,
    /// What it was before the edit.
    before: Option<Arc<Chapter>>,
}

impl Draft {
    fn kept(chapter: &Arc<Chapter>) -> Self {
        let (read, before) = (Arc::clone(&chapter.judged.read), Some(Arc::clone(chapter)));
        Self { pieces: Vec::new(), shown_at: chapter.shown_at, read, before }
    }

    /// Of a run of sections; `owners` are the disclosures that stood there.
    fn of(run: Run, pieces: &[Arc<Piece>], selection: &Selection, owners: &Owners) -> Self {
        let own = pieces[run.sections.clone()].to_vec();
        // The disclosure that shares most with this one is what it was before the edit.
        let mut shared: HashMap<usize, (usize, &Arc<Chapter>)> = HashMap::new();
        for (number, owner) in own.iter().filter_map(|piece| owners.get(&Arc::as_ptr(&piece.section))) {
            shared.entry(*number).or_insert((0, owner)).0 += 1;
        }
        let most = shared.into_iter().max_by_key(|(number, (count, _))| (*count, std::cmp::Reverse(*number)));
        let before = most.map(|(_, (_, owner))| Arc::clone(owner));
        let read = Read::of(sections(&own), selection, before.as_ref().map(|before| &before.judged.read));
        Self { pieces: own, shown_at: run.shown - run.sections.start, read, before }
    }

    /// Its disclosure, judged; what stood there before where nothing of it is another.
    fn judged(self, peers: Vec<Peer>, selection: &Selection) -> Arc<Chapter> {
        let Self { pieces, shown_at, read, before } = self;
        let judged = Judged::of(read, peers, selection, before.as_ref().map(|before| &before.judged));
        match before {
            Some(before) if pieces.is_empty() || before.has(&pieces, shown_at) => {
                match Arc::ptr_eq(&before.judged, &judged) {
                    true => before,
                    false => Chapter::new(before.pieces.clone(), shown_at, judged),
                }
            }
            _ => Chapter::new(pieces, shown_at, judged),
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
    let offers: Vec<Option<Arc<Extract>>> = drafts.iter().map(|draft| draft.read.extract.clone()).collect();
    let same = |old: &Option<Arc<Extract>>, new: &Option<Arc<Extract>>| match (old, new) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new),
        (None, None) => true,
        _ => false,
    };
    // Relatives are known by their numbers: where these are others, all look anew.
    let before = before.filter(|before| before.len() == drafts.len());
    let changed: Vec<&Extract> = before
        .into_iter()
        .flatten()
        .zip(&offers)
        .filter(|(old, new)| !same(&old.judged.extract, new))
        .flat_map(|(old, new)| [old.judged.extract.as_deref(), new.as_deref()])
        .flatten()
        .collect();
    let concerned = |own: &Extract| changed.iter().any(|other| own.may_be_related_to(other));
    let known = |number: usize, draft: &Draft| {
        let old = before?.get(number)?;
        let itself = draft.before.as_ref().is_some_and(|before| Arc::ptr_eq(before, old));
        let untouched = itself && same(&old.judged.extract, &draft.read.extract);
        (untouched && !draft.read.extract.as_deref().is_some_and(&concerned)).then(|| old.judged.peers.clone())
    };
    let each = drafts.into_iter().enumerate().map(|(number, draft)| match (known(number, &draft), &draft.before) {
        (Some(_), Some(before)) if draft.pieces.is_empty() => Arc::clone(before),
        (Some(peers), _) => draft.judged(peers, selection),
        (None, _) => draft.judged(peers(number, &offers, others), selection),
    });
    each.collect()
}
