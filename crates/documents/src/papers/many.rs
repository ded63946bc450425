//! The same work for many items.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Does the same work for each item on every core, and gives the results in the order of the items.
///
/// The threads are plain ones that take the next item from a counter. On a pool of rayon's the work of PDF
/// would run other waiting items on top of its own stack, one inside another, until that overflows: krilla
/// keeps the pool busy while it waits. Where there are no threads, as in a browser, all is done in turn.
pub(super) fn each<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if workers <= 1 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else { return done };
            done.push((index, work(item)));
        }
    };
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let threads: Vec<_> = (0..workers).map(|_| scope.spawn(take)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// A template is at fault once, however many documents are made from it.
pub(super) fn once_each<T: PartialEq>(found: impl IntoIterator<Item = Vec<T>>) -> Vec<T> {
    let mut once: Vec<T> = Vec::new();
    for item in found.into_iter().flatten() {
        if !once.contains(&item) {
            once.push(item);
        }
    }
    once
}
