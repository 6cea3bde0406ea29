//! How the system's allocator works for a server.

/// Has all threads allocate from one heap. To be called before there are others.
///
/// glibc gives each thread a heap of its own. What one thread makes and another lets go of, findings and texts, leaves
/// holes in all of them: after a day of edits that was 1.4 MB more than the same in one heap, and still growing. Two
/// documents at a time never wait long for each other's allocations.
pub fn one_heap() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    #[allow(unsafe_code, reason = "there is no safe way to it; mallopt only sets a number of the allocator's")]
    // SAFETY: called by the only thread there is; the parameter and its value are those of mallopt(3).
    unsafe {
        libc::mallopt(libc::M_ARENA_MAX, 1);
    }
}

/// So much room a first disclosure needs at least, in pieces that are no mappings of their own.
const PIECES: usize = 24;
const PIECE: usize = 64 * 1024;

/// Makes room in the heap for a first disclosure, while the client still says what it is.
///
/// The system gives memory page by page as each is touched for the first time: of the wait for the first findings that was
/// a millisecond in fifteen. What is touched here stays in the heap, as a piece that is never used lies above it.
pub fn make_room() {
    let touched: Vec<Vec<u8>> = (0..PIECES).map(|_| vec![1; PIECE]).collect();
    std::mem::forget(std::hint::black_box(Vec::<u8>::with_capacity(PIECE)));
    drop(std::hint::black_box(touched));
}
