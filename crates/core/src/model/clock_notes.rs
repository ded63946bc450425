//! What readers must be told about their clocks: a change since the last session, phones with old rules.

use chrono::{DateTime, NaiveTime, Utc};

use crate::locale::{Lang, Text, dates, words};
use crate::model::{AlsoHour, Programme, Session};
use crate::time::{Place, Shift, Zone, older_local, place_name, shift};

/// The notes under the hours of a session, in one language.
pub fn clock_notes(programme: &Programme, session: &Session, lang: Lang) -> Vec<String> {
    clock_notes_for(&programme.group.places().collect::<Vec<_>>(), programme, session, lang)
}

/// Those for people in some places.
pub fn clock_notes_for(places: &[&Place], programme: &Programme, session: &Session, lang: Lang) -> Vec<String> {
    let Some((start, _)) = session.time() else { return Vec::new() };
    let hour = |zone: &Zone, time: NaiveTime| programme.group.worded_hour(lang, zone, time);
    let mut notes: Vec<String> = session.also.iter().map(|also| also_note(programme, session, also, start, lang)).collect();
    if let Some(earlier) = programme.before(session) {
        notes.extend(shifts(places, earlier, session, start, lang, &hour));
    }
    notes.extend(older(places, start, lang, &hour));
    if session.agenda().iter().any(|entry| entry.slot.hours().is_some_and(|hours| hours.follows)) {
        let note =
            Text::fixed("Hours in brackets follow from the durations.", "Las horas entre paréntesis resultan de las duraciones.");
        notes.push(note.get(lang).to_owned());
    }
    notes
}

/// "Madrid: 17:00 h, y ya no 18:00 h como en la sesión 2; la hora cambia el domingo 30 de octubre de 2022."
fn shifts(
    places: &[&Place],
    earlier: &Session,
    later: &Session,
    start: DateTime<Utc>,
    lang: Lang,
    hour: &dyn Fn(&Zone, NaiveTime) -> String,
) -> Vec<String> {
    let Some((before, _)) = earlier.time() else { return Vec::new() };
    let mut told: Vec<(Shift, Vec<&Place>)> = Vec::new();
    for place in places {
        let Some(shift) = shift(&place.zone, &later.zone, before, start) else { continue };
        match told.iter_mut().find(|(known, _)| *known == shift) {
            Some((_, places)) => places.push(place),
            None => told.push((shift, vec![place])),
        }
    }
    let note = |(shift, places): &(Shift, Vec<&Place>)| {
        let zone = &places[0].zone;
        let (now, then) = (hour(zone, shift.later.time()), hour(zone, shift.earlier.time()));
        let (names, session) = (names(places, lang), earlier.mention(lang));
        let day = dates::long_date(lang, shift.change.date());
        match lang {
            Lang::Es => format!("{names}: {now}, y ya no {then} como en {session}; la hora cambia el {day}."),
            Lang::En => format!("{names}: {now}, no longer {then} as in {session}; the clocks change on {day}."),
        }
    };
    told.iter().map(note).collect()
}

/// Places where phones with older rules show another hour: the hour that holds, and the same in UTC.
fn older(places: &[&Place], start: DateTime<Utc>, lang: Lang, hour: &dyn Fn(&Zone, NaiveTime) -> String) -> Vec<String> {
    let wrong = places.iter().filter_map(|place| {
        let newest = place.zone.local(start).time;
        let older = older_local(&place.zone, start).filter(|older| *older != newest)?;
        let (now, then) = (hour(&place.zone, newest.time()), hour(&place.zone, older.time()));
        let (name, utc) = (place.name.get(lang), dates::clock(start.time()));
        Some(match lang {
            Lang::Es => {
                format!("{name}: la hora correcta es {now} ({utc} UTC); un teléfono sin actualizar puede mostrar {then}.")
            }
            Lang::En => format!("{name}: the right hour is {now} ({utc} UTC); a phone without updates may show {then}."),
        })
    });
    wrong.collect()
}

/// "También: 17:00–18:00 en Madrid."
fn also_note(programme: &Programme, session: &Session, also: &AlsoHour, start: DateTime<Utc>, lang: Lang) -> String {
    let group = &programme.group;
    let hours = match also.end {
        Some(end) => group.worded_hours(lang, &also.zone, [also.start.value, end.value]).join("–"),
        None => group.worded_hour(lang, &also.zone, also.start.value),
    };
    let local = also.zone.local(start).time.date();
    let other = session.date.is_some_and(|date| date.value != local);
    let day = if other { format!(", {}", dates::long_date(lang, local)) } else { String::new() };
    let place = place_name(&also.zone);
    match lang {
        Lang::Es => format!("También: {hours} en {}{day}.", place.es),
        Lang::En => format!("Also: {hours} in {}{day}.", place.en),
    }
}

fn names(places: &[&Place], lang: Lang) -> String {
    words::join(lang, &places.iter().map(|place| place.name.get(lang)).collect::<Vec<_>>())
}
