//! What the last commands wrote into the programme, kept so that it can be taken back: with the user's own state,
//! since the folder of a programme holds nothing but the programme.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Failure, write};
use crate::decode::encoding;
use crate::locale::Text;
use crate::project::{Change, Project};
use crate::text;

/// How many writes can be taken back.
const KEPT: usize = 20;

/// What can be taken back, and what was, each the latest at its end.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Writes {
    made: VecDeque<LastWrite>,
    undone: Vec<LastWrite>,
}

/// The files that a command wrote, as they were and as it left them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastWrite {
    files: Vec<WrittenFile>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct WrittenFile {
    /// From the folder of the programme.
    path: PathBuf,
    before: String,
    after: String,
}

impl LastWrite {
    /// Adds what a change wrote into the files that a project was read from.
    ///
    /// # Errors
    /// A text is not the one that the change was made for.
    pub fn add(&mut self, folder: &Path, project: &Project, change: &Change) -> Result<(), Failure> {
        for (path, after) in change.texts(|path| project.text(path))? {
            // No command whose work can be taken back makes a file or takes one away.
            let (Some(before), Some(after)) = (project.text(&path), after) else { continue };
            let path = Path::new(&path);
            let path = path.strip_prefix(folder).map_or_else(|_| std::path::absolute(path), |path| Ok(path.to_owned()))?;
            match self.files.iter_mut().find(|file| file.path == path) {
                Some(file) => file.after = after,
                None => self.files.push(WrittenFile { path, before: before.to_owned(), after }),
            }
        }
        Ok(())
    }

    /// Keeps it as the latest of what can be taken back; nothing where nothing was written.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn keep(self, folder: &Path) -> Result<(), Failure> {
        if self.files.is_empty() {
            return Ok(());
        }
        let mut writes = Writes::of(folder)?;
        writes.made.push_back(self);
        if writes.made.len() > KEPT {
            writes.made.pop_front();
        }
        // What was taken back came before this, and cannot be made again over it.
        writes.undone.clear();
        writes.keep(folder)
    }

    /// The files with their texts as they were written, and before that.
    pub fn texts(&self) -> impl Iterator<Item = (&Path, &str, &str)> {
        self.files.iter().map(|file| (file.path.as_path(), file.after.as_str(), file.before.as_str()))
    }

    /// Writes the texts that were there before.
    ///
    /// # Errors
    /// Where one of the files is no longer as it was written: then none of them is touched.
    fn take_back(&self, folder: &Path) -> Result<(), Failure> {
        for file in &self.files {
            let path = folder.join(&file.path);
            let bytes = fs::read(&path).map_err(|error| Failure::reading(&path, &error))?;
            if !encoding::read(bytes).is_ok_and(|text| text.text == file.after) {
                let path = path.display();
                return Err(Failure::new(text!(
                    "`{path}` was changed since, and nothing is taken back",
                    "`{path}` cambió después, y no se deshace nada"
                ))
                .help(Text::fixed("change it in the text itself", "cámbielo en el texto mismo")));
            }
        }
        for file in &self.files {
            write::replace(&folder.join(&file.path), &file.after, &file.before)?;
        }
        Ok(())
    }

    /// The same the other way round.
    fn turned(self) -> LastWrite {
        let turn = |file: WrittenFile| WrittenFile { path: file.path, before: file.after, after: file.before };
        LastWrite { files: self.files.into_iter().map(turn).collect() }
    }
}

impl Writes {
    /// What is kept for a folder; nothing where it cannot be understood.
    ///
    /// # Errors
    /// Where it cannot be read.
    pub fn of(folder: &Path) -> Result<Writes, Failure> {
        let path = place(folder)?;
        match fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Writes::default()),
            Err(error) => Err(Failure::reading(&path, &error)),
            Ok(bytes) => Ok(serde_json::from_slice(&bytes).unwrap_or_default()),
        }
    }

    /// Takes back the latest write; each time one more.
    ///
    /// # Errors
    /// Where nothing is left, or one of its files is no longer as it was written: then none of them is touched.
    pub fn undo(mut self, folder: &Path) -> Result<LastWrite, Failure> {
        let Some(last) = self.made.pop_back() else {
            return Err(Failure::new(Text::fixed("there is nothing to take back", "no hay nada que deshacer")).help(text!(
                "what `move --write`, `reflow --write` and `check --fix` wrote can be taken back, up to the last {KEPT} writes",
                "se puede deshacer lo que escribieron `move --escribir`, `reflow --escribir` y `revisar --corregir`, hasta {KEPT} veces atrás"
            )));
        };
        last.take_back(folder)?;
        let back = last.turned();
        self.undone.push(back.clone());
        self.keep(folder)?;
        Ok(back)
    }

    /// Makes again what was taken back last.
    ///
    /// # Errors
    /// As [`Writes::undo`].
    pub fn redo(mut self, folder: &Path) -> Result<LastWrite, Failure> {
        let Some(last) = self.undone.pop() else {
            return Err(Failure::new(Text::fixed("there is nothing to do again", "no hay nada que rehacer")).help(Text::fixed(
                "what `convoca undo` took back can be done again, until something else is written",
                "se puede rehacer lo que `convoca deshacer` deshizo, mientras no se escriba otra cosa",
            )));
        };
        last.take_back(folder)?;
        let again = last.turned();
        self.made.push_back(again.clone());
        self.keep(folder)?;
        Ok(again)
    }

    fn keep(&self, folder: &Path) -> Result<(), Failure> {
        let path = place(folder)?;
        if let Some(own) = path.parent() {
            fs::create_dir_all(own).map_err(|error| Failure::writing(own, &error))?;
        }
        write::private_file(&path, &serde_json::to_vec(self).map_err(std::io::Error::from)?)
    }
}

/// The file that is kept for a folder: `convoca/undo` in the folder that the system has for the state of programs
/// (XDG Base Directory Specification 0.8; on Windows `%LOCALAPPDATA%`).
fn place(folder: &Path) -> Result<PathBuf, Failure> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = if cfg!(windows) { set("LOCALAPPDATA") } else { set("XDG_STATE_HOME") };
    let state = state.or_else(|| Some(std::env::home_dir()?.join(".local/state"))).ok_or_else(|| {
        Failure::new(Text::fixed(
            "this user has no folder in which it could be kept for `convoca undo`",
            "este usuario no tiene una carpeta donde guardarlo para `convoca deshacer`",
        ))
    })?;
    let whole = fs::canonicalize(folder).map_err(|error| Failure::reading(folder, &error))?;
    let name: String =
        Sha256::digest(whole.as_os_str().as_encoded_bytes()).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    Ok(state.join("convoca/undo").join(format!("{name}.json")))
}
