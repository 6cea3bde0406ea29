//! Work on all cores, told in the order in which it came, each piece as soon as its turn comes.

use std::collections::BTreeMap;
use std::io;
use std::sync::mpsc::{self, Sender};
use std::sync::{Mutex, PoisonError};

use rayon::{ScopeFifo, ThreadPool, ThreadPoolBuilder};

/// Deeply nested text must not be what ends the program.
const STACK: usize = 16 << 20;
/// How many pieces a thread may be ahead of the one that is told next. More would only be kept in memory.
const AHEAD: usize = 4;

/// What happens while pieces are worked on.
pub enum Event<P> {
    /// Another piece has come.
    Next(P),
    /// No more will come.
    Over,
    /// One is done.
    Done,
}

/// Where pieces come from. Each call asks for one more, which comes as an event, now or later; after the last one comes
/// [`Event::Over`], once or more often.
pub trait Feed<P> {
    /// Asks for one more piece.
    fn ask(&mut self, events: &Sender<Event<P>>);
}

/// What is known beforehand.
impl<P, I: Iterator<Item = P>> Feed<P> for I {
    fn ask(&mut self, events: &Sender<Event<P>>) {
        // The receiver outlives every call.
        let _ = events.send(self.next().map_or(Event::Over, Event::Next));
    }
}

/// A thread for each core; none where the system gives no threads.
pub fn all_cores() -> Option<ThreadPool> {
    ThreadPoolBuilder::new().stack_size(STACK).build().ok()
}

/// Works on pieces on the threads of a pool, or here where there is none, and tells the results in the order in which
/// the pieces came. What cannot be told ends it.
pub fn in_turn<P: Send, T: Send>(
    pool: Option<&ThreadPool>,
    feed: impl Feed<P>,
    one: &(impl Fn(P) -> T + Sync),
    tell: &mut impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    let ready = Ready(Mutex::default());
    match pool {
        Some(pool) => {
            let ahead = AHEAD * pool.current_num_threads();
            pool.in_place_scope_fifo(|scope| in_order(Some(scope), ahead, feed, &ready, one, tell))
        }
        None => in_order(None, 1, feed, &ready, one, tell),
    }
}

/// Results whose turn has not come, by their number.
struct Ready<T>(Mutex<BTreeMap<usize, T>>);

impl<T> Ready<T> {
    fn put(&self, number: usize, result: T) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(number, result);
    }

    fn take(&self, number: usize) -> Option<T> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&number)
    }
}

/// Asks for the next piece when one has been told, so that never more than `ahead` have come and are not told.
fn in_order<'s, P: Send + 's, T: Send>(
    scope: Option<&ScopeFifo<'s>>,
    ahead: usize,
    mut feed: impl Feed<P>,
    ready: &'s Ready<T>,
    one: &'s (impl Fn(P) -> T + Sync),
    tell: &mut impl FnMut(T) -> io::Result<()>,
) -> io::Result<()> {
    let (events, happened) = mpsc::channel();
    (0..ahead).for_each(|_| feed.ask(&events));
    let (mut come, mut told, mut over) = (0, 0, false);
    while !(over && told == come) {
        match happened.recv() {
            Ok(Event::Next(piece)) => {
                let (number, events) = (come, events.clone());
                let work = move || {
                    ready.put(number, one(piece));
                    // Nobody listens any more where what came before could not be told.
                    let _ = events.send(Event::Done);
                };
                match scope {
                    Some(scope) => scope.spawn_fifo(move |_| work()),
                    None => work(),
                }
                come += 1;
            }
            Ok(Event::Over) => over = true,
            Ok(Event::Done) => {
                while let Some(result) = ready.take(told) {
                    tell(result)?;
                    told += 1;
                    feed.ask(&events);
                }
            }
            // There is a sender here.
            Err(_) => return Ok(()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    fn told_in_order(threads: Option<usize>, ahead: usize) {
        let (begun, told) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let one = |number: usize| {
            let early = begun.fetch_add(1, Ordering::SeqCst) - told.load(Ordering::SeqCst);
            std::thread::sleep(std::time::Duration::from_millis((number % 3) as u64));
            (number, early)
        };
        let mut order = Vec::new();
        let mut tell = |(number, early)| {
            assert!(early <= ahead, "{early}");
            order.push(number);
            told.fetch_add(1, Ordering::SeqCst);
            Ok(())
        };
        let ready = Ready(Mutex::default());
        let all = match threads {
            Some(threads) => {
                let pool = ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
                pool.in_place_scope_fifo(|scope| in_order(Some(scope), ahead, 0..100, &ready, &one, &mut tell))
            }
            None => in_order(None, ahead, 0..100, &ready, &one, &mut tell),
        };
        assert!(all.is_ok());
        assert_eq!(order, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn pieces_are_told_in_order_and_none_is_begun_too_early() {
        told_in_order(Some(3), 5);
        told_in_order(Some(1), 1);
        told_in_order(None, 1);
    }

    #[test]
    fn nothing_to_do_is_done_at_once() {
        let one = |piece: usize| piece;
        assert!(in_turn(all_cores().as_ref(), std::iter::empty(), &one, &mut |_| Ok(())).is_ok());
    }
}
