//! Work spread over the cores of the machine, where there is enough of it.

use rayon::prelude::*;

/// A programme of so few files is done before the threads for it have started.
const FEW: usize = 16;

/// What a function makes of each item, in their order; on every core where the programme has many files.
pub fn map<T: Sync, R: Send>(files: usize, items: &[T], work: impl Fn(&T) -> R + Send + Sync) -> Vec<R> {
    if files <= FEW { items.iter().map(work).collect() } else { items.par_iter().map(work).collect() }
}
