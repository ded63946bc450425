//! Files appear whole or not at all.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use super::Failure;
use crate::render::Artifact;

/// Writes a line to standard output. `println!` would panic where nobody reads it any more.
pub fn say(line: impl std::fmt::Display) -> Result<(), Failure> {
    Ok(writeln!(anstream::stdout(), "{line}")?)
}

/// Writes a file that may be new, in one step.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::writing(path, &error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    file.persist(path).map_err(|error| fail(error.error))?;
    Ok(())
}

/// Replaces a file in one step, keeping its permissions.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::writing(path, &error);
    // A link is written through, not replaced by a file of its own.
    let target = std::fs::canonicalize(path).map_err(fail)?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(fail)?;
    file.write_all(text.as_bytes()).map_err(fail)?;
    let permissions = std::fs::metadata(&target).map_err(fail)?.permissions();
    file.as_file().set_permissions(permissions).map_err(fail)?;
    file.as_file().sync_all().map_err(fail)?;
    file.persist(&target).map_err(|error| fail(error.error))?;
    Ok(())
}

/// The files that the last `build` wrote, so that the next one takes away those that are no more.
const MANIFEST: &str = ".convoca-files";

/// Writes files into a folder: first all of them aside, then each into its place, so that a full disk
/// or a fault on the way leaves what was there before. Files of an earlier build that this one does not
/// make are taken away; nothing else in the folder is touched.
pub fn publish(folder: &Path, artifacts: &[Artifact]) -> Result<(), Failure> {
    std::fs::create_dir_all(folder).map_err(|error| Failure::writing(folder, &error))?;
    let staging = stage(folder, folder, artifacts)?;
    let manifest = folder.join(MANIFEST);
    let made: BTreeSet<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
    let listed = staging.path().join(MANIFEST);
    let list: String = made.iter().flat_map(|path| [*path, "\n"]).collect();
    std::fs::write(&listed, list).map_err(|error| Failure::writing(&manifest, &error))?;
    make_way(folder, artifacts)?;
    for artifact in artifacts {
        let target = folder.join(&artifact.path);
        std::fs::rename(staging.path().join(&artifact.path), &target).map_err(|error| Failure::writing(&target, &error))?;
    }
    for old in std::fs::read_to_string(&manifest).unwrap_or_default().lines() {
        if !made.contains(old) && is_plain(old) {
            // One that somebody removed already is as it should be.
            let _ = std::fs::remove_file(folder.join(old));
        }
    }
    std::fs::rename(&listed, &manifest).map_err(|error| Failure::writing(&manifest, &error))
}

/// Makes the folders of the files, and sees that no folder stands where a file goes.
fn make_way(folder: &Path, artifacts: &[Artifact]) -> Result<(), Failure> {
    for artifact in artifacts {
        let target = folder.join(&artifact.path);
        let fail = |error: std::io::Error| Failure::writing(&target, &error);
        std::fs::create_dir_all(target.parent().unwrap_or(folder)).map_err(fail)?;
        if target.is_dir() {
            return Err(fail(std::io::ErrorKind::IsADirectory.into()));
        }
    }
    Ok(())
}

/// Makes a new folder with its files: it appears whole.
pub fn create_folder(folder: &Path, artifacts: &[Artifact]) -> Result<(), Failure> {
    let fail = |error: std::io::Error| Failure::writing(folder, &error);
    let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent).map_err(fail)?;
    let staging = stage(parent, folder, artifacts)?;
    let made = staging.keep();
    std::fs::rename(&made, folder).map_err(|error| {
        // What was staged is of no use without its name.
        let _ = std::fs::remove_dir_all(&made);
        fail(error)
    })?;
    open_to_all(folder).map_err(fail)
}

/// Writes files to a folder aside, which goes away unless it is kept.
fn stage(within: &Path, folder: &Path, artifacts: &[Artifact]) -> Result<tempfile::TempDir, Failure> {
    let fail = |error: std::io::Error| Failure::writing(folder, &error);
    let staging = tempfile::Builder::new().prefix(".convoca-").tempdir_in(within).map_err(fail)?;
    for artifact in artifacts {
        let path = staging.path().join(&artifact.path);
        let fail = |error: std::io::Error| Failure::writing(&folder.join(&artifact.path), &error);
        std::fs::create_dir_all(path.parent().unwrap_or(staging.path())).map_err(fail)?;
        std::fs::write(&path, &artifact.bytes).map_err(fail)?;
    }
    Ok(staging)
}

/// Temporary folders are their owner's alone; one that stays is as open as any other.
#[cfg(unix)]
fn open_to_all(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))
}
#[cfg(not(unix))]
fn open_to_all(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A path that stays within the folder.
fn is_plain(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)))
}
