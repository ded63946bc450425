//! What became of the answers, for people and for programs.

use std::io::Write;

use schemars::JsonSchema;
use serde::Serialize;

use super::Replies;
use super::in_words::{self, InWords};
use super::returned::{self, NotArrived};
use crate::cli::Failure;
use crate::cli::args::Format;
use crate::cli::called::{named, session};
use crate::locale::{Lang, Text, dates, words};
use crate::model::{Programme, Session};
use crate::replies::invitations::{Invitation, Invitations};
use crate::replies::words::Words;
use crate::replies::{Answer, Proposal, Response};
use crate::text;
use crate::time::clock_of;

/// What was read, and what became of it.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Report {
    pub messages: usize,
    /// Answers that were read before.
    pub known: usize,
    pub applied: Vec<Shown>,
    pub refused: Vec<Shown>,
    /// Mails that may answer an invitation, without an answer for calendars.
    pub in_words: Vec<InWords>,
    /// Invitations that did not reach an address.
    pub not_arrived: Vec<NotArrived>,
    /// Mails that went out from the organizer.
    pub own: usize,
    /// Calendars that hold no answer, such as invitations.
    pub calendars: usize,
    /// Mails about anything else.
    pub unrelated: usize,
    /// Files that are neither mails nor calendars; they are no messages.
    pub other_files: usize,
}

/// One answer.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Shown {
    /// The file, or the message of a mailbox.
    pub place: String,
    pub uid: Option<String>,
    pub session: Option<String>,
    /// Identifier of the party or person.
    pub who: Option<String>,
    pub attendee: Option<String>,
    pub from: Option<String>,
    /// Of a mail whose answer cannot be read.
    pub subject: Option<String>,
    pub answer: Option<&'static str>,
    pub comment: Option<String>,
    /// Why it does not count.
    pub reason: Option<Text>,
    #[serde(skip)]
    response: Option<Response>,
}

impl Shown {
    fn of(place: String, answer: &Answer) -> Shown {
        Shown {
            place,
            uid: Some(answer.uid.clone()),
            attendee: Some(answer.attendee.clone()),
            from: answer.from.address().map(str::to_owned),
            answer: Some(answer.response.id()),
            comment: answer.comment.clone(),
            response: Some(answer.response.clone()),
            ..Shown::default()
        }
    }
}

impl Report {
    pub fn counts(&mut self, place: String, answer: &Answer, invitation: &Invitation) {
        let (session, who) = (Some(invitation.session.clone()), Some(invitation.who.clone()));
        self.applied.push(Shown { session, who, ..Shown::of(place, answer) });
    }

    pub fn refused(&mut self, place: String, answer: &Answer, reason: Text, invitations: &Invitations) {
        let session = invitations.session(&answer.uid).map(str::to_owned);
        let who = invitations.of(&answer.uid, &answer.attendee).map(|invitation| invitation.who.clone());
        self.refused.push(Shown { session, who, reason: Some(reason), ..Shown::of(place, answer) });
    }

    pub fn unreadable(&mut self, place: String, reason: Text, words: Option<&Words>) {
        let from = words.and_then(|words| words.from.address()).map(str::to_owned);
        let subject = words.map(|words| words.subject.clone()).filter(|subject| !subject.is_empty());
        self.refused.push(Shown { place, from, subject, reason: Some(reason), ..Shown::default() });
    }
}

pub fn show(report: &Report, programme: &Programme, lang: Lang, command: &Replies) -> Result<(), Failure> {
    let mut out = anstream::stdout().lock();
    if command.format == Format::Json {
        serde_json::to_writer_pretty(&mut out, report).map_err(std::io::Error::from)?;
        writeln!(out)?;
        return Ok(out.flush()?);
    }
    for shown in &report.applied {
        writeln!(out, "{}", answered(shown, programme, lang, Session::name))?;
        comment(&mut out, shown)?;
    }
    let yellow = anstyle::AnsiColor::Yellow.on_default();
    let mark = Text::fixed("not recorded", "no se anotó");
    for shown in &report.refused {
        let reason = shown.reason.as_ref().map_or("", |reason| reason.get(lang));
        let answer = if shown.response.is_some() {
            format!("{} – ", answered(shown, programme, lang, Session::heading))
        } else {
            unread(shown, lang)
        };
        writeln!(out, "{yellow}{}{yellow:#}: {answer}{reason} ({})", mark.get(lang), shown.place)?;
        comment(&mut out, shown)?;
    }
    in_words::show(&mut out, &report.in_words, programme, lang)?;
    returned::show(&mut out, &report.not_arrived, programme, lang)?;
    writeln!(out, "{}", summary(report, lang, command))?;
    Ok(out.flush()?)
}

/// "ana@example.org, “Accepted: Invitation” – ", as far as the mail says it.
fn unread(shown: &Shown, lang: Lang) -> String {
    let subject = shown.subject.as_ref().map(|subject| text!("“{subject}”", "«{subject}»").get(lang).to_owned());
    let said: Vec<String> = shown.from.clone().into_iter().chain(subject).collect();
    if said.is_empty() { String::new() } else { format!("{} – ", said.join(", ")) }
}

/// "Session 1 · Municipality of Upala (Costa Rica): accepts"
fn answered(shown: &Shown, programme: &Programme, lang: Lang, call: fn(&Session, Lang) -> String) -> String {
    let session =
        shown.session.as_deref().map_or(String::new(), |id| format!("{} · ", session(programme, id, |of| call(of, lang))));
    let who = match (&shown.who, &shown.attendee) {
        (Some(who), _) => named(programme, who, lang),
        (None, attendee) => attendee.clone().unwrap_or_default(),
    };
    let word = shown.response.as_ref().map_or("", |response| response.word(lang));
    let hour = match &shown.response {
        Some(Response::Counter(proposal)) => format!(": {}", proposed(proposal, programme, lang)),
        _ => String::new(),
    };
    format!("{session}{who}: {word}{hour}")
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
    let (applied, refused) = (report.applied.len(), report.refused.len());
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
        (report.in_words.len() - automatic, Text::fixed("without an answer for calendars", "sin respuesta de calendario")),
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
