//! The file on disk: one writer at a time, every line whole and on the disk before the next step.

#![expect(clippy::disallowed_methods, clippy::disallowed_types, reason = "the one file of the pure crates")]

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use rayon::prelude::*;

use super::{Entry, Error, History, Record};
use crate::locale::Text;

/// What the ledger is kept in. Tests put disks that fill up in its place.
pub trait Storage: Read + Write {
    /// What was written survives a loss of power.
    fn sync(&mut self) -> io::Result<()>;
    /// Cuts off everything behind a length; writing goes on there.
    fn cut(&mut self, length: u64) -> io::Result<()>;
}

impl Storage for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }

    fn cut(&mut self, length: u64) -> io::Result<()> {
        self.set_len(length)?;
        self.seek(SeekFrom::Start(length)).map(drop)
    }
}

/// The ledger, opened for writing: nobody else writes while it lives.
#[derive(Debug)]
pub struct Ledger<S: Storage = File> {
    storage: S,
    /// Octets of whole lines.
    length: u64,
    broken: bool,
    history: History,
    /// The file that tells of the ledger, where there is none yet.
    witness: Option<PathBuf>,
    /// What was mended on opening.
    pub notes: Vec<Text>,
}

/// Reads a ledger without changing it, with a note where its last line is cut short; one that is not there
/// yet is empty.
///
/// # Errors
/// Where it cannot be read, or where a line is damaged.
pub fn read(path: &Path) -> Result<(History, Option<Text>), Error> {
    match std::fs::read(path) {
        Ok(bytes) => {
            let (history, tail) = parse(&bytes)?;
            let note = matches!(tail, Tail::Torn(_)).then_some(Text::fixed(
                "the last line of the ledger is cut short and does not count: a mail that it was about is in doubt or was not sent, and an answer is lost until `convoca replies` reads it again",
                "el último renglón del registro de envíos está cortado y no cuenta: si era de un correo, este queda en duda o no se envió; si era una respuesta, se perdió, y hay que leerla de nuevo con `convoca respuestas`",
            ));
            Ok((history, note))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Default::default()),
        Err(error) => Err(error.into()),
    }
}

/// The records of whole lines.
///
/// # Errors
/// Where a line is damaged.
pub fn records(bytes: &[u8]) -> Result<Vec<Record>, Error> {
    let lines = bytes.split(|byte| *byte == b'\n').enumerate();
    lines.filter_map(|(index, line)| record(line, index + 1).transpose()).collect()
}

impl Ledger {
    /// Opens the ledger for writing, making the file if there is none.
    ///
    /// # Errors
    /// Where another process has it open, or where it cannot be read.
    pub fn open(path: &Path) -> Result<Ledger, Error> {
        let new = !path.exists();
        let mut options = OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false);
        // It holds the addresses of everybody, and what they answered.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(path)?;
        file.try_lock().map_err(|error| match error {
            TryLockError::WouldBlock => Error::InUse,
            TryLockError::Error(error) => Error::Io(error),
        })?;
        if new {
            sync_folder(path)?;
        }
        // Who mends the ledger puts another in its place.
        if !is_still(&file, path) {
            return Err(Error::InUse);
        }
        let mut ledger = Ledger::new(file)?;
        let witness = witness(path);
        ledger.witness = (!witness.exists()).then_some(witness);
        Ok(ledger)
    }
}

impl<S: Storage> Ledger<S> {
    /// Takes up what is in a storage, and mends a last line that was cut short.
    ///
    /// # Errors
    /// Where it cannot be read, or where a line is damaged.
    pub fn new(mut storage: S) -> Result<Ledger<S>, Error> {
        let mut bytes = Vec::new();
        storage.read_to_end(&mut bytes)?;
        let (history, tail) = parse(&bytes)?;
        let mut notes = Vec::new();
        let mut length = bytes.len() as u64;
        match tail {
            Tail::Whole => {}
            Tail::Unended => {
                storage.write_all(b"\n")?;
                storage.sync()?;
                length += 1;
            }
            Tail::Torn(good) => {
                storage.cut(good)?;
                storage.sync()?;
                length = good;
                notes.push(Text::fixed(
                    "the last line of the ledger was cut short, and was taken off: a mail that it was about is in doubt or was not sent, and an answer is lost until `convoca replies` reads it again",
                    "el último renglón del registro de envíos estaba cortado y se quitó: si era de un correo, este queda en duda o no se envió; si era una respuesta, se perdió, y hay que leerla de nuevo con `convoca respuestas`",
                ));
            }
        }
        Ok(Ledger { storage, length, broken: false, history, witness: None, notes })
    }

