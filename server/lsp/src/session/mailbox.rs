//! What waits for analysis: for each document at most one job, and that for its latest text. Two threads take jobs, one
//! of [large](LARGE) documents and one of all others, so that a compilation of megabytes that is just being read never
//! stands before the page that the user types in. Within a lane jobs keep the order in which they came; of one document
//! never two are at work at once, in whichever lanes. Requests that read texts anew are errands for the same threads.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use gouji_core::text::Text;

use super::clerks::Errand;
use super::patch::Patch;
use super::slot::Slot;

/// Bytes of text beyond which a document is large: above what one body publishes in a year, and read in the time
/// of a few frames of a screen.
const LARGE: usize = 1 << 18;

/// The documents that one thread works on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// All but the large ones.
    Small,
    /// The large ones.
    Large,
}

impl Lane {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Small, Self::Large];

    /// The lane of a text of so many bytes.
    pub fn of(bytes: usize) -> Self {
        if bytes > LARGE { Self::Large } else { Self::Small }
    }
}

/// A document's text that has not been analysed.
pub struct Job {
    /// Whose text.
    pub slot: Arc<Slot>,
    /// What is to be done.
    pub work: Work,
}

/// What a thread does next.
pub enum Turn {
    /// A document is to be analysed, or forgotten.
    Job(Job),
    /// Something else.
    Errand(Errand),
}

/// What is to be done with a document.
pub enum Work {
    /// Bring its analysis up to date.
    Analyse {
        /// The text to reach.
        text: Text,
        /// How it differs from the text analysed last; none where it is a new document's.
        patch: Option<Patch>,
        /// The client's version of it.
        version: i32,
        /// Its revision.
        revision: u64,
    },
    /// Forget it. To let go of much takes time as well.
    Forget {
        /// Its last text.
        text: Text,
    },
}

impl Work {
    fn lane(&self) -> Lane {
        let (Self::Analyse { text, .. } | Self::Forget { text }) = self;
        Lane::of(text.len())
    }

    /// This work, given that an earlier one was not begun.
    fn after(self, earlier: &Self) -> Self {
        match (earlier, self) {
            (Self::Analyse { patch: first, .. }, Self::Analyse { text, patch: second, version, revision }) => {
                let patch = first.zip(second).map(|(first, second)| first.then(second));
                Self::Analyse { text, patch, version, revision }
            }
            (_, later) => later,
        }
    }
}

/// The queue between the ingress and the analysis threads.
#[derive(Default)]
pub struct Mailbox {
    waiting: Mutex<Waiting>,
    /// Each lane's thread waits here: nobody is woken for what another has to do.
    small: Condvar,
    large: Condvar,
    /// Nothing is to be done any more.
    idle: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    errands: VecDeque<(Lane, Errand)>,
    /// The documents at work, one for each lane at most.
    busy: Vec<u64>,
    shut: bool,
}

impl Waiting {
    /// The first job of a lane whose document is not at work in the other.
    fn next(&self, lane: Lane) -> Option<usize> {
        self.jobs.iter().position(|job| job.work.lane() == lane && !self.busy.contains(&job.slot.id))
    }

    /// The first errand of a lane.
    fn errand(&self, lane: Lane) -> Option<usize> {
        self.errands.iter().position(|(own, _)| *own == lane)
    }
}

impl Mailbox {
    /// Adds a job, or makes a waiting one of the same document the newer one. Never waits for analysis.
    pub fn post(&self, slot: Arc<Slot>, work: Work) {
        let mut waiting = self.lock();
        let lane = work.lane();
        match waiting.jobs.iter_mut().find(|job| job.slot.id == slot.id) {
            Some(job) => job.work = work.after(&job.work),
            None => waiting.jobs.push_back(Job { slot, work }),
        }
        self.thread(lane).notify_one();
    }

