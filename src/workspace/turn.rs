//! One run at a time writes into a folder.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::{Failure, tidy};
use crate::text;

/// A large programme as PDF takes minutes.
const PATIENCE: Duration = Duration::from_secs(15 * 60);
const PAUSE: Duration = Duration::from_millis(20);

/// The right to write into a folder, as long as it lives. It lies on the folder itself: no file is left behind.
#[derive(Debug)]
pub(crate) struct Turn {
    /// `None` on systems and disks on which folders cannot be locked.
    _folder: Option<File>,
}

/// Takes away what dead runs left in a folder, if nobody writes there now.
pub(crate) fn sweep(folder: &Path) {
    let locked = File::open(folder).ok().filter(|folder| cfg!(unix) && folder.try_lock().is_ok());
    if locked.is_some() {
        tidy::clear(folder, true);
    }
}

impl Turn {
    /// Waits for those who write into the folder now, and takes away what dead runs left there.
    ///
    /// # Errors
    /// Where another run is at work there for too long.
    pub(crate) fn of(folder: &Path) -> Result<Turn, Failure> {
        let since = Instant::now();
        let locked = loop {
            let Some(file) = File::open(folder).ok().filter(|_| cfg!(unix)) else { break None };
            match file.try_lock() {
                Ok(()) => break Some(file),
                Err(TryLockError::WouldBlock) if since.elapsed() < PATIENCE => sleep(PAUSE),
                Err(TryLockError::WouldBlock) => {
                    let folder = folder.display();
                    return Err(Failure::new(text!(
                        "another convoca has been writing into `{folder}` for a quarter of an hour",
                        "otro convoca lleva un cuarto de hora escribiendo en `{folder}`"
                    )));
                }
                Err(TryLockError::Error(_)) => break None,
            }
        };
        tidy::clear(folder, locked.is_some());
        Ok(Turn { _folder: locked })
    }
}
