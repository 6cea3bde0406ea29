//! The language server: the one crate that knows the protocol.
//!
//! What comes in is cut into messages ([`frames`]) by who reads the stream ([`intake`]) and passes [`ingress`] (documents
//! change, in order) and, if it is a request, the framework's service and a handler in [`requests`] that reads a snapshot.
//! What goes out, answers and findings, passes [`egress`].

mod capabilities;
mod egress;
mod findings;
mod frames;
mod from_proto;
mod hooks;
mod ingress;
mod intake;
mod memory;
mod priority;
mod requests;
mod server;
mod session;
mod to_proto;
mod uri;

use std::fs::File;
use std::future::Future;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::Builder;
use tokio::sync::mpsc;
use tower_lsp::LspService;

use egress::{Event, Events, framed};
#[doc(hidden)]
pub use frames::messages;
pub use hooks::{BeforeAnalysis, BeforePublishing, Hooks};
use ingress::Ingress;
use intake::Intake;
use server::Server;
use session::Session;

/// Requests that may be under way at the same time; one more is refused at once. A request is only a parked future, so
/// there is room for more than any client ever has; but a client that asks without end shall not fill the memory.
pub const REQUESTS: usize = 1 << 12;
/// Deep enough for any recursion the engine allows itself.
const STACK: usize = 16 << 20;
/// What a pipe to the client is made to hold, in bytes: the findings of a compilation are handed over in a few turns, not in
/// forty. It is what the system lets anyone ask for.
#[cfg(target_os = "linux")]
const ROOM: usize = 1 << 20;
/// How long the disk is left alone; see [`Hooks::patience`].
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a client that has left may take to read what is still written.
const PARTING: Duration = Duration::from_secs(2);

/// Serves the process's standard streams until the client exits or closes them. The exit code is the protocol's:
/// success only after `shutdown`. What still runs then is left to the end of the process.
pub fn run() -> ExitCode {
    memory::one_heap();
    let runtime = match Builder::new_current_thread().enable_time().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let served = runtime.block_on(async {
        let output = standard_output()?;
        let hooks = Hooks { patience: PATIENCE, ..Hooks::default() };
        let reading = |intake: Intake| {
            let reading = || intake.read(std::io::stdin().lock());
            std::thread::Builder::new().name("from the client".to_owned()).stack_size(STACK).spawn(reading).map(drop)
        };
        served(hooks, reading, |events| egress::start(events, output), memory::make_room, gouji_core::warm_up).await
    });
    runtime.shutdown_background();
    match served {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

/// The standard output as it is: what is written to it is whole frames, not lines that would have to be looked for.
fn standard_output() -> std::io::Result<File> {
    #[cfg(unix)]
    let own = std::os::fd::AsFd::as_fd(&std::io::stdout()).try_clone_to_owned();
    #[cfg(windows)]
    let own = std::os::windows::io::AsHandle::as_handle(&std::io::stdout()).try_clone_to_owned();
    let own = own.map(File::from)?;
    // Where it is no pipe, or one may not be as large, it stays as it is.
    #[cfg(target_os = "linux")]
    let _ = rustix::pipe::fcntl_setpipe_size(&own, ROOM);
    Ok(own)
}

fn failed(error: &std::io::Error) -> ExitCode {
    eprintln!("gouji: {error}");
    ExitCode::FAILURE
}

/// Serves a pair of streams until the client exits or closes its end; true after an orderly `shutdown`.
///
/// # Errors
/// Where the analysis thread cannot be started.
pub async fn serve<I, O>(input: I, output: O, hooks: Hooks) -> std::io::Result<bool>
where
    I: AsyncRead + Unpin + Send + 'static,
    O: AsyncWrite,
{
    let reading = |intake: Intake| {
        tokio::spawn(intake.receive(input));
        Ok(())
    };
    served(hooks, reading, |events| Ok(egress::run(events, output)), || (), || ()).await
}

/// Serves a client whose stream `reading` has read, and to whom `egress` writes. `first` is done while the client says who
/// it is, `then` when it has been told who serves it: before, what allocates would be in the way, as there is one heap.
async fn served<E: Future<Output = ()>>(
    hooks: Hooks,
    reading: impl FnOnce(Intake) -> std::io::Result<()>,
    egress: impl FnOnce(Events) -> std::io::Result<E>,
    first: impl FnOnce(),
    then: impl FnOnce() + Send + 'static,
) -> std::io::Result<bool> {
    let (outbox, events) = egress::outbox();
    let session = Session::new(outbox.clone(), hooks);
    let (service, socket) = LspService::build(|client| {
        session.meet(client);
        Server::new(Arc::clone(&session))
    })
    .custom_method("gouji/explain", Server::explain)
    .custom_method("gouji/recognise", Server::recognise)
    .custom_method("gouji/coverage", Server::coverage)
    .finish();
    let (mut requests, answers) = socket.split();
    let asking = tokio::spawn({
        let outbox = outbox.clone();
        async move {
            while let Some(request) = requests.next().await {
                outbox.send(Event::Message(framed(&request)));
            }
        }
    });
    let (under_way, mut answered) = mpsc::channel(1);
    let ingress = Ingress::new(service, Arc::clone(&session), answers);
    let writing = egress(events)?;
    // First of all: while the client is read, the other threads can be started.
    reading(Intake::new(ingress, Arc::clone(&session), outbox.clone(), under_way))?;
    session.work()?;
    first();
    let then = tokio::spawn({
        let session = Arc::clone(&session);
        async move {
            session.heard().await;
            then();
        }
    });
    let serving = async {
        // Nothing is ever sent: it ends when all that was read has been answered.
        answered.recv().await;
        // The receiver ends only before this where the client reads no more.
        outbox.send(Event::End);
    };
    let all = async { tokio::join!(serving, writing) };
    tokio::select! {
        _ = all => {}
        () = async { session.left().await; tokio::time::sleep(PARTING).await } => {}
    }
    asking.abort();
    then.abort();
    session.stop();
    Ok(session.is_shut_down())
}
