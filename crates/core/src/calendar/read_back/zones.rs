//! The offset from UTC that a reader of a VTIMEZONE finds for an instant.

use chrono::{DateTime, Datelike, NaiveDateTime, Utc, Weekday};
use icalendar::parser::Component;

use crate::calendar::{Observance, Yearly};

/// Seconds to the east of UTC; `None` where the component does not say.
pub(crate) fn offset(zone: &Component<'_>, at: DateTime<Utc>) -> Option<i32> {
    let observances: Vec<Observance> = zone.components.iter().map(observance).collect::<Option<_>>()?;
    if let [Observance { yearly: None, to, .. }] = observances.as_slice() {
        return Some(*to);
    }
    let changes =
        (at.year() - 1..=at.year() + 1).flat_map(|year| observances.iter().map(move |observance| observance.change(year)));
    let mut changes = changes.collect::<Option<Vec<_>>>()?;
    changes.sort_by_key(|change| change.at);
    changes.iter().rfind(|change| change.at <= at).map(|change| change.to)
}

fn observance(read: &Component<'_>) -> Option<Observance> {
    let value = |name: &str| read.properties.iter().find(|property| property.name == name).map(|property| property.val.as_str());
    Some(Observance {
        daylight: read.name == "DAYLIGHT",
        start: NaiveDateTime::parse_from_str(value("DTSTART")?, "%Y%m%dT%H%M%S").ok()?,
        from: seconds(value("TZOFFSETFROM")?)?,
        to: seconds(value("TZOFFSETTO")?)?,
        yearly: match value("RRULE") {
            Some(rule) => Some(yearly(rule)?),
            None => None,
        },
    })
}

/// UTC-OFFSET (RFC 5545 §3.3.14).
fn seconds(written: &str) -> Option<i32> {
    let (sign, digits) = (if written.starts_with('-') { -1 } else { 1 }, written.get(1..)?);
    let pair = |at: usize| digits.get(at..at + 2)?.parse::<i32>().ok();
    Some(sign * (pair(0)? * 3600 + pair(2)? * 60 + pair(4).unwrap_or(0)))
}

fn yearly(rule: &str) -> Option<Yearly> {
    let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)?.strip_prefix('='));
    let (nth, day) = part("BYDAY")?.split_at_checked(part("BYDAY")?.len().checked_sub(2)?)?;
    let weekdays = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
    let weekday = weekdays.into_iter().find(|weekday| weekday.to_string()[..2].eq_ignore_ascii_case(day))?;
    Some(Yearly { month: part("BYMONTH")?.parse().ok()?, weekday, nth: nth.parse().ok()? })
}
