//! What became of the answers, for people and for programs.

use std::io::Write;

use super::arguments::Replies;
use super::next_step::{entering, learning};
use super::report::{Report, Shown};
use super::{ballots, in_words, returned};
use crate::cli::called::{named, session, typed};
use crate::cli::findings::Format;
use crate::ledger::Answer;
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Programme, Session};
use crate::replies::{Proposal, address};
use crate::text;
use crate::time::clock_of;
use crate::workspace::Failure;

pub(crate) fn show(report: &Report, programme: &Programme, lang: Lang, command: &Replies) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    if command.format == Format::Json {
        serde_json::to_writer_pretty(&mut out, report).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(out.flush()?);
    }
    for shown in &report.applied {
        writeln!(out, "{}", answered(shown, programme, lang, Session::name))?;
        comment(&mut out, shown)?;
        if shown.answer == Some(Answer::DeclineCounter) {
            let next = Text::fixed(
                "`convoca invite` has the mail that tells them; it goes out with the others, once",
                "`convoca invitar` tiene el correo que se lo dice; sale con los demás, una sola vez",
            );
            writeln!(out, "    {}", next.get(lang))?;
        }
        if let (Some(Answer::Delegated), Some(other)) = (shown.answer, &shown.delegate) {
            let next = text!(
                "to invite them, write in group.toml a person with `email = \"{other}\"`, and a role in the session",
                "para invitarle, escriba en group.toml una persona con `email = \"{other}\"`, y un papel en la sesión"
            );
            writeln!(out, "    {}", next.get(lang))?;
        }
    }
    let yellow = anstyle::AnsiColor::Yellow.on_default();
    let mark = Text::fixed("not recorded", "no se anotó");
    for shown in &report.refused {
        let reason = shown.reason.as_ref().map_or("", |reason| reason.get(lang));
        let answer = if shown.answer.is_some() {
            format!("{} – ", answered(shown, programme, lang, Session::heading))
        } else {
            unread(shown, programme, lang)
        };
        writeln!(out, "{yellow}{}{yellow:#}: {answer}{reason} ({})", mark.get(lang), shown.place)?;
        comment(&mut out, shown)?;
        // What the organizer turns down is no answer of anybody, and what was cancelled asks for none.
        if shown.answer != Some(Answer::DeclineCounter) && !shown.is_over {
            let sessions: Vec<String> = shown.session.iter().chain(&shown.sessions).map(|id| typed(programme, id)).collect();
            writeln!(out, "    {}", entering(shown.answer, shown.who.as_deref(), &sessions).get(lang))?;
        }
        if let Some(who) = shown.who.as_ref().filter(|_| !shown.is_over)
            && let Some(other) = other_address(shown, programme, who)
        {
            writeln!(out, "    {}", learning(who, other).get(lang))?;
        }
    }
    ballots::show(&mut out, &report.votes, programme, lang)?;
    ballots::show_words(&mut out, &report.about_dates, programme, lang)?;
    in_words::show(&mut out, &report.in_words, programme, lang)?;
    returned::show(&mut out, &report.not_arrived, programme, lang)?;
    writeln!(out, "{}", summary(report, lang, command))?;
    Ok(out.flush()?)
}

/// The address from which somebody answered, where it is none that is known of them; a mail that is not from whom it
/// says teaches nothing.
fn other_address<'s>(shown: &'s Shown, programme: &Programme, who: &str) -> Option<&'s str> {
    let from = shown.from.as_deref().filter(|_| !shown.is_forged)?;
    let group = &programme.group;
    let parties = group.parties.iter().map(|party| (&party.email, &party.also));
    let people = group.people.iter().map(|person| (&person.email, &person.also));
    let mut known = parties.chain(people).flat_map(|(email, also)| email.iter().chain(also));
    (group.actor(who).is_some() && !known.any(|known| address(&known.value) == from)).then_some(from)
}

/// "ana@example.org, “Accepted: Invitation” – ", as far as the mail says it.
fn unread(shown: &Shown, programme: &Programme, lang: Lang) -> String {
    let about =
        shown.session.as_deref().map_or(String::new(), |id| format!("{} · ", session(programme, id, |of| of.heading(lang))));
    let subject = shown.subject.as_ref().map(|subject| text!("“{subject}”", "«{subject}»").get(lang).to_owned());
    let said: Vec<String> = shown.from.clone().into_iter().chain(subject).collect();
    if said.is_empty() { String::new() } else { format!("{about}{} – ", said.join(", ")) }
}

