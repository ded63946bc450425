//! The plan and its mails as a page shows them, in both languages.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::itip::{Action, Hold, Item, Letter, Plan, SessionPlan, moment};
use crate::locale::{Lang, Text, dates};
use crate::mail::Reading;
use crate::model::{Group, RoleKind};
use crate::time::{Place, clock_of};

/// A text of words in each language.
pub(crate) fn each(word: impl Fn(Lang) -> String) -> Text {
    Text { es: word(Lang::Es).into(), en: word(Lang::En).into() }
}

pub(crate) fn plan(group: &Group, plan: &Plan) -> Value {
    json!({
        "plan": plan.id,
        "count": plan.letters().count(),
        "held": plan.held_back().map(|session| &session.name).collect::<Vec<_>>(),
        "lost": plan.lost(),
        "sessions": plan.sessions.iter().map(|own| session(group, own)).collect::<Value>(),
    })
}

fn session(group: &Group, session: &SessionPlan) -> Value {
    let unreachable =
        session.unreachable.iter().map(|who| json!({ "who": who.id, "name": who.name, "role": who.role.map(role) }));
    let holders = session.holders.iter().map(|holder| {
        let recipient = &holder.recipient;
        json!({ "name": recipient.name, "to": recipient.email, "when": span(group, &session.place, holder.time) })
    });
    let (hold, why) = session.hold.as_ref().map_or((None, None), |hold| {
        let why = match hold {
            Hold::Unwritable(why) => Some(why.clone()),
            Hold::Renamed(before) | Hold::Organizer(before) => Some(Text::same(before.as_str())),
            _ => None,
        };
        (Some(held(hold)), why)
    });
    json!({
        "id": session.id,
        "name": session.name,
        "title": session.title,
        "day": session.date.map(|date| each(|lang| dates::long_date(lang, date))),
        "cancelled": session.cancelled,
        "hold": hold,
        "why": why,
        "holders": holders.collect::<Value>(),
        "unreachable": unreachable.collect::<Value>(),
        "items": session.items.iter().map(|own| item(group, session, own)).collect::<Value>(),
    })
}

fn item(group: &Group, session: &SessionPlan, item: &Item) -> Value {
    let mut kinds: Vec<RoleKind> = Vec::new();
    for own in item.invitee.iter().flat_map(|invitee| &invitee.own) {
        if !kinds.contains(&own.kind) {
            kinds.push(own.kind);
        }
    }
    let letter = session.letter(item);
    json!({
        "who": item.who,
        "name": item.name,
        "to": item.to,
        "lang": item.lang.code(),
        "country": item.country.as_ref().map(|(_, name)| name),
        "action": item.action.id(),
        "counts": item.action != Action::Unchanged || !item.why.is_empty(),
        "why": item.why.iter().map(|why| why.text(group, &session.place)).collect::<Vec<_>>(),
        "roles": kinds.into_iter().map(role).collect::<Vec<_>>(),
        "mail": letter.map(|letter| &letter.message.mail),
    })
}

fn role(kind: RoleKind) -> Text {
    each(|lang| kind.word(lang).to_owned())
}

fn span(group: &Group, place: &Place, time: (DateTime<Utc>, DateTime<Utc>)) -> Text {
    each(|lang| moment(group, place, time, lang))
}

/// A moment by the clock of the group.
pub(crate) fn when(group: &Group, at: DateTime<Utc>, lang: Lang) -> String {
    let local = group.zone.local(at).time;
    let clock = clock_of(&group.place_at(&group.zone), at, lang);
    format!("{}, {} ({clock})", dates::long_date(lang, local.date()), dates::clock(local.time()))
}

fn held(hold: &Hold) -> &'static str {
    match hold {
        Hold::Draft => "draft",
        Hold::NoTime => "no-time",
        Hold::Over => "over",
        Hold::NoOrganizer => "no-organizer",
        Hold::ConfirmLink => "confirm-link",
        Hold::Gone => "gone",
        Hold::Renamed(_) => "renamed",
        Hold::Organizer(_) => "organizer-changed",
        Hold::Unwritable(_) => "unwritable",
    }
}

/// A mail as its reader sees it; `page` is where a frame finds its HTML.
pub(crate) fn mail(group: &Group, session: &SessionPlan, item: &Item, letter: &Letter, read: &Reading, page: &str) -> Value {
    let place = item.place.as_ref().unwrap_or(&session.place);
    let entry = read.entry.as_ref().map(|entry| {
        json!({
            "method": entry.method, "summary": entry.summary, "location": entry.location, "description": entry.description,
            "alarm": entry.alarm, "asks": entry.asks,
            "when": moment(group, place, (letter.content.start, letter.content.end), item.lang),
        })
    });
    json!({
        "mail": letter.message.mail, "lang": item.lang.code(), "subject": read.subject, "from": read.from, "to": read.to,
        "page": page, "text": read.text, "entry": entry,
    })
}
