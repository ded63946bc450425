//! Calendars for everybody: the feed of a programme, and a file a session to import.

use chrono::{DateTime, NaiveTime, Utc};

use super::describe::Description;
use super::{Error, Event, Feed, Method, Object, Organizer, Status, Timezones, Transparency, read_back};
use crate::invitees::is_invited;
use crate::locale::{Lang, Text};
use crate::model::{Actor, Programme, Public, Session};
use crate::schema;
use crate::text;
use crate::time::Place;

/// Clients poll as they like; this asks for four looks a day.
const REFRESH_HOURS: u32 = 6;
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

/// The programme to subscribe to: all its sessions, the cancelled ones as cancelled.
///
/// ```
/// use chrono::NaiveDate;
/// use convoca_core::{calendar, check, diagnostics::Sources, locale::Lang};
/// let mut sources = Sources::default();
/// sources.add("group.toml", "id = 'g'\ndomain = 'example.org'\ntime-zone = 'America/Guatemala'\nname = { es = 'Grupo', en = 'Group' }");
/// sources.add("1.toml", "id = 'one'\nnumber = 1\ndate = 2027-03-01\nstart = 10:00\nend = 11:00\ntitle = { es = 'Una', en = 'One' }");
/// let programme = check(&sources, NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()).programme.unwrap();
/// let published = calendar::programme_calendar(&programme.public(), Lang::Es);
/// let file = String::from_utf8(published.bytes().unwrap()).unwrap();
/// assert!(file.contains("UID:one@g.example.org\r\n"));
/// assert!(file.contains("DTSTART;TZID=America/Guatemala:20270301T100000\r\n"));
/// ```
pub fn programme_calendar(programme: &Public, lang: Lang) -> Published {
    let name = programme.group.short_name().get(lang).to_owned();
    feed(programme, name, publish(programme, &programme.sessions, None, lang))
}

/// The sessions to which a party or person is invited, to subscribe to; agendas by their own clock.
pub fn calendar_of(programme: &Public, who: &Actor, lang: Lang) -> Published {
    let group = &programme.group;
    let name = format!("{} – {}", group.short_name().get(lang), who.label(group, lang));
    let sessions = programme.sessions.iter().filter(|session| is_invited(group, session, who));
    feed(programme, name, publish(programme, sessions, group.place_of(who).as_ref(), lang))
}

fn feed(programme: &Programme, name: String, mut published: Published) -> Published {
    let group = &programme.group;
    let full = group.name.get(published.object.lang.lang);
    published.object.description = Some(full.to_owned()).filter(|full| *full != name);
    published.object.name = Some(name);
    published.object.feed = Some(Feed { zone: group.zone.name().to_owned(), refresh_hours: REFRESH_HOURS, source: None });
    published
}

/// One session of the programme to import. It has no name, so that readers put it into a calendar that is there.
pub fn session_calendar(programme: &Public, session: &Session, lang: Lang) -> Published {
    publish(programme, [session], None, lang)
}

/// What identifies a session in calendars, the same for ever: printable ASCII, at most 255 octets.
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

fn publish<'s>(
    programme: &Programme,
    sessions: impl IntoIterator<Item = &'s Session>,
    whose: Option<&Place>,
    lang: Lang,
) -> Published {
    let mut notes = Vec::new();
    let mut events = Vec::new();
    for session in sessions {
        match session.settled_time() {
            Some(time) => {
                let place = whose.cloned().unwrap_or_else(|| programme.group.place_at(&session.zone));
                let description = Description::new(programme, session, time, join_line(session, lang), &place, lang);
                events.push(event(programme, session, time, lang, &description));
            }
            None => notes.push(left_out(session)),
        }
    }
    let zones = Timezones::of(events.iter().map(|event| (&event.zone, event.start, event.end)));
    notes.extend(zones.untold.iter().map(|zone| {
        let zone = zone.name();
        text!(
            "hours of {zone} stand in UTC in the calendar: Outlook cannot be told the zone's rules over these dates",
            "las horas de {zone} van en UTC en el calendario: a Outlook no se le pueden decir las reglas de la zona en estas fechas"
        )
    }));
    let object = Object {
        method: Method::Publish,
        lang: programme.group.tag(lang),
        name: None,
        description: None,
        feed: None,
        zones: zones.told,
    };
    Published { object, events, notes }
}

fn left_out(session: &Session) -> Text {
    text!(l, name = session.name(l);
        "{name} is left out of the calendar: its time is not known",
        "{name} queda fuera del calendario: no se sabe su hora")
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
        summary: summary(programme, session, lang),
        description: description.text(),
        html: Some(description.html(group.tag(lang))),
        location: match (place, &link) {
            (Some(place), Some(link)) => Some(format!("{place} – {link}")),
            (place, link) => place.or(link.clone()),
        },
        url: link,
        conference: None,
        categories: vec![group.short_name().get(lang).to_owned()],
        organizer: group.organizer.as_ref().map(|organizer| Organizer {
            name: group.party(organizer.party).label(lang),
            email: organizer.email.clone(),
            sent_by: None,
        }),
        attendees: Vec::new(),
        alarm: None,
    }
}

/// "Join at: https://…", right behind the hours.
pub(super) fn join_line(session: &Session, lang: Lang) -> Vec<String> {
    let word = Text::fixed("Join at", "Enlace para conectarse");
    let held = session.join_link.as_ref().filter(|_| session.status != schema::Status::Cancelled);
    held.map(|link| format!("{}: {}", word.get(lang), link.value)).into_iter().collect()
}

/// "MIRPS: Session 1 – Title"; cancelled ones say so, because readers that ignore STATUS show only this.
fn summary(programme: &Programme, session: &Session, lang: Lang) -> String {
    let (group, title) = (programme.group.short_name().get(lang), session.title.get(lang));
    let mark = match (session.status, lang) {
        (schema::Status::Cancelled, Lang::Es) => "CANCELADA: ",
        (schema::Status::Cancelled, Lang::En) => "CANCELLED: ",
        _ => "",
    };
    match &session.number {
        Some(_) => format!("{mark}{group}: {} – {title}", session.name(lang)),
        None => format!("{mark}{group}: {title}"),
    }
}

/// When the event last changed and when it came to be. The days that the files name stand in for a clock,
/// so that the same files give the same bytes.
fn stamps(programme: &Programme, session: &Session, start: DateTime<Utc>) -> (DateTime<Utc>, DateTime<Utc>) {
    let created = programme.group.created;
    let noted = programme.concept_note.as_ref().and_then(|note| note.date);
    let own = session.date.map_or(start.date_naive(), |date| date.value);
    let changed = session.revised.or(created).or(noted).unwrap_or(own);
    let midnight = |day: chrono::NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    (midnight(changed), midnight(created.unwrap_or(changed).min(changed)))
}

#[cfg(test)]
pub(super) mod tests;
