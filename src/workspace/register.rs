//! The register of what was published, beside the sessions.

use std::fs::{self, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

use super::{Failure, Workspace, read};
use crate::calendar::{FILE, Register, RegisterLine, recovered};
use crate::formats::Format;
use crate::locale::Text;
use crate::papers::{CALENDARS, Edition};
use crate::paths::FilePath;
use crate::text;

/// A line has some hundred octets, and there is one for each change of a session.
const LARGEST: u64 = 32 * 1024 * 1024;

impl Workspace {
    /// What was published so far. Where the register is not there, what the calendar of an earlier build says: numbers that
    /// began anew would be older than what calendars have.
    ///
    /// # Errors
    /// Where it cannot be read, or where a line is damaged.
    pub fn register_after(&self, out: &Path, edition: &Edition<'_>) -> Result<Register, Failure> {
        if self.folder.join(FILE).exists() {
            return self.register();
        }
        let feed = |lang| Some(out.join(edition.path(&edition.output(CALENDARS, None, lang)?, Format::Ics).as_str()));
        let feeds = edition.programme.group.languages.iter().filter_map(|lang| feed(*lang));
        let earlier = feeds.filter_map(|path| fs::read_to_string(path).ok()).next();
        Ok(earlier.map(|earlier| recovered(edition.programme, &earlier)).unwrap_or_default())
    }

    /// What the register says; nothing, where there is none yet.
    ///
    /// # Errors
    /// As [`Workspace::register_after`].
    pub fn register(&self) -> Result<Register, Failure> {
        let path = self.folder.join(FILE);
        let fail = |error: io::Error| Failure::reading(&path, &error);
        let file = match fs::File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Register::default()),
            Err(error) => return Err(fail(error)),
        };
        let mut bytes = Vec::new();
        file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(fail)?;
        let folder = read::shown(&self.folder);
        let help = || {
            text!(
                "take `{folder}/{FILE}` back from git or a backup, or take that line out of it: without it, calendars may not take the next change of its session",
                "recupere `{folder}/{FILE}` de git o de un respaldo, o quite de él ese renglón: sin él, puede que los calendarios no reciban el próximo cambio de su sesión"
            )
        };
        let unreadable = |why: Text| {
            Failure::new(text!(l, why = why.get(l).to_owned();
                "the register of what was published, `{folder}/{FILE}`, cannot be read: {why}",
                "no se puede leer el registro de lo publicado, `{folder}/{FILE}`: {why}"))
            .help(help())
        };
        if bytes.len() as u64 > LARGEST {
            return Err(unreadable(Text::fixed("it is larger than 32 MiB", "pasa de 32 MiB")));
        }
        let text = String::from_utf8(bytes).map_err(|_| unreadable(Text::fixed("it is not UTF-8", "no está en UTF-8")))?;
        Register::read(&text).map_err(|damaged| {
            let line = damaged.line;
            unreadable(text!(l, why = damaged.why.get(l).to_owned(); "line {line}: {why}", "renglón {line}: {why}"))
        })
    }

    /// Remembers what the calendars of an edition say, if one of them was made. Gives what is to be told where that
    /// cannot be.
    pub fn remember(&self, edition: &Edition<'_>, made: &[FilePath]) -> Option<Text> {
        if !made.iter().any(|path| path.ends_with(".ics")) {
            return None;
        }
        let entries: Vec<RegisterLine> = edition.news().iter().cloned().map(RegisterLine::Published).collect();
        self.record(&entries).err().map(|failure| {
            text!(l, why = failure.message.get(l).to_owned();
                "calendars may not take the next change of a session, since what they say now is not remembered: {why}",
                "puede que los calendarios no reciban el próximo cambio de una sesión, porque no quedó anotado lo que dicen ahora: {why}")
        })
    }

    /// Adds lines, each whole and on the disk before anything else happens.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn record(&self, entries: &[RegisterLine]) -> Result<(), Failure> {
        if entries.is_empty() {
            return Ok(());
        }
        let path = self.folder.join(FILE);
        let add = || -> io::Result<()> {
            let mut file = OpenOptions::new().read(true).append(true).create(true).open(&path)?;
            // One after the other; where nothing can be locked, lines are short enough to be written at once.
            let _ = file.lock();
            let lines: String = entries.iter().map(RegisterLine::line).collect();
            // An editor may have left its last line without an end, and a run that was killed half a line.
            if file.metadata()?.len() > 0 {
                let mut last = [0];
                file.seek(io::SeekFrom::End(-1))?;
                file.read_exact(&mut last)?;
                if last != *b"\n" {
                    end_line(&mut file)?;
                }
            }
            file.write_all(lines.as_bytes())?;
            file.sync_data()
        };
        add().map_err(|error| Failure::writing(&path, &error))
    }
}

/// Ends the last line if it is whole, and cuts off what is none.
fn end_line(file: &mut fs::File) -> io::Result<()> {
    file.rewind()?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    match serde_json::from_slice::<RegisterLine>(&bytes[whole..]) {
        Ok(_) => file.write_all(b"\n"),
        Err(_) => file.set_len(whole as u64),
    }
}