    fn thread(&self, lane: Lane) -> &Condvar {
        match lane {
            Lane::Small => &self.small,
            Lane::Large => &self.large,
        }
    }

    /// Adds an errand. Who sent it waits for it, so it goes before the jobs: these catch up in one step.
    pub fn send(&self, lane: Lane, errand: Errand) {
        self.lock().errands.push_back((lane, errand));
        self.thread(lane).notify_one();
    }

    /// Waits for something to do in a lane; none once the mailbox is shut. The document of a job is at work until it is
    /// [done](Self::done).
    pub fn take(&self, lane: Lane) -> Option<Turn> {
        let idle =
            |waiting: &mut Waiting| waiting.next(lane).is_none() && waiting.errand(lane).is_none() && !waiting.shut;
        let mut waiting = self.thread(lane).wait_while(self.lock(), idle).unwrap_or_else(PoisonError::into_inner);
        if waiting.shut {
            return None;
        }
        match waiting.errand(lane) {
            Some(at) => waiting.errands.remove(at).map(|(_, errand)| Turn::Errand(errand)),
            None => waiting.begin(lane).map(Turn::Job),
        }
    }

    /// The document of a job that was taken is at work no more.
    pub fn done(&self, slot: &Slot) {
        let mut waiting = self.lock();
        waiting.busy.retain(|id| *id != slot.id);
        match waiting.jobs.is_empty() {
            true => self.idle.notify_all(),
            // One of them may have waited for this document, in whichever lane.
            false => Lane::ALL.iter().for_each(|lane| self.thread(*lane).notify_one()),
        }
    }

    /// Waits until no document waits for analysis and none is at work, or the mailbox is shut.
    pub fn until_idle(&self) {
        let busy = |waiting: &mut Waiting| !(waiting.jobs.is_empty() && waiting.busy.is_empty() || waiting.shut);
        drop(self.idle.wait_while(self.lock(), busy).unwrap_or_else(PoisonError::into_inner));
    }

