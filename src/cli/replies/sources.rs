//! The files and mailboxes that answers are read from.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Replies;
use super::imap::{Mailbox, messages};
use crate::cli::{Failure, read};
use crate::replies::Message;
use crate::replies::mailbox::Messages;

/// A server that says nothing for so long is taken for dead.
const PATIENCE: Duration = Duration::from_secs(60);

/// What every message holds, with the place where it lies.
pub fn read(command: &Replies) -> Result<Vec<(String, Message)>, Failure> {
    let mut found = Vec::new();
    for path in &command.paths {
        for file in files(path)? {
            found.extend(in_file(&file)?);
        }
    }
    if let Some(server) = command.access.open(PATIENCE)? {
        found.extend(messages(&Mailbox { server, access: &command.access, folder: &command.folder, since: command.since })?);
    }
    Ok(found)
}

/// A file itself; of a folder the files in it, and of a Maildir those of `new` and `cur`.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let maildir: Vec<PathBuf> = ["new", "cur"].iter().map(|name| path.join(name)).filter(|folder| folder.is_dir()).collect();
    let folders = if maildir.is_empty() { vec![path.to_owned()] } else { maildir };
    let mut files = Vec::new();
    for folder in folders {
        for entry in std::fs::read_dir(&folder).map_err(|error| Failure::reading(&folder, &error))? {
            let file = entry.map_err(|error| Failure::reading(&folder, &error))?.path();
            let hidden = file.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
            if file.is_file() && !hidden {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn in_file(path: &Path) -> Result<Vec<(String, Message)>, Failure> {
    let fail = |error: std::io::Error| Failure::reading(path, &error);
    let file = File::open(path).map_err(fail)?;
    let shown = read::shown(path);
    let mut found = Vec::new();
    for (index, message) in Messages::new(BufReader::new(file)).enumerate() {
        let place = if index == 0 { shown.clone() } else { format!("{shown}#{}", index + 1) };
        found.push((place, message.map_err(fail)?));
    }
    Ok(found)
}
