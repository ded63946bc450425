//! What is published: an event of a session, and the file that it stands in.

use chrono::{DateTime, NaiveTime, Utc};

use super::describe::Description;
use super::organizer::organizer;
use super::{Error, Event, Method, Object, Organizer, Status, Timezones, Transparency, read_back};
use crate::locale::{Lang, Text};
use crate::model::{Group, Programme, Session};
use crate::schema;
use crate::text;

/// A UID's longest (RFC 7986 §5.3 recommends 255 octets at most).
const LONGEST_UID: usize = 255;

/// A calendar for anybody, with what its maker must know of it.
#[derive(Clone, Debug)]
pub struct Published {
    pub object: Object,
    /// Empty where no session has a time yet: then there is no file to write.
    pub events: Vec<Event>,
    /// Sessions left out, zones that could not be told.
    pub notes: Vec<Text>,
}

impl Published {
    /// The same as a draft: every event says so and is tentative.
    pub fn marked_draft(mut self, mark: &str) -> Published {
        for event in self.events.iter_mut().filter(|event| event.status != Status::Cancelled) {
            event.summary = format!("{mark}: {}", event.summary);
            event.status = Status::Tentative;
        }
        self
    }

    /// The file, read back before it is handed out.
    ///
    /// # Errors
    /// Where it holds what may not be published, or where another reader finds something else in it.
    pub fn bytes(&self) -> Result<Vec<u8>, Error> {
        let bytes = self.object.write(Vec::new(), &self.events)?;
        read_back(&bytes, &self.object, &self.events)?;
        Ok(bytes)
    }
}

impl Published {
    /// With the rules of the zones of its events.
    pub(super) fn zoned(mut self, programme: &Programme) -> Published {
        let zones = Timezones::of(self.events.iter().map(|event| (&event.zone, event.start, event.end)));
        for zone in &zones.untold {
            let zone = zone.name();
            let note = text!(
                "hours of {zone} stand in UTC in the calendar: Outlook cannot be told the zone's rules over these dates",
                "las horas de {zone} van en UTC en el calendario: a Outlook no se le pueden decir las reglas de la zona en estas fechas"
            );
            if !self.notes.contains(&note) {
                self.notes.push(note);
            }
        }
        self.object.zones = zones.told;
        self.object.lang = programme.group.tag(self.object.lang.lang);
        self
    }

    /// With the address at which it can be subscribed to.
    #[must_use]
    pub fn found_at(mut self, address: Option<String>) -> Published {
        if let Some(feed) = &mut self.object.feed {
            feed.source = address;
        }
        self
    }

    /// Each event alone, as calendar servers keep them: without a method (RFC 4791 §4.1), and without an organizer, to
    /// whom some servers would write in the name of whoever logs in.
    pub fn stored(&self) -> Vec<Published> {
        let alone = |event: &Event| {
            let zones = self.object.zones.iter().filter(|zone| zone.zone().name() == event.zone.name());
            let object = Object {
                method: Method::Plain,
                lang: self.object.lang,
                name: None,
                description: None,
                feed: None,
                zones: zones.cloned().collect(),
            };
            let event = Event { organizer: None, ..event.clone() };
            Published { object, events: vec![event], notes: Vec::new() }
        };
        self.events.iter().map(alone).collect()
    }
}

/// What identifies a session in published calendars: another than in invitations, so that what somebody downloads or
/// subscribes to takes nothing from what they accepted.
pub fn public_uid(programme: &Programme, session: &Session) -> String {
    let id = session.formerly.as_ref().unwrap_or(&session.id);
    identifier(&format!("{}.published@{}.{}", id.value, programme.group.id, programme.group.domain))
}

/// What identifies a session in invitations, the same for ever: printable ASCII, at most 255 octets.
pub fn uid(programme: &Programme, session: &Session) -> String {
    let id = session.formerly.as_ref().unwrap_or(&session.id);
    identifier(&format!("{}@{}.{}", id.value, programme.group.id, programme.group.domain))
}

