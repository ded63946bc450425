//! Why the ledger cannot be used, and how to mend it.

use std::{fmt, io};

use super::FILE;
use crate::locale::system::why;
use crate::locale::{Lang, Text};
use crate::text;

#[derive(Debug)]
pub enum Error {
    Io(io::Error),
    /// Another process holds the lock.
    InUse,
    /// Git could not merge it; the line of the first mark.
    Conflict(usize),
    /// A line that is no record, with the reason.
    Damaged(usize, Text),
    /// A line of a later version of the program.
    Newer(usize),
    /// What was to be entered could not be read again, with the reason.
    Unwritable(Text),
    /// A write failed half-way and could not be undone: nothing more is written.
    Broken,
}

impl Error {
    pub fn message(&self) -> Text {
        match self {
            Error::Io(error) => text!(l, why = why(error).get(l).to_owned();
                "the ledger cannot be used: {why}", "no se puede usar el registro de envíos: {why}"),
            Error::InUse => Text::fixed("another convoca is using the ledger", "otro convoca está usando el registro de envíos"),
            Error::Conflict(line) => text!(
                "git left a conflict in the ledger ({FILE}), at line {line}",
                "git dejó un conflicto en el registro de envíos ({FILE}), en el renglón {line}"
            ),
            Error::Damaged(line, why) => text!(l, why = why.get(l);
                "line {line} of the ledger ({FILE}) is damaged: {why}",
                "el renglón {line} del registro de envíos ({FILE}) está dañado: {why}"),
            Error::Newer(line) => text!(
                "line {line} of the ledger ({FILE}) was written by a later version of convoca",
                "el renglón {line} del registro de envíos ({FILE}) lo escribió una versión posterior de convoca"
            ),
            Error::Unwritable(why) => text!(l, why = why.get(l);
                "nothing was entered in the ledger, because the line could not be read again: {why}",
                "no se anotó nada en el registro de envíos, porque el renglón no se podría leer de nuevo: {why}"),
            Error::Broken => Text::fixed(
                "the ledger could not be written and holds half a line",
                "no se pudo escribir el registro de envíos, que quedó con medio renglón",
            ),
        }
    }

    /// How to mend it.
    pub fn help(&self) -> Text {
        match self {
            Error::Io(_) => Text::fixed(
                "nothing is sent without the ledger; see to the disk or the permissions and try again",
                "nada se envía sin el registro; revise el disco o los permisos e intente de nuevo",
            ),
            Error::InUse => Text::fixed("wait until it ends, and try again", "espere a que termine e intente de nuevo"),
            Error::Conflict(_) => Text::fixed(
                "`convoca ledger --mend` keeps the lines of both sides, whose order does not matter, and a copy of the file",
                "`convoca registro --reparar` conserva los renglones de ambos lados, cuyo orden no importa, y una copia del archivo",
            ),
            Error::Damaged(..) => Text::fixed(
                "take the file back from git or a backup; or go on with what can be read: `convoca ledger --mend` keeps a copy and tells what an invitation might go out twice for",
                "recupere el archivo de git o de un respaldo; o siga con lo que se puede leer: `convoca registro --reparar` guarda una copia y dice qué invitación podría salir dos veces",
            ),
            Error::Unwritable(_) => Text::fixed(
                "look at what was to be entered: a date far from now, or a character that no text has",
                "revise lo que se iba a anotar: una fecha muy lejana, o un carácter que ningún texto lleva",
            ),
            Error::Newer(_) => Text::fixed("use that version", "use esa versión"),
            Error::Broken => Text::fixed(
                "make room on the disk: the next run mends the file",
                "libere espacio en el disco: la próxima ejecución repara el archivo",
            ),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message().get(Lang::En))
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Io(error) => Some(error),
            _ => None,
        }
    }
}

impl From<io::Error> for Error {
    fn from(error: io::Error) -> Error {
        Error::Io(error)
    }
}
