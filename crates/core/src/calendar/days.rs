//! A meeting of several days as calendars hold it: one UID, one answer, and an entry on each day instead of one
//! that fills the nights. Every day at the hours of the first (RRULE, RFC 5545 §3.8.5.3), but for the days that
//! have hours of their own (RECURRENCE-ID, §3.8.4.4) or none (EXDATE, §3.8.5.1).

use std::io::Write;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

use super::{Error, Timezone, Value, Writer};
use crate::time::{Reading, Zone};

/// From when to when.
type Stretch = (DateTime<Utc>, DateTime<Utc>);

/// One VEVENT of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instance {
    pub start: DateTime<Utc>,
    pub end: DateTime<Utc>,
    /// On which of the repeated days it stands instead.
    pub replaces: Option<DateTime<Utc>>,
    /// How many days in a row there are, of the first.
    pub repeats: Option<i64>,
    /// Of these the ones on which nothing is held.
    pub skips: Vec<DateTime<Utc>>,
}

impl Instance {
    /// What stands in the file for a stretch of so many days, by a clock: the one that is repeated first.
    pub(super) fn all(whole: Stretch, days: &[Stretch], zone: &Zone) -> Vec<Instance> {
        let (start, end) = whole;
        let whole = Instance { start, end, replaces: None, repeats: None, skips: Vec::new() };
        let ([first, .., last], false) = (days, days.len() < 2) else { return vec![whole] };
        let day = |at: DateTime<Utc>| zone.local(at).time.date();
        let (from, count) = (day(first.0), (day(last.0) - day(first.0)).num_days() + 1);
        let repeated = |on: NaiveDate| at_hour_of(zone, first.0, on);
        let held: Vec<_> = days.iter().map(|own| (day(own.0), own)).collect();
        let is_free = |on: &NaiveDate| !held.iter().any(|(day, _)| day == on);
        let all = from.iter_days().take(usize::try_from(count).unwrap_or_default());
        let skips = all.filter(is_free).map(repeated).collect();
        let mut instances = vec![Instance { start: first.0, end: first.1, replaces: None, repeats: Some(count), skips }];
        for (on, (start, end)) in held.into_iter().skip(1) {
            let usual = repeated(on);
            if (*start, *end) != (usual, usual + (first.1 - first.0)) {
                instances.push(Instance { start: *start, end: *end, replaces: Some(usual), repeats: None, skips: Vec::new() });
            }
        }
        instances
    }

    pub(super) fn rule(&self) -> Option<String> {
        self.repeats.map(|count| format!("FREQ=DAILY;COUNT={count}"))
    }

    /// Start, end and how it stands among the repeated days, by the rules of a zone or in UTC.
    pub(super) fn write<W: Write>(&self, writer: &mut Writer<W>, zone: Option<&Timezone>) -> Result<(), Error> {
        let mut put = |name: &'static str, at: DateTime<Utc>| match zone.and_then(|zone| Some((zone, zone.local(at)?))) {
            Some((zone, local)) => writer.line(name, &[("TZID", zone.zone().name())], Value::Local(local)),
            None => writer.line(name, &[], Value::Utc(at)),
        };
        if let Some(replaces) = self.replaces {
            put("RECURRENCE-ID", replaces)?;
        }
        put("DTSTART", self.start)?;
        put("DTEND", self.end)?;
        self.skips.iter().try_for_each(|skipped| put("EXDATE", *skipped))?;
        match self.rule() {
            Some(rule) => writer.line("RRULE", &[], Value::Token(&rule)),
            None => Ok(()),
        }
    }
}

/// The instant at which a reader repeats the first day: at the same hour of the same clock.
fn at_hour_of(zone: &Zone, first: DateTime<Utc>, on: NaiveDate) -> DateTime<Utc> {
    let local = zone.local(first).time;
    let days = (on - local.date()).num_days();
    match zone.instant(on.and_time(local.time())) {
        Some(Reading::Once(instant)) => instant,
        _ => first + TimeDelta::days(days),
    }
}

#[cfg(test)]
mod tests {
    use crate::calendar::programme_calendar;
    use crate::diagnostics::Sources;
    use crate::locale::Lang;

    /// The lines on time of the calendar of a session with these days.
    fn lines(slots: &str) -> Vec<String> {
        let mut sources = Sources::default();
        let group = "id = 'g'\ndomain = 'example.org'\ntime-zone = 'America/Guatemala'\nname = { es = 'G', en = 'G' }";
        sources.add("group.toml", group);
        let head = "id = 's'\nnumber = 1\ndate = 2027-03-01\ntitle = { es = 'S', en = 'S' }\n";
        sources.add("1.toml", format!("{head}{slots}"));
        let programme = crate::check(&sources, chrono::NaiveDate::from_ymd_opt(2027, 1, 1).unwrap()).programme.unwrap();
        let published = programme_calendar(&programme.public(), Lang::Es);
        let file = String::from_utf8(published.bytes().unwrap()).unwrap();
        let start = file.find("BEGIN:VEVENT").unwrap();
        let told = ["DTSTART", "DTEND", "RRULE", "EXDATE", "RECURRENCE-ID", "UID"];
        let lines = file[start..].lines().filter(|line| told.iter().any(|name| line.starts_with(name)));
        lines.map(|line| line.replace(";TZID=America/Guatemala", "")).collect()
    }

    fn item(keys: &str) -> String {
        format!("[[slots]]\n{keys}\ntitle = {{ es = 'X', en = 'X' }}\n")
    }

    #[test]
    fn a_meeting_of_several_days_has_an_entry_a_day() {
        let same = [item("start = '09:00'\nend = '17:00'"), item("date = 2027-03-02\nstart = '09:00'\nend = '17:00'")].concat();
        let first = ["UID:s.published@g.example.org", "DTSTART:20270301T090000", "DTEND:20270301T170000"];
        assert_eq!(lines(&same), [&first[..], &["RRULE:FREQ=DAILY;COUNT=2"]].concat());
        // Another length on the last day, and nothing on the one between.
        let other = [item("start = '09:00'\nend = '17:00'"), item("date = 2027-03-03\nstart = '10:00'\nend = '12:00'")].concat();
        let own = [
            "UID:s.published@g.example.org",
            "RECURRENCE-ID:20270303T090000",
            "DTSTART:20270303T100000",
            "DTEND:20270303T120000",
        ];
        let rule = ["EXDATE:20270302T090000", "RRULE:FREQ=DAILY;COUNT=3"];
        assert_eq!(lines(&other), [&first[..], &rule, &own].concat());
        // One day is one event, also over midnight.
        assert_eq!(lines(&item("start = '22:00'\nend = '01:00'")).len(), 3);
    }
}