/// A text as a UID.
pub fn identifier(text: &str) -> String {
    let mut uid = if text.is_ascii() { text.to_owned() } else { deunicode::deunicode(text) };
    uid.retain(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@'));
    uid.truncate(LONGEST_UID);
    uid
}

/// Who signs what everybody may read: who sends mails in their name does not show there.
pub fn announcer(group: &Group, lang: Lang) -> Option<Organizer> {
    organizer(group, lang).map(|organizer| Organizer { sent_by: None, ..organizer })
}

pub(super) fn event(
    programme: &Programme,
    session: &Session,
    (start, end): (DateTime<Utc>, DateTime<Utc>),
    lang: Lang,
    description: &Description,
) -> Event {
    let group = &programme.group;
    let (stamp, created) = stamps(programme, session, start);
    let cancelled = session.status == schema::Status::Cancelled;
    let link = session.join_link.as_ref().filter(|_| !cancelled).map(|link| link.value.clone());
    let place = session.place.as_ref().map(|place| place.get(lang).to_owned());
    let sittings = session.sittings();
    Event {
        uid: uid(programme, session),
        stamp,
        modified: stamp,
        created,
        sequence: 0,
        start,
        end,
        zone: session.zone.clone(),
        status: match session.status {
            schema::Status::Draft | schema::Status::Tentative => Status::Tentative,
            schema::Status::Confirmed => Status::Confirmed,
            schema::Status::Cancelled => Status::Cancelled,
        },
        transparency: if cancelled { Transparency::Free } else { Transparency::Busy },
        comment: None,
        lang: group.tag(lang),
        summary: summary(programme, session, lang, true),
        description: description.text(),
        html: Some(description.html(group.tag(lang))),
        location: match (place, &link) {
            (Some(place), Some(link)) => Some(format!("{place} – {link}")),
            (place, link) => place.or(link.clone()),
        },
        url: link,
        conference: None,
        categories: vec![group.short_name().get(lang).to_owned()],
        organizer: announcer(group, lang),
        attendees: Vec::new(),
        alarm: None,
        contact: None,
        attachments: Vec::new(),
        days: if sittings.len() > 1 { sittings } else { Vec::new() },
    }
}

/// "Join at: https://…", right behind the hours.
pub(super) fn join_line(session: &Session, lang: Lang) -> Vec<String> {
    let word = Text::fixed("Join at", "Enlace para conectarse");
    let held = session.join_link.as_ref().filter(|_| session.status != schema::Status::Cancelled);
    held.map(|link| format!("{}: {}", word.get(lang), link.value)).into_iter().collect()
}

/// "MIRPS: Session 1 – Title"; cancelled ones say so where they are marked, because readers that ignore STATUS show
/// only this.
pub(super) fn summary(programme: &Programme, session: &Session, lang: Lang, marked: bool) -> String {
    let (group, title) = (programme.group.short_name().get(lang), session.title.get(lang));
    let mark = if marked { mark(session, lang) } else { "" };
    match &session.number {
        Some(_) => format!("{mark}{group}: {} – {title}", session.name(lang)),
        None => format!("{mark}{group}: {title}"),
    }
}

pub(super) fn mark(session: &Session, lang: Lang) -> &'static str {
    match (session.status, lang) {
        (schema::Status::Cancelled, Lang::Es) => "CANCELADA: ",
        (schema::Status::Cancelled, Lang::En) => "CANCELLED: ",
        _ => "",
    }
}

/// When the event last changed and when it came to be. The days that the files name stand in for a clock,
/// so that the same files give the same bytes.
pub(super) fn stamps(programme: &Programme, session: &Session, start: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let created = programme.group.created;
    let noted = programme.concept_note.as_ref().and_then(|note| note.date);
    let own = session.date.map_or(start.date_naive(), |date| date.value);
    let changed = session.revised.or(created).or(noted).unwrap_or(own);
    let midnight = |day: chrono::NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    (midnight(changed), midnight(created.unwrap_or(changed).min(changed)))
}

#[cfg(test)]
pub(super) mod tests;
