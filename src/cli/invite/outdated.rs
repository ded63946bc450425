//! Mails that were sent by hand when they no longer said what holds. What was sent was sent, and is entered
//! all the same; whoever sent it is told.

use std::collections::BTreeSet;

use crate::cli::called::{named, session};
use crate::cli::command::Options;
use crate::cli::terminal;
use crate::diagnostics::has_errors;
use crate::itip::{self, Action, Wish};
use crate::ledger::{History, Message};
use crate::locale::Lang;
use crate::model::Programme;
use crate::text;
use crate::workspace::Failure;

/// Tells of whom a later mail was entered before, and of whom the programme has something else to tell by now.
pub(crate) fn tell(options: &Options, history: &History, entered: &[Message]) -> Result<(), Failure> {
    if entered.is_empty() {
        return Ok(());
    }
    let snapshot = options.workspace.load()?;
    // Of a programme that cannot be read nothing is known but identifiers; its errors are told elsewhere.
    let Some(programme) = snapshot.programme() else { return Ok(()) };
    let order = |message: &Message| (message.dtstamp, message.sequence);
    let has_later = |message: &&Message| {
        let mut mails = history.to(&message.session, &message.to);
        mails.any(|mail| mail.may_have_arrived() && !mail.turns_down() && order(&mail.message) > order(message))
    };
    let overtaken: Vec<&Message> = entered.iter().filter(has_later).collect();
    if !overtaken.is_empty() {
        terminal::print(
            options.lang,
            &text!(l, names = listed(programme, &overtaken, l);
                "note: a later mail had gone out already, which their calendars keep, to: {names}",
                "nota: ya se había enviado un correo posterior, que sus calendarios conservan, a: {names}"),
        )?;
    }
    if has_errors(snapshot.findings()) {
        return Ok(());
    }
    let wish = Wish::at(options.workspace.now());
    let plan = itip::plan(programme, history, &wish);
    let items = plan.sessions.iter().flat_map(|session| session.items.iter().map(move |item| (session.id.as_str(), item)));
    let open = items.filter(|(_, item)| matches!(item.action, Action::Invite | Action::Update | Action::Cancel));
    let open: BTreeSet<(&str, &str)> = open.map(|(session, item)| (session, item.to.as_str())).collect();
    let to_tell = |message: &&Message| open.contains(&(message.session.as_str(), message.to.as_str()));
    let changed: Vec<&Message> = entered.iter().filter(to_tell).collect();
    if !changed.is_empty() {
        terminal::print(
            options.lang,
            &text!(l, names = listed(programme, &changed, l);
                "note: these mails do not say what the programme says now; `convoca invite plan` shows what is left to tell to: {names}",
                "nota: estos correos no dicen lo que el programa dice ahora; `convoca invitar ver` muestra lo que falta avisar a: {names}"),
        )?;
    }
    Ok(())
}

pub(crate) fn listed(programme: &Programme, messages: &[&Message], lang: Lang) -> String {
    let called = |message: &&Message| {
        let session = session(programme, &message.session, |session| session.name(lang));
        format!("{} ({session})", named(programme, &message.who, lang))
    };
    messages.iter().map(called).collect::<Vec<_>>().join("; ")
}
