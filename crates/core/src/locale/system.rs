//! The system's reasons, in both languages where they are usual ones.

use std::io;

use super::Text;

pub fn why(error: &io::Error) -> Text {
    match error.kind() {
        io::ErrorKind::NotFound => Text::fixed("it does not exist", "no existe"),
        io::ErrorKind::PermissionDenied => Text::fixed("permission denied", "no hay permiso"),
        io::ErrorKind::AlreadyExists => Text::fixed("there is a file in its place", "hay un archivo en su lugar"),
        io::ErrorKind::NotADirectory => Text::fixed("a part of the path is a file", "una parte de la ruta es un archivo"),
        io::ErrorKind::IsADirectory => Text::fixed("it is a folder", "es una carpeta"),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Text::fixed("the disk is full", "el disco está lleno"),
        io::ErrorKind::ReadOnlyFilesystem => Text::fixed("the disk is read-only", "el disco es de solo lectura"),
        io::ErrorKind::FileTooLarge => Text::fixed("the file would be too large", "el archivo sería demasiado grande"),
        _ if error.raw_os_error() == Some(LOOP) => {
            Text::fixed("it is a link that leads back to itself", "es un enlace que lleva de vuelta a sí mismo")
        }
        _ => Text::same(error.to_string()),
    }
}

/// ELOOP: `io::ErrorKind::FilesystemLoop` is not stable yet.
#[cfg(target_os = "linux")]
const LOOP: i32 = 40;
#[cfg(not(target_os = "linux"))]
const LOOP: i32 = 62;
