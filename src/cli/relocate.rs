//! `convoca move` and `convoca reflow`: the change is shown, checked, and written only when asked.

use std::io::Write;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches};

use super::command::{Command, Options, Outcome, UNREADABLE, named, say};
use super::difference::difference;
use super::findings::{self, Format};
use super::terminal;
use crate::diagnostics::{Diagnostic, Sources, has_errors};
use crate::edit::{Operation, Refusal, plan};
use crate::locale::lengths::{self, Span};
use crate::locale::near::{self, Said};
use crate::locale::{Lang, Text, dates};
use crate::model::Session;
use crate::project::Change;
use crate::text;
use crate::workspace::{Beside, Failure, LastWrite, find_sessions, programme, write};

pub(crate) static MOVE: Command = Command { grammar: move_grammar, run };
pub(crate) static REFLOW: Command = Command { grammar: reflow_grammar, run };

/// Move sessions, or lay their items anew where they are.
struct Move {
    sessions: Vec<String>,
    goal: Goal,
    write: bool,
}

/// Where sessions go.
enum Goal {
    /// Another day, another hour, or both, as a person says them.
    To(String),
    By(Span),
    /// Nowhere: only the items are laid anew.
    Stay,
}

fn move_grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    named(lang, "move", "Move sessions to another day or hour", "Mover sesiones a otro día u otra hora")
        .args([
            sessions_argument(lang),
            Arg::new("to").long("to").visible_alias("a").value_name(say("DATE HOUR", "FECHA HORA")).help(say(
                "By the session's clock: \"27 October 09:00\", 27/10/2027, \"Thursday 12\" or 09:00",
                "Por el reloj de la sesión: \"27 de octubre 09:00\", 27/10/2027, \"jueves 12\" o 09:00",
            )),
            Arg::new("by")
                .long("by")
                .visible_alias("por")
                .value_name(say("TIME", "TIEMPO"))
                .value_parser(span)
                .allow_hyphen_values(true)
                .help(say(
                    "As much later: 7d, \"a week\", 30m, 1h30; earlier with a minus",
                    "Tanto después: 7d, \"una semana\", 30m, 1h30; antes con un menos",
                )),
            write_argument(lang),
        ])
        .group(ArgGroup::new("goal").args(["to", "by"]).required(true))
}

fn reflow_grammar(lang: Lang) -> clap::Command {
    named(
        lang,
        "reflow",
        "Re-time the items of a session back to back, by their minutes",
        "Acomodar los puntos de una sesión uno tras otro, según sus minutos",
    )
    .args([sessions_argument(lang), write_argument(lang)])
}

fn sessions_argument(lang: Lang) -> Arg {
    Arg::new("sessions").value_name(say(lang, "SESSION", "SESIÓN")).required(true).num_args(1..).help(say(
        lang,
        "Its number or id; several: 2 3, 2..4, or 2.. for all from there on",
        "Su número o identificador; varias: 2 3, 2..4, o 2.. para todas desde ahí",
    ))
}

fn write_argument(lang: Lang) -> Arg {
    let help = say(lang, "Write what is shown into the files", "Escribir en los archivos lo que se muestra");
    Arg::new("write").long("write").visible_alias("escribir").action(ArgAction::SetTrue).help(help)
}

impl Move {
    fn of(matches: &ArgMatches) -> Move {
        // `reflow` has neither of these options.
        let to = matches.try_get_one::<String>("to").ok().flatten().cloned().map(Goal::To);
        let by = matches.try_get_one::<Span>("by").ok().flatten().copied().map(Goal::By);
        let sessions = matches.get_many::<String>("sessions").into_iter().flatten().cloned().collect();
        Move { sessions, goal: to.or(by).unwrap_or(Goal::Stay), write: matches.get_flag("write") }
    }
}

fn span(written: &str) -> Result<Span, &'static str> {
    lengths::span(written).ok_or(UNREADABLE)
}

/// The day and the hour to which a session goes.
fn destination(goal: &Goal, session: &Session, today: NaiveDate) -> Result<(Option<NaiveDate>, Option<NaiveTime>), Failure> {
    let own = session.date.map(|date| date.value);
    match goal {
        Goal::Stay => Ok((None, None)),
        Goal::To(written) => match near::read(written, today, own) {
            Said::At(day, hour) => Ok((day, hour)),
            said => Err(doubtful(written, &said)),
        },
        Goal::By(span) => {
            let start = session.time().map(|(start, _)| session.zone.local(start).time);
            let days = TimeDelta::days(span.days);
            match (start, own) {
                (Some(start), _) => {
                    let to = start.checked_add_signed(days + TimeDelta::minutes(span.minutes)).ok_or_else(too_far)?;
                    Ok((Some(to.date()), Some(to.time())))
                }
                (None, Some(day)) if span.minutes == 0 => Ok((Some(day.checked_add_signed(days).ok_or_else(too_far)?), None)),
                _ => Err(Failure::new(text!(l, session = session.mention(l);
                    "{session} has no hour yet that could be moved", "{session} aún no tiene una hora que mover"))),
            }
        }
    }
}

