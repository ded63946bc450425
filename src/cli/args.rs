//! The arguments: as typed (clap), and as the commands use them.

mod dates;

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::{Arg, ArgAction, ArgMatches, ColorChoice, value_parser};

use super::attendance::{self, Attendance};
use super::replies::{self, Replies};
use crate::locale::{Lang, Text};
pub use dates::{Move, When};

/// What every command knows, and the one that was asked for.
#[derive(Debug)]
pub struct Options {
    pub lang: Lang,
    /// The folder of the programme.
    pub programme: PathBuf,
    /// The day as of which "soon" is judged.
    pub today: NaiveDate,
    pub command: Command,
}

#[derive(Debug)]
pub enum Command {
    Check(Check),
    Build(Build),
    Agenda(Agenda),
    When(When),
    Move(Move),
    Explain(Explain),
    Init(Init),
    Schema(Schema),
    Invite(super::invite::Invite),
    Ledger(super::ledger::Show),
    Replies(Replies),
    Attendance(Attendance),
}

#[derive(Debug)]
pub struct Build {
    pub out: PathBuf,
    pub draft: bool,
    pub templates: Option<PathBuf>,
    pub format: Format,
}

#[derive(Debug)]
pub struct Agenda {
    /// Number or id of a session; all of them if absent.
    pub session: Option<String>,
    /// A member country or a zone whose hours are shown.
    pub hours_of: Option<String>,
}

#[derive(Debug)]
pub struct Init {
    pub folder: PathBuf,
}

#[derive(Debug)]
pub struct Schema {
    pub of: String,
}

#[derive(Debug)]
pub struct Check {
    pub fix: bool,
    pub templates: Option<PathBuf>,
    pub format: Format,
}

#[derive(Debug)]
pub struct Explain {
    pub check: Option<String>,
    pub all: bool,
}

/// How findings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Human,
    Json,
    Sarif,
    Github,
}

