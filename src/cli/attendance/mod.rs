//! `convoca attendance`: who comes, by what was answered.

mod csv;
mod seats;

use std::io::Write;

use clap::{Arg, ArgAction, ArgMatches};
use comfy_table::{Cell, Color, ContentArrangement, Table};
use schemars::JsonSchema;
use serde::Serialize;

use super::command::{Command, Options, Outcome, named, say};
use crate::invitees::Invitees;
use crate::ledger::Answer;
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Programme, RoleKind, Session};
use crate::replies::attendance::{Counts, Invited, Quorum, Reached, Tally, attendance, of_removed};
use crate::replies::invitations::Invitations;
use crate::replies::seats::{Seat, seats as seats_of};
use crate::text;
use crate::time::clock_of;
use crate::workspace::{self, Failure, find_session};

/// As typed.
struct Attendance {
    /// Number or id of a session; all of them if absent.
    session: Option<String>,
    /// Only those who accepted, with one of these roles; with any, if none is named.
    confirmed: Option<Vec<RoleKind>>,
    /// Only those of whom nothing is known yet.
    missing: bool,
    /// Take the mark "to be confirmed" from those who accepted.
    write: bool,
    format: Format,
}

enum Format {
    Table,
    Csv,
    Json,
}

/// What `--format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AttendanceFile {
    pub sessions: Vec<crate::replies::attendance::Attendance>,
}

pub(crate) static ATTENDANCE: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    let command = named(
        lang,
        "attendance",
        "Show who is attending a session, or all of them",
        "Mostrar quién asiste a una sesión, o a todas",
    );
    command.args([
        Arg::new("session")
            .value_name(say("SESSION", "SESIÓN"))
            .help(say("Number or id of a session", "Número o identificador de una sesión")),
        Arg::new("confirmed")
            .long("confirmed")
            .visible_alias("confirmados")
            .value_name(say("ROLE", "PAPEL"))
            .num_args(0..=1)
            .value_parser(clap::builder::PossibleValuesParser::new(roles().map(|(word, _)| word)))
            .hide_possible_values(true)
            .help(say(
                "Only those who accepted; of these only speakers, moderators or facilitators",
                "Solo quienes aceptaron; de ellos solo ponentes, moderadores o facilitadores",
            )),
        Arg::new("missing")
            .long("missing")
            .visible_alias("faltan")
            .action(ArgAction::SetTrue)
            .conflicts_with("confirmed")
            .help(say("Only those who have not answered", "Solo quienes no han respondido")),
        Arg::new("write").long("write").visible_alias("escribir").action(ArgAction::SetTrue).help(say(
            "Write in the programme that those who accepted need not be confirmed any more",
            "Escribir en el programa que quienes aceptaron ya no están por confirmar",
        )),
        Arg::new("format")
            .long("format")
            .value_name(say("FORMAT", "FORMATO"))
            .value_parser(["table", "csv", "json"])
            .hide_possible_values(true)
            .help(say("table, csv or json", "table (tabla), csv o json")),
    ])
}

/// How a role is typed, in both languages.
fn roles() -> impl Iterator<Item = (&'static str, RoleKind)> {
    let words = [
        ("speakers", RoleKind::Speaker),
        ("ponentes", RoleKind::Speaker),
        ("moderators", RoleKind::Moderator),
        ("moderadores", RoleKind::Moderator),
        ("facilitators", RoleKind::Facilitator),
        ("facilitadores", RoleKind::Facilitator),
    ];
    words.into_iter()
}

impl Attendance {
    /// Whether a row is asked for.
    fn wants(&self, row: &Invited) -> bool {
        let has = |kind: &RoleKind| row.roles.contains(&kind.word(Lang::En));
        match &self.confirmed {
            Some(kinds) => row.answer == Some(Answer::Accepted) && (kinds.is_empty() || kinds.iter().any(has)),
            None => !self.missing || row.answer.is_none(),
        }
    }

