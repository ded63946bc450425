//! A mail as whoever gets it sees it: its head, its page, and what its calendar puts into theirs.

use icalendar::parser::{Component, read_components, unfold};
use mail_parser::{Address, MessageParser};

/// A mail of this program, opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub subject: String,
    /// `Name <address>`
    pub from: String,
    pub to: String,
    /// For programs that show no pages.
    pub text: String,
    pub html: String,
    pub entry: Option<Entry>,
}

/// What a calendar shows of the event in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// REQUEST or CANCEL (RFC 5546).
    pub method: String,
    pub summary: String,
    pub location: Option<String>,
    pub description: Option<String>,
    /// How many minutes before it reminds.
    pub alarm: Option<u32>,
    /// Whether it asks for an answer.
    pub asks: bool,
}

/// Opens a mail; `None` if it is none.
///
/// ```
/// use convoca_invitations::mail::reading;
/// let mail = b"From: A <a@example.org>\r\nTo: b@example.org\r\nSubject: =?utf-8?Q?Ma=C3=B1ana?=\r\n\r\nHola\r\n";
/// let read = reading(mail).unwrap();
/// assert_eq!((&*read.subject, &*read.from, &*read.text), ("Mañana", "A <a@example.org>", "Hola\r\n"));
/// ```
pub fn reading(octets: &[u8]) -> Option<Reading> {
    let mail = MessageParser::default().parse(octets)?;
    let texts = |part: Option<&mail_parser::MessagePart<'_>>| part.and_then(|part| part.text_contents()).map(str::to_owned);
    let is_calendar = |part: &&mail_parser::MessagePart<'_>| {
        use mail_parser::MimeHeaders;
        part.content_type().is_some_and(|kind| kind.ctype() == "text" && kind.subtype() == Some("calendar"))
    };
    let calendar = mail.parts.iter().find(is_calendar).and_then(|part| part.text_contents());
    Some(Reading {
        subject: mail.subject().unwrap_or_default().to_owned(),
        from: whom(mail.from()),
        to: whom(mail.to()),
        text: texts(mail.text_bodies().next()).unwrap_or_default(),
        html: texts(mail.html_bodies().next()).unwrap_or_default(),
        entry: calendar.and_then(entry),
    })
}

fn whom(address: Option<&Address<'_>>) -> String {
    let Some(first) = address.and_then(Address::first) else { return String::new() };
    let email = first.address().unwrap_or_default();
    first.name().map_or_else(|| email.to_owned(), |name| format!("{name} <{email}>"))
}

fn entry(calendar: &str) -> Option<Entry> {
    let unfolded = unfold(calendar);
    let components = read_components(&unfolded).ok()?;
    let calendar = components.iter().find(|part| part.name == "VCALENDAR")?;
    let event = calendar.components.iter().find(|part| part.name == "VEVENT")?;
    let value = |part: &Component<'_>, name: &str| {
        part.properties.iter().find(|property| property.name == name).map(|property| plain(property.val.as_str()))
    };
    let attendee = event.properties.iter().find(|property| property.name == "ATTENDEE");
    let asks = attendee.is_some_and(|property| {
        property
            .params
            .iter()
            .any(|parameter| parameter.key == "RSVP" && parameter.val.as_ref().is_some_and(|val| *val == "TRUE"))
    });
    let alarm = event.components.iter().find(|part| part.name == "VALARM").and_then(|alarm| value(alarm, "TRIGGER"));
    Some(Entry {
        method: value(calendar, "METHOD").unwrap_or_default(),
        summary: value(event, "SUMMARY").unwrap_or_default(),
        location: value(event, "LOCATION").filter(|place| !place.is_empty()),
        description: value(event, "DESCRIPTION").filter(|text| !text.is_empty()),
        alarm: alarm.and_then(|trigger| trigger.strip_prefix("-PT")?.strip_suffix('M')?.parse().ok()),
        asks,
    })
}

/// A TEXT value without its escapes (RFC 5545 §3.3.11).
fn plain(value: &str) -> String {
    let mut out = String::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (_, true) => match letters.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => {}
            },
            (letter, false) => out.push(letter),
        }
    }
    out
}