    pub fn history(&self) -> &History {
        &self.history
    }

    /// A session has another id by now ([`History::rename`]).
    pub fn rename(&mut self, formerly: &str, now: &str) {
        self.history.rename(formerly, now);
    }

    /// Writes a line and waits until it is on the disk.
    ///
    /// # Errors
    /// Then the line is not in the ledger, and what it was to announce must not be done.
    pub fn append(&mut self, at: DateTime<Utc>, entry: Entry) -> Result<(), Error> {
        self.append_all(at, vec![entry])
    }

    /// Writes the lines of one act, of which none announces anything that is yet to be done, and waits
    /// once until all are on the disk.
    ///
    /// # Errors
    /// Then none of them is in the ledger.
    pub fn append_all(&mut self, at: DateTime<Utc>, entries: Vec<Entry>) -> Result<(), Error> {
        if self.broken {
            return Err(Error::Broken);
        }
        let records: Vec<Record> = entries.into_iter().map(|entry| Record { at, entry }).collect();
        let mut lines = Vec::new();
        for record in &records {
            lines.extend(record.certain_line()?);
        }
        let written = self.storage.write_all(&lines).and_then(|()| self.storage.sync());
        if let Err(error) = written {
            self.broken = self.storage.cut(self.length).is_err();
            return Err(Error::Io(error));
        }
        self.length += lines.len() as u64;
        if let Some(witness) = self.witness.take() {
            // Where it cannot be made, a ledger that goes missing is not noticed.
            let _ = std::fs::write(witness, WITNESS);
        }
        records.into_iter().for_each(|record| self.history.add(record));
        Ok(())
    }

    /// What it was kept in.
    pub fn into_storage(self) -> S {
        self.storage
    }
}

/// How the file ends.
enum Tail {
    Whole,
    /// A whole line without its line end.
    Unended,
    /// Half a line; how much is good.
    Torn(u64),
}

fn parse(bytes: &[u8]) -> Result<(History, Tail), Error> {
    let ended = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let (whole, rest) = bytes.split_at(ended);
    let lines: Vec<&[u8]> = whole.split(|byte| *byte == b'\n').collect();
    let read: Vec<Result<Option<Record>, Error>> =
        lines.par_iter().enumerate().map(|(index, line)| record(line, index + 1)).collect();
    // The first fault in the file, not the first that a core came upon.
    let records: Vec<Option<Record>> = read.into_iter().collect::<Result<_, _>>()?;
    let mut records: Vec<Record> = records.into_iter().flatten().collect();
    // The rest may be a whole line of an editor that ends its files without one.
    let tail = match record(rest, lines.len()) {
        Ok(None) if rest.is_empty() => Tail::Whole,
        Ok(last) => {
            records.extend(last);
            Tail::Unended
        }
        Err(Error::Damaged(..)) => Tail::Torn(ended as u64),
        Err(error) => return Err(error),
    };
    Ok((History::new(records), tail))
}

fn record(line: &[u8], number: usize) -> Result<Option<Record>, Error> {
    let text =
        std::str::from_utf8(line).map_err(|_| Error::Damaged(number, Text::fixed("it is not UTF-8", "no está en UTF-8")))?;
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.is_empty() {
        return Ok(None);
    }
    if ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| text.starts_with(mark)) {
        return Err(Error::Conflict(number));
    }
    Record::parse(text, number).map(Some)
}

/// Whether a file that was opened is the one that has its name now.
#[cfg(unix)]
fn is_still(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let number = |about: io::Result<std::fs::Metadata>| about.map(|about| about.ino()).ok();
    number(file.metadata()) == number(std::fs::metadata(path))
}
#[cfg(not(unix))]
fn is_still(_: &File, _: &Path) -> bool {
    true
}

/// Says beside a ledger that there is one, so that one that went missing is not taken for none.
const WITNESS: &str = "Invitations were sent from this folder: `invitations.jsonl` belongs here. Keep both files, in git too.\n\
    De esta carpeta se enviaron invitaciones: aquí va `invitations.jsonl`. Conserve los dos archivos, también en git.\n";

/// Where it is.
fn witness(ledger: &Path) -> PathBuf {
    ledger.with_file_name("invitations.txt")
}

/// Whether there was a ledger that is not there any more, or is empty: then nobody knows who was invited.
pub fn is_missing(path: &Path) -> bool {
    let is_empty = std::fs::metadata(path).map_or(true, |about| about.len() == 0);
    is_empty && witness(path).exists()
}

/// A new file's name is on the disk only when its folder is.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}