fn too_far() -> Failure {
    Failure::new(Text::fixed("there is no such day", "no existe tal día"))
}

/// Why a day or an hour cannot be understood, and how to write it.
fn doubtful(written: &str, said: &Said) -> Failure {
    let iso = |day: NaiveDate| text!("write it such as `{day}`", "escríbalo así: `{day}`");
    match said {
        Said::AnyOf(days) => {
            let days_in = |l| {
                let days: Vec<String> = days.iter().map(|day| dates::long_date(l, *day)).collect();
                days.join(if l == Lang::Es { " o " } else { " or " })
            };
            Failure::new(text!(l, days = days_in(l); "`{written}` may be {days}", "`{written}` puede ser {days}"))
                .helped(days.first().map(|day| iso(*day)))
        }
        Said::Contradicted(day, weekday) => Failure::new(text!(l,
            date = dates::long_date(l, *day), weekday = dates::weekday(l, *weekday);
            "`{written}` contradicts itself: it is {date}, not a {weekday}",
            "`{written}` se contradice: es {date}, no {weekday}"))
        .help(iso(*day)),
        Said::Unknown | Said::At(..) => Failure::new(text!(
            "`{written}` is not understood as a day or an hour",
            "`{written}` no se entiende como día ni como hora"
        ))
        .help(Text::fixed(
            "write it such as \"27 October 09:00\", 2027-10-27 or 09:00",
            "escríbalo así: \"27 de octubre 09:00\", 2027-10-27 o 09:00",
        )),
    }
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let command = Move::of(matches);
    let mut project = options.workspace.project(Beside::Nothing)?;
    let before = project.snapshot(options.workspace.today);
    let sessions = find_sessions(programme(&before)?, &command.sessions)?;
    let mut change = Change::default();
    for session in &sessions {
        let (date, start) = destination(&command.goal, session, options.workspace.today)?;
        if let (true, Some(day)) = (sessions.len() > 1 && matches!(command.goal, Goal::To(_)), date) {
            return Err(Failure::new(text!(l, day = dates::long_date(l, day), count = sessions.len();
                "{count} sessions cannot all go to {day}", "{count} sesiones no pueden ir todas al {day}"))
            .help(Text::fixed("move all of them as far: `--by 7d`", "muévalas todas lo mismo: `--por 7d`")));
        }
        let path = before.sources().get(session.file).path.clone();
        match plan(&before, &Operation::MoveSession { session: path, date, start }) {
            Ok(one) => change.steps.extend(one.steps),
            Err(refusal) => return refused(options, before.sources(), &refusal),
        }
    }
    let say = |text: Text| terminal::note(options.lang, &text);
    if change.is_empty() {
        say(Text::fixed("nothing to change", "nada que cambiar"));
        return Ok(Outcome::Clean);
    }
    let texts = change.texts(|path| project.text(path))?;
    let mut out = anstream::stdout().lock();
    for (path, after) in &texts {
        let before = project.text(path).unwrap_or_default();
        write!(out, "{}", difference(path, before, after.as_deref().unwrap_or_default()))?;
    }
    out.flush()?;
    drop(out);
    let as_read = project.clone();
    project.apply(&change)?;
    let after = project.snapshot(options.workspace.today);
    let new: Vec<Diagnostic> = after.since(&before).news(after.findings()).into_iter().cloned().collect();
    if !new.is_empty() {
        findings::show(after.sources(), &new, Format::Human, options.lang)?;
    }
    if command.write {
        let mut last = LastWrite::default();
        last.add(&options.workspace.folder, &as_read, &change)?;
        write::change(&as_read, &change)?;
        for path in texts.keys() {
            say(text!("written: {path}", "escrito: {path}"));
        }
        say(match last.keep(&options.workspace.folder) {
            Ok(()) => Text::fixed("`convoca undo` takes it back", "`convoca deshacer` lo deshace"),
            Err(failure) => failure.message,
        });
    } else {
        say(Text::fixed("nothing is written yet: add `--write`", "aún no se escribe nada: agregue `--escribir`"));
    }
    Ok(if has_errors(&new) { Outcome::Findings } else { Outcome::Clean })
}

/// Tells what stands in the way, and where.
fn refused(options: &Options, sources: &Sources, refusal: &Refusal) -> Result<Outcome, Failure> {
    for place in &refusal.places {
        let file = sources.get(place.span.file);
        let (line, _) = file.position(place.span.range().start);
        terminal::line(format!("{}:{line}: {}", file.path, place.text.get(options.lang)))?;
    }
    terminal::note(options.lang, &refusal.reason);
    Ok(Outcome::Findings)
}
