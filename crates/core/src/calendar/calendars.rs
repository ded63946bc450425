//! Calendars for everybody: the feed of a programme, a file a session to import, and one of each who takes part.

use chrono::{DateTime, Utc};

use super::describe::Description;
use super::publish::{Published, announcer, join_line, mark};
use super::shown::{Pages, Shown};
use super::{Event, Feed, Method, Object, Revisions, own, withdrawn};
use crate::invitees::is_invited;
use crate::locale::{Lang, Text};
use crate::model::{Actor, Programme, Public, Session};
use crate::schema;
use crate::text;

/// Clients poll as they like; this asks for four looks a day.
const REFRESH_HOURS: u32 = 6;

/// What calendars tell of a programme, with the state of each session and the addresses of pages.
#[derive(Clone, Copy)]
pub struct Calendars<'a> {
    programme: &'a Programme,
    shown: Shown<'a>,
    revisions: &'a Revisions,
}

impl<'a> Calendars<'a> {
    /// For everybody.
    pub fn new(programme: &'a Public, revisions: &'a Revisions, pages: &'a Pages) -> Calendars<'a> {
        Calendars { programme, shown: Shown::new(programme, pages), revisions }
    }

    /// Those that somebody alone gets, of [`Programme::invited`]: with how to join the sessions to which they are invited.
    pub fn private(programme: &'a Programme, revisions: &'a Revisions, pages: &'a Pages) -> Calendars<'a> {
        Calendars { programme, shown: Shown::new(programme, pages), revisions }
    }

    /// The programme to subscribe to: all its sessions, and as cancelled those that do not take place, or not at the
    /// time that was told.
    pub fn programme(&self, lang: Lang) -> Published {
        let name = self.programme.group.short_name().get(lang).to_owned();
        let mut published = self.publish(&self.programme.sessions, None, lang);
        for withdrawn in self.revisions.withdrawn() {
            published.events.extend(withdrawn::event(self.programme, withdrawn, lang));
            published.notes.extend(withdrawn::note(withdrawn));
        }
        self.feed(name, published)
    }

    /// What a party or person attends, to subscribe to; agendas by their own clock. Of a session in which a person has
    /// items, the calendar has these, and as cancelled those that were theirs.
    pub fn of(&self, who: &Actor, lang: Lang) -> Published {
        let group = &self.programme.group;
        let name = format!("{} – {}", group.short_name().get(lang), who.label(group, lang));
        let sessions = self.programme.sessions.iter().filter(|session| is_invited(group, session, who));
        let mut published = self.publish(sessions, Some(who), lang);
        if let Actor::Person(person) = who {
            let lost = self.revisions.lost(&group.person(*person).id);
            published.events.extend(lost.filter_map(|lost| withdrawn::event(self.programme, lost, lang)));
        }
        self.feed(name, published)
    }

    /// One session of the programme to import. It has no name, so that readers put it into a calendar that is there.
    pub fn session(&self, session: &Session, lang: Lang) -> Published {
        self.publish([session], None, lang)
    }

    fn feed(&self, name: String, mut published: Published) -> Published {
        let group = &self.programme.group;
        let full = group.name.get(published.object.lang.lang);
        published.object.description = Some(full.to_owned()).filter(|full| *full != name);
        published.object.name = Some(name);
        published.object.feed = Some(Feed { zone: group.zone.name().to_owned(), refresh_hours: REFRESH_HOURS, source: None });
        published.zoned(self.programme)
    }

    fn publish<'s>(&self, sessions: impl IntoIterator<Item = &'s Session>, whose: Option<&Actor>, lang: Lang) -> Published {
        let mut notes = Vec::new();
        let mut events = Vec::new();
        for session in sessions {
            match session.settled_time() {
                Some(time) => match whose.map(|who| own::items(session, who)).filter(|items| !items.is_empty()) {
                    Some(items) => events.extend(items.iter().filter_map(|item| self.item(session, item, whose?, lang))),
                    None => events.push(self.event_of(session, time, whose, lang)),
                },
                None => notes.push(left_out(session)),
            }
        }
        let object = Object {
            method: Method::for_everybody(announcer(&self.programme.group, lang).as_ref()),
            lang: self.programme.group.tag(lang),
            name: None,
            description: None,
            feed: None,
            zones: Vec::new(),
        };
        Published { object, events, notes }.zoned(self.programme)
    }

    /// A session as a whole, for anybody or for somebody, in its state.
    fn event_of(&self, session: &Session, time: (DateTime<Utc>, DateTime<Utc>), whose: Option<&Actor>, lang: Lang) -> Event {
        let mut event = self.shown.event(session, time, whose, lang);
        if let Some(revision) = self.revisions.of(session) {
            event.uid.clone_from(&revision.uid);
            event.sequence = revision.sequence;
            (event.stamp, event.modified, event.created) = (revision.stamp, revision.stamp, revision.created);
        }
        event
    }

    /// An item of a session, in the calendar of somebody who has a part in it.
    fn item(&self, session: &Session, item: &own::Item, who: &Actor, lang: Lang) -> Option<Event> {
        let group = &self.programme.group;
        let agenda = session.agenda();
        let slot = agenda.get(item.slot)?.slot;
        let place = self.shown.place(session, Some(who));
        let own = own::heading(group, session, &item.parts, &place, lang);
        let description = Description::new(self.programme, session, item.time, join_line(session, lang), &place, lang)
            .personal(own, self.shown.closing(session, lang));
        let mut event = self.event_of(session, item.time, Some(who), lang);
        event.uid = own::uid(group, &event.uid, who, item.number);
        event.description = description.text();
        event.html = Some(description.html(group.tag(lang)));
        event.summary = format!("{}{}", mark(session, lang), own::summary(group, session, item, lang)?);
        if let Some(room) = &slot.place {
            event.location = Some(match session.join_link.as_ref().filter(|_| session.status != schema::Status::Cancelled) {
                Some(link) => format!("{} – {}", room.get(lang), link.value),
                None => room.get(lang).to_owned(),
            });
        }
        Some(event)
    }
}

/// The programme to subscribe to, as nothing was published before.
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
/// assert!(file.contains("UID:one.published@g.example.org\r\n"));
/// assert!(file.contains("DTSTART;TZID=America/Guatemala:20270301T100000\r\n"));
/// ```
pub fn programme_calendar(programme: &Public, lang: Lang) -> Published {
    Calendars::new(programme, &Revisions::default(), &Pages::new()).programme(lang)
}

/// What a party or person attends, as nothing was published before.
pub fn calendar_of(programme: &Public, who: &Actor, lang: Lang) -> Published {
    Calendars::new(programme, &Revisions::default(), &Pages::new()).of(who, lang)
}

/// One session of the programme to import, as nothing was published before.
pub fn session_calendar(programme: &Public, session: &Session, lang: Lang) -> Published {
    Calendars::new(programme, &Revisions::default(), &Pages::new()).session(session, lang)
}

fn left_out(session: &Session) -> Text {
    text!(l, name = session.name(l);
        "{name} is left out of the calendar: its time is not known",
        "{name} queda fuera del calendario: no se sabe su hora")
}
