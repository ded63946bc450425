//! How far a build has come, where it takes long and somebody looks.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What ends before is not worth a bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// A bar in the terminal, once it takes longer than one likes to wait.
pub(crate) struct Bar {
    since: Instant,
    bar: ProgressBar,
}

impl Bar {
    pub(crate) fn new() -> Bar {
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len}  {eta}") {
            bar.set_style(style);
        }
        Bar { since: Instant::now(), bar }
    }

    pub(crate) fn reached(&self, done: usize, of: usize) {
        if self.bar.is_hidden() && self.since.elapsed() > PATIENCE {
            // Where standard error is no terminal, this stays hidden too.
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.set_length(of as u64);
        self.bar.set_position(done as u64);
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
