//! Hours in a view's words: local, those that agree together, other days marked.

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};

use super::View;
use crate::document::Inline;
use crate::locale::dates;
use crate::model::{Hours, Session};
use crate::time::{Local, LocalHour, Zone};

impl View<'_> {
    /// "10:00 Costa Rica, Guatemala, Honduras · 11:00 Panamá · 16:00 UTC"
    pub(super) fn hours(&self, session: &Session) -> Vec<Inline> {
        match session.date {
            Some(date) => self.hours_from(session, date.value),
            None => vec![Inline::Text(self.word("tbc"))],
        }
    }

    /// The same, with other days marked as seen from `day`.
    pub fn hours_from(&self, session: &Session, day: NaiveDate) -> Vec<Inline> {
        let Some((start, end)) = session.time() else { return vec![Inline::Text(self.word("tbc"))] };
        let mut line = Vec::new();
        for hour in &self.programme.group.local_hours(&session.zone, start, end, day) {
            if !line.is_empty() {
                line.push(Inline::Text(" · ".to_owned()));
            }
            let zone = hour.places.first().map_or(&session.zone, |place| &place.zone);
            line.push(self.time(zone, hour.start, hour.offset));
            line.push(Inline::Text(format!(" {}{}", self.place_names(hour), self.day_mark(hour))));
        }
        let utc = start.naive_utc();
        let shift = (utc.date() - day).num_days();
        line.push(Inline::Text(if line.is_empty() { String::new() } else { " · ".to_owned() }));
        line.push(Inline::Time { moment: moment(utc, 0), text: dates::clock(utc.time()) });
        line.push(Inline::Text(format!(" UTC{}", self.shifted(shift, utc))));
        line
    }

    /// A local time of a zone, as the group wants hours written.
    pub(super) fn time(&self, zone: &Zone, local: NaiveDateTime, offset: i32) -> Inline {
        Inline::Time { moment: moment(local, offset), text: self.programme.group.worded_hour(self.lang, zone, local.time()) }
    }

    /// "10:00–10:05", "10:00–10:05 a. m.": what both hours share is said once.
    pub fn span(&self, zone: &Zone, [start, end]: [Local; 2]) -> Vec<Inline> {
        let [from, until] = self.programme.group.worded_hours(self.lang, zone, [start, end].map(|local| local.time.time()));
        let time = |local: Local, text| Inline::Time { moment: moment(local.time, local.offset), text };
        vec![time(start, from), Inline::Text("–".to_owned()), time(end, until)]
    }

    /// The hours of an item, as it writes them; what follows from what is around stands in brackets.
    pub fn item_span(&self, zone: &Zone, hours: &Hours) -> Vec<Inline> {
        let [from, behind] = self.programme.group.item_bounds(self.lang, zone, hours);
        let [start, end] = [hours.time.start, hours.time.end].map(|instant| zone.local(instant));
        let time = |local: Local, text| Inline::Time { moment: moment(local.time, local.offset), text };
        let mut line = vec![time(start, from)];
        if let Some(until) = behind.strip_prefix('–') {
            line.extend([Inline::Text("–".to_owned()), time(end, until.to_owned())]);
        }
        line
    }

    /// The same for a place, or for several whose clocks agree.
    pub(super) fn span_of(&self, hour: &LocalHour<'_>, own: &Zone) -> Vec<Inline> {
        let zone = hour.places.first().map_or(own, |place| &place.zone);
        self.span(zone, [hour.start, hour.end].map(|time| Local { time, offset: hour.offset }))
    }

    /// The stretch by every clock of the group, a line for each.
    pub(super) fn all_hours(
        &self,
        session: &Session,
        (start, end): (DateTime<Utc>, DateTime<Utc>),
        day: NaiveDate,
    ) -> Vec<Vec<Inline>> {
        let hours = self.programme.group.local_hours(&session.zone, start, end, day);
        let span = |hour: &LocalHour<'_>| {
            let whole = self.span_of(hour, &session.zone);
            // Nobody said when it is over.
            if session.is_open() { whole.into_iter().take(1).collect() } else { whole }
        };
        let line = |hour| [span(hour), vec![Inline::Aside(vec![self.places(hour)])]].concat();
        hours.iter().map(line).collect()
    }

    /// " Costa Rica, Guatemala (+1, viernes)", behind an hour; in a narrow cell every name stays whole.
    pub(super) fn places(&self, hour: &LocalHour<'_>) -> Inline {
        let names: Vec<_> = hour.places.iter().map(|place| place.name.get(self.lang).replace(' ', "\u{a0}")).collect();
        Inline::Text(format!(" {}{}", names.join(", "), self.day_mark(hour)))
    }

    pub(super) fn place_names(&self, hour: &LocalHour<'_>) -> String {
        hour.places.iter().map(|place| place.name.get(self.lang)).collect::<Vec<_>>().join(", ")
    }

    /// Marks an hour that falls on another day: " (+1, viernes)".
    pub(super) fn day_mark(&self, hour: &LocalHour<'_>) -> String {
        self.shifted(hour.day_shift, hour.start)
    }

    /// Marks an hour that is not on the day.
    pub(super) fn other_day(&self, local: NaiveDateTime, day: NaiveDate) -> Option<Inline> {
        let shift = (local.date() - day).num_days();
        (shift != 0).then(|| Inline::Text(self.shifted(shift, local)))
    }

    /// A mark for an hour on another day.
    pub fn shifted(&self, days: i64, local: NaiveDateTime) -> String {
        use chrono::Datelike;
        match days {
            0 => String::new(),
            days => {
                format!(" ({}{}, {})", if days > 0 { "+" } else { "−" }, days.abs(), dates::weekday(self.lang, local.weekday()))
            }
        }
    }
}

/// ISO 8601 with the offset.
fn moment(local: NaiveDateTime, offset: i32) -> String {
    FixedOffset::east_opt(offset)
        .and_then(|offset| offset.from_local_datetime(&local).single())
        .map_or_else(|| local.to_string(), |moment| moment.format("%Y-%m-%dT%H:%M%:z").to_string())
}
