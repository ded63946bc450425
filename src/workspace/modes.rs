//! Who may read what is written: what holds addresses or links to calls is for its owner alone. Systems without
//! such modes keep it by where the files lie.

use std::fs::{self, Metadata, OpenOptions};
use std::io;
use std::path::Path;

/// A file that is made with it is for its owner alone.
pub(crate) fn private(options: &mut OpenOptions) -> &mut OpenOptions {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
    options
}

/// A file that is made with it is for whom the user's files are (umask).
pub(crate) fn usual<'b, 'a, 'c>(builder: &'b mut tempfile::Builder<'a, 'c>) -> &'b mut tempfile::Builder<'a, 'c> {
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder
}

/// Makes a folder, and those above it that are not there, for their owner alone.
pub(crate) fn private_folders(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Closes a folder to everybody but its owner.
pub(crate) fn owner_alone(folder: &Path) -> io::Result<()> {
    set(folder, 0o700)
}

/// Opens a folder to everybody, as any other.
pub(crate) fn open_to_all(folder: &Path) -> io::Result<()> {
    set(folder, 0o755)
}

#[cfg(unix)]
fn set(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}
#[cfg(not(unix))]
fn set(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// Whether others than its owner may read it.
#[cfg(unix)]
pub(crate) fn is_open(about: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    about.mode() & 0o077 != 0
}
#[cfg(not(unix))]
pub fn is_open(_: &Metadata) -> bool {
    false
}

/// Whether one can be put in the place of the other without copying.
#[cfg(unix)]
pub(crate) fn are_on_one_disk(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| fs::metadata(path).map(|about| about.dev()).ok();
    disk(a) == disk(b)
}
#[cfg(not(unix))]
pub fn are_on_one_disk(_: &Path, _: &Path) -> bool {
    true
}

/// A link to the same place.
#[cfg(unix)]
pub(crate) fn copy_link(from: &Path, to: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(from)?, to)
}
#[cfg(not(unix))]
pub fn copy_link(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
