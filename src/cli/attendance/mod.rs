//! `convoca attendance`: who comes, by what was answered.

mod csv;

use std::io::Write;

use clap::{Arg, ArgMatches};
use comfy_table::{Cell, Color, ContentArrangement, Table};
use schemars::JsonSchema;
use serde::Serialize;

use super::args::Options;
use super::invite::now;
use super::{Failure, Outcome, agenda, check, ledger};
use crate::invitees::Invitees;
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Programme, Session};
use crate::replies::attendance::{Counts, Invited, Quorum, Reached, State, Tally, attendance, of_removed};
use crate::replies::invitations::Invitations;
use crate::text;
use crate::time::clock_of;

#[derive(Debug)]
pub struct Attendance {
    /// Number or id of a session; all of them if absent.
    pub session: Option<String>,
    pub format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Table,
    Csv,
    Json,
}

/// What `--format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AttendanceFile {
    pub sessions: Vec<crate::replies::attendance::Attendance>,
}

/// What may be typed.
pub fn grammar(command: clap::Command, lang: Lang) -> clap::Command {
    let say = |en: &'static str, es: &'static str| Text::fixed(en, es).get(lang).to_owned();
    command.args([
        Arg::new("session")
            .value_name(say("SESSION", "SESIÓN"))
            .help(say("Number or id of a session", "Número o identificador de una sesión")),
        Arg::new("format")
            .long("format")
            .value_name(say("FORMAT", "FORMATO"))
            .value_parser(["table", "csv", "json"])
            .hide_possible_values(true)
            .help(say("table, csv or json", "table (tabla), csv o json")),
    ])
}

impl Attendance {
    pub fn of(matches: &ArgMatches) -> Attendance {
        let format = match matches.get_one::<String>("format").map(String::as_str) {
            Some("csv") => Format::Csv,
            Some("json") => Format::Json,
            _ => Format::Table,
        };
        Attendance { session: matches.get_one::<String>("session").cloned(), format }
    }
}