/// "Session 1 · Municipality of Upala (Costa Rica): accepts"
fn answered(shown: &Shown, programme: &Programme, lang: Lang, call: fn(&Session, Lang) -> String) -> String {
    let session =
        shown.session.as_deref().map_or(String::new(), |id| format!("{} · ", session(programme, id, |of| call(of, lang))));
    let who = match (&shown.who, &shown.attendee) {
        (Some(who), _) => named(programme, who, lang),
        (None, attendee) => attendee.clone().unwrap_or_default(),
    };
    let word = shown.answer.map_or("", |answer| match shown.reason.is_some() && !shown.is_over {
        true => answer.seeming(lang),
        false => answer.word(lang),
    });
    let guests = shown.guests.map_or(String::new(), |guests| {
        let (one, many) = match lang {
            Lang::En => ("guest", "guests"),
            Lang::Es => ("acompañante", "acompañantes"),
        };
        format!(" (+ {})", words::count(guests as usize, one, many))
    });
    let hour = match &shown.proposal {
        // Through a link it is proposed in words, which stand below.
        Some(proposal) if proposal.start.is_none() && proposal.written.is_empty() => String::new(),
        Some(proposal) => format!(": {}", proposed(proposal, programme, lang)),
        None => shown
            .delegate
            .as_ref()
            .filter(|_| shown.answer == Some(Answer::Delegated))
            .map_or(String::new(), |other| format!(": {other}")),
    };
    format!("{session}{who}: {word}{hour}{guests}")
}

/// The proposed time by the group's clock.
fn proposed(proposal: &Proposal, programme: &Programme, lang: Lang) -> String {
    let zone = &programme.group.zone;
    let Some(start) = proposal.start else {
        let unknown = Text::fixed("in an unknown zone", "en una zona desconocida");
        return format!("{}, {}", proposal.written, unknown.get(lang));
    };
    let local = zone.local(start);
    let end = proposal.end.map_or(String::new(), |end| format!("–{}", dates::clock(zone.local(end).time.time())));
    let (day, clock) = (dates::long_date(lang, local.time.date()), dates::clock(local.time.time()));
    format!("{day}, {clock}{end} ({})", clock_of(&programme.group.place_at(zone), start, lang))
}

/// On one line: what others write does not lay out our page.
fn comment(out: &mut impl Write, shown: &Shown) -> std::io::Result<()> {
    let Some(comment) = &shown.comment else { return Ok(()) };
    let line = comment.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "    «{line}»")
}

fn summary(report: &Report, lang: Lang, command: &Replies) -> String {
    let (messages, known) = (report.messages, report.known);
    let (applied, refused) = (report.applied.len() + ballots::answers(&report.votes), report.refused.len());
    let read = match lang {
        _ if command.paths.is_empty() && command.access.server.is_none() => String::new(),
        Lang::En => format!("{} read: ", words::count(messages, "message", "messages")),
        Lang::Es => format!("{}: ", words::count(messages, "mensaje leído", "mensajes leídos")),
    };
    let mut summary = match lang {
        Lang::En => format!(
            "{read}{} recorded, {known} known already, {refused} not recorded",
            words::count(applied, "answer", "answers"),
        ),
        Lang::Es => format!(
            "{read}{}, {}, {refused} sin anotar",
            words::count(applied, "respuesta anotada", "respuestas anotadas"),
            words::count(known, "ya conocida", "ya conocidas"),
        ),
    };
    let automatic = report.in_words.iter().filter(|mail| mail.automatic).count();
    let of = |count: usize, one: Text, many: Text| (count, if count == 1 { one } else { many });
    for (count, what) in [
        (report.about_dates.len(), Text::fixed("about the dates, in words", "sobre las fechas, en palabras")),
        (report.in_words.len() - automatic, Text::fixed("answered in words only", "con respuesta solo en palabras")),
        of(
            automatic,
            Text::fixed("automatic answer", "respuesta automática"),
            Text::fixed("automatic answers", "respuestas automáticas"),
        ),
        of(
            report.not_arrived.len(),
            Text::fixed("report of a failed delivery", "aviso de entrega fallida"),
            Text::fixed("reports of failed deliveries", "avisos de entrega fallida"),
        ),
        of(
            report.calendars,
            Text::fixed("calendar without an answer", "calendario sin respuesta"),
            Text::fixed("calendars without an answer", "calendarios sin respuesta"),
        ),
        of(
            report.own,
            Text::fixed("sent by the organizer", "enviado por quien organiza"),
            Text::fixed("sent by the organizer", "enviados por quien organiza"),
        ),
        (report.unrelated, Text::fixed("about something else", "sobre otros asuntos")),
    ] {
        if count > 0 {
            summary.push_str(&format!(", {count} {}", what.get(lang)));
        }
    }
    if report.other_files > 0 {
        let files = match lang {
            Lang::En => words::count(report.other_files, "file that is no mail", "files that are no mails"),
            Lang::Es => words::count(report.other_files, "archivo que no es un correo", "archivos que no son correos"),
        };
        summary.push_str(&format!("; {files}"));
    }
    let nothing = Text::fixed(" (nothing was written)", " (no se escribió nada)");
    format!("{summary}{}", if command.dry_run { nothing.get(lang) } else { "" })
}
