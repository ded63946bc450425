//! The programme compared with what was sent, session by session.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::change::Why;
use super::plan::{Action, Hold, Item, Plan, SessionPlan, Wish};
use super::recipients::Recipients;
use super::snapshot::{Common, Snapshot, content, hash};
use crate::calendar::{Method, uid};
use crate::invitees::Invitees;
use crate::ledger::{History, Message};
use crate::locale::{Lang, Text};
use crate::model::{Programme, Session, address};
use crate::schema::Status;

/// Compares the programme with what was sent.
pub fn plan(programme: &Programme, history: &History, wish: &Wish) -> Plan {
    let invitees = Invitees::new(programme);
    let wanted = |id: &str| wish.session.as_ref().is_none_or(|session| session == id);
    let in_programme = programme.sessions.par_iter().filter(|session| wanted(session.id.as_str()));
    let mut sessions: Vec<SessionPlan> =
        in_programme.map(|session| of_session(programme, session, &invitees, history, wish)).collect();
    let known: BTreeSet<&str> = programme.sessions.iter().map(|session| session.id.as_str()).collect();
    let gone: BTreeSet<&str> = history.sessions().filter(|id| !known.contains(id)).collect();
    for session in &mut sessions {
        if let Some(former) = gone.iter().find(|former| is_renamed(session, former, history, wish)) {
            session.hold = Some(Hold::Renamed((*former).to_owned()));
        }
    }
    let gone = gone.into_iter().filter(|id| wanted(id));
    sessions.extend(gone.filter_map(|id| of_gone(programme, id, &invitees, history, wish)));
    let parts: Vec<String> = sessions.par_iter().map(part).collect();
    let id = hash(&parts.iter().map(String::as_bytes).collect::<Vec<_>>());
    Plan { id: id[..12].to_owned(), sessions }
}

/// Whether a session to which nobody was invited is one whose invitations stand under another id: its title or its
/// time is the same.
fn is_renamed(session: &SessionPlan, former: &str, history: &History, wish: &Wish) -> bool {
    if history.of_session(&session.id).next().is_some() {
        return false;
    }
    let expected = history.addresses(former).filter_map(|to| history.last(former, to));
    let expected = expected.filter(|mail| mail.message.method == Method::Request).filter_map(content);
    let same = |told: &Snapshot| {
        let is_it = |now: &Snapshot| now.title == told.title || (now.start, now.end) == (told.start, told.end);
        told.end > wish.now && session.letters().any(|(_, letter)| is_it(&letter.content))
    };
    expected.into_iter().any(|told| same(&told))
}

/// What the plan's id depends on of a session: everything but the moment; nothing where nothing is sent.
fn part(session: &SessionPlan) -> String {
    let letters = session.letters().map(|(item, letter)| {
        let Message { session, to, uid, method, sequence, attempt, .. } = &letter.message;
        let content = serde_json::to_string(&letter.content).unwrap_or_default();
        let copies: String = item.copies.iter().map(|copy| format!(" +{copy}")).collect();
        // The mail of a cancellation says why.
        let words = match item.why.first() {
            Some(why @ Why::SessionCancelled { reason, postponed_to }) if reason.is_some() || postponed_to.is_some() => {
                format!(" {why:?}")
            }
            _ => String::new(),
        };
        format!("{:?} {uid} {session} {to}{copies} {} {sequence} {attempt} {content}{words}", item.action, method.word())
    });
    let letters: Vec<String> = letters.collect();
    if letters.is_empty() { String::new() } else { hash(&letters.iter().map(String::as_bytes).collect::<Vec<_>>()) }
}

