//! What may be typed behind `convoca when`.

use std::path::PathBuf;

use clap::{Arg, ArgAction, ArgMatches, value_parser};

use crate::cli::command::{UNREADABLE, named, say};
use crate::locale::{Lang, lengths};
use crate::workspace::dates::Asked;

/// Find dates.
#[derive(Debug)]
pub(crate) struct When {
    pub asked: Asked,
    pub json: bool,
    /// Where to write tentative holds.
    pub holds: Option<PathBuf>,
    /// Where to write the mails that ask the members.
    pub poll: Option<PathBuf>,
    /// Show what they answered, and look for nothing.
    pub answers: bool,
}

pub(crate) fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    let number = |id: &'static str, name: &'static str, help: &'static str| {
        Arg::new(id).long(id).value_name(name).value_parser(value_parser!(u32)).help(help)
    };
    let many = |id: &'static str, help: &'static str| {
        let name = say("ORGANISATION", "ORGANIZACIÓN");
        Arg::new(id).long(id).value_name(name).num_args(1..).action(ArgAction::Append).value_delimiter(',').help(help)
    };
    named(lang, "when", "Find dates that suit everybody", "Buscar fechas que convengan a todos").args([
        Arg::new("days").long("days").value_name(say("FROM..TO", "DESDE..HASTA")).required_unless_present("answers").help(say(
            "The days to look at, such as 2027-10-01..2027-11-15, \"from 5 to 30 April\" or \"October\"",
            "Los días que se miran, por ejemplo 2027-10-01..2027-11-15, \"del 5 al 30 de abril\" u \"octubre\"",
        )),
        Arg::new("duration").long("duration").value_name(say("LENGTH", "DURACIÓN")).value_parser(minutes).help(say(
            "How long each session is, such as 90m, 1h30 or \"an hour and a half\" [90m]",
            "Cuánto dura cada sesión, por ejemplo 90m, 1h30 o \"hora y media\" [90m]",
        )),
        number("sessions", say("COUNT", "CANTIDAD"), say("How many sessions [1]", "Cuántas sesiones [1]")),
        number(
            "apart",
            say("DAYS", "DÍAS"),
            say("Days from one to the next, at least [1]", "Días de una a la siguiente, al menos [1]"),
        ),
        number(
            "notice",
            say("DAYS", "DÍAS"),
            say("Days from today, at least [those of the group, else 1]", "Días desde hoy, al menos [los del grupo; si no, 1]"),
        ),
        Arg::new("hours").long("hours").visible_alias("horas").value_name(say("FROM-TO", "DESDE-HASTA")).help(say(
            "Only within these hours, such as 09:00-12:00 or \"9 to 12\"",
            "Solo dentro de estas horas, por ejemplo 09:00-12:00 o \"9 a 12\"",
        )),
        Arg::new("weekdays")
            .long("weekdays")
            .visible_alias("dias-de-semana")
            .value_name(say("DAY", "DÍA"))
            .num_args(1..)
            .action(ArgAction::Append)
            .value_delimiter(',')
            .help(say("Only on these days of the week", "Solo en estos días de la semana")),
        Arg::new("not-before")
            .long("not-before")
            .visible_alias("no-antes")
            .value_name(say("HOUR|DATE", "HORA|FECHA"))
            .help(say("Not before this hour, or this day", "No antes de esta hora, o de este día")),
        Arg::new("except")
            .long("except")
            .visible_alias("excepto")
            .value_name(say("DAYS", "DÍAS"))
            .num_args(1..)
            .action(ArgAction::Append)
            .value_delimiter(',')
            .help(say(
                "Not on these days, such as 2027-10-12 or 2027-12-20..2028-01-06",
                "Estos días no, por ejemplo 2027-10-12 o 2027-12-20..2028-01-06",
            )),
        number(
            "quorum",
            say("COUNT", "CANTIDAD"),
            say(
                "If no date suits everybody: how many members are enough [those of the group]",
                "Si ninguna fecha conviene a todos: cuántos miembros bastan [los del grupo]",
            ),
        ),
        many("with", say("Who must attend besides the members", "Quiénes deben asistir además de los miembros")),
        many("without", say("Members or countries that need not attend", "Miembros o países que pueden faltar")),
        number("proposals", say("COUNT", "CANTIDAD"), say("How many proposals [3]", "Cuántas propuestas [3]")),
        Arg::new("format")
            .long("format")
            .value_name(say("FORMAT", "FORMATO"))
            .value_parser(["human", "json"])
            .hide_possible_values(true)
            .help(say("human or json", "human o json")),
        Arg::new("poll")
            .long("poll")
            .visible_alias("encuesta")
            .value_name(say("FOLDER", "CARPETA"))
            .value_parser(value_parser!(PathBuf))
            .help(say(
                "Write a mail for each member that asks which proposals suit them",
                "Escribir un correo por miembro que pregunta qué propuestas le convienen",
            )),
        Arg::new("answers")
            .long("answers")
            .visible_alias("respuestas")
            .action(ArgAction::SetTrue)
            .conflicts_with_all(["days", "poll", "holds"])
            .help(say("Show what the members answered so far", "Mostrar lo que han contestado los miembros")),
        Arg::new("holds")
            .long("holds")
            .value_name(say("FILE.ics", "ARCHIVO.ics"))
            .value_parser(value_parser!(PathBuf))
            .help(say("Write the proposals as tentative events", "Escribir las propuestas como eventos provisionales")),
    ])
}

impl When {
    pub(crate) fn of(matches: &ArgMatches) -> When {
        let count = |id: &str| matches.get_one::<u32>(id).copied();
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        let texts = |id: &str| matches.get_many::<String>(id).into_iter().flatten().cloned().collect();
        let asked = Asked {
            days: text("days").unwrap_or_default(),
            minutes: matches.get_one::<u32>("duration").copied().unwrap_or(90),
            sessions: count("sessions").unwrap_or(1),
            apart: count("apart").unwrap_or(1),
            notice: count("notice"),
            with: texts("with"),
            without: texts("without"),
            proposals: count("proposals").unwrap_or(3),
            hours: text("hours"),
            weekdays: texts("weekdays"),
            not_before: text("not-before"),
            except: texts("except"),
            quorum: count("quorum"),
        };
        When {
            asked,
            json: matches.get_one::<String>("format").is_some_and(|format| format == "json"),
            poll: matches.get_one::<PathBuf>("poll").cloned(),
            answers: matches.get_flag("answers"),
            holds: matches.get_one::<PathBuf>("holds").cloned(),
        }
    }
}

fn minutes(written: &str) -> Result<u32, &'static str> {
    lengths::minutes(written).ok_or(UNREADABLE)
}
