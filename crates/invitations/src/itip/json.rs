//! The plan for other programs.

use serde_json::{Value, json as object};

use super::plan::{Hold, Item, Letter, Plan, SessionPlan};
use crate::locale::Lang;
use crate::model::Group;

/// The plan as JSON, worded in a language.
pub fn json(group: &Group, plan: &Plan, lang: Lang) -> Value {
    let sessions: Vec<Value> = plan.sessions.iter().map(|session| of_session(group, session, lang)).collect();
    object!({ "version": 1, "plan": plan.id, "messages": plan.letters().count(), "sessions": sessions })
}

fn of_session(group: &Group, session: &SessionPlan, lang: Lang) -> Value {
    let items: Vec<Value> = session.items.iter().map(|item| of_item(group, session, item, lang)).collect();
    let unreachable: Vec<Value> = session
        .unreachable
        .iter()
        .map(|who| object!({ "who": who.id, "name": who.name.get(lang), "role": who.role.map(|role| role.word(Lang::En)) }))
        .collect();
    let holders: Vec<Value> = session
        .holders
        .iter()
        .map(|holder| {
            let recipient = &holder.recipient;
            let (start, end) = holder.time;
            object!({ "who": recipient.id, "name": recipient.name.get(lang), "to": recipient.email, "start": start, "end": end })
        })
        .collect();
    object!({
        "session": session.id,
        "name": session.name.get(lang),
        "title": session.title.get(lang),
        "date": session.date,
        "hold": session.hold.as_ref().map(hold),
        "expected-by": holders,
        "recipients": items,
        "no-address": unreachable,
    })
}

fn of_item(group: &Group, session: &SessionPlan, item: &Item, lang: Lang) -> Value {
    let why: Vec<Value> =
        item.why.iter().map(|why| object!({ "reason": why.id(), "text": why.text(group, &session.place).get(lang) })).collect();
    let message = session.letter(item).map(|Letter { message, .. }| {
        object!({
            "method": message.method.word(),
            "uid": message.uid,
            "sequence": message.sequence,
            "mail": message.mail,
            "attempt": message.attempt,
        })
    });
    object!({
        "who": item.who,
        "name": item.name.get(lang),
        "to": item.to,
        "copies": item.copies,
        "language": item.lang,
        "country": item.country.as_ref().map(|(code, _)| code),
        "action": item.action.id(),
        "why": why,
        "message": message,
    })
}

fn hold(hold: &Hold) -> &'static str {
    match hold {
        Hold::Draft => "draft",
        Hold::NoTime => "no-time",
        Hold::Over => "over",
        Hold::NoOrganizer => "no-organizer",
        Hold::ConfirmLink => "confirm-join-link",
        Hold::Gone => "gone",
        Hold::Renamed(_) => "renamed",
        Hold::Organizer(_) => "organizer-changed",
        Hold::Unwritable(_) => "unwritable",
    }
}
