//! The tree of new files and the folder that they are for change places; what a person put there goes along.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::manifest::{Kind, MANIFEST, Manifest};
use super::{Failure, modes, read, tidy};

/// The tree, within what lies aside.
pub(super) const TREE: &str = "tree";

/// A folder, and the tree that is to be in its place.
pub(super) struct Exchange<'a> {
    /// The folder as it was named.
    pub named: &'a Path,
    pub folder: &'a Path,
    pub kind: Kind,
    pub earlier: &'a Manifest,
    pub now: &'a Manifest,
    pub aside: &'a Path,
}

impl Exchange<'_> {
    /// The folder is replaced by the tree in one step; what is of others goes along.
    pub(super) fn whole(&self) -> Result<(), Failure> {
        self.carry_others(Path::new(""))?;
        let (tree, folder) = (self.tree(), self.folder);
        let fail = |error: io::Error| Failure::writing(self.named, &error);
        if self.kind == Kind::Mails {
            modes::owner_alone(&tree).map_err(fail)?;
        } else if let Ok(about) = fs::metadata(folder) {
            fs::set_permissions(&tree, about.permissions()).map_err(fail)?;
        }
        if folder.symlink_metadata().is_err() {
            return fs::rename(&tree, folder).map_err(fail);
        }
        exchange(&tree, folder, self.aside).map_err(fail)?;
        self.bring_after(Path::new(""));
        Ok(())
    }

    /// What somebody put there in this very moment is in the old one, which lies aside now.
    fn bring_after(&self, below: &Path) {
        for entry in fs::read_dir(self.tree().join(below)).into_iter().flatten().flatten() {
            let path = below.join(entry.file_name());
            let place = self.folder.join(&path);
            let is_top = below.as_os_str().is_empty();
            if is_top && (entry.file_name() == MANIFEST || tidy::is_aside(&entry.file_name())) || self.earlier.has(&path) {
                continue;
            }
            if place.is_dir() && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                self.bring_after(&path);
            } else if place.symlink_metadata().is_err() && !self.is_ours(&path) {
                let _ = fs::rename(entry.path(), place);
            }
        }
    }

    /// The same where the folder itself cannot be replaced: each of the names in it in one step.
    pub(super) fn each(&self) -> Result<(), Failure> {
        let tree = self.tree();
        let fail = |error: io::Error| Failure::writing(self.named, &error);
        let names = |folder: &Path| -> io::Result<Vec<std::ffi::OsString>> {
            let mut names: Vec<_> = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<io::Result<_>>()?;
            // The list comes last.
            names.sort_by_key(|name| name == MANIFEST);
            Ok(names)
        };
        let new = names(&tree).map_err(fail)?;
        for name in &new {
            match self.folder.join(name).symlink_metadata() {
                Ok(about) if about.is_dir() => self.carry_others(Path::new(name))?,
                Ok(_) if tree.join(name).is_dir() => return Err(self.in_the_way(Path::new(name))),
                _ => {}
            }
        }
        for name in &new {
            let (made, place) = (tree.join(name), self.folder.join(name));
            match place.symlink_metadata() {
                Err(_) => fs::rename(&made, &place).map_err(fail)?,
                Ok(_) => exchange(&made, &place, self.aside).map_err(fail)?,
            }
        }
        for path in self.earlier.files.keys().filter(|path| !self.now.files.contains_key(*path)) {
            if let Some(path) = plain_file(self.folder, path) {
                // One that somebody removed already is as it should be.
                let _ = fs::remove_file(&path);
                path.ancestors().skip(1).take_while(|above| *above != self.folder).for_each(|above| {
                    let _ = fs::remove_dir(above);
                });
            }
        }
        Ok(())
    }

    /// Everything below a folder that is not of the list goes along into the tree.
    fn carry_others(&self, below: &Path) -> Result<(), Failure> {
        let tree = self.tree();
        let Ok(entries) = fs::read_dir(self.folder.join(below)) else { return Ok(()) };
        for entry in entries {
            let entry = entry.map_err(|error| Failure::writing(self.named, &error))?;
            let path = below.join(entry.file_name());
            let is_top = below.as_os_str().is_empty();
            let fail = |error: io::Error| match error.kind() {
                io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory | io::ErrorKind::IsADirectory => {
                    self.in_the_way(&path)
                }
                _ => Failure::writing(&self.named.join(&path), &error),
            };
            if is_top && (entry.file_name() == MANIFEST || tidy::is_aside(&entry.file_name())) {
                continue;
            }
            let place = tree.join(&path);
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                if !place.is_dir() && !self.is_ours(&path) {
                    fs::create_dir_all(&place).map_err(fail)?;
                    let about = entry.metadata().map_err(fail)?;
                    fs::set_permissions(&place, about.permissions()).map_err(fail)?;
                }
                self.carry_others(&path)?;
            } else if !self.earlier.has(&path) && !self.now.has(&path) {
                fs::create_dir_all(place.parent().unwrap_or(&tree)).map_err(fail)?;
                carry(&self.folder.join(&path), &place).map_err(fail)?;
            }
        }
        Ok(())
    }

    /// Whether a folder is one of those that hold the files of an earlier run.
    fn is_ours(&self, folder: &Path) -> bool {
        let folder = read::shown(folder);
        self.earlier.files.keys().any(|path| path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/')))
    }

    fn tree(&self) -> PathBuf {
        self.aside.join(TREE)
    }

    fn in_the_way(&self, path: &Path) -> Failure {
        self.kind.in_the_way(&self.named.join(path), 1)
    }
}

/// Puts a new file or folder in the place of another: in one step where the system can.
fn exchange(new: &Path, place: &Path, aside: &Path) -> io::Result<()> {
    if in_one_step(new, place).is_ok() {
        return Ok(());
    }
    let replaced = tidy::replaced(aside);
    fs::create_dir_all(&replaced)?;
    let old = replaced.join(place.file_name().unwrap_or_default());
    fs::rename(place, &old)?;
    fs::rename(new, place).inspect_err(|_| {
        let _ = fs::rename(&old, place);
    })
}

#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
pub(crate) fn in_one_step(a: &Path, b: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, a, CWD, b, RenameFlags::EXCHANGE)?)
}
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
pub fn in_one_step(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// The same file under another name; a copy where the disk knows no second names.
pub(super) fn carry(from: &Path, to: &Path) -> io::Result<()> {
    match fs::hard_link(from, to) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(error) => match fs::symlink_metadata(from)?.file_type() {
            kind if kind.is_file() => fs::copy(from, to).map(drop),
            kind if kind.is_symlink() => modes::copy_link(from, to),
            _ => Err(error),
        },
    }
}

/// A file within a folder, if neither it nor a folder on the way is a link.
pub(super) fn plain_file(folder: &Path, path: &str) -> Option<PathBuf> {
    let mut at = folder.to_owned();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        at.push(name);
        let kind = at.symlink_metadata().ok()?.file_type();
        let is_right = if names.peek().is_some() { kind.is_dir() } else { kind.is_file() };
        if !is_right {
            return None;
        }
    }
    Some(at)
}
