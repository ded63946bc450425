//! Answers that somebody was told, by telephone or in a mail in words, and enters by hand.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches};

use crate::cli::args::Options;
use crate::cli::called::{named, typed};
use crate::cli::correspondent::Correspondent;
use crate::cli::{Failure, agenda, invite};
use crate::ledger::History;
use crate::locale::{Lang, Text, words};
use crate::model::Programme;
use crate::replies::invitations::{Invitation, Invitations};
use crate::replies::{Answer, Response, Sender, address};
use crate::text;

/// The options that enter an answer.
pub const OPTIONS: [&str; 3] = ["accepts", "declines", "may-come"];

/// As typed.
#[derive(Debug)]
pub struct ByHand {
    answers: Vec<(Response, String)>,
    /// Number or id of a session; may be absent where there is only one invitation.
    session: Option<String>,
    comment: Option<String>,
}

/// What may be typed.
pub fn grammar(command: clap::Command, lang: Lang) -> clap::Command {
    let say = |en: &'static str, es: &'static str| Text::fixed(en, es).get(lang).to_owned();
    let answer = |name: &'static str, alias: &'static str, help: String| {
        Arg::new(name)
            .long(name)
            .visible_alias(alias)
            .value_name(say("WHO", "QUIÉN"))
            .action(ArgAction::Append)
            .help(help)
            .help_heading(say("Answers by hand", "Respuestas a mano"))
    };
    let detail = |name: &'static str, alias: &'static str, value: String, help: String| {
        Arg::new(name)
            .long(name)
            .visible_alias(alias)
            .value_name(value)
            .requires("by-hand")
            .help(help)
            .help_heading(say("Answers by hand", "Respuestas a mano"))
    };
    command
        .args([
            answer(
                "accepts",
                "acepta",
                say(
                    "Enter that this party or person accepts (id, name or address); may be repeated",
                    "Anotar que esta parte o persona acepta (identificador, nombre o dirección); se puede repetir",
                ),
            ),
            answer("declines", "no-asistira", say("Enter that they decline", "Anotar que no asistirá")),
            answer("may-come", "tal-vez", say("Enter that they may come", "Anotar que tal vez asista")),
            detail(
                "session",
                "sesion",
                say("SESSION", "SESIÓN"),
                say("To which session, by number or id", "A qué sesión, por número o identificador"),
            ),
            detail("comment", "comentario", say("TEXT", "TEXTO"), say("What they say with it", "Lo que dice al responder")),
        ])
        .group(ArgGroup::new("by-hand").args(OPTIONS).multiple(true))
}

impl ByHand {
    pub fn of(matches: &ArgMatches) -> ByHand {
        let said = |option: &str, response: Response| {
            let who = matches.get_many::<String>(option).into_iter().flatten();
            who.map(move |who| (response.clone(), who.clone())).collect::<Vec<_>>()
        };
        let [accepts, declines, may_come] = OPTIONS;
        let answers =
            [said(accepts, Response::Accepted), said(declines, Response::Declined), said(may_come, Response::Tentative)];
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        ByHand { answers: answers.concat(), session: text("session"), comment: text("comment") }
    }

