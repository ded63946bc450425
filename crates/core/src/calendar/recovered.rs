//! What was published last, from the calendar itself, where the register of it is lost.

use icalendar::parser::{Component, read_calendar, unfold};

use super::publish::public_uid;
use super::read_back::{instant, zone_of};
use super::register::{EventSummary, Register, RegisterLine, Told};
use crate::model::Programme;

/// Longer than any programme: what is larger is not ours.
const LARGEST: usize = 4 * 1024 * 1024;
/// What stands for a content that nobody knows: whatever is published next is another.
const LOST: &str = "lost";

/// The state of each session of a programme in a calendar that was published of it. What is of another, or cannot be
/// read, tells nothing.
pub fn recovered(programme: &Programme, calendar: &str) -> Register {
    let mut register = Register::default();
    if calendar.len() > LARGEST {
        return register;
    }
    let unfolded = unfold(calendar);
    let Ok(read) = read_calendar(&unfolded) else { return register };
    let is_of = |told: &Told| programme.sessions.iter().any(|session| public_uid(programme, session) == told.uid);
    let events = read.components.iter().filter(|component| component.name == "VEVENT");
    let known = events.filter_map(told).filter(is_of);
    known.for_each(|told| register.add(RegisterLine::Published(told)));
    register
}

fn told(event: &Component<'_>) -> Option<Told> {
    let property = |name: &str| event.properties.iter().find(|property| property.name == name);
    let text = |name: &str| property(name).map(|property| property.val.as_str().to_owned());
    let start = property("DTSTART")?;
    let uid = text("UID")?;
    let summary = text("SUMMARY").unwrap_or_default();
    Some(Told {
        session: uid.split_once(".published@")?.0.to_owned(),
        who: None,
        uid,
        sequence: text("SEQUENCE")?.parse().ok()?,
        stamp: instant(property("DTSTAMP")?)?,
        content: LOST.to_owned(),
        start: instant(start)?,
        end: instant(property("DTEND")?)?,
        zone: zone_of(start).unwrap_or("UTC").to_owned(),
        summary: EventSummary { es: summary.clone(), en: summary },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::programme_calendar;
    use crate::calendar::publish::tests::programme;
    use crate::locale::Lang;

    #[test]
    fn the_calendar_of_a_programme_tells_its_numbers_and_no_other_does() {
        let own = programme("", "");
        let bytes = programme_calendar(&own.public(), Lang::Es).bytes().unwrap();
        let feed = String::from_utf8(bytes).unwrap().replace("SEQUENCE:0", "SEQUENCE:4");
        let told = recovered(&own, &feed).last("one").cloned().unwrap();
        assert_eq!((told.sequence, told.zone.as_str()), (4, "America/Guatemala"));
        assert_eq!(Some((told.start, told.end)), own.sessions[0].settled_time());
        let mut other = programme("", "");
        other.group.id = "other".into();
        let broken = feed.replace("SEQUENCE:4", "SEQUENCE:x");
        let cases: [(&Programme, &str); 3] = [(&other, &feed), (&own, "hello"), (&own, &broken)];
        for (programme, text) in cases {
            assert_eq!(recovered(programme, text), Register::default());
        }
    }
}
