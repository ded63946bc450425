//! The last look before a calendar leaves the house: another implementation reads the file, and every
//! value in it must be the one that was meant.

mod zones;

use std::fmt::Debug;

use chrono::{DateTime, NaiveDateTime, Utc};
use icalendar::parser::{Component, ParseString, Property, read_calendar, unfold};

use super::characters::clean_parameter;
use super::days::Instance;
use super::{Error, Event, Object, clean};
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
    same("METHOD", Some(object.method.word()).filter(|word| !word.is_empty()), value(&head, "METHOD")?)?;
    let source = object.feed.as_ref().and_then(|feed| feed.source.as_deref());
    same("SOURCE", source, value(&head, "SOURCE")?)?;
    same("X-WR-CALNAME", object.name.as_deref().map(clean).as_deref(), value(&head, "X-WR-CALNAME")?)?;
    let named = |name: &'static str| calendar.components.iter().filter(move |part| part.name == name);
    let mut zones = Vec::new();
    for zone in named("VTIMEZONE") {
        zones.push((value(zone, "TZID")?.unwrap_or_default(), zone));
    }
    let told: Vec<&str> = object.told().iter().map(|zone| zone.zone().name()).collect();
    same("VTIMEZONE", told, zones.iter().map(|(name, _)| *name).collect())?;
    let instances: Vec<(&Event, Instance)> =
        events.iter().flat_map(|event| event.instances().into_iter().map(move |instance| (event, instance))).collect();
    same("VEVENT", instances.len(), named("VEVENT").count())?;
    for (read, (meant, instance)) in named("VEVENT").zip(&instances) {
        compare(read, meant, instance, object)?;
        if let Some((_, zone)) = zones.iter().find(|(name, _)| *name == meant.zone.name()) {
            let offsets = |offset: &dyn Fn(DateTime<Utc>) -> Option<i32>| [meant.start, meant.end].map(offset);
            same("VTIMEZONE", offsets(&|at| Some(meant.zone.local(at).offset)), offsets(&|at| zones::offset(zone, at)))?;
        }
    }
    Ok(())
}

fn compare(read: &Component<'_>, meant: &Event, instance: &Instance, object: &Object) -> Result<(), Error> {
    let local = meant.local(object.told());
    let zone = local.map(|(zone, ..)| zone.zone().name());
    let (sequence, rule) = (meant.sequence.to_string(), instance.rule());
    let texts = [
        ("UID", Some(meant.uid.as_str())),
        ("SUMMARY", Some(&meant.summary)),
        ("DESCRIPTION", Some(&meant.description)),
        ("X-ALT-DESC", meant.html.as_deref()),
        ("LOCATION", meant.location.as_deref()),
        ("STATUS", Some(meant.status.word())),
        ("TRANSP", Some(meant.transparency.word())),
        ("COMMENT", meant.comment.as_deref()),
        ("SEQUENCE", Some(&sequence)),
        ("RRULE", rule.as_deref()),
        ("URL", meant.url.as_deref()),
        ("CONTACT", meant.contact.as_deref()),
        ("CONFERENCE", meant.conference.as_ref().map(|conference| conference.uri.as_str())),
    ];
    for (name, text) in texts {
        same(name, text.map(clean).as_deref(), value(read, name)?)?;
    }
    for (name, at, zone) in [
        ("DTSTART", instance.start, zone),
        ("DTEND", instance.end, zone),
        ("DTSTAMP", meant.stamp, None),
        ("CREATED", meant.created, None),
        ("LAST-MODIFIED", meant.modified, None),
    ] {
        let property = only(read, name)?;
        same(name, Some((zone, Some(at))), property.map(|property| (zone_of(property), instant(property))))?;
    }
    let alternative = Some(meant.alternative()).filter(|html| object.is_published() && !html.is_empty());
    same("ALTREP", alternative.as_deref(), only(read, "DESCRIPTION")?.and_then(|property| parameter(property, "ALTREP")))?;
    let attached: Vec<&str> = all(read, "ATTACH").map(|property| property.val.as_str()).collect();
    same("ATTACH", meant.attachments.iter().map(|attachment| attachment.uri.as_str()).collect(), attached)?;
    let moments = |name: &str| all(read, name).map(|property| (zone_of(property), instant(property))).collect::<Vec<_>>();
    same("RECURRENCE-ID", instance.replaces.iter().map(|at| (zone, Some(*at))).collect(), moments("RECURRENCE-ID"))?;
    same("EXDATE", instance.skips.iter().map(|at| (zone, Some(*at))).collect(), moments("EXDATE"))?;
    let categories: Vec<String> = meant.categories.iter().map(|text| clean(text).into_owned()).collect();
    same("CATEGORIES", categories, texts_of(only(read, "CATEGORIES")?))?;
    let organizer = meant.organizer.iter().map(|organizer| {
        let sent_by = organizer.sent_by.as_ref().map(|sender| format!("mailto:{sender}")).unwrap_or_default();
        person(&organizer.email, &[("CN", &organizer.name), ("SENT-BY", &sent_by)])
    });
    let attendees =
        meant.attendees.iter().map(|attendee| person(&attendee.email, &attendee.parameters(&attendee.language.to_string())));
    same("ORGANIZER", organizer.collect(), people(read, "ORGANIZER"))?;
    same("ATTENDEE", attendees.collect(), people(read, "ATTENDEE"))?;
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

/// Several TEXT values in one property; the reader hands them over as they were written.
fn texts_of(property: Option<&Property<'_>>) -> Vec<String> {
    let Some(written) = property.map(|property| property.val.as_str()) else { return Vec::new() };
    let mut escaped = false;
    let parts = written.split(|c: char| {
        let ends = c == ',' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    });
    parts.map(|part| ParseString::from(part).unescape_text().as_str().to_owned()).collect()
}

/// The address of somebody, and what is said of them.
type Person = (String, Vec<(String, String)>);

fn person(email: &str, parameters: &[(&'static str, &str)]) -> Person {
    let written = parameters.iter().map(|(key, value)| ((*key).to_owned(), clean_parameter(value).into_owned()));
    (email.to_owned(), written.filter(|(_, value)| !value.is_empty()).collect())
}

fn people(read: &Component<'_>, name: &'static str) -> Vec<Person> {
    let person = |property: &Property<'_>| {
        let uri = property.val.as_str();
        let parameters = property.params.iter().map(|param| {
            (param.key.as_str().to_owned(), param.val.as_ref().map_or(String::new(), |value| value.as_str().to_owned()))
        });
        (uri.strip_prefix("mailto:").unwrap_or(uri).to_owned(), parameters.collect())
    };
    all(read, name).map(person).collect()
}

pub(super) fn zone_of<'a>(property: &'a Property<'_>) -> Option<&'a str> {
    parameter(property, "TZID")
}

fn parameter<'a>(property: &'a Property<'_>, name: &str) -> Option<&'a str> {
    property.params.iter().find(|param| param.key == name).and_then(|param| Some(param.val.as_ref()?.as_str()))
}

/// The instant of a time, in UTC or by the clock of its zone.
pub(super) fn instant(property: &Property<'_>) -> Option<DateTime<Utc>> {
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
