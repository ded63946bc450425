//! The arguments of `when`, `move` and `reflow`.

use std::path::PathBuf;

use chrono::{Datelike, NaiveDate, NaiveTime};
use clap::{Arg, ArgAction, ArgMatches, value_parser};

use super::Command;

/// Find dates.
#[derive(Debug)]
pub struct When {
    pub days: (NaiveDate, NaiveDate),
    pub minutes: u32,
    pub sessions: u32,
    pub apart: u32,
    pub notice: Option<u32>,
    /// Who must attend besides the members, and which members need not.
    pub with: Vec<String>,
    pub without: Vec<String>,
    pub proposals: u32,
    pub json: bool,
    /// Where to write tentative holds.
    pub holds: Option<PathBuf>,
}

/// Move a session, or lay its slots anew where it is.
#[derive(Debug)]
pub struct Move {
    pub session: String,
    /// Another day, another hour, or both; neither where only the slots are laid anew.
    pub to: (Option<NaiveDate>, Option<NaiveTime>),
    pub write: bool,
}

/// The grammar of the three commands; `command` makes one with its help in the user's language.
pub fn grammar(
    command: impl Fn(&'static str, String) -> clap::Command,
    say: impl Fn(&'static str, &'static str) -> String,
) -> [clap::Command; 3] {
    let number = |id: &'static str, long: &'static str, name: String, help: String| {
        Arg::new(id).long(long).value_name(name).value_parser(value_parser!(u32)).help(help)
    };
    let many = |id: &'static str, help: String| {
        Arg::new(id).long(id).value_name(say("PARTY", "PARTE")).num_args(1..).value_delimiter(',').help(help)
    };
    let session = Arg::new("session")
        .value_name(say("SESSION", "SESIÓN"))
        .required(true)
        .help(say("Its number or id", "Su número o identificador"));
    let write = Arg::new("write")
        .long("write")
        .action(ArgAction::SetTrue)
        .help(say("Write what is shown into the file", "Escribir en el archivo lo que se muestra"));
    [
        command("when", say("Find dates that suit everybody", "Buscar fechas que convengan a todas las partes")).args([
            Arg::new("days").long("days").value_name(say("FROM..TO", "DESDE..HASTA")).required(true).value_parser(days).help(
                say(
                    "The days to look at, such as 2027-10-01..2027-11-15",
                    "Los días que se miran, por ejemplo 2027-10-01..2027-11-15",
                ),
            ),
            Arg::new("duration").long("duration").value_name(say("LENGTH", "DURACIÓN")).value_parser(minutes).help(say(
                "How long each session is, such as 90m or 1h30 [90m]",
                "Cuánto dura cada sesión, por ejemplo 90m o 1h30 [90m]",
            )),
            number("sessions", "sessions", say("COUNT", "CANTIDAD"), say("How many sessions [1]", "Cuántas sesiones [1]")),
            number(
                "apart",
                "apart",
                say("DAYS", "DÍAS"),
                say("Days from one to the next, at least [1]", "Días de una a la siguiente, al menos [1]"),
            ),
            number(
                "notice",
                "notice",
                say("DAYS", "DÍAS"),
                say("Days from today, at least [those of the group]", "Días desde hoy, al menos [los del grupo]"),
            ),
            many("with", say("Who must attend besides the members", "Quiénes deben asistir además de los miembros")),
            many("without", say("Members who need not attend", "Miembros que pueden faltar")),
            number("proposals", "proposals", say("COUNT", "CANTIDAD"), say("How many proposals [3]", "Cuántas propuestas [3]")),
            Arg::new("format")
                .long("format")
                .value_name(say("FORMAT", "FORMATO"))
                .value_parser(["human", "json"])
                .hide_possible_values(true)
                .help(say("human or json", "human o json")),
            Arg::new("holds")
                .long("holds")
                .value_name(say("FILE.ics", "ARCHIVO.ics"))
                .value_parser(value_parser!(PathBuf))
                .help(say("Write the proposals as tentative events", "Escribir las propuestas como eventos provisionales")),
        ]),
        command("move", say("Move a session to another day or hour", "Mover una sesión a otro día u otra hora")).args([
            session.clone(),
            Arg::new("to").long("to").value_name(say("DATE HOUR", "FECHA HORA")).required(true).value_parser(destination).help(
                say(
                    "By the session's clock: \"2027-10-27 09:00\", 2027-10-27 or 09:00",
                    "Por el reloj de la sesión: \"2027-10-27 09:00\", 2027-10-27 o 09:00",
                ),
            ),
            write.clone(),
        ]),
        command(
            "reflow",
            say(
                "Lay the slots of a session one after another, by their minutes",
                "Acomodar los puntos de una sesión uno tras otro, según sus minutos",
            ),
        )
        .args([session, write]),
    ]
}

