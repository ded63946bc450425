//! A command: what may be typed for it, and what it does.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Arg, ArgMatches, value_parser};

use super::terminal;
use crate::ledger::{History, Ledger};
use crate::locale::Lang;
use crate::model::Programme;
use crate::project::Witness;
use crate::workspace::{Failure, Workspace};

/// One command; `args` lists them.
pub(crate) struct Command {
    /// What may be typed, with its help in a language.
    pub grammar: fn(Lang) -> clap::Command,
    pub run: fn(&Options, &ArgMatches) -> Result<Outcome, Failure>,
}

/// What every command knows.
#[derive(Debug)]
pub(crate) struct Options {
    pub lang: Lang,
    pub workspace: Workspace,
}

/// How a command ended: clean, with findings at the level of an error, or (a [`Failure`]) unable to do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    Clean,
    Findings,
}

impl Options {
    /// The ledger of the programme as it is; what is wrong at its end is told.
    pub(crate) fn history(&self, programme: Option<&Programme>) -> Result<History, Failure> {
        let (history, note) = self.workspace.history(programme)?;
        note.iter().for_each(|note| terminal::note(self.lang, note));
        Ok(history)
    }

    /// Who knows what was answered. A ledger that cannot be read is told, and keeps nothing from being checked.
    pub(crate) fn witness(&self) -> Option<Witness> {
        self.workspace.witness().unwrap_or_else(|failure| {
            terminal::note(self.lang, &failure.message);
            failure.help.iter().for_each(|help| terminal::advise(help, self.lang));
            None
        })
    }

    /// The ledger of the programme for writing; what was mended is told.
    pub(crate) fn ledger(&self, programme: Option<&Programme>) -> Result<Ledger, Failure> {
        let ledger = self.workspace.ledger(programme)?;
        ledger.notes.iter().for_each(|note| terminal::note(self.lang, note));
        Ok(ledger)
    }
}

/// The exit status, after saying what kept the program from its work.
pub(crate) fn ended(result: Result<Outcome, Failure>, lang: Lang) -> ExitCode {
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(failure) if failure.is_closed_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            terminal::complain(&failure, lang);
            ExitCode::from(2)
        }
    }
}

/// What commands are called in Spanish; the first of each is shown, the others are understood.
const SPANISH: [(&str, &[&str]); 23] = [
    ("studio", &["estudio", "abrir"]),
    ("import", &["importar", "leer"]),
    ("check", &["revisar", "verificar", "comprobar"]),
    ("build", &["construir", "generar"]),
    ("publish", &["publicar"]),
    ("when", &["cuando", "cuándo", "fechas"]),
    ("move", &["mover"]),
    ("reflow", &["acomodar"]),
    ("undo", &["deshacer"]),
    ("explain", &["explicar"]),
    ("init", &["iniciar", "comenzar"]),
    ("schema", &["esquema"]),
    ("invite", &["invitar", "invitaciones", "convocar"]),
    ("ledger", &["registro", "envios", "envíos"]),
    ("replies", &["respuestas"]),
    ("attendance", &["asistencia"]),
    ("proposals", &["propuestas"]),
    // Of `invite`.
    ("plan", &["ver"]),
    ("write", &["escribir"]),
    ("draft", &["borrador"]),
    ("record", &["anotar"]),
    ("text", &["texto"]),
    ("send", &["enviar", "mandar"]),
];

/// A grammar with its name, and what it is about.
pub(crate) fn named(lang: Lang, name: &'static str, en: &'static str, es: &'static str) -> clap::Command {
    let spanish = SPANISH.iter().find(|(command, _)| *command == name).map_or(&[][..], |(_, words)| words);
    clap::Command::new(name)
        .visible_aliases(spanish.first().copied())
        .aliases(spanish.iter().skip(1).copied())
        .about(say(lang, en, es))
        .help_template(help_template(lang))
        .next_help_heading(say(lang, "Options", "Opciones"))
}

/// What a parser of values says: clap shows its own words for a value that cannot be read, and ours stand in
/// `usage`.
pub(crate) const UNREADABLE: &str = "unreadable";

/// A text of the help.
pub(crate) fn say(lang: Lang, en: &'static str, es: &'static str) -> &'static str {
    match lang {
        Lang::En => en,
        Lang::Es => es,
    }
}

pub(crate) fn help_template(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
        Lang::Es => "{about}\n\nUso: {usage}\n\n{all-args}{after-help}",
    }
}

/// `--templates`, for commands that look at documents.
pub(crate) fn templates_argument(lang: Lang) -> Arg {
    Arg::new("templates")
        .long("templates")
        .visible_alias("plantillas")
        .value_name(say(lang, "FOLDER", "CARPETA"))
        .value_parser(value_parser!(PathBuf))
        .help(say(lang, "Your own templates [templates, if it exists]", "Sus propias plantillas [templates, si existe]"))
}
