//! The language server: the one crate that knows the protocol.
//!
//! What comes in passes [`frames`] (repaired), the framework's transport, [`ingress`] (documents change, in order)
//! and, if it is a request, a handler in [`requests`] that reads a snapshot. What goes out, answers and findings,
//! passes [`egress`].

mod capabilities;
mod egress;
mod findings;
mod frames;
mod from_proto;
mod hooks;
mod ingress;
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

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::runtime::Builder;
use tokio::sync::mpsc;
use tower_lsp::LspService;

use egress::{Event, Outlet};
use frames::Parcels;
#[doc(hidden)]
pub use frames::repair;
pub use hooks::{BeforeAnalysis, BeforePublishing, Hooks};
use ingress::Ingress;
use server::Server;
use session::Session;

/// Requests that may be under way at the same time; one more is refused at once. A request is only a parked future, so
/// there is room for more than any client ever has; but where there was none left at all, the transport would wait for
/// room and see neither an edit nor the cancellation that makes it.
pub const REQUESTS: usize = 1 << 12;
/// Messages that the transport takes on at the same time: all requests, and room for what needs none.
const SLOTS: usize = REQUESTS + (1 << 6);
/// Deep enough for any recursion the engine allows itself.
const STACK: usize = 16 << 20;
/// What a pipe to the client is made to hold, in bytes: the findings of a compilation are handed over in a few turns, not in
/// forty. It is what the system lets anyone ask for.
#[cfg(target_os = "linux")]
const ROOM: usize = 1 << 20;
/// Bytes between the repair of frames and the framework.
const PIPE: usize = 1 << 18;
/// How long the disk is left alone; see [`Hooks::patience`].
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a client that has left may take to read what is still written.
const PARTING: Duration = Duration::from_secs(2);

/// Serves the process's standard streams until the client exits or closes them. The exit code is the protocol's:
/// success only after `shutdown`. What still runs then is left to the end of the process.
pub fn run() -> ExitCode {
    // While the client says what it is. Without it, or where it is late, the first analysis does the same.
    let _ = std::thread::Builder::new().name("warming up".to_owned()).spawn(gouji_core::warm_up);
    let runtime = match Builder::new_current_thread().enable_time().thread_stack_size(STACK).build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let served = runtime.block_on(async {
        let output = standard_output()?;
        let hooks = Hooks { patience: PATIENCE, ..Hooks::default() };
        served(tokio::io::stdin(), hooks, |events, session| egress::start(events, output, session)).await
    });
    // The thread that reads standard input may be waiting for bytes that never come.
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
    served(input, hooks, |events, session| Ok(egress::run(events, output, session))).await
}

/// Serves a client whose messages come from a stream, and to whom `egress` writes.
async fn served<I, E>(
    input: I,
    hooks: Hooks,
    egress: impl FnOnce(mpsc::UnboundedReceiver<Event>, Arc<Session>) -> std::io::Result<E>,
) -> std::io::Result<bool>
where
    I: AsyncRead + Unpin + Send + 'static,
    E: Future<Output = ()>,
{
    let (outbox, events) = mpsc::unbounded_channel();
    let session = Session::start(outbox.clone(), hooks)?;
    let (service, socket) = LspService::build(|client| {
        session.meet(client);
        Server::new(Arc::clone(&session))
    })
    .custom_method("gouji/explain", Server::explain)
    .custom_method("gouji/recognise", Server::recognise)
    .custom_method("gouji/coverage", Server::coverage)
    .finish();
    let (pipe, repaired) = tokio::io::duplex(PIPE);
    let parcels = Arc::new(Parcels::default());
    let pumping = tokio::spawn({
        let (session, parcels) = (Arc::clone(&session), Arc::clone(&parcels));
        async move {
            frames::pump(input, pipe, &parcels).await;
            session.leave();
        }
    });
    let ingress = Ingress::new(service, Arc::clone(&session), parcels);
    let serving = tower_lsp::Server::new(repaired, Outlet(outbox.clone()), socket).concurrency_level(SLOTS);
    let serving = async {
        serving.serve(ingress).await;
        // The receiver ends only before this where the client reads no more.
        let _ = outbox.send(Event::End);
    };
    let writing = egress(events, Arc::clone(&session))?;
    let all = async { tokio::join!(serving, writing) };
    tokio::select! {
        _ = all => {}
        () = async { session.left().await; tokio::time::sleep(PARTING).await } => {}
    }
    pumping.abort();
    session.stop();
    Ok(session.is_shut_down())
}
