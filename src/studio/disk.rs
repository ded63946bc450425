//! The files of a programme on the disk, and the journal beside them.

use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use convoca_studio::journal::{self, Base, Line};

use crate::locale::Text;
use crate::text;
use crate::workspace::Failure;

pub(crate) struct Disk {
    folder: PathBuf,
    journal: File,
}

/// How a file lies there, to be told from how it lay before.
pub(crate) type Stamp = (std::time::SystemTime, u64);

impl Disk {
    /// # Errors
    /// Another studio has the programme open, or the folder cannot be written to.
    pub(crate) fn open(folder: &Path) -> Result<Disk, Failure> {
        let path = folder.join(journal::FILE);
        let open = File::options().read(true).append(true).create(true).open(&path);
        let journal = open.map_err(|error| Failure::writing(&path, &error))?;
        match journal.try_lock() {
            // Folders of other machines often cannot be locked; what was read is compared before it is written.
            Ok(()) | Err(TryLockError::Error(_)) => Ok(Disk { folder: folder.to_owned(), journal }),
            Err(TryLockError::WouldBlock) => {
                let folder = folder.display();
                let message = text!("`{folder}` is open in the studio already", "`{folder}` ya está abierta en el estudio");
                Err(Failure::new(message).help(Text::fixed(
                    "use the page that is open, or close it first",
                    "use la página que está abierta, o ciérrela primero",
                )))
            }
        }
    }

    /// The paths of the programme's texts.
    pub(crate) fn texts(&self) -> Result<Vec<PathBuf>, Failure> {
        let mut paths = listed(&self.folder)?;
        paths.retain(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.ends_with(".toml") && !name.starts_with('.')
        });
        Ok(paths)
    }

    /// What an earlier studio did and did not save.
    pub(crate) fn told(&mut self) -> Vec<Line> {
        let mut text = String::new();
        let read = self.journal.seek(SeekFrom::Start(0)).and_then(|_| self.journal.read_to_string(&mut text));
        if read.is_err() { Vec::new() } else { journal::read(&text) }
    }

    /// Puts a journal aside that belongs to other files, and says where.
    pub(crate) fn put_aside(&mut self) -> Result<PathBuf, Failure> {
        let aside = (1..).map(|number| self.folder.join(format!(".convoca-studio-{number}.jsonl"))).find(|path| !path.exists());
        let aside = aside.unwrap_or_default();
        let path = self.folder.join(journal::FILE);
        std::fs::copy(&path, &aside).map_err(|error| Failure::writing(&aside, &error))?;
        Ok(aside)
    }

    /// Begins the journal anew.
    pub(crate) fn begin(&mut self, base: Base) -> Result<(), Failure> {
        let line = Line::Base(base).written();
        let begun = self.journal.set_len(0).and_then(|()| self.journal.write_all(line.as_bytes()));
        begun.map_err(|error| Failure::writing(&self.folder.join(journal::FILE), &error))
    }

    pub(crate) fn tell(&mut self, lines: &[Line]) -> Result<(), Failure> {
        let text: String = lines.iter().map(Line::written).collect();
        self.journal.write_all(text.as_bytes()).map_err(|error| Failure::writing(&self.folder.join(journal::FILE), &error))
    }

    /// Nothing is unsaved: nothing is left behind.
    pub(crate) fn end(&self) {
        let _ = std::fs::remove_file(self.folder.join(journal::FILE));
    }
}

/// # Errors
/// It cannot be read.
fn listed(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let entries = std::fs::read_dir(folder).map_err(|error| Failure::reading(folder, &error))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

/// The bytes of a file; `None` where there is none.
///
/// # Errors
/// It is there, and cannot be read.
pub(crate) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::reading(path, &error)),
    }
}

pub(crate) fn stamp(path: &Path) -> Option<Stamp> {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// A name that no file of a folder has, or one whose file is the same.
pub(crate) fn free_name(folder: &Path, name: &str, bytes: &[u8]) -> String {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let numbered = (2..).map(|number: u32| format!("{stem}-{number}.{ending}"));
    let is_free = |name: &String| match std::fs::read(folder.join(name)) {
        Ok(there) => there == bytes,
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    std::iter::once(name.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
}
