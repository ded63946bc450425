//! Files that a command writes into a folder: the whole set appears at once, or not at all.
//!
//! ```text
//! .convoca-a1b2c3/tree   what is new or changed, as it comes; in the end, links to all that stays
//!        ⇅ one exchange
//! out/                   what was there; then it goes away
//! ```
//!
//! What a person put there goes along. No link is written through, and none is followed.

use std::collections::BTreeSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::exchange::{Exchange, TREE, carry, plain_file};
use super::manifest::{Kind, Listed, MANIFEST, Manifest};
use super::tidy::{self, Aside, undisturbed};
use super::turn::Turn;
use super::{Failure, modes, read};
use crate::papers::{Artifact, Key, Outlet};
use crate::paths::FilePath;
use crate::text;

/// A folder that takes files.
pub struct Publication {
    /// As it was named.
    named: PathBuf,
    /// Where it is: a link to it is followed, those within it are not.
    folder: PathBuf,
    kind: Kind,
    /// Whether what is aside lies within the folder: where nothing can be made beside it.
    is_within: bool,
    earlier: Manifest,
    now: Mutex<Manifest>,
    /// Files in the way that nobody knows where they are from.
    in_the_way: Mutex<BTreeSet<FilePath>>,
    aside: Aside,
    _turn: Turn,
}

/// What becomes of the files of an earlier time that were not made again.
pub enum Others<'a> {
    /// All was made: what was not is no more.
    TakenAway,
    /// A part was made: the rest stays, but for what would have been in the part.
    Kept { but: &'a [FilePath] },
}

/// What came of it.
#[derive(Debug)]
pub struct Written {
    /// So many files are new or changed.
    pub changed: usize,
    /// Where the changes of a person are kept that could not stay in their place.
    pub edited: Vec<String>,
}

/// What stands where a file is to go.
enum There {
    Nothing,
    /// The same bytes, to be read by those who may.
    Same,
    Other,
}

impl Publication {
    /// # Errors
    /// Where the folder is of another command, or nothing can be written there.
    pub fn new(named: &Path, kind: Kind) -> Result<Publication, Failure> {
        let fail = |error: io::Error| Failure::writing(named, &error);
        let folder = match fs::canonicalize(named) {
            Ok(folder) if folder.is_dir() => folder,
            Ok(_) => return Err(fail(io::ErrorKind::AlreadyExists.into())),
            Err(_) if named.symlink_metadata().is_ok() => return Err(fail(io::ErrorKind::AlreadyExists.into())),
            Err(_) => {
                let parent = named.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
                fs::create_dir_all(parent).map_err(fail)?;
                let name = named.file_name().ok_or_else(|| fail(io::ErrorKind::InvalidInput.into()))?;
                fs::canonicalize(parent).map_err(fail)?.join(name)
            }
        };
        let (turn, aside, is_within) = aside(&folder, named)?;
        let earlier = plain_file(&folder, MANIFEST).and_then(|path| fs::read_to_string(path).ok());
        let earlier = Manifest::read(&earlier.unwrap_or_default());
        if let Some(other) = earlier.kind.filter(|other| *other != kind) {
            let (shown, command) = (read::shown(named), other.command());
            return Err(Failure::new(text!(
                "`{shown}` holds what `{command}` wrote; nothing of it was touched",
                "`{shown}` contiene lo que escribió `{command}`; no se tocó nada"
            ))
            .help(kind.elsewhere()));
        }
        fs::create_dir(aside.path().join(TREE)).map_err(fail)?;
        let now = Mutex::new(Manifest { kind: Some(kind), maker: maker(), ..Manifest::default() });
        let in_the_way = Mutex::default();
        Ok(Publication { named: named.to_owned(), folder, kind, is_within, earlier, now, in_the_way, aside, _turn: turn })
    }

    /// The bytes of a file that an earlier run wrote.
    pub fn earlier(&self, path: &FilePath) -> Option<Vec<u8>> {
        self.earlier.files.contains_key(path).then(|| self.bytes(path)).flatten()
    }

    /// The paths of all that an earlier run wrote.
    pub fn earlier_paths(&self) -> impl Iterator<Item = &FilePath> {
        self.earlier.files.keys()
    }

