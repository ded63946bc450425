//! Answers that somebody was told, by telephone or in a mail in words, and enters by hand.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches};

use super::ballots;
use crate::cli::called::{named, typed};
use crate::cli::command::{Options, say};
use crate::cli::terminal;
use crate::ledger::{Answer, History};
use crate::locale::{Lang, Text, words};
use crate::model::Programme;
use crate::replies::invitations::{Invitation, Invitations};
use crate::replies::{Received, Sender, address};
use crate::text;
use crate::workspace::{Correspondent, Failure, find_session_id};

/// The options that enter an answer.
pub(crate) const OPTIONS: [&str; 4] = ["accepts", "declines", "may-come", "turns-down"];

/// As typed.
#[derive(Debug)]
pub(crate) struct ByHand {
    answers: Vec<(Answer, String)>,
    /// Who says what about the dates of a poll.
    pub dates: Vec<(String, String)>,
    /// Number or id of a session; may be absent where there is only one invitation.
    session: Option<String>,
    comment: Option<String>,
}

/// What may be typed.
pub(crate) fn grammar(command: clap::Command, lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    let answer = |name: &'static str, alias: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .visible_alias(alias)
            .value_name(say("WHO", "QUIÉN"))
            .action(ArgAction::Append)
            .help(help)
            .help_heading(say("Answers by hand", "Respuestas a mano"))
    };
    let detail = |name: &'static str, alias: &'static str, value: &'static str, help: &'static str| {
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
                    "Anotar que esta organización o persona acepta (identificador, nombre o dirección); se puede repetir",
                ),
            ),
            answer("declines", "no-asistira", say("Enter that they decline", "Anotar que no asistirá")),
            answer("may-come", "tal-vez", say("Enter that they may come", "Anotar que tal vez asista")),
            answer(
                "turns-down",
                "rechaza",
                say(
                    "Enter that the other time which they proposed is turned down",
                    "Anotar que se rechaza la otra hora que propuso",
                ),
            ),
            detail(
                "session",
                "sesion",
                say("SESSION", "SESIÓN"),
                say("To which session, by number or id", "A qué sesión, por número o identificador"),
            ),
            detail("comment", "comentario", say("TEXT", "TEXTO"), say("What they say with it", "Lo que dice al responder")),
            ballots::argument(lang),
        ])
        .group(ArgGroup::new("by-hand").args(OPTIONS).multiple(true))
}

impl ByHand {
    pub(crate) fn of(matches: &ArgMatches) -> ByHand {
        let said = |option: &str, answer: Answer| {
            let who = matches.get_many::<String>(option).into_iter().flatten();
            who.map(move |who| (answer, who.clone())).collect::<Vec<_>>()
        };
        let [accepts, declines, may_come, turned_down] = OPTIONS;
        let answers = [
            said(accepts, Answer::Accepted),
            said(declines, Answer::Declined),
            said(may_come, Answer::Tentative),
            said(turned_down, Answer::DeclineCounter),
        ];
        let text = |id: &str| matches.get_one::<String>(id).cloned();
        ByHand { answers: answers.concat(), dates: ballots::typed(matches), session: text("session"), comment: text("comment") }
    }

    #[cfg(feature = "studio")]
    pub(crate) fn none() -> ByHand {
        ByHand { answers: Vec::new(), dates: Vec::new(), session: None, comment: None }
    }

    pub(crate) fn one(answer: Answer, who: String, session: String) -> ByHand {
        ByHand { answers: vec![(answer, who)], dates: Vec::new(), session: Some(session), comment: None }
    }

    /// The answers, each to the last version of the invitation that it is about.
    pub(crate) fn answers(
        &self,
        options: &Options,
        programme: &Programme,
        history: &History,
        invitations: &Invitations,
    ) -> Result<Vec<Received>, Failure> {
        let session = match &self.session {
            Some(wanted) => Some(find_session_id(programme, history, wanted)?),
            None => None,
        };
        let session = session.as_deref();
        let answer = |(said, who): &(Answer, String)| {
            let meant = Correspondent::find(Some(programme), history, who)?;
            let invitation = invitation(programme, invitations, &meant, session, options.lang)?;
            if let Some(note) = shared(programme, invitation, &meant) {
                terminal::note(options.lang, &note);
            }
            Ok(Received {
                uid: invitation.uid.clone(),
                attendee: address(&invitation.to),
                answer: *said,
                proposal: None,
                sequence: invitation.sequence,
                dtstamp: after(invitation, options.workspace.now()),
                partstat: None,
                sent: None,
                guests: None,
                delegate: None,
                comment: self.comment.clone(),
                time: None,
                from: Sender::ByHand,
            })
        };
        let answers: Vec<Received> = self.answers.iter().map(answer).collect::<Result<_, Failure>>()?;
        let mut said: HashMap<(&str, &str), &Received> = HashMap::new();
        for answer in &answers {
            let first = *said.entry((&answer.uid, &answer.attendee)).or_insert(answer);
            if first.answer != answer.answer {
                let attendee = &answer.attendee;
                let [first, second] = [first, answer].map(|answer| answer.answer);
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