/// The command that was asked for, if it is one of the three.
pub fn command(name: &str, matches: &ArgMatches) -> Option<Command> {
    let count = |id: &str| matches.get_one::<u32>(id).copied();
    let texts = |id: &str| matches.get_many::<String>(id).into_iter().flatten().cloned().collect();
    let session = || matches.get_one::<String>("session").cloned().unwrap_or_default();
    match name {
        "when" => Some(Command::When(When {
            days: matches.get_one::<(NaiveDate, NaiveDate)>("days").copied()?,
            minutes: matches.get_one::<u32>("duration").copied().unwrap_or(90),
            sessions: count("sessions").unwrap_or(1),
            apart: count("apart").unwrap_or(1),
            notice: count("notice"),
            with: texts("with"),
            without: texts("without"),
            proposals: count("proposals").unwrap_or(3),
            json: matches.get_one::<String>("format").is_some_and(|format| format == "json"),
            holds: matches.get_one::<PathBuf>("holds").cloned(),
        })),
        "move" => {
            let to = matches.get_one::<(Option<NaiveDate>, Option<NaiveTime>)>("to").copied()?;
            Some(Command::Move(Move { session: session(), to, write: matches.get_flag("write") }))
        }
        "reflow" => Some(Command::Move(Move { session: session(), to: (None, None), write: matches.get_flag("write") })),
        _ => None,
    }
}

/// clap shows its own words for a value that cannot be read; ours stand in `usage`.
const UNREADABLE: &str = "unreadable";

fn days(written: &str) -> Result<(NaiveDate, NaiveDate), &'static str> {
    let (first, last) = written.split_once("..").ok_or(UNREADABLE)?;
    let day = |text: &str| text.trim().parse::<NaiveDate>().map_err(|_| UNREADABLE);
    Ok((day(first)?, day(last)?))
}

/// "90", "90m", "90 min", "1h", "1h30", "1 h 30 min".
fn minutes(written: &str) -> Result<u32, &'static str> {
    let plain: String = written.to_lowercase().replace("min", "m").chars().filter(|c| !c.is_whitespace()).collect();
    let number = |text: &str| text.parse::<u32>().map_err(|_| UNREADABLE);
    let in_minutes = |hours: &str| number(hours)?.checked_mul(60).ok_or(UNREADABLE);
    let bare = |rest: &str| rest.strip_suffix('m').unwrap_or(rest).to_owned();
    match plain.split_once('h') {
        Some((hours, "")) => in_minutes(hours),
        Some((hours, rest)) => in_minutes(hours)?.checked_add(number(&bare(rest))?).ok_or(UNREADABLE),
        None => number(&bare(&plain)),
    }
}

fn destination(written: &str) -> Result<(Option<NaiveDate>, Option<NaiveTime>), &'static str> {
    let mut to = (None, None);
    for part in written.split(|c: char| c.is_whitespace() || c == 'T').filter(|part| !part.is_empty()) {
        if let (Ok(day), None) = (part.parse::<NaiveDate>(), to.0) {
            if !(1900..=2199).contains(&day.year()) {
                return Err(UNREADABLE);
            }
            to.0 = Some(day);
        } else if let (Ok(hour), None) = (NaiveTime::parse_from_str(part, "%H:%M"), to.1) {
            to.1 = Some(hour);
        } else {
            return Err(UNREADABLE);
        }
    }
    if to == (None, None) { Err(UNREADABLE) } else { Ok(to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_read_as_people_write_them() {
        for (written, read) in [("90", 90), ("90m", 90), ("90 min", 90), ("1h", 60), ("1h30", 90), ("1 h 30 min", 90), ("0m", 0)]
        {
            assert_eq!(minutes(written), Ok(read), "{written}");
        }
        for wrong in ["", "m", "h", "1.5h", "-30", "99999999999", "90s"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn destinations_are_a_day_an_hour_or_both() {
        let (day, hour) = (NaiveDate::from_ymd_opt(2027, 10, 27), NaiveTime::from_hms_opt(9, 0, 0));
        assert_eq!(destination("2027-10-27 09:00"), Ok((day, hour)));
        assert_eq!(destination("2027-10-27T09:00"), Ok((day, hour)));
        assert_eq!(destination("2027-10-27"), Ok((day, None)));
        assert_eq!(destination("9:00"), Ok((None, hour)));
        for wrong in ["", "mañana", "2027-02-30", "25:00", "2027-10-27 2027-10-28"] {
            assert!(destination(wrong).is_err(), "{wrong}");
        }
    }
}
