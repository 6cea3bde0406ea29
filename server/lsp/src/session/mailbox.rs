//! What waits for analysis: for each document at most one job, and that for its latest text.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use gouji_core::text::Text;

use super::patch::Patch;
use super::slot::Slot;

/// A document's text that has not been analysed.
pub struct Job {
    /// Whose text.
    pub slot: Arc<Slot>,
    /// What is to be done.
    pub work: Work,
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
    /// Forget it.
    Forget,
}

impl Work {
    /// This work, given that an earlier one was not begun.
    fn after(self, earlier: Work) -> Work {
        match (earlier, self) {
            (Work::Analyse { patch: first, .. }, Work::Analyse { text, patch: second, version, revision }) => {
                let patch = first.zip(second).map(|(first, second)| first.then(second));
                Work::Analyse { text, patch, version, revision }
            }
            (_, later) => later,
        }
    }
}

/// The queue between the ingress and the analysis thread.
#[derive(Default)]
pub struct Mailbox {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Default)]
struct Waiting {
    jobs: VecDeque<Job>,
    shut: bool,
}

impl Mailbox {
    /// Adds a job, or makes a waiting one of the same document the newer one. Never waits for analysis.
    pub fn post(&self, slot: Arc<Slot>, work: Work) {
        let mut waiting = self.lock();
        match waiting.jobs.iter_mut().find(|job| job.slot.id == slot.id) {
            Some(job) => {
                let earlier = std::mem::replace(&mut job.work, Work::Forget);
                job.work = work.after(earlier);
            }
            None => waiting.jobs.push_back(Job { slot, work }),
        }
        self.changed.notify_one();
    }

    /// Waits for a job; none once the mailbox is shut.
    pub fn take(&self) -> Option<Job> {
        let waiting = self.changed.wait_while(self.lock(), |waiting| waiting.jobs.is_empty() && !waiting.shut);
        let mut waiting = waiting.unwrap_or_else(PoisonError::into_inner);
        if waiting.shut { None } else { waiting.jobs.pop_front() }
    }

    /// Ends the analysis thread after the job it is at.
    pub fn shut(&self) {
        self.lock().shut = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
