//! An iCalendar object (VCALENDAR, RFC 5545 §3.4) and what each method lets into it (RFC 5546 §3.2).

use std::borrow::Borrow;
use std::io::Write;

use super::event::refused;
use super::{Error, Event, Organizer, Status, Timezone, Value, Writer};
use crate::locale::LanguageTag;

/// Without a version, so that a new release of convoca changes no byte of a calendar that says the same.
const PRODID: &str = "-//convoca//convoca//EN";

/// What the object asks of its reader (METHOD, RFC 5546 §1.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// To be downloaded or subscribed to, by anybody: names no attendee.
    Publish,
    /// An invitation or an update of one: one UID, an organizer and attendees.
    Request,
    /// The same without a method: as calendar servers keep events (RFC 4791 §4.1), and where nobody organizes (RFC 5546
    /// §3.2.1 wants an organizer of what is published).
    Plain,
    /// Takes an invitation back: as a request, in UTC (Outlook refuses CANCEL with TZID), without an alarm.
    Cancel,
    /// Turns down the other time that an attendee proposed: what was told before holds.
    DeclineCounter,
}

impl Method {
    /// That of what is for everybody.
    pub fn for_everybody(organizer: Option<&Organizer>) -> Method {
        if organizer.is_some() { Method::Publish } else { Method::Plain }
    }

    /// Empty for what is only kept.
    pub fn word(self) -> &'static str {
        match self {
            Method::Publish => "PUBLISH",
            Method::Request => "REQUEST",
            Method::Cancel => "CANCEL",
            Method::DeclineCounter => "DECLINECOUNTER",
            Method::Plain => "",
        }
    }
}

/// Everything of a calendar but its events, which are handed to [`Object::write`] one by one: memory does
/// not grow with their number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    pub method: Method,
    /// In which name and description are.
    pub lang: LanguageTag,
    /// Shown as the title of a calendar; invitations have none.
    pub name: Option<String>,
    pub description: Option<String>,
    /// Whether it is to be subscribed to, and how.
    pub feed: Option<Feed>,
    /// Events in other zones are written in UTC.
    pub zones: Vec<Timezone>,
}

/// A calendar to subscribe to. Clients poll as they like: it is never the channel for a late change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The IANA zone of the group (X-WR-TIMEZONE).
    pub zone: String,
    /// How often to look again.
    pub refresh_hours: u32,
    /// Where it is (SOURCE, RFC 7986 §5.8).
    pub source: Option<String>,
}

impl Object {
    /// Writes the object with its events.
    ///
    /// # Errors
    /// What the method forbids is refused: then the bytes that were written must not be used.
    pub fn write<W: Write, E: Borrow<Event>>(&self, out: W, events: impl IntoIterator<Item = E>) -> Result<W, Error> {
        let mut writer = Writer::new(out);
        self.head(&mut writer)?;
        let mut empty = true;
        for event in events {
            let event = event.borrow();
            event.check()?;
            if !self.is_published() && !empty {
                return refused("an invitation is for one session", "una invitación es para una sola sesión");
            }
            self.check(event)?;
            event.write(&mut writer, self.told(), self.is_published())?;
            empty = false;
        }
        if empty {
            return refused("a calendar needs an event", "un calendario necesita un evento");
        }
        writer.end("VCALENDAR")?;
        Ok(writer.finish()?)
    }

    fn head<W: Write>(&self, writer: &mut Writer<W>) -> Result<(), Error> {
        let tag = self.lang.to_string();
        let language = [("LANGUAGE", tag.as_str())];
        writer.begin("VCALENDAR")?;
        writer.line("VERSION", &[], Value::Token("2.0"))?;
        writer.line("PRODID", &[], Value::Text(PRODID))?;
        writer.line("CALSCALE", &[], Value::Token("GREGORIAN"))?;
        if self.method != Method::Plain {
            writer.line("METHOD", &[], Value::Token(self.method.word()))?;
        }
        if let Some(name) = &self.name {
            writer.line("NAME", &language, Value::Text(name))?;
            writer.line("X-WR-CALNAME", &[], Value::Text(name))?;
        }
        if let Some(description) = &self.description {
            writer.line("DESCRIPTION", &language, Value::Text(description))?;
            writer.line("X-WR-CALDESC", &[], Value::Text(description))?;
        }
        if let Some(Feed { zone, refresh_hours, source }) = &self.feed {
            let refresh = format!("PT{refresh_hours}H");
            writer.line("X-WR-TIMEZONE", &[], Value::Text(zone))?;
            writer.line("REFRESH-INTERVAL", &[("VALUE", "DURATION")], Value::Token(&refresh))?;
            writer.line("X-PUBLISHED-TTL", &[], Value::Token(&refresh))?;
            if let Some(source) = source {
                writer.line("SOURCE", &[("VALUE", "URI")], Value::Uri(source))?;
            }
        }
        self.told().iter().try_for_each(|zone| zone.write(writer))
    }

    /// Whether it is for everybody.
    pub(super) fn is_published(&self) -> bool {
        matches!(self.method, Method::Publish | Method::Plain)
    }

    /// The zones whose rules the file holds.
    pub fn told(&self) -> &[Timezone] {
        if matches!(self.method, Method::Cancel | Method::DeclineCounter) { &[] } else { &self.zones }
    }

    fn check(&self, event: &Event) -> Result<(), Error> {
        if self.feed.is_some() && event.alarm.is_some() {
            return refused("a feed carries no reminders", "un calendario por suscripción no lleva recordatorios");
        }
        match self.method {
            Method::Publish | Method::Plain => self.check_published(event),
            Method::Request | Method::Cancel | Method::DeclineCounter => self.check_invitation(event),
        }
    }

    fn check_published(&self, event: &Event) -> Result<(), Error> {
        if self.method == Method::Publish && event.organizer.is_none() {
            return refused(
                "a calendar that is published needs an organizer",
                "un calendario que se publica necesita quien lo organice",
            );
        }
        if !event.attendees.is_empty() {
            return refused("a published calendar names no attendees", "un calendario publicado no nombra invitados");
        }
        Ok(())
    }

    fn check_invitation(&self, event: &Event) -> Result<(), Error> {
        let Some(organizer) = &event.organizer else {
            return refused("an invitation needs an organizer", "una invitación necesita quien la organice");
        };
        // The organizer may take part; anybody else's address is for nobody else to see.
        let recipients = event.attendees.iter().filter(|attendee| !attendee.email.eq_ignore_ascii_case(&organizer.email));
        if recipients.count() != 1 {
            return refused("an invitation is for one recipient", "una invitación es para un solo destinatario");
        }
        let cancels = self.method == Method::Cancel;
        if self.method == Method::DeclineCounter && event.alarm.is_some() {
            return refused("an answer to a proposal carries no reminder", "la respuesta a una propuesta no lleva recordatorio");
        }
        if cancels && event.alarm.is_some() {
            return refused("a cancellation carries no reminder", "una cancelación no lleva recordatorio");
        }
        if cancels != (event.status == Status::Cancelled) {
            return refused(
                "a cancelled session is told with CANCEL, any other with REQUEST",
                "una sesión cancelada se comunica con CANCEL; cualquier otra, con REQUEST",
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
