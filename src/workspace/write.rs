//! Single files and new folders: they appear whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::exchange::in_one_step;
use super::tidy::{Aside, undisturbed};
use super::turn::Turn;
use super::{Failure, modes};
use crate::decode::encoding;
use crate::locale::Text;
use crate::papers::Artifact;
use crate::project::{Change, Project};
use crate::text;

/// Writes a file that may be new, in one step; others may read it as they may the user's other files.
pub fn file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    written(path, bytes, Aside::usual_file)
}

/// Writes a file that may be new, in one step, for its owner alone: it holds addresses, or links to calls.
pub fn private_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    written(path, bytes, Aside::file)
}

fn written(path: &Path, bytes: &[u8], aside: fn(&Path) -> io::Result<(Aside, fs::File)>) -> Result<(), Failure> {
    let fail = |error: io::Error| Failure::writing(path, &error);
    let (aside, mut file) = aside(&parent(path)).map_err(fail)?;
    undisturbed(|| file.write_all(bytes).and_then(|()| fs::rename(aside.path(), path))).map_err(fail)
}

/// Makes a change in the files that a project was read from, each of them whole or not at all.
///
/// # Errors
/// Where a file is no longer as it was read, or cannot be written: then it and those behind it are as they were.
pub fn change(project: &Project, change: &Change) -> Result<(), Failure> {
    for (path, after) in change.texts(|path| project.text(path))? {
        let file = Path::new(&path);
        match (project.text(&path), after) {
            (Some(read), Some(text)) => replace(file, read, &text)?,
            (None, Some(text)) => self::file(file, text.as_bytes())?,
            (_, None) => fs::remove_file(file).map_err(|error| Failure::writing(file, &error))?,
        }
    }
    Ok(())
}

/// Replaces a file by another text in one step, keeping its permissions, if it still is what was read: what
/// somebody saved meanwhile stays.
///
/// # Errors
/// Where it was changed meanwhile, or cannot be written.
pub(super) fn replace(path: &Path, read: &str, text: &str) -> Result<(), Failure> {
    replace_bytes(path, read.as_bytes(), text.as_bytes())
}

/// The same of a file that may be no text.
pub fn replace_bytes(path: &Path, read: &[u8], now: &[u8]) -> Result<(), Failure> {
    let fail = |error: io::Error| Failure::writing(path, &error);
    let changed = || {
        let path = path.display();
        Failure::new(text!(
            "`{path}` was changed meanwhile by another program, and was left as it is",
            "otro programa cambió `{path}` entretanto, y quedó como está"
        ))
        .help(Text::fixed("save what you are editing, and try again", "guarde lo que esté editando e intente de nuevo"))
    };
    // A link is written through, not replaced by a file of its own.
    let target = fs::canonicalize(path).map_err(fail)?;
    // A text in another encoding was read as what it says.
    let says = |bytes: Vec<u8>| bytes == read || encoding::read(bytes).is_ok_and(|text| text.text.as_bytes() == read);
    let is_as_read = |path: &Path| fs::read(path).is_ok_and(says);
    let _turn = Turn::of(&parent(&target))?;
    let (aside, mut file) = Aside::file(&parent(&target)).map_err(fail)?;
    undisturbed(|| {
        file.write_all(now).map_err(fail)?;
        file.set_permissions(fs::metadata(&target).map_err(fail)?.permissions()).map_err(fail)?;
        file.sync_all().map_err(fail)?;
        if !is_as_read(&target) {
            return Err(changed());
        }
        match in_one_step(aside.path(), &target) {
            Err(_) => fs::rename(aside.path(), &target).map_err(fail),
            // What was in its place until now can be looked at once more, and goes back if it was saved since.
            Ok(()) if is_as_read(aside.path()) => Ok(()),
            Ok(()) => in_one_step(aside.path(), &target).map_err(fail).and_then(|()| Err(changed())),
        }
    })
}

/// Makes a new folder with its files: it appears whole.
pub fn folder(folder: &Path, artifacts: &[Artifact]) -> Result<(), Failure> {
    let fail = |error: io::Error| Failure::writing(folder, &error);
    fs::create_dir_all(parent(folder)).map_err(fail)?;
    let _turn = Turn::of(&parent(folder))?;
    let aside = Aside::folder(&parent(folder)).map_err(fail)?;
    undisturbed(|| {
        for artifact in artifacts {
            let path = aside.path().join(artifact.path.as_str());
            let fail = |error: io::Error| Failure::writing(&folder.join(artifact.path.as_str()), &error);
            fs::create_dir_all(path.parent().unwrap_or(aside.path())).map_err(fail)?;
            fs::write(&path, &artifact.bytes).map_err(fail)?;
        }
        modes::open_to_all(aside.path()).map_err(fail)?;
        fs::rename(aside.path(), folder).map_err(fail)
    })
}

fn parent(path: &Path) -> PathBuf {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_owned()
}
