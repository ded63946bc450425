//! The last look before a calendar leaves the house: another implementation reads the file, and every
//! value in it must be the one that was meant.

use std::fmt::Debug;

use chrono::{DateTime, NaiveDateTime, Utc};
use icalendar::parser::{Component, Property, read_calendar, unfold};

use super::{Error, Event, Object, Timezone, clean};
use crate::text;
use crate::time::{Reading, Zone};

/// Reads a calendar and compares it with what was meant.
///
/// # Errors
/// The first difference. Then the file must not be written.
pub fn read_back(bytes: &[u8], object: &Object, events: &[Event]) -> Result<(), Error> {
    let file = std::str::from_utf8(bytes).map_err(|error| unreadable(&error.to_string()))?;
    let unfolded = unfold(file);
    let calendar = read_calendar(&unfolded).map_err(|error| unreadable(&error))?;
    let head = Component { name: "VCALENDAR".into(), properties: calendar.properties, components: Vec::new() };
    same("METHOD", Some(object.method.word()), value(&head, "METHOD")?)?;
    same("X-WR-CALNAME", object.name.as_deref().map(clean).as_deref(), value(&head, "X-WR-CALNAME")?)?;
    let named = |name: &'static str| calendar.components.iter().filter(move |part| part.name == name);
    let zones: Vec<&str> =
        named("VTIMEZONE").map(|zone| value(zone, "TZID")).collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect();
    let told: Vec<&str> = object.told().iter().map(|zone| zone.zone().name()).collect();
    same("VTIMEZONE", told, zones)?;
    same("VEVENT", events.len(), named("VEVENT").count())?;
    named("VEVENT").zip(events).try_for_each(|(read, meant)| compare(read, meant, object.told()))
}

fn compare(read: &Component<'_>, meant: &Event, told: &[Timezone]) -> Result<(), Error> {
    let local = meant.local(told);
    let zone = local.map(|(zone, ..)| zone.zone().name());
    let sequence = meant.sequence.to_string();
    let texts = [
        ("UID", Some(meant.uid.as_str())),
        ("SUMMARY", Some(&meant.summary)),
        ("DESCRIPTION", Some(&meant.description)),
        ("X-ALT-DESC", meant.html.as_deref()),
        ("LOCATION", meant.location.as_deref()),
        ("STATUS", Some(meant.status.word())),
        ("SEQUENCE", Some(&sequence)),
        ("URL", meant.url.as_deref()),
        ("CONFERENCE", meant.conference.as_ref().map(|conference| conference.uri.as_str())),
    ];
    for (name, text) in texts {
        same(name, text.map(clean).as_deref(), value(read, name)?)?;
    }
    for (name, at, zone) in [("DTSTART", meant.start, zone), ("DTEND", meant.end, zone), ("DTSTAMP", meant.stamp, None)] {
        let property = only(read, name)?;
        same(name, Some((zone, Some(at))), property.map(|property| (zone_of(property), instant(property))))?;
    }
    let organizer: Vec<&str> = meant.organizer.iter().map(|organizer| organizer.email.as_str()).collect();
    let attendees: Vec<&str> = meant.attendees.iter().map(|attendee| attendee.email.as_str()).collect();
    same("ORGANIZER", organizer, addresses(read, "ORGANIZER"))?;
    same("ATTENDEE", attendees, addresses(read, "ATTENDEE"))?;
    let alarms = read.components.iter().filter(|part| part.name == "VALARM").count();
    same("VALARM", usize::from(meant.alarm.is_some()), alarms)
}

fn all<'a>(read: &'a Component<'_>, name: &str) -> impl Iterator<Item = &'a Property<'a>> {
    read.properties.iter().filter(move |property| property.name == name)
}

/// The property of a name, of which there may be only one: the reader would keep the last in silence.
fn only<'a>(read: &'a Component<'_>, name: &'static str) -> Result<Option<&'a Property<'a>>, Error> {
    let count = all(read, name).count();
    if count > 1 {
        same(name, 1, count)?;
    }
    Ok(all(read, name).next())
}

fn value<'a>(read: &'a Component<'_>, name: &'static str) -> Result<Option<&'a str>, Error> {
    Ok(only(read, name)?.map(|property| property.val.as_str()))
}

fn addresses<'a>(read: &'a Component<'_>, name: &'static str) -> Vec<&'a str> {
    all(read, name).map(|property| property.val.as_str()).map(|uri| uri.strip_prefix("mailto:").unwrap_or(uri)).collect()
}

fn zone_of<'a>(property: &'a Property<'_>) -> Option<&'a str> {
    property.params.iter().find(|param| param.key == "TZID").and_then(|param| Some(param.val.as_ref()?.as_str()))
}

/// The instant of a time, in UTC or by the clock of its zone.
fn instant(property: &Property<'_>) -> Option<DateTime<Utc>> {
    let parse = |text: &str| NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").ok();
    let written = property.val.as_str();
    match zone_of(property) {
        None => Some(parse(written.strip_suffix('Z')?)?.and_utc()),
        Some(zone) => match Zone::named(zone)?.instant(parse(written)?)? {
            Reading::Once(instant) => Some(instant),
            Reading::Skipped(..) | Reading::Twice(..) => None,
        },
    }
}

fn same<T: PartialEq + Debug>(name: &'static str, meant: T, read: T) -> Result<(), Error> {
    if meant == read {
        return Ok(());
    }
    Err(Error::Differs(text!(
        "the calendar was not written, because its {name} would be read as {read:?} instead of {meant:?}",
        "no se escribió el calendario, porque su {name} se leería como {read:?} en vez de {meant:?}"
    )))
}

fn unreadable(why: &str) -> Error {
    Error::Differs(text!(
        "the calendar was not written, because it could not be read back: {why}",
        "no se escribió el calendario, porque no se pudo volver a leer: {why}"
    ))
}

#[cfg(test)]
mod tests;