    /// The answers, each to the last version of the invitation that it is about.
    pub fn answers(
        &self,
        options: &Options,
        programme: &Programme,
        history: &History,
        invitations: &Invitations,
    ) -> Result<Vec<Answer>, Failure> {
        let session = match &self.session {
            Some(wanted) => Some(agenda::find_id(programme, history, wanted)?),
            None => None,
        };
        let session = session.as_deref();
        let answer = |(response, who): &(Response, String)| {
            let meant = Correspondent::find(Some(programme), history, who)?;
            let invitation = invitation(programme, invitations, &meant, session, options.lang)?;
            if let Some(note) = shared(programme, invitation, &meant) {
                anstream::eprintln!("{}", note.get(options.lang));
            }
            Ok(Answer {
                uid: invitation.uid.clone(),
                attendee: address(&invitation.to),
                response: response.clone(),
                sequence: invitation.sequence,
                dtstamp: after(invitation, invite::now(options)),
                comment: self.comment.clone(),
                from: Sender::ByHand,
            })
        };
        let answers: Vec<Answer> = self.answers.iter().map(answer).collect::<Result<_, Failure>>()?;
        let mut said: HashMap<(&str, &str), &Answer> = HashMap::new();
        for answer in &answers {
            let first = *said.entry((&answer.uid, &answer.attendee)).or_insert(answer);
            if first.response != answer.response {
                let attendee = &answer.attendee;
                let [first, second] = [first, answer].map(|answer| answer.response.clone());
                return Err(Failure::new(text!(l, first = first.word(l), second = second.word(l);
                    "two answers for {attendee} at once: {first}, and {second}; nothing was recorded",
                    "dos respuestas a la vez de {attendee}: {first} y {second}; no se anotó nada"))
                .help(Text::fixed("say only the one that counts", "indique solo la que vale")));
            }
        }
        Ok(answers)
    }
}

/// Where somebody shares the address of another, there is one invitation and one answer.
fn shared(programme: &Programme, invitation: &Invitation, meant: &Correspondent) -> Option<Text> {
    let (id, owner, to) = (meant.id.as_ref()?, &invitation.who, &invitation.to);
    (id != owner && programme.group.actor(owner).is_some()).then(|| {
        text!(l, name = named(programme, id, l), owner = named(programme, owner, l);
            "note: {name} shares the address {to} with {owner}: one invitation went there, and the answer counts once, as that of {owner}",
            "nota: {name} comparte la dirección {to} con {owner}: allí se envió una sola invitación, y la respuesta cuenta una vez, como de {owner}")
    })
}

/// What is entered last holds, whatever the clock of an earlier answer showed.
fn after(invitation: &Invitation, now: DateTime<Utc>) -> DateTime<Utc> {
    let now = now.trunc_subsecs(0);
    invitation.given.as_ref().map_or(now, |given| now.max(given.dtstamp + TimeDelta::seconds(1)))
}

/// The one invitation that is meant.
fn invitation<'i>(
    programme: &Programme,
    invitations: &'i Invitations,
    meant: &Correspondent,
    session: Option<&str>,
    lang: Lang,
) -> Result<&'i Invitation, Failure> {
    let theirs = invitations.all().filter(|invitation| meant.is(&invitation.who, &invitation.to));
    let wanted = |invitation: &&Invitation| session.is_none_or(|session| invitation.session == session);
    let (gone, standing): (Vec<_>, Vec<_>) = theirs.filter(wanted).partition(|invitation| invitation.cancelled);
    let name = |l| match &meant.id {
        Some(id) => named(programme, id, l),
        None => meant.email.clone().unwrap_or_default(),
    };
    let Some(first) = standing.first() else {
        let message = match gone.is_empty() {
            true => text!(l, name = name(l); "no invitation was sent to {name}", "no se ha enviado ninguna invitación a {name}"),
            false => text!(l, name = name(l); "the invitation of {name} was cancelled", "la invitación de {name} se canceló"),
        };
        return Err(Failure::new(message).help(Text::fixed(
            "`convoca ledger` shows who was invited to what",
            "`convoca registro` muestra a quién se invitó y a qué",
        )));
    };
    if standing.iter().any(|invitation| invitation.session != first.session) {
        let sessions: Vec<String> = standing.iter().map(|invitation| typed(programme, &invitation.session)).collect();
        let listed = words::join(lang, &sessions);
        return Err(Failure::new(text!(l, name = name(l);
            "{name} is invited to several sessions: {listed}", "{name} tiene invitación a varias sesiones: {listed}"))
        .help(Text::fixed("say which with `--session`", "diga a cuál con `--sesion`")));
    }
    // Who has a new address was invited there again.
    Ok(standing.iter().copied().max_by_key(|invitation| invitation.dtstamp).unwrap_or(first))
}