pub fn run(options: &Options, command: &Attendance) -> Result<Outcome, Failure> {
    let (_, checked) = check::load(options)?;
    let Some(programme) = &checked.programme else {
        return Err(Failure::new(Text::fixed("the group could not be read", "no se pudo leer el grupo")));
    };
    let history = ledger::read(options)?;
    let invitations = Invitations::of_ledger(&history);
    let invitees = Invitees::new(programme);
    let lang = options.lang;
    let of =
        |session: &Session| (session.heading(lang), attendance(programme, &invitees, &invitations, session, now(options), lang));
    let all: Vec<(String, crate::replies::attendance::Attendance)> = match &command.session {
        None => programme.sessions.iter().map(of).collect(),
        Some(wanted) => match agenda::find(programme, wanted) {
            Ok(session) => vec![of(session)],
            // A session whose file is gone is known to the ledger alone.
            Err(_) if history.sessions().any(|known| known == wanted) => {
                let removed = of_removed(programme, &invitations, wanted, lang);
                vec![(removed.title.clone(), removed)]
            }
            Err(failure) => return Err(failure),
        },
    };
    let all = all.into_iter();
    let mut out = anstream::stdout().lock();
    match command.format {
        Format::Json => {
            let file = AttendanceFile { sessions: all.map(|(_, attendance)| attendance).collect() };
            serde_json::to_writer_pretty(&mut out, &file).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Csv => csv::write(&mut out, all.map(|(_, attendance)| attendance), &programme.group.zone, options.lang)?,
        Format::Table => {
            for (index, (heading, attendance)) in all.enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                write!(out, "{}", page(programme, &heading, &attendance, lang))?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

fn word(state: State, lang: Lang) -> &'static str {
    let (en, es) = match state {
        State::Accepted => ("accepts", "acepta"),
        State::Tentative => ("may come", "tal vez"),
        State::Declined => ("declines", "no asistirá"),
        State::Counter => ("proposes another time", "propone otra hora"),
        State::NoAnswer => ("no answer", "sin respuesta"),
    };
    if lang == Lang::Es { es } else { en }
}

/// "4 accept · 1 may come · 2 decline · 1 proposes another time · 3 without an answer"
fn counts(counts: &Counts, lang: Lang) -> String {
    let parts = [
        (counts.accepted, ["accepts", "accept", "acepta", "aceptan"]),
        (counts.tentative, ["may come", "may come", "tal vez", "tal vez"]),
        (counts.declined, ["declines", "decline", "no asistirá", "no asistirán"]),
        (counts.counter, ["proposes another time", "propose another time", "propone otra hora", "proponen otra hora"]),
        (counts.no_answer, ["without an answer", "without an answer", "sin respuesta", "sin respuesta"]),
    ];
    let parts = parts.iter().filter(|(count, _)| *count > 0).map(|(count, words)| {
        let word = words[usize::from(lang == Lang::Es) * 2 + usize::from(*count != 1)];
        format!("{count} {word}")
    });
    parts.collect::<Vec<_>>().join(" · ")
}

fn page(programme: &Programme, heading: &str, attendance: &crate::replies::attendance::Attendance, lang: Lang) -> String {
    let bold = anstyle::Style::new().bold();
    let mut out = format!("{bold}{heading}{bold:#}\n");
    if let Some(standing) = standing(attendance) {
        out.push_str(&format!("{}\n", standing.get(lang)));
    }
    out.push_str(&no_longer_invited(attendance, lang));
    if attendance.invited.is_empty() {
        return out;
    }
    out.push_str(&format!("{}\n", counts(&attendance.counts, lang)));
    if let Some(quorum) = &attendance.quorum {
        out.push_str(&format!("{}\n", quorum_line(quorum, lang)));
    }
    out.push_str(&format!("{}\n", table(programme, &attendance.invited, lang)));
    let countries: Vec<String> = attendance.countries.iter().map(tally).collect();
    let accepted = Text::fixed("accepted of invited", "aceptan de quienes tienen invitación");
    out.push_str(&format!("{} ({})\n", countries.join(" · "), accepted.get(lang)));
    out
}

/// What is to be said before the answers, where the session does not go its usual way.
fn standing(attendance: &crate::replies::attendance::Attendance) -> Option<Text> {
    let (invited, withdrawn) = (attendance.invited.len(), attendance.withdrawn);
    let count = |l| match l {
        Lang::En => words::count(invited - withdrawn, "invitee was not told", "invitees were not told"),
        Lang::Es => words::count(invited - withdrawn, "invitado no se le ha avisado", "invitados no se les ha avisado"),
    };
    if attendance.removed {
        let session = &attendance.session;
        return Some(match withdrawn == invited {
            true => Text::fixed(
                "no file defines the session any more; it had been answered:",
                "ningún archivo define ya la sesión; se había respondido:",
            ),
            false => text!(l, count = count(l);
                "no file defines the session any more, and {count} yet (`convoca invite --session {session}`); it had been answered:",
                "ningún archivo define ya la sesión, y a {count} todavía (`convoca invite --sesion {session}`); se había respondido:"),
        });
    }
    Some(match (attendance.cancelled, invited) {
        (true, 0) => Text::fixed(
            "the session was cancelled; nobody had been invited",
            "la sesión se canceló; no se había invitado a nadie",
        ),
        (true, _) if withdrawn == invited => {
            Text::fixed("the session was cancelled; it had been answered:", "la sesión se canceló; se había respondido:")
        }
        (true, _) => {
            text!(l, count = count(l);
                "the session was cancelled, and {count} yet (`convoca invite`); it had been answered:",
                "la sesión se canceló, y a {count} todavía (`convoca invite`); se había respondido:")
        }
        (false, 0) if withdrawn > 0 => Text::fixed(
            "nobody is invited any more: every invitation was taken back",
            "ya no se convoca a nadie: todas las invitaciones se retiraron",
        ),
        (false, 0) if attendance.no_longer_invited.is_empty() => {
            Text::fixed("nobody was invited yet", "todavía no se ha invitado a nadie")
        }
        (false, _) => return None,
    })
}

/// Who is not in the programme any more, though their invitation stands.
fn no_longer_invited(attendance: &crate::replies::attendance::Attendance, lang: Lang) -> String {
    if attendance.no_longer_invited.is_empty() {
        return String::new();
    }
    let named = attendance.no_longer_invited.iter().map(|row| format!("{} ({})", name(row), word(row.answer, lang)));
    let named = named.collect::<Vec<_>>().join("; ");
    let line = text!(
        "no longer invited, and not told yet (`convoca invite`): {named}",
        "ya no se convoca, y no se ha avisado todavía (`convoca invite`): {named}"
    );
    format!("{}\n", line.get(lang))
}

/// "Costa Rica 1/2"
fn tally(tally: &Tally) -> String {
    format!("{} {}/{}", tally.name, tally.counts.accepted, tally.counts.invited)
}

fn quorum_line(quorum: &Quorum, lang: Lang) -> String {
    let reached = |reached: &Reached, en: &str, es: &str| {
        let needed = reached.needed?;
        Some(match lang {
            Lang::En => format!("{} of {needed} {en}", reached.accepted),
            Lang::Es => format!("{} de {needed} {es}", reached.accepted),
        })
    };
    let parts =
        [reached(&quorum.parties, "member parties", "partes miembros"), reached(&quorum.countries, "countries", "países")];
    let met = match quorum.met {
        true => Text::fixed("quorum met", "hay quórum"),
        false => Text::fixed("no quorum yet", "aún no hay quórum"),
    };
    format!("{}: {}", met.get(lang), parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

fn table(programme: &Programme, invited: &[Invited], lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(comfy_table::presets::UTF8_HORIZONTAL_ONLY);
    table.set_content_arrangement(ContentArrangement::Dynamic);
    if table.width().is_none() {
        table.set_width(100);
    }
    table.set_header(match lang {
        Lang::Es => ["País", "Invitado", "Respuesta", "Nota"],
        Lang::En => ["Country", "Invited", "Answer", "Note"],
    });
    for row in invited {
        let color = match row.answer {
            State::Accepted => Color::Green,
            State::Declined => Color::Red,
            State::Tentative | State::Counter => Color::Yellow,
            State::NoAnswer => Color::Reset,
        };
        let country = row.country.as_deref().unwrap_or("–");
        let answer = Cell::new(word(row.answer, lang)).fg(color);
        table.add_row([Cell::new(country), Cell::new(name(row)), answer, Cell::new(note(programme, row, lang))]);
    }
    table
}

/// A person with their party.
fn name(row: &Invited) -> String {
    match &row.party {
        Some(party) if *party != row.name => format!("{} – {party}", row.name),
        _ => row.name.clone(),
    }
}

/// The proposed time, what was answered before, how it was entered, and the comment.
fn note(programme: &Programme, row: &Invited, lang: Lang) -> String {
    let zone = &programme.group.zone;
    let proposed = row.proposed.map(|at| {
        let local = zone.local(at);
        let (day, clock) = (dates::long_date(lang, local.time.date()), dates::clock(local.time.time()));
        format!("{day}, {clock} ({})", clock_of(&programme.group.place_at(zone), at, lang))
    });
    let earlier = row.earlier.map(|state| match (state, lang) {
        (State::Counter, Lang::Es) => "su propuesta de hora no se aceptó".to_owned(),
        (State::Counter, Lang::En) => "the time proposed was not taken".to_owned(),
        (state, Lang::Es) => format!("antes del cambio: {}", word(state, lang)),
        (state, Lang::En) => format!("before the change: {}", word(state, lang)),
    });
    let by_hand = row.by_hand.then(|| Text::fixed("entered by hand", "anotado a mano").get(lang).to_owned());
    let comment = row.comment.as_ref().map(|comment| comment.split_whitespace().collect::<Vec<_>>().join(" "));
    [proposed, earlier, by_hand, comment].into_iter().flatten().collect::<Vec<_>>().join("; ")
}