    /// Ends the analysis threads after the jobs they are at.
    pub fn shut(&self) {
        self.lock().shut = true;
        [&self.small, &self.large, &self.idle].iter().for_each(|waiting| waiting.notify_all());
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    fn begin(&mut self, lane: Lane) -> Option<Job> {
        let job = self.jobs.remove(self.next(lane)?)?;
        self.busy.push(job.slot.id);
        Some(job)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;
    use std::str::FromStr;
    use std::sync::LazyLock;
    use tower_lsp::ls_types::Uri;

    fn slot(id: u64) -> Arc<Slot> {
        Arc::new(Slot::new(id, Uri::from_str("file:///a").unwrap(), String::new()))
    }

    fn text(large: bool) -> Text {
        static LARGE_ONE: LazyLock<Text> = LazyLock::new(|| Text::new(&"一".repeat(LARGE)));
        if large { LARGE_ONE.clone() } else { Text::new("一") }
    }

    fn revision(job: &Job) -> u64 {
        match &job.work {
            Work::Analyse { revision, .. } => *revision,
            Work::Forget { .. } => u64::MAX,
        }
    }

    #[derive(Clone, Debug)]
    enum Step {
        Post { document: u64, large: bool },
        Take(Lane),
        Done(Lane),
    }

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        let lane = || prop::sample::select(Lane::ALL.to_vec());
        let post = (0u64..4, any::<bool>()).prop_map(|(document, large)| Step::Post { document, large });
        prop::collection::vec(
            prop_oneof![3 => post, 2 => lane().prop_map(Step::Take), 2 => lane().prop_map(Step::Done)],
            0..60,
        )
    }

    proptest! {
        #[test]
        fn no_document_is_at_work_twice_and_the_latest_text_of_each_is_reached(steps in steps()) {
            let (mailbox, texts) = (Mailbox::default(), [text(false), text(true)]);
            let slots: Vec<Arc<Slot>> = (0..4).map(slot).collect();
            let mut at_work: HashMap<&str, Job> = HashMap::new();
            let (mut posted, mut reached) = (HashMap::new(), HashMap::new());
            let name = |lane: &Lane| if *lane == Lane::Small { "small" } else { "large" };
            // At the end each lane is worked off, in turns.
            let rest = (0..8).flat_map(|_| Lane::ALL).flat_map(|lane| [Step::Done(lane), Step::Take(lane), Step::Done(lane)]);
            for (count, step) in (1..).zip(steps.into_iter().chain(rest)) {
                match step {
                    Step::Post { document, large } => {
                        let text = texts[usize::from(large)].clone();
                        let work = Work::Analyse { text, patch: Some(Patch::nothing()), version: 0, revision: count };
                        mailbox.post(Arc::clone(&slots[document as usize]), work);
                        posted.insert(document, count);
                    }
                    Step::Take(lane) if !at_work.contains_key(name(&lane)) => {
                        let Some(job) = mailbox.lock().begin(lane) else { continue };
                        prop_assert!(at_work.values().all(|other| other.slot.id != job.slot.id));
                        prop_assert_eq!(job.work.lane(), lane);
                        at_work.insert(name(&lane), job);
                    }
                    Step::Done(lane) => {
                        let Some(job) = at_work.remove(name(&lane)) else { continue };
                        let before = reached.insert(job.slot.id, revision(&job));
                        prop_assert!(before < Some(revision(&job)), "in order");
                        mailbox.done(&job.slot);
                    }
                    Step::Take(_) => {}
                }
            }
            prop_assert_eq!(reached, posted);
        }
    }

    #[test]
    fn a_large_document_at_work_leaves_the_way_free_for_others() {
        let mailbox = Mailbox::default();
        let post = |id, large| {
            let work = Work::Analyse { text: text(large), patch: None, version: 0, revision: 1 };
            mailbox.post(slot(id), work);
        };
        for (id, large) in [(1, true), (2, true), (3, false), (4, false)] {
            post(id, large);
        }
        let next = |lane| match mailbox.take(lane) {
            Some(Turn::Job(job)) => Some(job.slot.id),
            _ => None,
        };
        assert_eq!(next(Lane::Large), Some(1));
        let Some(Turn::Job(small)) = mailbox.take(Lane::Small) else { panic!("a job") };
        assert_eq!(small.slot.id, 3);
        // Its next text is large: that waits until this one is done, and the large one of another document goes first.
        post(3, true);
        mailbox.done(&slot(1));
        assert_eq!(next(Lane::Large), Some(2));
        mailbox.done(&slot(2));
        assert_eq!(mailbox.lock().next(Lane::Large), None);
        mailbox.done(&small.slot);
        assert_eq!(next(Lane::Large), Some(3));
        mailbox.send(Lane::Large, Box::new(|| {}));
        assert_eq!(next(Lane::Small), Some(4), "an errand keeps to its lane");
        assert!(matches!(mailbox.take(Lane::Large), Some(Turn::Errand(_))));
    }

    #[test]
    fn who_waits_for_quiet_goes_on_when_the_last_document_is_done() {
        let mailbox = Mailbox::default();
        mailbox.until_idle();
        let work = || Work::Analyse { text: text(false), patch: None, version: 0, revision: 1 };
        mailbox.post(slot(1), work());
        mailbox.post(slot(2), work());
        let done = std::sync::atomic::AtomicUsize::new(0);
        std::thread::scope(|threads| {
            let waiting = threads.spawn(|| {
                mailbox.until_idle();
                done.load(std::sync::atomic::Ordering::SeqCst)
            });
            for id in [1, 2] {
                let Some(Turn::Job(job)) = mailbox.take(Lane::Small) else { panic!("a job") };
                assert_eq!(job.slot.id, id);
                done.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                mailbox.done(&job.slot);
            }
            assert_eq!(waiting.join().unwrap(), 2);
        });
    }
}
