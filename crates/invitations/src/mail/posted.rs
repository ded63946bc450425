//! A mail as it lies among those that somebody sent: to whom it went, and whose invitation is in it.

use icalendar::parser::{read_components, unfold};
use mail_parser::{Address, MessageParser, MessagePart, MimeHeaders, PartType};

use crate::ledger::address;

/// A mail that went out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Posted {
    /// Its Message-ID, without its brackets.
    pub id: Option<String>,
    /// Every address in To, Cc and Bcc.
    pub to: Vec<String>,
    /// The letters in it, as its calendars name them: many programs give a draft that they send another Message-ID.
    pub letters: Vec<Enclosed>,
}

/// A letter of ours within a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enclosed {
    pub uid: String,
    /// As it stands in the calendar ("20270104T120000Z").
    pub dtstamp: String,
    pub attendee: String,
}

/// Reads a mail that went out; `None` if it is none.
///
/// ```
/// use convoca_invitations::mail::posted;
/// let mail = b"Message-ID: <1@x>\r\nTo: Ana <Ana@example.org>\r\nCc: beto@example.org\r\n\r\nHola\r\n";
/// let posted = posted(mail).unwrap();
/// assert_eq!((posted.id.as_deref(), posted.to), (Some("1@x"), vec!["ana@example.org".to_owned(), "beto@example.org".to_owned()]));
/// ```
pub fn posted(octets: &[u8]) -> Option<Posted> {
    let mail = MessageParser::default().parse(octets)?;
    let addresses = [mail.to(), mail.cc(), mail.bcc()].into_iter().flatten().flat_map(Address::iter);
    let to = addresses.filter_map(|one| one.address()).map(|email| address(email).into_owned()).collect();
    let mut letters: Vec<Enclosed> = Vec::new();
    for letter in mail.parts.iter().filter_map(calendar).flat_map(|text| enclosed(&text)) {
        if !letters.contains(&letter) {
            letters.push(letter);
        }
    }
    Some(Posted { id: mail.message_id().map(str::to_owned), to, letters })
}

/// A part that is a calendar, whichever way a program marks it.
fn calendar(part: &MessagePart<'_>) -> Option<String> {
    let is_marked = part.content_type().is_some_and(|kind| {
        let subtype = kind.subtype().unwrap_or_default();
        subtype.eq_ignore_ascii_case("calendar") || subtype.eq_ignore_ascii_case("ics")
    });
    let is_named = || part.attachment_name().is_some_and(|name| name.to_ascii_lowercase().ends_with(".ics"));
    if !is_marked && !is_named() {
        return None;
    }
    match &part.body {
        PartType::Text(text) => Some(text.clone().into_owned()),
        PartType::Binary(octets) | PartType::InlineBinary(octets) => Some(String::from_utf8_lossy(octets).into_owned()),
        _ => None,
    }
}

fn enclosed(calendar: &str) -> Vec<Enclosed> {
    let unfolded = unfold(calendar);
    let Ok(components) = read_components(&unfolded) else { return Vec::new() };
    let events = components.iter().flat_map(|calendar| &calendar.components).filter(|part| part.name == "VEVENT");
    let letter = |event: &icalendar::parser::Component<'_>| {
        let value = |name: &str| {
            let property = event.properties.iter().find(|property| property.name == name)?;
            Some(property.val.as_str().trim().to_owned())
        };
        let attendee = value("ATTENDEE")?;
        let email = attendee.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("mailto:")).and(attendee.get(7..))?;
        Some(Enclosed { uid: value("UID")?, dtstamp: value("DTSTAMP")?, attendee: address(email).into_owned() })
    };
    events.filter_map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALENDAR: &str = "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nUID:one@g.example.org\r\n\
                            DTSTAMP:20270201T120000Z\r\nATTENDEE;CN=Ana;RSVP=TRUE:MAILTO:Ana@\r\n Example.org\r\nEND:VEVENT\r\n\
                            END:VCALENDAR\r\n";

    fn letters(kind: &str, calendar: &str) -> Vec<Enclosed> {
        let mail = format!(
            "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nHola\r\n\
             --b\r\n{kind}\r\n\r\n{calendar}\r\n--b--\r\n"
        );
        posted(mail.as_bytes()).unwrap().letters
    }

    #[test]
    fn a_letter_is_known_by_its_calendar_however_it_is_enclosed() {
        let own = Enclosed {
            uid: "one@g.example.org".to_owned(),
            dtstamp: "20270201T120000Z".to_owned(),
            attendee: "ana@example.org".to_owned(),
        };
        for kind in [
            "Content-Type: text/calendar; method=REQUEST",
            "Content-Type: application/ics; name=invite.ics\r\nContent-Disposition: attachment",
            "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=invite.ICS",
        ] {
            assert_eq!(letters(kind, CALENDAR), std::slice::from_ref(&own), "{kind}");
        }
        assert_eq!(letters("Content-Type: text/html", CALENDAR), []);
        for broken in ["", "BEGIN:VCALENDAR", "hola", &CALENDAR.replace("MAILTO:", ""), &CALENDAR.replace("UID:", "X:")] {
            assert_eq!(letters("Content-Type: text/calendar", broken), [], "{broken}");
        }
    }
}
