//! What is put aside while it is made goes away: when the work ends or fails, when the program is told to stop
//! (Ctrl-C, SIGTERM, SIGHUP), and where it was killed, in the next run.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Once, PoisonError, RwLock};
use std::time::{Duration, SystemTime};

use super::modes;

/// Every name that is put aside begins so, with [`LETTERS`] letters or digits behind.
const PREFIX: &str = ".convoca-";
const LETTERS: usize = 6;
/// What shells give for a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;
/// Where nobody can be asked whether a run still lives, it is dead after so long.
const DEAD_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// What lies aside now. Whoever writes into it holds the lock for reading; who is told to stop takes it for
/// writing and does not give it back, so that nothing appears behind the tidying.
static ASIDE: RwLock<Vec<PathBuf>> = RwLock::new(Vec::new());

/// A file or a folder that has no name of its own yet.
#[derive(Debug)]
pub(crate) struct Aside(PathBuf);

impl Aside {
    /// A new folder within another, for its owner alone.
    pub(crate) fn folder(within: &Path) -> io::Result<Aside> {
        Aside::new(|| Ok((temporary().tempdir_in(within)?.keep(), ()))).map(|(aside, ())| aside)
    }

    /// A new file in a folder, for its owner alone.
    pub(crate) fn file(within: &Path) -> io::Result<(Aside, File)> {
        Aside::made_by(&temporary(), within)
    }

    /// A new file in a folder, for whom the user's files are.
    pub(crate) fn usual_file(within: &Path) -> io::Result<(Aside, File)> {
        Aside::made_by(modes::usual(&mut temporary()), within)
    }

    fn made_by(builder: &tempfile::Builder<'_, '_>, within: &Path) -> io::Result<(Aside, File)> {
        Aside::new(|| {
            let (file, path) = builder.tempfile_in(within)?.into_parts();
            Ok((path.keep().map_err(|kept| kept.error)?, file))
        })
    }

    fn new<T>(make: impl FnOnce() -> io::Result<(PathBuf, T)>) -> io::Result<(Aside, T)> {
        listen();
        let mut aside = ASIDE.write().unwrap_or_else(PoisonError::into_inner);
        let (path, made) = make()?;
        aside.push(path.clone());
        Ok((Aside(path), made))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Aside {
    fn drop(&mut self) {
        let mut aside = ASIDE.write().unwrap_or_else(PoisonError::into_inner);
        aside.retain(|path| *path != self.0);
        remove(&self.0);
    }
}

/// Does something that is not to be left half-done: whoever tells the program to stop waits for its end.
pub(crate) fn undisturbed<T>(act: impl FnOnce() -> T) -> T {
    let _held = ASIDE.read().unwrap_or_else(PoisonError::into_inner);
    act()
}

/// Whether a name is that of something that a run put aside.
pub(crate) fn is_aside(name: &OsStr) -> bool {
    let letters = name.to_str().and_then(|name| name.strip_prefix(PREFIX));
    letters.is_some_and(|letters| letters.len() == LETTERS && letters.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Takes away what dead runs left in a folder; `alone` says that no other run is at work there.
pub(crate) fn clear(folder: &Path, alone: bool) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten().filter(|entry| is_aside(&entry.file_name())) {
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        let changed = entry.metadata().and_then(|about| about.modified());
        let is_old = || changed.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|age| age > DEAD_AFTER));
        if !is_link && (alone || is_old()) {
            put_back(&entry.path(), folder);
            remove(&entry.path());
        }
    }
}

/// Where what is to be replaced waits, on systems that cannot exchange two folders in one step.
pub(crate) fn replaced(aside: &Path) -> PathBuf {
    aside.join("replaced")
}

/// A run that was killed between two steps took something out of its place and put nothing there.
fn put_back(aside: &Path, folder: &Path) {
    for entry in fs::read_dir(replaced(aside)).into_iter().flatten().flatten() {
        let place = folder.join(entry.file_name());
        if place.symlink_metadata().is_err() {
            let _ = fs::rename(entry.path(), place);
        }
    }
}

/// What cannot be taken away now is left to the next run.
fn remove(path: &Path) {
    let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
}

fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(PREFIX).rand_bytes(LETTERS);
    builder
}

/// From the first time on that something lies aside, being told to stop means to tidy up first.
fn listen() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // Where no handler can be set, the next run tidies up.
        let _ = ctrlc::set_handler(|| {
            let aside = ASIDE.write().unwrap_or_else(PoisonError::into_inner);
            aside.iter().for_each(|path| remove(path));
            std::process::exit(INTERRUPTED);
        });
    });
}
