//! Files appear whole or not at all.

use std::io::Write;
use std::path::Path;

use super::Failure;

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
