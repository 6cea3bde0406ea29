//! The way out, for all who have something to say.
//!
//! What is small is written by who made it, where nothing waits before it and the pipe to the client is empty, so that it
//! cannot be held up there: no other thread has to wake first. All else waits for the thread that writes.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, IoSlice, Write};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tokio::sync::mpsc;

use super::{Event, frames};

/// Takes what is to be sent; it never waits.
#[derive(Clone)]
pub struct Outbox {
    queue: mpsc::UnboundedSender<Event>,
    way: Arc<Way>,
}

/// What is to be written, and where.
pub struct Events {
    queue: mpsc::UnboundedReceiver<Event>,
    way: Arc<Way>,
}

#[derive(Default)]
struct Way {
    /// How many events wait to be written, or are being written by who waits for them.
    waiting: AtomicUsize,
    /// Where others may write; none of streams that must be waited for.
    desk: OnceLock<Mutex<Desk>>,
}

/// The client's stream, and what was said there.
struct Desk {
    /// None after the end.
    output: Option<File>,
    /// The documents for which the client shows something.
    shown: HashSet<u64>,
}

/// An outbox, and what comes out of it.
pub fn outbox() -> (Outbox, Events) {
    let (sender, receiver) = mpsc::unbounded_channel();
    let way = Arc::new(Way::default());
    (Outbox { queue: sender, way: Arc::clone(&way) }, Events { queue: receiver, way })
}

impl Outbox {
    /// Sends an event behind all that the caller has sent before. Where the server has ended nothing is sent.
    pub fn send(&self, event: Event) {
        let Some(event) = self.at_once(event) else { return };
        self.way.waiting.fetch_add(1, Ordering::AcqRel);
        // The receiver is gone only when the server ends.
        let _ = self.queue.send(event);
    }

    /// Writes an event if nothing holds it up; else gives it back.
    fn at_once(&self, event: Event) -> Option<Event> {
        let Some(mut desk) = self.way.desk.get().and_then(|desk| desk.try_lock().ok()) else { return Some(event) };
        let Desk { output: Some(output), shown } = &mut *desk else { return Some(event) };
        // Looked at with the lock held: before it others may have sent what waits now.
        if self.way.waiting.load(Ordering::Acquire) > 0 {
            return Some(event);
        }
        let Some(out) = frames(event, shown) else { return Some(Event::End) };
        if out.len() > room(output) {
            return Some(Event::Made(out));
        }
        // The client reads no more: the thread that writes ends.
        write(output, out.parts()).err().map(|_| Event::End)
    }
}

impl Events {
    /// The next event; none at the end.
    pub async fn next(&mut self) -> Option<Event> {
        self.queue.recv().await
    }

    /// Writes what comes to a stream until the end, or until the client reads no more; others may write there too.
    pub fn write_all(mut self, output: File) {
        let desk = self.way.desk.get_or_init(|| Mutex::new(Desk { output: Some(output), shown: HashSet::new() }));
        let lock = || desk.lock().unwrap_or_else(PoisonError::into_inner);
        while let Some(event) = self.queue.blocking_recv() {
            let Desk { output: Some(output), shown } = &mut *lock() else { break };
            let Some(out) = frames(event, shown) else { break };
            if write(output, out.parts()).is_err() {
                break;
            }
            self.way.waiting.fetch_sub(1, Ordering::AcqRel);
        }
        lock().output = None;
    }
}

/// How many bytes can be written without having to wait: half of a pipe in which nothing lies, as it holds pages.
#[cfg(target_os = "linux")]
fn room(output: &File) -> usize {
    let empty = rustix::io::ioctl_fionread(output).is_ok_and(|bytes| bytes == 0);
    if empty { rustix::pipe::fcntl_getpipe_size(output).map_or(0, |size| size / 2) } else { 0 }
}

/// It is not known elsewhere.
#[cfg(not(target_os = "linux"))]
fn room(_: &File) -> usize {
    0
}

/// What is written at a time, at the least, in bytes: the client begins to read while the rest is written.
const TURN: usize = 1 << 16;

/// Writes parts from where they lie.
fn write<'a>(output: &mut impl Write, parts: impl Iterator<Item = &'a [u8]>) -> io::Result<()> {
    let mut slices: Vec<IoSlice> = parts.map(IoSlice::new).collect();
    let mut left = &mut slices[..];
    // Takes away what is empty: to write nothing is no error.
    IoSlice::advance_slices(&mut left, 0);
    while !left.is_empty() {
        let ends = left.iter().scan(0, |end, part| Some(std::mem::replace(end, *end + part.len())));
        let turn = ends.take_while(|start| *start < TURN).count();
        match output.write_vectored(&left[..turn]) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    output.flush()
}

#[cfg(all(test, unix))]
mod tests {
    use std::io::{PipeReader, Read};
    use std::os::fd::OwnedFd;
    use std::thread::{sleep, spawn};
    use std::time::Duration;

    use super::*;

    /// An outbox whose events are written to a pipe.
    fn piped() -> (Outbox, PipeReader) {
        let (reader, writer) = io::pipe().expect("a pipe");
        let (outbox, events) = outbox();
        spawn(move || events.write_all(File::from(OwnedFd::from(writer))));
        while outbox.way.desk.get().is_none() {
            sleep(Duration::from_millis(1));
        }
        (outbox, reader)
    }

    /// Messages of all lengths, those that no pipe holds among them.
    fn messages() -> Vec<Vec<u8>> {
        let length = |number: usize| if number % 40 == 7 { 1_500_000 } else { number * 97 % 9000 + 1 };
        (0..400).map(|number| vec![(number % 251) as u8; length(number)]).collect()
    }

    #[test]
    fn what_one_sends_arrives_whole_and_in_its_order_however_slowly_it_is_read() {
        for pause in [0, 1] {
            let (outbox, mut reader) = piped();
            let sent = messages();
            let expected = sent.concat();
            let sender = spawn(move || {
                sent.into_iter().for_each(|message| outbox.send(Event::Message(message)));
                outbox.send(Event::End);
            });
            let mut read = Vec::new();
            let mut chunk = vec![0; 1 << 16];
            while let Ok(length @ 1..) = reader.read(&mut chunk) {
                read.extend_from_slice(&chunk[..length]);
                sleep(Duration::from_millis(pause));
            }
            sender.join().expect("it sends");
            assert!(read == expected, "{} of {} bytes", read.len(), expected.len());
        }
    }

    #[test]
    fn who_sends_is_not_held_up_by_a_client_that_does_not_read() {
        let (outbox, mut reader) = piped();
        let sent = messages();
        let expected = sent.concat();
        // On this thread: were it held up here, nobody would read.
        sent.into_iter().for_each(|message| outbox.send(Event::Message(message)));
        outbox.send(Event::End);
        let mut read = Vec::new();
        reader.read_to_end(&mut read).expect("it ends");
        assert!(read == expected, "{} of {} bytes", read.len(), expected.len());
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_is_small_is_there_when_it_has_been_sent() {
        let (outbox, mut reader) = piped();
        // Who waits for events would block on this.
        let desk = outbox.way.desk.get().expect("a desk");
        for _ in 0..3 {
            outbox.send(Event::Message(b"small".to_vec()));
            assert_eq!(outbox.way.waiting.load(Ordering::Acquire), 0);
            let output = &desk.lock().expect("no panic").output;
            assert_eq!(output.as_ref().and_then(|output| rustix::io::ioctl_fionread(output).ok()), Some(5));
            reader.read_exact(&mut [0; 5]).expect("five bytes");
        }
    }
}