    /// Puts everything in its place.
    ///
    /// # Errors
    /// Then the folder is as it was.
    pub fn finish(self, others: &Others<'_>) -> Result<Written, Failure> {
        let in_the_way: Vec<String> =
            self.in_the_way.lock().unwrap_or_else(PoisonError::into_inner).iter().map(ToString::to_string).collect();
        if let Some(first) = in_the_way.first() {
            return Err(self.kind.in_the_way(&self.named.join(first), in_the_way.len()));
        }
        undisturbed(|| self.swap(others))
    }

    fn swap(&self, others: &Others<'_>) -> Result<Written, Failure> {
        let mut now = std::mem::take(&mut *self.now.lock().unwrap_or_else(PoisonError::into_inner));
        let changed = now.files.values().filter(|file| file.is_staged).count();
        let mut is_same = changed == 0;
        for (path, file) in &self.earlier.files {
            let is_gone = match others {
                Others::TakenAway => true,
                Others::Kept { but } => but.contains(path),
            };
            match now.files.contains_key(path) {
                true => {}
                // What somebody removed is no more either.
                false if is_gone || self.plain(path).is_none() => is_same = false,
                // Its key counts only for the program that made it.
                false if self.earlier.maker == now.maker => drop(now.files.insert(path.clone(), file.clone())),
                false => drop(now.files.insert(path.clone(), Listed { key: None, ..file.clone() })),
            }
        }
        let list = now.written();
        let listed = plain_file(&self.folder, MANIFEST).and_then(|path| fs::read_to_string(path).ok());
        if is_same && listed.as_ref() == Some(&list) {
            return Ok(Written { changed, edited: Vec::new() });
        }
        let tree = self.tree();
        for (path, file) in &now.files {
            if !file.is_staged {
                self.make_way(path)?;
                carry(&self.folder.join(path.as_str()), &tree.join(path.as_str())).map_err(|error| self.fail(path, &error))?;
            }
        }
        let edited = self.keep_edited(&now)?;
        self.write(MANIFEST, list.as_bytes(), self.kind == Kind::Mails)?;
        let exchange = Exchange {
            named: &self.named,
            folder: &self.folder,
            kind: self.kind,
            earlier: &self.earlier,
            now: &now,
            aside: self.aside.path(),
        };
        if self.is_within {
            exchange.each()?
        } else {
            exchange.whole()?
        }
        Ok(Written { changed, edited })
    }

    /// What a person changed in a file that is made anew, or is no more, is kept aside.
    fn keep_edited(&self, now: &Manifest) -> Result<Vec<String>, Failure> {
        let mut kept = Vec::new();
        for (path, known) in self.earlier.files.iter().filter(|(_, known)| !known.sha256.is_empty()) {
            let stays = now.files.get(path).is_some_and(|file| !file.is_staged);
            let Some(bytes) = (!stays).then(|| self.bytes(path)).flatten() else { continue };
            if sha256(&bytes) == known.sha256 {
                continue;
            }
            let place = |number: usize| match number {
                1 => format!("{}/{path}", self.kind.edited()),
                _ => format!("{}-{number}/{path}", self.kind.edited()),
            };
            let is_free = |place: &String| self.folder.join(place).symlink_metadata().is_err();
            let Some(place) = (1..).map(place).find(is_free) else { continue };
            self.write(&place, &bytes, self.kind.is_private(&place))?;
            kept.push(place);
        }
        Ok(kept)
    }

    fn tree(&self) -> PathBuf {
        self.aside.path().join(TREE)
    }

    /// Makes the folders that a file of the tree stands in.
    fn make_way(&self, path: &str) -> Result<(), Failure> {
        let place = self.tree().join(path);
        let folder = place.parent().unwrap_or(self.aside.path());
        let made = if self.kind.is_private(path) { modes::private_folders(folder) } else { fs::create_dir_all(folder) };
        made.map_err(|error| self.fail(path, &error))
    }

