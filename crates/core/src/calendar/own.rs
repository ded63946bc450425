//! What somebody has to do in a session, for the calendar that is their own.

use chrono::{DateTime, Utc};

use super::identifier;
use super::invitation::{own_line, parts_heading};
use crate::invitees::{OwnPart, parts_of};
use crate::locale::Lang;
use crate::model::{Actor, Group, Session};
use crate::time::Place;

/// An item of the agenda in which somebody has a part.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// From 1: the first of theirs in the session.
    pub number: usize,
    /// Which item, by its place in the agenda.
    pub slot: usize,
    pub time: (DateTime<Utc>, DateTime<Utc>),
    pub parts: Vec<OwnPart>,
}

/// The parts of somebody in the order of the agenda.
pub(super) fn parts(session: &Session, who: &Actor) -> Vec<OwnPart> {
    parts_of(session, who)
}

/// The items of a person, by themselves. There are none where the whole session is theirs (an organisation attends it, a
/// moderator leads it), or where an hour is not known.
pub(super) fn items(session: &Session, who: &Actor) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    if !matches!(who, Actor::Person(_)) {
        return items;
    }
    for part in parts(session, who) {
        let time = part.hours.map(|hours| hours.time).filter(|time| time.start < time.end);
        let (Some(slot), Some(time)) = (part.slot, time) else { return Vec::new() };
        match items.iter_mut().find(|item| item.slot == slot) {
            Some(item) => item.parts.push(part),
            None => {
                let number = items.len() + 1;
                items.push(Item { number, slot, time: (time.start, time.end), parts: vec![part] });
            }
        }
    }
    items
}

/// "Your part:" with its lines, if there are any.
pub(super) fn heading(
    group: &Group,
    session: &Session,
    parts: &[OwnPart],
    place: &Place,
    lang: Lang,
) -> Option<(String, Vec<String>)> {
    let lines: Vec<String> = parts.iter().map(|own| own_line(group, session, own, &place.zone, lang)).collect();
    (!lines.is_empty()).then(|| (parts_heading(lang), lines))
}

/// "MIRPS: Framework (Session 1)"
pub(super) fn summary(group: &Group, session: &Session, item: &Item, lang: Lang) -> Option<String> {
    let title = session.agenda().get(item.slot)?.slot.title.get(lang);
    Some(format!("{}: {title} ({})", group.short_name().get(lang), session.name(lang)))
}

/// Of an item, from that of its session: "one.ana.1.published@g.example.org".
pub(super) fn uid(group: &Group, session: &str, who: &Actor, number: usize) -> String {
    let id = match who {
        Actor::Party(id) => &group.party(*id).id,
        Actor::Person(id) => &group.person(*id).id,
        Actor::Described(_) => "",
    };
    let (name, domain) = session.split_once('@').unwrap_or((session, ""));
    let name = name.strip_suffix(".published").unwrap_or(name);
    identifier(&format!("{name}.{id}.{number}.published@{domain}"))
}
