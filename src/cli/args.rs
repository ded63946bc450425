//! The arguments: every command with its grammar, and what was asked for.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, value_parser};

use super::agenda::AGENDA;
use super::attendance::ATTENDANCE;
use super::build::BUILD;
use super::check::CHECK;
use super::command::{Command, Options, Outcome, UNREADABLE, help_template, say};
use super::explain::EXPLAIN;
use super::import::IMPORT;
use super::init::INIT;
use super::invite::INVITE;
use super::ledger::LEDGER;
use super::proposals::PROPOSALS;
use super::publish::PUBLISH;
use super::relocate::{MOVE, REFLOW};
use super::replies::REPLIES;
use super::schema::SCHEMA;
use super::studio::STUDIO;
use super::undo::UNDO;
use super::when::WHEN;
use crate::locale::Lang;
use crate::locale::written::{self, WrittenDate};
use crate::workspace::{Failure, USUAL_FOLDER, Workspace};

/// Every command, in the order in which the help lists them.
static COMMANDS: &[&Command] = &[
    &STUDIO,
    &IMPORT,
    &CHECK,
    &BUILD,
    &PUBLISH,
    &AGENDA,
    &WHEN,
    &MOVE,
    &REFLOW,
    &UNDO,
    &EXPLAIN,
    &INIT,
    &SCHEMA,
    &INVITE,
    &LEDGER,
    &REPLIES,
    &ATTENDANCE,
    &PROPOSALS,
];

/// A command with its arguments.
pub(crate) struct Asked {
    options: Options,
    command: &'static Command,
    matches: ArgMatches,
}

impl Asked {
    pub(crate) fn run(&self) -> Result<Outcome, Failure> {
        (self.command.run)(&self.options, &self.matches)
    }
}

/// Parses the arguments of the process; help and version come back as clap's "errors".
pub(crate) fn parse(arguments: &[OsString], lang: Lang) -> Result<Asked, clap::Error> {
    let mut matches = grammar(lang).try_get_matches_from(arguments)?;
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => anstream::ColorChoice::Always.write_global(),
        Some("never") => anstream::ColorChoice::Never.write_global(),
        _ => {}
    }
    let today = matches.get_one::<NaiveDate>("today").copied().unwrap_or_else(|| chrono::Local::now().date_naive());
    let workspace = match matches.get_one::<PathBuf>("programme") {
        Some(folder) => Workspace::named(folder.clone(), today),
        None => Workspace { folder: PathBuf::from(USUAL_FOLDER), today },
    };
    let options = Options { lang, workspace };
    // A command is required: without one there was an error above.
    let (name, matches) = matches.remove_subcommand().unwrap_or_default();
    let command = COMMANDS.iter().copied().find(|command| (command.grammar)(lang).get_name() == name).unwrap_or(&CHECK);
    Ok(Asked { options, command, matches })
}

/// A day as people write it, where it has one reading.
fn day(written: &str) -> Result<NaiveDate, &'static str> {
    match written::date(written) {
        Some(WrittenDate::Certain(day)) => Ok(day),
        _ => Err(UNREADABLE),
    }
}

/// What may be typed, with its help in a language.
pub(crate) fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    let grammar = clap::Command::new("convoca")
        .version(crate::version())
        .about(say(
            "Plans the sessions of a working group: checks them, and writes calendars, agendas and the concept note",
            "Planifica las sesiones de un grupo de trabajo: las verifica, y escribe calendarios, agendas y la nota conceptual",
        ))
        .help_template(help_template(lang))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .color(ColorChoice::Auto)
        .subcommand_help_heading(say("Commands", "Órdenes"))
        .subcommand_value_name(say("COMMAND", "ORDEN"))
        .next_help_heading(say("Options for every command", "Opciones para toda orden"))
        .args([
            Arg::new("programme")
                .long("programme")
                .visible_alias("programa")
                .value_name(say("FOLDER", "CARPETA"))
                .value_parser(value_parser!(PathBuf))
                .global(true)
                .help(say("The folder of the sessions [sessions]", "La carpeta de las sesiones [sessions]")),
            Arg::new("lang")
                .long("lang")
                .value_name("es|en")
                .value_parser(["es", "en"])
                .hide_possible_values(true)
                .global(true)
                .help(say(
                    "The language of messages; else that of the system",
                    "El idioma de los mensajes; si no, el del sistema",
                )),
            Arg::new("today").long("today").value_name(say("DATE", "FECHA")).value_parser(day).global(true).help(say(
                "Take this date as today, such as 2022-10-01",
                "Tomar esta fecha como si fuera hoy, por ejemplo 2022-10-01",
            )),
            Arg::new("color")
                .long("color")
                .value_name("auto|always|never")
                .value_parser(["auto", "always", "never"])
                .hide_possible_values(true)
                .global(true)
                .help(say("Whether to use colours (NO_COLOR is heeded)", "Si se usan colores (se respeta NO_COLOR)")),
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .global(true)
                .help(say("Show this help", "Mostrar esta ayuda")),
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help(say("Show the version", "Mostrar la versión")),
        ])
        .subcommands(COMMANDS.iter().map(|command| (command.grammar)(lang)));
    with_spanish_options(grammar)
}

/// What options are called in Spanish that have one name at every command.
const OPTIONS: [(&str, &str); 15] = [
    ("today", "hoy"),
    ("days", "dias"),
    ("duration", "duracion"),
    ("sessions", "sesiones"),
    ("apart", "separacion"),
    ("notice", "aviso"),
    ("with", "con"),
    ("without", "sin"),
    ("proposals", "propuestas"),
    ("format", "formato"),
    ("holds", "provisionales"),
    ("out", "salida"),
    ("draft", "borrador"),
    ("all", "todo"),
    ("timeout", "espera"),
];

/// Gives every option its Spanish name that has not got one of its own.
fn with_spanish_options(command: clap::Command) -> clap::Command {
    let named = |arg: Arg| {
        let long = arg.get_long().filter(|_| arg.get_visible_aliases().is_none_or(|names| names.is_empty()));
        let spanish = long.and_then(|long| OPTIONS.iter().find(|(option, _)| *option == long));
        match spanish {
            Some((_, name)) => arg.visible_alias(*name),
            None => arg,
        }
    };
    command.mut_args(named).mut_subcommands(with_spanish_options)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar_is_sound_in_both_languages() {
        for lang in Lang::ALL {
            grammar(lang).debug_assert();
        }
    }
}