    fn of(matches: &ArgMatches) -> Attendance {
        let format = match matches.get_one::<String>("format").map(String::as_str) {
            Some("csv") => Format::Csv,
            Some("json") => Format::Json,
            _ => Format::Table,
        };
        let wanted = matches.get_many::<String>("confirmed").into_iter().flatten();
        let kinds = wanted.filter_map(|wanted| roles().find(|(word, _)| word == wanted).map(|(_, kind)| kind));
        let is_asked = matches.value_source("confirmed").is_some();
        Attendance {
            session: matches.get_one::<String>("session").cloned(),
            confirmed: is_asked.then(|| kinds.collect()),
            missing: matches.get_flag("missing"),
            write: matches.get_flag("write"),
            format,
        }
    }
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = Attendance::of(matches);
    let snapshot = options.workspace.load()?;
    let programme = workspace::programme(&snapshot)?;
    let history = options.history(Some(programme))?;
    let invitations = Invitations::of_ledger(&history);
    let invitees = Invitees::new(programme);
    let lang = options.lang;
    let of = |session: &Session| {
        (session.heading(lang), attendance(programme, &invitees, &invitations, session, options.workspace.now(), lang))
    };
    let all: Vec<(String, crate::replies::attendance::Attendance)> = match &command.session {
        None => programme.sessions.iter().map(of).collect(),
        Some(wanted) => match find_session(programme, wanted) {
            Ok(session) => vec![of(session)],
            // A session whose file is gone is known to the ledger alone.
            Err(_) if history.sessions().any(|known| known == wanted) => {
                let removed = of_removed(programme, &invitations, wanted, lang);
                vec![(removed.title.clone(), removed)]
            }
            Err(failure) => return Err(failure),
        },
    };
    let sessions = |id: &str| programme.sessions.iter().find(|session| session.id.as_str() == id);
    let seats = |told: &crate::replies::attendance::Attendance| {
        sessions(&told.session).map_or_else(Vec::new, |session| seats_of(&programme.group, session, told))
    };
    if command.write {
        let all: Vec<Seat<'_>> = all.iter().flat_map(|(_, told)| seats(told)).collect();
        return seats::confirm(options, &all);
    }
    let all = all.into_iter().map(|(heading, mut told)| {
        let own = sessions(&told.session);
        let follows = own.map_or_else(String::new, |session| seats::told(programme, session, &seats(&told), lang));
        told.invited.retain(|row| command.wants(row));
        (heading, told, follows)
    });
    let mut out = anstream::stdout().lock();
    match command.format {
        Format::Json => {
            let file = AttendanceFile { sessions: all.map(|(_, attendance, _)| attendance).collect() };
            serde_json::to_writer_pretty(&mut out, &file).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        Format::Csv => csv::write(&mut out, all.map(|(_, attendance, _)| attendance), &programme.group.zone, options.lang)?,
        Format::Table => {
            for (index, (heading, attendance, follows)) in all.enumerate() {
                if index > 0 {
                    writeln!(out)?;
                }
                write!(out, "{}{follows}", page(programme, &heading, &attendance, lang))?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// "4 accepted · 1 may come · 2 declined · 1 proposes another time · 3 without an answer"
fn counts(counts: &Counts, lang: Lang) -> String {
    let parts = [
        (counts.accepted, ["accepted", "accepted", "acepta", "aceptan"]),
        (counts.tentative, ["may come", "may come", "tal vez", "tal vez"]),
        (counts.declined, ["declined", "declined", "no asistirá", "no asistirán"]),
        (counts.counter, ["proposes another time", "propose another time", "propone otra hora", "proponen otra hora"]),
        (counts.delegated, ["passes it on", "pass it on", "delega", "delegan"]),
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
                "ningún archivo define ya la sesión, y a {count} todavía (`convoca invitar --sesion {session}`); se había respondido:"),
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
                "la sesión se canceló, y a {count} todavía (`convoca invitar`); se había respondido:")
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
    let named = attendance.no_longer_invited.iter().map(|row| format!("{} ({})", name(row), Answer::word_of(row.answer, lang)));
    let named = named.collect::<Vec<_>>().join("; ");
    let line = text!(
        "no longer invited, and not told yet (`convoca invite`): {named}",
        "ya no se convoca, y no se ha avisado todavía (`convoca invitar`): {named}"
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
    let parts = [
        reached(&quorum.parties, "member parties", "organizaciones miembros"),
        reached(&quorum.countries, "countries", "países"),
    ];
    let met = match quorum.met {
        true => Text::fixed("quorum met", "hay quórum"),
        false if quorum.lost => {
            Text::fixed("no quorum any more, whoever still accepts", "ya no puede haber quórum, acepte quien acepte")
        }
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
            Some(Answer::Accepted) => Color::Green,
            Some(Answer::Declined) => Color::Red,
            Some(Answer::Tentative | Answer::Counter | Answer::Delegated) => Color::Yellow,
            Some(Answer::DeclineCounter) | None => Color::Reset,
        };
        let country = row.country.as_deref().unwrap_or("–");
        let roles: Vec<&str> = RoleKind::ALL
            .into_iter()
            .filter(|kind| row.roles.contains(&kind.word(Lang::En)))
            .map(|kind| kind.word(lang))
            .collect();
        let name = if roles.is_empty() { name(row) } else { format!("{} ({})", name(row), roles.join(", ")) };
        let answer = match (&row.not_delivered, row.answer) {
            (Some(_), None) => Cell::new(Text::fixed("not delivered", "no le llegó").get(lang)).fg(Color::Red),
            _ => Cell::new(Answer::word_of(row.answer, lang)).fg(color),
        };
        table.add_row([Cell::new(country), Cell::new(name), answer, Cell::new(note(programme, row, lang))]);
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
    let earlier = row.earlier.map(|answer| match (answer, lang) {
        (Answer::Counter, Lang::Es) if row.taken => "es la hora que propuso; falta que confirme".to_owned(),
        (Answer::Counter, Lang::En) if row.taken => "it is the time they proposed; to be confirmed".to_owned(),
        (Answer::Counter, Lang::Es) if row.in_words => {
            "había propuesto otra hora con palabras, y la sesión cambió de hora después; falta que confirme".to_owned()
        }
        (Answer::Counter, Lang::En) if row.in_words => {
            "they had proposed another time in words, and the session moved since; to be confirmed".to_owned()
        }
        (Answer::Counter, Lang::Es) => "su propuesta de hora no se aceptó".to_owned(),
        (Answer::Counter, Lang::En) => "the time proposed was not taken".to_owned(),
        (answer, Lang::Es) => format!("antes del cambio: {}", answer.word(lang)),
        (answer, Lang::En) => format!("before the change: {}", answer.word(lang)),
    });
    let by_hand = row.by_hand.then(|| Text::fixed("entered by hand", "anotado a mano").get(lang).to_owned());
    let guests = row.guests.map(|guests| match lang {
        Lang::En => format!("+ {}", words::count(guests as usize, "guest", "guests")),
        Lang::Es => format!("+ {}", words::count(guests as usize, "acompañante", "acompañantes")),
    });
    let delegate = row.delegate.as_ref().map(|other| text!("to {other}", "en {other}").get(lang).to_owned());
    let comment = row.comment.as_ref().map(|comment| comment.split_whitespace().collect::<Vec<_>>().join(" "));
    [row.not_delivered.clone(), proposed, earlier, delegate, guests, by_hand, comment]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join("; ")
}
