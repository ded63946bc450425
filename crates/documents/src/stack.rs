//! Work that takes a step of the stack for each part of what others made.

/// Does it on a stack of so many octets, of which only what is used is taken. `None` where it ended otherwise.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn deep<T: Send>(octets: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    let thread = std::thread::Builder::new().stack_size(octets);
    std::thread::scope(|scope| thread.spawn_scoped(scope, work).ok()?.join().ok())
}

/// A browser has one stack.
#[cfg(target_family = "wasm")]
pub(crate) fn deep<T: Send>(_octets: usize, work: impl FnOnce() -> T + Send) -> Option<T> {
    Some(work())
}