fn of_session(programme: &Programme, session: &Session, invitees: &Invitees<'_>, history: &History, wish: &Wish) -> SessionPlan {
    let id = session.id.as_str();
    let mut plan = SessionPlan {
        id: id.to_owned(),
        name: Text { es: session.name(Lang::Es).into(), en: session.name(Lang::En).into() },
        title: session.title.value.clone(),
        date: session.date.map(|date| date.value),
        place: programme.group.place_at(&session.zone),
        cancelled: session.status == Status::Cancelled,
        hold: None,
        unreachable: Vec::new(),
        holders: Vec::new(),
        unknown_organizer: false,
        items: Vec::new(),
    };
    let hold = match session.settled_time() {
        _ if session.status == Status::Draft => Some(Hold::Draft),
        _ if session.status == Status::Cancelled => None,
        None => Some(Hold::NoTime),
        Some((_, end)) if end <= wish.now => Some(Hold::Over),
        Some(_) => None,
    };
    if programme.group.organizer.is_none() {
        return SessionPlan { hold: hold.or(Some(Hold::NoOrganizer)), ..plan };
    }
    let mut recipients = Recipients::new(history, id, uid(programme, session), &programme.group, wish);
    if session.status == Status::Cancelled {
        let (reason, postponed_to) = (session.reason.clone(), session.postponed_to);
        recipients.cancel_everybody(invitees, &Why::SessionCancelled { reason, postponed_to });
        (plan.items, plan.unknown_organizer) = recipients.finish();
        let now = programme.group.organizer.as_ref().map(|organizer| address(&organizer.email).into_owned()).unwrap_or_default();
        let other = |item: &Item| {
            let letter = item.letter.as_ref().filter(|_| item.action == Action::Cancel)?;
            Some(letter.content.organizer.clone()).filter(|before| !before.is_empty() && *before != now)
        };
        plan.hold = plan.items.iter().find_map(other).filter(|_| !wish.new_organizer).map(Hold::Organizer);
        return plan;
    }
    if hold.is_some() {
        plan.holders = recipients.leave(invitees.of(session).invitees);
        recipients.take_off(invitees, session);
        let (items, unknown_organizer) = recipients.finish();
        return SessionPlan { hold, items, unknown_organizer, ..plan };
    }
    let common = match Common::new(programme, session, recipients.uid()) {
        Ok(common) => common,
        Err(error) => return SessionPlan { hold: Some(Hold::Unwritable(error.message())), ..plan },
    };
    let invited = invitees.of(session);
    plan.unreachable = invited.unreachable;
    for invitee in invited.invitees {
        recipients.invite(invitee, &common);
    }
    recipients.take_off(invitees, session);
    (plan.items, plan.unknown_organizer) = recipients.finish();
    let confirmed = wish.same_link.iter().any(|same| same == id);
    if !confirmed && plan.moved_with_its_link() {
        plan.hold = Some(Hold::ConfirmLink);
    }
    let other = plan.items.iter().flat_map(|item| &item.why).find_map(|why| match why {
        Why::Organizer(before) => Some(before.clone()),
        _ => None,
    });
    if let Some(before) = other {
        plan.hold = Some(Hold::Organizer(before));
    }
    plan
}

/// A session that only the ledger knows: whoever still expects it is told.
fn of_gone(programme: &Programme, id: &str, invitees: &Invitees<'_>, history: &History, wish: &Wish) -> Option<SessionPlan> {
    let mut recipients = Recipients::new(history, id, String::new(), &programme.group, wish);
    recipients.cancel_everybody(invitees, &Why::SessionGone);
    let (items, unknown_organizer) = recipients.finish();
    let told = items.iter().find_map(|item| Some(item.letter.as_ref()?.content.clone()))?;
    Some(SessionPlan {
        id: id.to_owned(),
        name: Text::same(id),
        title: Text::same(told.title),
        date: Some(programme.group.zone.local(told.start).time.date()),
        place: programme.group.place_at(&programme.group.zone),
        cancelled: false,
        hold: match &wish.session {
            _ if programme.group.organizer.is_none() => Some(Hold::NoOrganizer),
            Some(_) => None,
            None => Some(Hold::Gone),
        },
        unreachable: Vec::new(),
        holders: Vec::new(),
        unknown_organizer,
        items,
    })
}
