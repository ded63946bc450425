//! `convoca invite text`: an invitation as a message for a telephone, to be copied into WhatsApp or the like.

use crate::calendar::Method;
use crate::cli::command::{Options, Outcome};
use crate::cli::terminal;
use crate::invitees::{Invitees, is_invited};
use crate::ledger::History;
use crate::links::mark;
use crate::locale::{Lang, Text};
use crate::mail::{Reader, short};
use crate::model::{Programme, Session};
use crate::schema::Status;
use crate::text;
use crate::workspace::{self, Correspondent, Failure, find_session};

/// Prints it, for each session to come to which somebody is invited.
pub(crate) fn run(options: &Options, who: &str, session: Option<&str>) -> Result<Outcome, Failure> {
    let snapshot = options.workspace.load()?;
    let programme = workspace::programme(&snapshot)?;
    let history = options.history(Some(programme))?;
    let id = Correspondent::find(Some(programme), &history, who)?.id.unwrap_or_else(|| who.to_owned());
    let sessions: Vec<&Session> = match session {
        Some(wanted) => vec![find_session(programme, wanted)?],
        None => programme.sessions.iter().collect(),
    };
    let now = options.workspace.now();
    let is_to_come = |session: &&Session| {
        !matches!(session.status, Status::Cancelled | Status::Draft) && session.settled_time().is_some_and(|(_, end)| end > now)
    };
    let invitees = Invitees::new(programme);
    let messages: Vec<String> = sessions
        .into_iter()
        .filter(is_to_come)
        .filter_map(|session| message(programme, &invitees, &history, session, &id))
        .collect();
    if messages.is_empty() {
        return Err(Failure::new(text!(
            "`{id}` is invited to no session to come whose hour is known",
            "no se convoca a `{id}` a ninguna sesión por venir cuya hora se sepa"
        ))
        .help(Text::fixed(
            "`convoca invite` shows who is invited to what",
            "`convoca invitar` muestra a quién se convoca y a qué",
        )));
    }
    terminal::line(messages.join("\n\n"))?;
    Ok(Outcome::Clean)
}

fn message(programme: &Programme, invitees: &Invitees<'_>, history: &History, session: &Session, id: &str) -> Option<String> {
    let group = &programme.group;
    let actor = group.actor(id)?;
    let email = invitees.contact(id)?.email;
    let all = invitees.of(session).invitees;
    let invitee = all.iter().find(|invitee| Some(&invitee.recipient.email) == email.as_ref());
    if invitee.is_none() && !is_invited(group, session, &actor) {
        return None;
    }
    let place = invitee.map(|invitee| invitee.place(group, session)).or_else(|| group.place_of(&actor));
    let lang = invitee.map(|invitee| invitee.recipient.lang).or(group.languages.first().copied()).unwrap_or(Lang::Es);
    let told = email.and_then(|email| history.last(session.id.as_str(), &email));
    let told = told.filter(|mail| mail.message.method == Method::Request);
    let mark = told
        .zip(history.secrets().next())
        .and_then(|(mail, secret)| Some(mark(secret, &mail.message.uid, &mail.message.to, mail.start()?)));
    let reader = Reader { lang, place: place.unwrap_or_else(|| group.place_at(&session.zone)), invitee, mark };
    short(programme, session, &reader)
}
