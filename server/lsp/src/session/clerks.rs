//! Where requests are answered that are not answered where they are read: what only looks at what is known, on two
//! threads, so that who asks where the pointer stands waits neither for analysis nor, of a small document, for anything
//! large; what reads a text anew, on the threads of analysis. Each thread that ever searched for a pattern keeps a cache of
//! its own for it: no others read texts.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};

use tokio::sync::oneshot;

use super::Session;
use super::mailbox::Lane;
use crate::STACK;

/// Some work, packed up. It does not panic.
pub type Errand = Box<dyn FnOnce() + Send>;

/// Who answers a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// It looks at what is known.
    Clerk(Lane),
    /// It reads a text anew.
    Analyst(Lane),
}

/// The way to the threads of those who only look. They are started when there is something to do for the first time, and
/// end when this is dropped.
#[derive(Default)]
pub struct Clerks {
    small: OnceLock<Option<Sender<Errand>>>,
    large: OnceLock<Option<Sender<Errand>>>,
}

impl Clerks {
    fn send(&self, lane: Lane, errand: Errand) {
        let clerk = match lane {
            Lane::Small => &self.small,
            Lane::Large => &self.large,
        };
        match clerk.get_or_init(|| clerk_of(lane)) {
            // A thread ends only with the session.
            Some(clerk) => drop(clerk.send(errand)),
            // Who asks has to do it.
            None => errand(),
        }
    }
}

/// The way to a new thread; none where the system has no more of them.
fn clerk_of(lane: Lane) -> Option<Sender<Errand>> {
    let (sender, errands) = channel::<Errand>();
    let name = format!("requests, {lane:?}").to_lowercase();
    let run = move || errands.into_iter().for_each(|errand| errand());
    std::thread::Builder::new().name(name).stack_size(STACK).spawn(run).ok().map(|_| sender)
}

impl Session {
    /// Has some work done. A panic is given back, not passed on. What nobody waits for any more when its turn comes is
    /// left out.
    pub async fn have_done<T: Send + 'static>(
        &self,
        by: Hand,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Box<dyn Any + Send>> {
        let (errand, answer) = pack(work);
        match by {
            Hand::Clerk(lane) => self.clerks.send(lane, errand),
            Hand::Analyst(lane) => self.mailbox.send(lane, errand),
        }
        unpack(answer).await
    }
}

type Answer<T> = oneshot::Receiver<std::thread::Result<T>>;

fn pack<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> (Errand, Answer<T>) {
    let (done, answer) = oneshot::channel();
    let errand = move || {
        if !done.is_closed() {
            let _ = done.send(catch_unwind(AssertUnwindSafe(work)));
        }
    };
    (Box::new(errand), answer)
}

async fn unpack<T>(answer: Answer<T>) -> std::thread::Result<T> {
    answer.await.unwrap_or_else(|gone| Err(Box::new(gone)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    impl Clerks {
        fn ask<T: Send + 'static>(&self, lane: Lane, work: impl FnOnce() -> T + Send + 'static) -> Answer<T> {
            let (errand, answer) = pack(work);
            self.send(lane, errand);
            answer
        }
    }

    #[tokio::test]
    async fn long_work_holds_up_nothing_short_and_a_panic_nothing_at_all() {
        let clerks = Clerks::default();
        let (free, held) = channel::<()>();
        let long = clerks.ask(Lane::Large, move || held.recv().is_ok());
        assert_eq!(unpack(clerks.ask(Lane::Small, || 1)).await.ok(), Some(1));
        assert!(unpack(clerks.ask(Lane::Small, || panic!("planted"))).await.is_err());
        assert_eq!(unpack(clerks.ask(Lane::Small, || 2)).await.ok(), Some(2));
        free.send(()).unwrap();
        assert_eq!(unpack(long).await.ok(), Some(true));
    }

    #[tokio::test]
    async fn what_was_cancelled_before_its_turn_is_not_done() {
        let clerks = Clerks::default();
        let (did, done) = channel::<&str>();
        let (free, held) = channel::<()>();
        let first = clerks.ask(Lane::Small, move || held.recv().is_ok());
        let say = |what: &'static str| {
            let did = did.clone();
            move || did.send(what).is_ok()
        };
        drop(clerks.ask(Lane::Small, say("cancelled")));
        let last = clerks.ask(Lane::Small, say("last"));
        free.send(()).unwrap();
        assert!(unpack(first).await.is_ok() && unpack(last).await.is_ok());
        assert_eq!(done.try_iter().collect::<Vec<_>>(), ["last"]);
    }
}
