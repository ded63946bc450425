//! One calendar object into answers (REPLY, COUNTER and DECLINECOUNTER, RFC 5546 §3.2).

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use icalendar::parser::{Component, Property, read_components};

use super::readable::readable;
use super::{Answer, Found, Proposal, Response, Sender, address, zones};
use crate::locale::Text;
use crate::text;
use crate::time::Reading;

/// What the mail around a calendar says of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Envelope<'a> {
    pub charset: Option<&'a str>,
    /// The Content-Type's `method`, for calendars without METHOD.
    pub method: Option<&'a str>,
    pub from: Sender,
    pub to: Option<&'a str>,
}

/// The answers in a calendar file that came without a mail; other calendars hold none.
///
/// ```
/// let file = "BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:one@g.example.org\nDTSTAMP:20270301T120000Z\n\
///     ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Ana@example.org\nEND:VEVENT\nEND:VCALENDAR\n";
/// let answers = convoca::replies::answers_in_calendar(file.as_bytes());
/// assert_eq!(answers[0].as_ref().unwrap().attendee, "ana@example.org");
/// ```
pub fn answers_in_calendar(octets: &[u8]) -> Vec<Found> {
    answers(octets, &Envelope::default())
}

pub(super) fn answers(octets: &[u8], envelope: &Envelope<'_>) -> Vec<Found> {
    let lines = match readable(octets, envelope.charset) {
        Ok(lines) => lines,
        Err(why) => return vec![Err(why)],
    };
    let Ok(components) = read_components(&lines) else {
        return vec![Err(Text::fixed("its calendar cannot be read", "su calendario no se puede leer"))];
    };
    let calendars = components.iter().filter(|part| part.name == "VCALENDAR");
    calendars.flat_map(|calendar| in_object(calendar, envelope)).collect()
}

fn in_object(calendar: &Component<'_>, envelope: &Envelope<'_>) -> Vec<Found> {
    let method = value(calendar, "METHOD").or(envelope.method).unwrap_or_default().trim().to_ascii_uppercase();
    if !matches!(method.as_str(), "REPLY" | "COUNTER" | "DECLINECOUNTER") {
        return Vec::new();
    }
    let events = calendar.components.iter().filter(|part| part.name == "VEVENT");
    events.map(|event| answer(calendar, event, &method, envelope)).collect()
}

fn answer(calendar: &Component<'_>, event: &Component<'_>, method: &str, envelope: &Envelope<'_>) -> Found {
    let uid = value(event, "UID").map(str::trim).filter(|uid| !uid.is_empty());
    let uid = uid.ok_or(Text::fixed("it does not say to which invitation", "no dice a qué invitación"))?.to_owned();
    let stamp = value(event, "DTSTAMP").and_then(utc);
    let dtstamp = stamp.ok_or(Text::fixed("it does not say when it was given", "no dice cuándo se dio"))?;
    let sequence = match value(event, "SEQUENCE").map(str::trim) {
        None | Some("") => 0,
        Some(written) => {
            written.parse().map_err(|_| text!("`{written}` is no SEQUENCE", "`{written}` no es un SEQUENCE válido"))?
        }
    };
    let (attendee, status) = attendee(event, method, envelope)?;
    let response = match method {
        "COUNTER" => Response::Counter(proposal(calendar, event)),
        "DECLINECOUNTER" => Response::DeclineCounter,
        _ => response(&status, &attendee)?,
    };
    let comment = all(event, "COMMENT").map(|property| property.val.as_str().trim()).find(|comment| !comment.is_empty());
    Ok(Answer { uid, attendee, response, sequence, dtstamp, comment: comment.map(str::to_owned), from: envelope.from.clone() })
}

fn response(status: &str, attendee: &str) -> Result<Response, Text> {
    match status {
        "ACCEPTED" => Ok(Response::Accepted),
        "DECLINED" => Ok(Response::Declined),
        "TENTATIVE" => Ok(Response::Tentative),
        "DELEGATED" => Err(text!(
            "{attendee} passes the invitation on to somebody else; invite that person in the programme",
            "{attendee} pasa la invitación a otra persona; invite a esa persona en el programa"
        )),
        _ => Err(text!("`{status}` of {attendee} is no answer", "`{status}` de {attendee} no es una respuesta")),
    }
}

