//! One event (VEVENT, RFC 5545 §3.6.1) and the people in it.

use std::io::Write;

use chrono::{DateTime, NaiveDateTime, Utc};

use super::characters::percent_encoded;
use super::days::Instance;
use super::{Error, Timezone, Value, Writer, clean};
use crate::locale::{LanguageTag, Text};
use crate::text;
use crate::time::Zone;

/// A session as calendars hold it. What it may hold depends on the [`Method`](super::Method) of its object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Printable ASCII, at most 255 characters, the same for ever.
    pub uid: String,
    /// When what it says last changed (DTSTAMP).
    pub stamp: DateTime<Utc>,
    pub modified: DateTime<Utc>,
    pub created: DateTime<Utc>,
    /// Rises when time, place, status or attendance change.
    pub sequence: u32,
    pub start: DateTime<Utc>,
    /// After the start.
    pub end: DateTime<Utc>,
    /// By whose clock it is held.
    pub zone: Zone,
    pub status: Status,
    pub transparency: Transparency,
    /// What is said to the recipient beside the event (COMMENT).
    pub comment: Option<String>,
    /// In which the texts are.
    pub lang: LanguageTag,
    pub summary: String,
    pub description: String,
    /// The description for readers that know `X-ALT-DESC`: one HTML document.
    pub html: Option<String>,
    pub location: Option<String>,
    pub url: Option<String>,
    /// For those who are invited, or where the call is open to everybody. Thunderbird, Outlook and Apple ignore it: the
    /// link stands in the location and the description as well, which is up to whoever makes the event.
    pub conference: Option<Conference>,
    pub categories: Vec<String>,
    pub organizer: Option<Organizer>,
    /// Only for invitations.
    pub attendees: Vec<Attendee>,
    /// At most one, and none in a feed or a cancellation.
    pub alarm: Option<Alarm>,
    /// Whom to ask, in words.
    pub contact: Option<String>,
    /// Documents, each once.
    pub attachments: Vec<Attachment>,
    /// From when to when it is held on each day, where these are several: start and end are those of the whole.
    pub days: Vec<(DateTime<Utc>, DateTime<Utc>)>,
}

/// STATUS (RFC 5545 §3.8.1.11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Tentative,
    Confirmed,
    Cancelled,
}

impl Status {
    pub const ALL: [Status; 3] = [Status::Tentative, Status::Confirmed, Status::Cancelled];

    pub fn word(self) -> &'static str {
        match self {
            Status::Tentative => "TENTATIVE",
            Status::Confirmed => "CONFIRMED",
            Status::Cancelled => "CANCELLED",
        }
    }
}

/// Whether it takes up time (TRANSP, RFC 5545 §3.8.2.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transparency {
    Busy,
    Free,
}

impl Transparency {
    pub fn word(self) -> &'static str {
        match self {
            Transparency::Busy => "OPAQUE",
            Transparency::Free => "TRANSPARENT",
        }
    }
}

/// Who sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organizer {
    pub name: String,
    pub email: String,
    /// Who sends in its name (SENT-BY, RFC 5545 §3.2.18).
    pub sent_by: Option<String>,
}

/// Somebody invited (ATTENDEE, RFC 5545 §3.8.4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendee {
    pub name: String,
    pub email: String,
    pub kind: UserKind,
    pub role: Role,
    pub participation: Participation,
    /// Whether a reply is asked for.
    pub rsvp: bool,
    pub language: LanguageTag,
}

/// CUTYPE (RFC 5545 §3.2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserKind {
    Individual,
    Group,
}

/// ROLE (RFC 5545 §3.2.16).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Chair,
    Required,
    Optional,
}

impl Role {
    pub const ALL: [Role; 3] = [Role::Chair, Role::Required, Role::Optional];

    pub fn word(self) -> &'static str {
        match self {
            Role::Chair => "CHAIR",
            Role::Required => "REQ-PARTICIPANT",
            Role::Optional => "OPT-PARTICIPANT",
        }
    }
}

/// PARTSTAT (RFC 5545 §3.2.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Participation {
    NeedsAction,
    Accepted,
    Declined,
    Tentative,
}

/// How to join a call (CONFERENCE, RFC 7986 §5.11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conference {
    pub uri: String,
    pub label: String,
}

/// A document that belongs to it (ATTACH, RFC 5545 §3.8.1.1), by its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    pub uri: String,
}

/// A reminder (VALARM, RFC 5545 §3.6.6).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    pub minutes_before: u32,
    pub text: String,
}

impl Event {
    /// What no calendar may hold, whatever its method.
    pub(super) fn check(&self) -> Result<(), Error> {
        let uid = &self.uid;
        if uid.is_empty() || uid.len() > 255 || !uid.bytes().all(|byte| byte.is_ascii_graphic()) {
            let uid = uid.escape_debug();
            let text = text!("`{uid}` cannot identify an event", "`{uid}` no puede identificar un evento");
            return Err(Error::Refused(text));
        }
        if self.end <= self.start {
            let summary = &self.summary;
            return Err(Error::Refused(text!(
                "`{summary}` does not end after its start",
                "`{summary}` no termina después de empezar"
            )));
        }
        Ok(())
    }

