//! What keeps the program from doing its work, in words.

use std::io::{self, Write};
use std::path::Path;

pub use crate::locale::system::why;
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
