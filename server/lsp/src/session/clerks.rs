//! The threads on which requests are answered: one for what is long, one for all else, so that who asks where the pointer
//! stands never waits for the repairs of a compilation. Two and no more, however many requests come: each thread that
//! ever searched for a pattern keeps a cache of its own for it.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Sender, channel};

use tokio::sync::oneshot;

use super::mailbox::Lane;
use crate::STACK;

type Work = Box<dyn FnOnce() + Send>;

/// The way to these threads.
pub struct Clerks {
    small: Sender<Work>,
    large: Sender<Work>,
}

impl Clerks {
    /// Starts the threads; they end when this is dropped.
    pub fn start() -> std::io::Result<Self> {
        let start = |lane: Lane| {
            let (sender, work) = channel::<Work>();
            let name = format!("requests, {lane:?}").to_lowercase();
            let run = move || work.into_iter().for_each(|work| work());
            std::thread::Builder::new().name(name).stack_size(STACK).spawn(run).map(|_| sender)
        };
        Ok(Self { small: start(Lane::Small)?, large: start(Lane::Large)? })
    }

    /// Does some work on the thread of a lane. A panic is given back, not passed on. What nobody waits for any more when
    /// its turn comes is left out.
    pub async fn work<T: Send + 'static>(
        &self,
        lane: Lane,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Box<dyn Any + Send>> {
        let (done, answer) = oneshot::channel();
        let work = move || {
            if !done.is_closed() {
                let _ = done.send(catch_unwind(AssertUnwindSafe(work)));
            }
        };
        let clerk = match lane {
            Lane::Small => &self.small,
            Lane::Large => &self.large,
        };
        // A thread ends only with the session.
        let _ = clerk.send(Box::new(work));
        answer.await.unwrap_or_else(|gone| Err(Box::new(gone)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[tokio::test]
    async fn long_work_holds_up_nothing_short_and_a_panic_nothing_at_all() {
        let clerks = Clerks::start().unwrap();
        let (free, held) = channel::<()>();
        let long = clerks.work(Lane::Large, move || held.recv().is_ok());
        let short = async {
            assert_eq!(clerks.work(Lane::Small, || 1).await.ok(), Some(1));
            assert!(clerks.work(Lane::Small, || panic!("planted")).await.is_err());
            assert_eq!(clerks.work(Lane::Small, || 2).await.ok(), Some(2));
            free.send(()).unwrap();
        };
        let (long, ()) = tokio::join!(long, short);
        assert_eq!(long.ok(), Some(true));
    }

    #[tokio::test]
    async fn what_was_cancelled_before_its_turn_is_not_done() {
        let clerks = Clerks::start().unwrap();
        let (did, done) = channel::<&str>();
        let (free, held) = channel::<()>();
        let mut first = Box::pin(clerks.work(Lane::Small, move || held.recv().is_ok()));
        let say = |what: &'static str| {
            let did = did.clone();
            move || did.send(what).is_ok()
        };
        let mut cancelled = Box::pin(clerks.work(Lane::Small, say("cancelled")));
        // Both have been handed in.
        assert!(futures_pending(&mut first) && futures_pending(&mut cancelled));
        drop(cancelled);
        let last = clerks.work(Lane::Small, say("last"));
        free.send(()).unwrap();
        let (_, last) = tokio::join!(first, last);
        assert!(last.is_ok());
        assert_eq!(done.try_iter().collect::<Vec<_>>(), ["last"]);
    }

    fn futures_pending(future: &mut (impl Future + Unpin)) -> bool {
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        std::pin::Pin::new(future).poll(&mut context).is_pending()
    }
}