    /// Start and end by the zone's clock, where the calendar tells that zone and both can be found again.
    pub fn local<'a>(&self, told: &'a [Timezone]) -> Option<(&'a Timezone, NaiveDateTime, NaiveDateTime)> {
        let told = told.iter().find(|told| told.zone().name() == self.zone.name())?;
        Some((told, told.local(self.start)?, told.local(self.end)?))
    }

    /// The HTML as Thunderbird looks for it: behind the description, as an address that holds it (ALTREP, RFC 5545
    /// §3.2.1). Outlook looks for `X-ALT-DESC`.
    pub(super) fn alternative(&self) -> String {
        self.html.as_ref().map_or_else(String::new, |html| format!("data:text/html,{}", percent_encoded(&clean(html))))
    }

    /// What stands in the file for it.
    pub(super) fn instances(&self) -> Vec<Instance> {
        Instance::all((self.start, self.end), &self.days, &self.zone)
    }

    /// `published`: for everybody, who may read it with any program.
    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>, told: &[Timezone], published: bool) -> Result<(), Error> {
        self.instances().iter().try_for_each(|instance| self.write_instance(instance, writer, told, published))
    }

    fn write_instance<W: Write>(
        &self,
        instance: &Instance,
        writer: &mut Writer<W>,
        told: &[Timezone],
        published: bool,
    ) -> Result<(), Error> {
        let tag = self.lang.to_string();
        let language = [("LANGUAGE", tag.as_str())];
        writer.begin("VEVENT")?;
        writer.line("UID", &[], Value::Text(&self.uid))?;
        writer.line("DTSTAMP", &[], Value::Utc(self.stamp))?;
        writer.line("CREATED", &[], Value::Utc(self.created))?;
        writer.line("LAST-MODIFIED", &[], Value::Utc(self.modified))?;
        writer.line("SEQUENCE", &[], Value::Number(self.sequence))?;
        instance.write(writer, self.local(told).map(|(zone, ..)| zone))?;
        writer.line("SUMMARY", &language, Value::Text(&self.summary))?;
        let alternative = if published { self.alternative() } else { String::new() };
        writer.line("DESCRIPTION", &[language[0], ("ALTREP", &alternative)], Value::Text(&self.description))?;
        if let Some(html) = &self.html {
            writer.line("X-ALT-DESC", &[("FMTTYPE", "text/html")], Value::Text(html))?;
        }
        if let Some(location) = &self.location {
            writer.line("LOCATION", &language, Value::Text(location))?;
        }
        writer.line("STATUS", &[], Value::Token(self.status.word()))?;
        writer.line("TRANSP", &[], Value::Token(self.transparency.word()))?;
        if let Some(comment) = &self.comment {
            writer.line("COMMENT", &language, Value::Text(comment))?;
        }
        if !self.categories.is_empty() {
            writer.line("CATEGORIES", &language, Value::Texts(&self.categories))?;
        }
        if let Some(url) = &self.url {
            writer.line("URL", &[], Value::Uri(url))?;
        }
        if let Some(Conference { uri, label }) = &self.conference {
            let params = [("VALUE", "URI"), ("FEATURE", "VIDEO"), ("LABEL", label), language[0]];
            writer.line("CONFERENCE", &params, Value::Uri(uri))?;
        }
        if let Some(Organizer { name, email, sent_by }) = &self.organizer {
            let sent_by = sent_by.as_ref().map(|sender| format!("mailto:{sender}")).unwrap_or_default();
            writer.line("ORGANIZER", &[("CN", name), ("SENT-BY", &sent_by)], Value::Mail(email))?;
        }
        if let Some(contact) = &self.contact {
            writer.line("CONTACT", &language, Value::Text(contact))?;
        }
        for Attachment { uri } in &self.attachments {
            writer.line("ATTACH", &[], Value::Uri(uri))?;
        }
        for attendee in &self.attendees {
            writer.line("ATTENDEE", &attendee.parameters(&attendee.language.to_string()), Value::Mail(&attendee.email))?;
        }
        if let Some(alarm) = &self.alarm {
            alarm.write(writer, self.lang)?;
        }
        writer.end("VEVENT")
    }
}

impl Attendee {
    /// What its property says beside the address; `language` is its own, written out.
    pub(super) fn parameters<'a>(&'a self, language: &'a str) -> [(&'static str, &'a str); 6] {
        let kind = match self.kind {
            UserKind::Individual => "INDIVIDUAL",
            UserKind::Group => "GROUP",
        };
        let participation = match self.participation {
            Participation::NeedsAction => "NEEDS-ACTION",
            Participation::Accepted => "ACCEPTED",
            Participation::Declined => "DECLINED",
            Participation::Tentative => "TENTATIVE",
        };
        let rsvp = if self.rsvp { "TRUE" } else { "FALSE" };
        [
            ("CUTYPE", kind),
            ("ROLE", self.role.word()),
            ("PARTSTAT", participation),
            ("RSVP", rsvp),
            ("CN", self.name.as_str()),
            ("LANGUAGE", language),
        ]
    }
}

impl Alarm {
    fn write<W: Write>(&self, writer: &mut Writer<W>, lang: LanguageTag) -> Result<(), Error> {
        writer.begin("VALARM")?;
        writer.line("ACTION", &[], Value::Token("DISPLAY"))?;
        writer.line("TRIGGER", &[], Value::Token(&format!("-PT{}M", self.minutes_before)))?;
        writer.line("DESCRIPTION", &[("LANGUAGE", &lang.to_string())], Value::Text(&self.text))?;
        writer.end("VALARM")
    }
}

/// A refusal with its fixed words.
pub(super) fn refused<T>(en: &'static str, es: &'static str) -> Result<T, Error> {
    Err(Error::Refused(Text::fixed(en, es)))
}
