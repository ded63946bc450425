//! What keeps the program from doing its work, in words.

use std::io;
use std::path::Path;

use crate::ledger;
use crate::locale::Text;
pub use crate::locale::system::why;
use crate::project::Outdated;
use crate::text;

/// An error that is no finding: a folder that is not there, a disk that is full.
#[derive(Debug)]
pub struct Failure {
    pub message: Text,
    pub help: Option<Text>,
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
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        Failure { kind: Some(error.kind()), ..Failure::new(why(&error)) }
    }
}

impl From<Outdated> for Failure {
    fn from(outdated: Outdated) -> Failure {
        Failure::new(outdated.message()).help(Text::fixed(
            "nothing of it was written: run the command again, on what stands there now",
            "no se escribió nada de esto: ejecute la orden de nuevo, con lo que está escrito ahora",
        ))
    }
}

/// A ledger that cannot be used, and what to do about it.
impl From<ledger::Error> for Failure {
    fn from(error: ledger::Error) -> Failure {
        Failure::from(&error)
    }
}

impl From<&ledger::Error> for Failure {
    fn from(error: &ledger::Error) -> Failure {
        Failure::new(error.message()).help(error.help())
    }
}
