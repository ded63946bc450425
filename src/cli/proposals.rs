//! `convoca proposals`: the other times that people propose, how each fits everybody, and what to do with it.

use std::io::Write;

use clap::{Arg, ArgMatches};

use super::called::{named, typed};
use super::command::{self, Command, Options, Outcome, say};
use crate::ledger::Answer;
use crate::locale::{Lang, Text, dates};
use crate::model::{Actor, Programme, Session};
use crate::replies::Proposal;
use crate::replies::invitations::{Invitation, Invitations};
use crate::scheduling::{Request, Wishes, find};
use crate::schema::Status;
use crate::text;
use crate::time::clock_of;
use crate::workspace::{self, Failure, find_session};

pub(crate) static PROPOSALS: Command = Command { grammar, run };

fn grammar(lang: Lang) -> clap::Command {
    let say = |en, es| say(lang, en, es);
    command::named(
        lang,
        "proposals",
        "Show the other times that people propose, and whom each suits",
        "Mostrar las otras horas que se proponen, y a quién conviene cada una",
    )
    .arg(
        Arg::new("session").value_name(say("SESSION", "SESIÓN")).help(say(
            "Number or id of a session; all of them if absent",
            "Número o identificador de una sesión; todas si falta",
        )),
    )
}

fn run(options: &Options, matches: &ArgMatches) -> Result<Outcome, Failure> {
    let lang = options.lang;
    let snapshot = options.workspace.load()?;
    let programme = workspace::programme(&snapshot)?;
    let history = options.history(Some(programme))?;
    let invitations = Invitations::of_ledger(&history);
    let sessions: Vec<&Session> = match matches.get_one::<String>("session") {
        Some(wanted) => vec![find_session(programme, wanted)?],
        None => programme.sessions.iter().collect(),
    };
    let mut out = anstream::stdout().lock();
    let mut any = false;
    for session in sessions.into_iter().filter(|session| session.status != Status::Cancelled) {
        for (proposer, proposal) in open(&invitations, session) {
            any = true;
            let line = told(programme, session, proposer, proposal, options.workspace.today, lang);
            writeln!(out, "{line}")?;
        }
    }
    if !any {
        writeln!(out, "{}", Text::fixed("nobody proposes another time", "nadie propone otra hora").get(lang))?;
    }
    out.flush()?;
    Ok(Outcome::Clean)
}

/// The proposals for a session that nobody has taken or turned down yet.
fn open<'i>(invitations: &'i Invitations, session: &'i Session) -> impl Iterator<Item = (&'i Invitation, &'i Proposal)> {
    let theirs = invitations.to_session(session.id.as_str()).filter(|invitation| !invitation.cancelled);
    theirs.filter_map(|invitation| {
        let given = invitation.current().filter(|given| given.answer == Answer::Counter)?;
        Some((invitation, given.proposal.as_ref()?))
    })
}

/// What is proposed, what speaks against it, and the commands that take it and turn it down.
fn told(
    programme: &Programme,
    session: &Session,
    proposer: &Invitation,
    proposal: &Proposal,
    today: chrono::NaiveDate,
    lang: Lang,
) -> String {
    let bold = anstyle::Style::new().bold();
    let (who, number) = (&proposer.who, typed(programme, session.id.as_str()));
    let mut out = format!("{bold}{}{bold:#}\n  {}", session.heading(lang), named(programme, who, lang));
    let comment = proposer.given.as_ref().and_then(|given| given.comment.as_ref());
    let comment =
        comment.map_or(String::new(), |comment| format!(" – «{}»", comment.split_whitespace().collect::<Vec<_>>().join(" ")));
    let refuse = text!(
        "to turn it down: `convoca replies --turns-down {who} --session {number} --comment \"…\"`; `convoca invite` then has the mail that tells them, with these words",
        "para rechazarla: `convoca respuestas --rechaza {who} --sesion {number} --comentario \"…\"`; `convoca invitar` tendrá luego el correo que se lo dice, con esas palabras"
    );
    let Some(start) = proposal.start else {
        let words = Text::fixed("another time, in words", "otra hora, en palabras");
        out.push_str(&format!(": {}{comment}\n    {}\n", words.get(lang), refuse.get(lang)));
        return out;
    };
    let group = &programme.group;
    let zone = &group.zone;
    let (local, own) = (zone.local(start).time, session.zone.local(start).time);
    let day = dates::long_date(lang, local.date());
    out.push_str(&format!(
        ": {day}, {} ({}){comment}\n",
        dates::clock(local.time()),
        clock_of(&group.place_at(zone), start, lang)
    ));
    for line in fits(programme, session, start, today) {
        out.push_str(&format!("    {}\n", line.get(lang)));
    }
    let to = own.format("%Y-%m-%d %H:%M");
    let take = text!(
        "to take it: `convoca move {number} --to \"{to}\" --write`, then `convoca invite`",
        "para aceptarla: `convoca mover {number} --a \"{to}\" --escribir`, y luego `convoca invitar`"
    );
    out.push_str(&format!("    {}\n    {}\n", take.get(lang), refuse.get(lang)));
    out
}

/// What the finder of dates says of this one time for those who have a part in the session and for every member.
fn fits(programme: &Programme, session: &Session, start: chrono::DateTime<chrono::Utc>, today: chrono::NaiveDate) -> Vec<Text> {
    let group = &programme.group;
    let minutes = session.time().map_or(60, |(start, end)| (end - start).num_minutes());
    let local = group.zone.local(start).time;
    let end = group.zone.local(start + chrono::TimeDelta::minutes(minutes)).time;
    let mut attending: Vec<Actor> = Vec::new();
    for role in session.roles().filter(|role| !matches!(role.who, Actor::Described(_))) {
        if !attending.contains(&role.who) {
            attending.push(role.who.clone());
        }
    }
    let request = Request {
        first: local.date(),
        last: local.date(),
        minutes: u32::try_from(minutes).unwrap_or(60),
        sessions: 1,
        apart: 0,
        attending,
        without_countries: Vec::new(),
        indispensable: Vec::new(),
        quorum: Default::default(),
        wishes: Wishes {
            from: Some(local.time()),
            to: Some(end.time()).filter(|_| end.date() == local.date()),
            ..Wishes::default()
        },
        moving: Some(session.id.as_str().to_owned()),
        notice: 0,
        today,
        proposals: 1,
    };
    let found = find(programme, &request);
    let there = found.proposals.iter().flat_map(|proposal| &proposal.sessions).find(|one| one.start == start);
    match there {
        Some(one) if one.against.is_empty() => vec![Text::fixed("it suits everybody", "conviene a todos")],
        Some(one) => one.against.clone(),
        None if found.clash.is_empty() => {
            vec![Text::fixed("the finder of dates does not know this hour", "el buscador de fechas no conoce esta hora")]
        }
        None => found.clash.iter().map(|obstacle| obstacle.text.clone()).collect(),
    }
}
