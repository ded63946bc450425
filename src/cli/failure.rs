//! What keeps the program from doing its work, in words.

use std::io::{self, Write};
use std::path::Path;

use crate::locale::{Lang, Text};
use crate::text;

/// An error that is no finding: a folder that is not there, a disk that is full.
#[derive(Debug)]
pub struct Failure {
    message: Text,
    help: Option<Text>,
    kind: Option<io::ErrorKind>,
}

impl Failure {
    pub fn new(message: Text) -> Failure {
        Failure { message, help: None, kind: None }
    }

    pub fn help(self, help: Text) -> Failure {
        self.helped(Some(help))
    }

    /// With help where there is some.
    pub fn helped(self, help: Option<Text>) -> Failure {
        Failure { help, ..self }
    }

    pub fn reading(path: &Path, error: &io::Error) -> Failure {
        let path = path.display();
        let message =
            text!(l, why = why(error).get(l).to_owned(); "cannot read `{path}`: {why}", "no se puede leer `{path}`: {why}");
        Failure { kind: Some(error.kind()), ..Failure::new(message) }
    }

    pub fn writing(path: &Path, error: &io::Error) -> Failure {
        let path = path.display();
        let message =
            text!(l, why = why(error).get(l).to_owned(); "cannot write `{path}`: {why}", "no se puede escribir `{path}`: {why}");
        Failure { kind: Some(error.kind()), ..Failure::new(message) }
    }

    /// Whoever read the output has seen enough.
    pub fn is_closed_pipe(&self) -> bool {
        self.kind == Some(io::ErrorKind::BrokenPipe)
    }

    pub fn print(&self, lang: Lang) {
        let style = anstyle::AnsiColor::Red.on_default().bold();
        let mut err = anstream::stderr().lock();
        // Where nobody reads the errors either, there is nobody to tell.
        let _ = writeln!(err, "{style}error{style:#}: {}", self.message.get(lang));
        if let Some(help) = &self.help {
            let _ = writeln!(err, "{}", advice(help, lang));
        }
    }
}

/// "help: …"
pub fn advice(help: &Text, lang: Lang) -> String {
    let word = Text::fixed("help", "ayuda");
    format!("{}: {}", word.get(lang), help.get(lang))
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure { kind: Some(error.kind()), ..Failure::new(why(&error)) }
    }
}

/// The system's reason, in both languages where it is a usual one.
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
