//! Which threads go first where there are more of them than processors.

/// How far the threads of long work step back, in steps of nice(1).
#[cfg(target_os = "linux")]
const BACK: i32 = 10;

/// Has the thread that calls it leave a processor to others that have something to do, for as long as it lives.
///
/// Who reads the client's stream wakes who analyses. Of equals the one that was woken may be given the processor of the
/// other, and a question that comes right behind an edit is then read when the analysis is done. A thread that stepped
/// back is not given it.
pub fn step_back() {
    #[cfg(target_os = "linux")]
    {
        // On Linux each thread has a priority of its own. Where it may not be changed it stays as it is.
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), BACK);
    }
}