impl Format {
    const WORDS: [&'static str; 4] = ["human", "json", "sarif", "github"];

    pub fn of(word: &str) -> Format {
        match word {
            "json" => Format::Json,
            "sarif" => Format::Sarif,
            "github" => Format::Github,
            _ => Format::Human,
        }
    }
}

/// Parses the arguments of the process; help and version come back as clap's "errors".
pub fn parse(arguments: &[OsString], lang: Lang) -> Result<Options, clap::Error> {
    let matches = grammar(lang).try_get_matches_from(arguments)?;
    match matches.get_one::<String>("color").map(String::as_str) {
        Some("always") => anstream::ColorChoice::Always.write_global(),
        Some("never") => anstream::ColorChoice::Never.write_global(),
        _ => {}
    }
    let today = matches.get_one::<NaiveDate>("today").copied().unwrap_or_else(|| chrono::Local::now().date_naive());
    let programme = matches.get_one::<PathBuf>("programme").cloned().unwrap_or_else(|| PathBuf::from("sessions"));
    Ok(Options { lang, programme, today, command: command(&matches) })
}

fn command(matches: &ArgMatches) -> Command {
    let text = |matches: &ArgMatches, id: &str| matches.get_one::<String>(id).cloned();
    let path = |matches: &ArgMatches, id: &str| matches.get_one::<PathBuf>(id).cloned();
    let format = |matches: &ArgMatches| text(matches, "format").as_deref().map_or(Format::Human, Format::of);
    match matches.subcommand() {
        Some(("build", matches)) => Command::Build(Build {
            out: path(matches, "out").unwrap_or_else(|| PathBuf::from("out")),
            draft: matches.get_flag("draft"),
            templates: path(matches, "templates"),
            format: format(matches),
        }),
        Some(("agenda", matches)) => Command::Agenda(Agenda { session: text(matches, "session"), hours_of: text(matches, "in") }),
        Some(("explain", matches)) => Command::Explain(Explain { check: text(matches, "check"), all: matches.get_flag("all") }),
        Some(("init", matches)) => {
            Command::Init(Init { folder: path(matches, "folder").unwrap_or_else(|| PathBuf::from("sessions")) })
        }
        Some(("invite", matches)) => Command::Invite(super::invite::Invite::of(matches)),
        Some(("ledger", matches)) => Command::Ledger(super::ledger::Show::of(matches)),
        Some(("schema", matches)) => Command::Schema(Schema { of: text(matches, "of").unwrap_or_default() }),
        Some((name @ ("when" | "move" | "reflow"), matches)) if let Some(command) = dates::command(name, matches) => command,
        Some(("replies", matches)) => Command::Replies(Replies::of(matches)),
        Some(("attendance", matches)) => Command::Attendance(Attendance::of(matches)),
        Some((_, matches)) => {
            Command::Check(Check { fix: matches.get_flag("fix"), templates: path(matches, "templates"), format: format(matches) })
        }
        None => Command::Check(Check { fix: false, templates: None, format: Format::Human }),
    }
}

/// What may be typed, with its help in a language.
pub fn grammar(lang: Lang) -> clap::Command {
    let say = |en: &'static str, es: &'static str| Text::fixed(en, es).get(lang).to_owned();
    let command = |name: &'static str, about: String| {
        clap::Command::new(name).about(about).help_template(template(lang)).next_help_heading(say("Options", "Opciones"))
    };
    let format = Arg::new("format")
        .long("format")
        .value_name(say("FORMAT", "FORMATO"))
        .value_parser(Format::WORDS)
        .hide_possible_values(true)
        .help(say(
            "How findings are shown: human, json, sarif or github",
            "Cómo se muestran los hallazgos: human, json, sarif o github",
        ));
    let templates = Arg::new("templates")
        .long("templates")
        .visible_alias("plantillas")
        .value_name(say("FOLDER", "CARPETA"))
        .value_parser(value_parser!(PathBuf))
        .help(say("Your own templates [templates, if it exists]", "Sus propias plantillas [templates, si existe]"));
    let [when, move_, reflow] = dates::grammar(command, say);
    clap::Command::new("convoca")
        .version(crate::version())
        .about(say(
            "Plans the sessions of a working group: checks them, and writes calendars, agendas and the concept note",
            "Planifica las sesiones de un grupo de trabajo: las verifica, y escribe calendarios, agendas y la nota conceptual",
        ))
        .help_template(template(lang))
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
            Arg::new("today")
                .long("today")
                .value_name(say("DATE", "FECHA"))
                .value_parser(value_parser!(NaiveDate))
                .global(true)
                .help(say("Judge as of this day, such as 2022-10-01", "Juzgar como si fuera este día, por ejemplo 2022-10-01")),
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
        .subcommands([
            command("check", say("Check the programme and show what is wrong", "Verificar el programa y mostrar qué está mal"))
                .arg(Arg::new("fix").long("fix").action(ArgAction::SetTrue).help(say(
                    "Make the mends that are certain, in the files themselves",
                    "Hacer las correcciones seguras, en los archivos mismos",
                )))
                .arg(templates.clone())
                .arg(format.clone()),
            command(
                "build",
                say("Write calendars, agendas and the concept note", "Escribir calendarios, agendas y la nota conceptual"),
            )
            .arg(
                Arg::new("out")
                    .long("out")
                    .value_name(say("FOLDER", "CARPETA"))
                    .value_parser(value_parser!(PathBuf))
                    .help(say("Where to write [out]", "Dónde escribir [out]")),
            )
            .arg(Arg::new("draft").long("draft").action(ArgAction::SetTrue).help(say(
                "Build in spite of errors, and mark every document as a draft",
                "Escribir a pesar de los errores, y marcar todo documento como borrador",
            )))
            .arg(templates)
            .arg(format),
            command("agenda", say("Show the agenda of a session, or of all", "Mostrar la agenda de una sesión, o de todas"))
                .arg(
                    Arg::new("session")
                        .value_name(say("SESSION", "SESIÓN"))
                        .help(say("Number or id of a session", "Número o identificador de una sesión")),
                )
                .arg(Arg::new("in").long("in").visible_alias("en").value_name(say("COUNTRY", "PAÍS")).help(say(
                    "Hours of this country or time zone, such as PA or Europe/Madrid",
                    "Horas de este país o zona horaria, por ejemplo PA o Europe/Madrid",
                ))),
            when,
            move_,
            reflow,
            command("explain", say("Explain a check, or list them all", "Explicar una verificación, o mostrarlas todas"))
                .arg(
                    Arg::new("check")
                        .value_name(say("CHECK", "VERIFICACIÓN"))
                        .help(say("Name of a check", "Nombre de una verificación")),
                )
                .arg(Arg::new("all").long("all").action(ArgAction::SetTrue).conflicts_with("check").help(say(
                    "The documentation of every check, in Markdown",
                    "La documentación de todas las verificaciones, en Markdown",
                ))),
            command("init", say("Write a small programme to start from", "Escribir un programa pequeño para comenzar")).arg(
                Arg::new("folder")
                    .value_name(say("FOLDER", "CARPETA"))
                    .value_parser(value_parser!(PathBuf))
                    .help(say("A new folder [sessions]", "Una carpeta nueva [sessions]")),
            ),
            command(
                "schema",
                say("Print a JSON Schema, for editors and programs", "Mostrar un JSON Schema, para editores y programas"),
            )
            .arg(
                Arg::new("of")
                    .value_name(say("FILE", "ARCHIVO"))
                    .required(true)
                    .value_parser(super::schema::NAMES)
                    .hide_possible_values(true)
                    .help("group, session, concept-note, branding, programme, findings, dates, replies, attendance"),
            ),
            super::invite::grammar(lang),
            super::ledger::grammar(lang),
            replies::grammar(
                command("replies", say("Read the answers to invitations", "Leer las respuestas a las invitaciones"))
                    .visible_alias("respuestas"),
                lang,
            ),
            attendance::grammar(
                command(
                    "attendance",
                    say("Show who comes to a session, or to all", "Mostrar quién asiste a una sesión, o a todas"),
                )
                .visible_alias("asistencia"),
                lang,
            ),
        ])
}

pub fn template(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
        Lang::Es => "{about}\n\nUso: {usage}\n\n{all-args}{after-help}",
    }
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