    fn write(&self, path: &str, bytes: &[u8], is_private: bool) -> Result<(), Failure> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        if is_private {
            modes::private(&mut options);
        }
        let place = self.tree().join(path);
        let opened = match options.open(&place) {
            // The first in its folder.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.make_way(path)?;
                options.open(&place)
            }
            opened => opened,
        };
        opened.and_then(|mut file| file.write_all(bytes)).map_err(|error| self.fail(path, &error))
    }

    fn fail(&self, path: &str, error: &io::Error) -> Failure {
        Failure::writing(&self.named.join(path), error)
    }

    /// A file of the folder, no part of whose path is a link.
    fn plain(&self, path: &str) -> Option<PathBuf> {
        plain_file(&self.folder, path)
    }

    fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        fs::read(self.plain(path)?).ok()
    }

    fn there(&self, path: &FilePath, bytes: &[u8]) -> There {
        let Some(file) = self.plain(path) else {
            let is_free = self.folder.join(path.as_str()).symlink_metadata().is_err();
            return if is_free { There::Nothing } else { There::Other };
        };
        let is_open = self.kind.is_private(path) && fs::metadata(&file).is_ok_and(|about| modes::is_open(&about));
        match fs::read(file).is_ok_and(|there| there == bytes) {
            true if is_open => There::Nothing,
            true => There::Same,
            false => There::Other,
        }
    }

    fn note(&self, path: FilePath, file: Listed) {
        self.now.lock().unwrap_or_else(PoisonError::into_inner).files.insert(path, file);
    }
}

impl Outlet for Publication {
    type Error = Failure;

    /// Only where the bytes are still those that were written: what somebody changed by hand is made again.
    fn holds(&self, path: &FilePath, key: &Key) -> bool {
        let Some(known) = self.earlier.files.get(path).filter(|known| known.key.as_ref() == Some(key)) else { return false };
        let is_ours = |bytes: Vec<u8>| sha256(&bytes) == known.sha256 && matches!(self.there(path, &bytes), There::Same);
        let holds = self.earlier.maker == maker() && self.bytes(path).is_some_and(is_ours);
        if holds {
            self.note(path.clone(), known.clone());
        }
        holds
    }

    fn take(&self, artifact: Artifact, key: Option<Key>) -> Result<(), Failure> {
        let Artifact { path, bytes } = artifact;
        let is_staged = match self.there(&path, &bytes) {
            There::Same => false,
            There::Other if !self.earlier.files.contains_key(&path) => {
                self.in_the_way.lock().unwrap_or_else(PoisonError::into_inner).insert(path);
                return Ok(());
            }
            There::Other | There::Nothing => true,
        };
        if is_staged {
            undisturbed(|| self.write(&path, &bytes, self.kind.is_private(&path)))?;
        }
        self.note(path, Listed { sha256: sha256(&bytes), key, is_staged });
        Ok(())
    }
}

/// Where new files wait: beside the folder, so that it can be replaced as a whole; within it where that cannot be,
/// as it is the disk's or the terminal's own, or nothing may be made beside it.
fn aside(folder: &Path, named: &Path) -> Result<(Turn, Aside, bool), Failure> {
    let fail = |error: io::Error| Failure::writing(named, &error);
    let beside = folder.parent().filter(|parent| {
        let is_around_us = || std::env::current_dir().is_ok_and(|here| here.starts_with(folder));
        !folder.is_dir() || modes::are_on_one_disk(parent, folder) && !is_around_us()
    });
    if let Some(parent) = beside {
        let turn = Turn::of(parent)?;
        match Aside::folder(parent) {
            Ok(aside) => {
                // Earlier versions put their files aside in the folder itself.
                tidy::clear(folder, true);
                return Ok((turn, aside, false));
            }
            Err(error) if !folder.is_dir() => return Err(fail(error)),
            Err(_) => {}
        }
    }
    let turn = Turn::of(folder)?;
    Ok((turn, Aside::folder(folder).map_err(fail)?, true))
}

/// The version and this very build of it: while the program is worked on, its version stays and what it
/// makes does not.
fn maker() -> String {
    let build = std::env::current_exe().and_then(fs::metadata).ok().and_then(|file| {
        let written = file.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(format!(" {}-{}", file.len(), written.as_nanos()))
    });
    format!("convoca {}{}", crate::version(), build.unwrap_or_default())
}

fn sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