/// Who answers, and PARTSTAT. A reply names one attendee; a counter-proposal may name all of them, and
/// then it speaks for the sender; what the organizer turns down may name nobody but the mail's recipient.
fn attendee(event: &Component<'_>, method: &str, envelope: &Envelope<'_>) -> Result<(String, String), Text> {
    let named: Vec<(String, String)> = all(event, "ATTENDEE").map(|property| (who(property), status(property))).collect();
    let none = || Text::fixed("it does not say who answers", "no dice quién responde");
    match (named.as_slice(), method) {
        ([one], _) => Ok(one.clone()),
        ([], "DECLINECOUNTER") => envelope.to.map(|to| (address(to), String::new())).ok_or_else(none),
        ([], _) => Err(none()),
        (_, "REPLY") => Err(Text::fixed("it answers for several people at once", "responde por varias personas a la vez")),
        (several, _) => {
            let speaks = if method == "COUNTER" { envelope.from.address() } else { envelope.to }.map(address);
            several.iter().find(|(who, _)| Some(who) == speaks.as_ref()).cloned().ok_or_else(none)
        }
    }
}

/// The address; Apple and Exchange write it as a parameter where the value is a name of their own.
fn who(property: &Property<'_>) -> String {
    let email = parameter(property, "EMAIL").filter(|_| !property.val.as_str().contains('@'));
    address(email.unwrap_or(property.val.as_str()))
}

fn status(property: &Property<'_>) -> String {
    parameter(property, "PARTSTAT").unwrap_or("NEEDS-ACTION").trim().to_ascii_uppercase()
}

fn proposal(calendar: &Component<'_>, event: &Component<'_>) -> Proposal {
    let start = all(event, "DTSTART").next();
    let instant = |property: &Property<'_>| instant(calendar, property);
    let at = start.and_then(instant);
    let end = all(event, "DTEND").next().and_then(instant).or_else(|| {
        let length = value(event, "DURATION")?.trim().parse::<jiff::SignedDuration>().ok()?;
        at?.checked_add_signed(TimeDelta::try_seconds(length.as_secs())?)
    });
    let written = start.map_or(String::new(), |start| match parameter(start, "TZID") {
        Some(zone) => format!("{} ({zone})", start.val.as_str()),
        None => start.val.as_str().to_owned(),
    });
    Proposal { start: at, end: end.filter(|end| at.is_some_and(|start| start < *end)), written }
}

/// An instant, if the file says which: a time without a zone, or in one that nobody knows, is none.
fn instant(calendar: &Component<'_>, property: &Property<'_>) -> Option<DateTime<Utc>> {
    let written = property.val.as_str().trim();
    if let Some(instant) = utc(written) {
        return Some(instant);
    }
    let (tzid, local) = (parameter(property, "TZID")?, local(written)?);
    if let Some(zone) = zones::named(tzid) {
        return match zone.instant(local)? {
            // RFC 5545 §3.3.5: by the clocks before the change.
            Reading::Once(at) | Reading::Skipped(at, _) | Reading::Twice(at, _) => Some(at),
        };
    }
    let offset = zones::constant_offset(calendar, tzid)?;
    Some(local.checked_sub_signed(TimeDelta::seconds(offset.into()))?.and_utc())
}

fn utc(written: &str) -> Option<DateTime<Utc>> {
    Some(local(written.trim().strip_suffix(['Z', 'z'])?)?.and_utc())
}

fn local(written: &str) -> Option<NaiveDateTime> {
    let (date, time) = written.split_at_checked(8)?;
    let date = NaiveDate::parse_from_str(date, "%Y%m%d").ok()?;
    let time = chrono::NaiveTime::parse_from_str(time.strip_prefix(['T', 't'])?, "%H%M%S").ok()?;
    Some(date.and_time(time))
}

fn all<'a>(part: &'a Component<'_>, name: &str) -> impl Iterator<Item = &'a Property<'a>> {
    part.properties.iter().filter(move |property| property.name.as_str().eq_ignore_ascii_case(name))
}

fn value<'a>(part: &'a Component<'_>, name: &str) -> Option<&'a str> {
    all(part, name).next().map(|property| property.val.as_str())
}

fn parameter<'a>(property: &'a Property<'_>, name: &str) -> Option<&'a str> {
    let param = property.params.iter().find(|param| param.key.as_str().eq_ignore_ascii_case(name))?;
    param.val.as_ref().map(|value| value.as_str())
}
