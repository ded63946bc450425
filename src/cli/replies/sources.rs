//! The files and mailboxes that answers are read from.

use std::fs::File;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::arguments::Replies;
use crate::cli::access::Access;
use crate::locale::Text;
use crate::replies::Message;
use crate::replies::mailbox::Messages;
use crate::text;
use crate::transport::{Source, Unusable, messages};
use crate::workspace::{Failure, read};

/// What every message holds, with the place where it lies.
pub(crate) fn read(command: &Replies) -> Result<Vec<(String, Message)>, Failure> {
    let mut found = Vec::new();
    for path in &command.paths {
        let before = found.len();
        for file in files(path)? {
            found.extend(in_file(&file)?);
        }
        // A Maildir may be empty; any other place was meant to hold mails.
        if found[before..].iter().all(|(_, message)| message.is_foreign) && !is_maildir(path) {
            let shown = read::shown(path);
            return Err(Failure::new(text!("there are no mails in `{shown}`", "en `{shown}` no hay correos")).help(Text::fixed(
                "say the folder or the files with the answers as your mail program saved them (.eml, .ics, mbox or Maildir)",
                "indique la carpeta o los archivos con las respuestas, como las guardó su programa de correo (.eml, .ics, mbox o Maildir)",
            )));
        }
    }
    if let Some(server) = command.access.open(Duration::from_secs(command.timeout))? {
        let mailbox = Source { server, folder: &command.folder, since: command.since };
        found.extend(messages(&mailbox).map_err(|unusable| failed(&mailbox, &command.access, &unusable))?);
    }
    Ok(found)
}

/// What the inbox of a server holds.
#[cfg(feature = "studio")]
pub(crate) fn mailbox(access: &Access, timeout: Duration) -> Result<Vec<(String, Message)>, Failure> {
    let Some(server) = access.open(timeout)? else { return Ok(Vec::new()) };
    let mailbox = Source { server, folder: "INBOX", since: None };
    messages(&mailbox).map_err(|unusable| failed(&mailbox, access, &unusable))
}

fn failed(mailbox: &Source<'_>, access: &Access, unusable: &Unusable) -> Failure {
    let server = &mailbox.server.host;
    let failure = Failure::new(text!(l, said = unusable.said.get(l);
        "the mail server `{server}` does not give the messages: {said}",
        "el servidor de correo `{server}` no entrega los mensajes: {said}"));
    failure.helped(access.help(unusable))
}

/// A file itself; of a folder every file in it and in the folders within, and of a Maildir those of `new`
/// and `cur`. Links to folders are not followed: one that holds itself would never end.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        let fail = |error: std::io::Error| Failure::reading(&folder, &error);
        let is_maildir = is_maildir(&folder);
        for entry in std::fs::read_dir(&folder).map_err(fail)? {
            let entry = entry.map_err(fail)?;
            let (path, name) = (entry.path(), entry.file_name());
            let is_hidden = name.to_string_lossy().starts_with('.');
            // A Maildir keeps in `tmp` what has not wholly arrived; its folders are hidden Maildirs.
            if entry.file_type().map_err(fail)?.is_dir() {
                if !(is_maildir && name == "tmp") && (!is_hidden || self::is_maildir(&path)) {
                    folders.push(path);
                }
            } else if !is_maildir && !is_hidden && path.is_file() {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn is_maildir(folder: &Path) -> bool {
    ["new", "cur"].iter().all(|name| folder.join(name).is_dir())
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
