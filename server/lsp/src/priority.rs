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
        use rustix::process::{getpriority_process, setpriority_process};
        // On Linux each thread has a priority of its own. Where it may not be changed it stays as it is.
        let own = Some(rustix::thread::gettid());
        let _ = getpriority_process(own).and_then(|nice| setpriority_process(own, nice + BACK));
    }
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;
    use rustix::process::getpriority_process;

    #[test]
    fn who_steps_back_does_so_alone() {
        let nice = || getpriority_process(Some(rustix::thread::gettid())).unwrap();
        let before = nice();
        let back = std::thread::spawn(move || {
            step_back();
            nice()
        });
        assert_eq!(back.join().unwrap(), (before + BACK).min(19), "19 is as far as one can step");
        assert_eq!(nice(), before);
    }
}
