//! The zone of a time that another program wrote. Each calls zones by names of its own.

use chrono::{Datelike, NaiveDate, NaiveDateTime, Weekday};
use icalendar::parser::Component;

use crate::time::Zone;

/// A zone by the names that calendars use: IANA's, also behind a path (`/mozilla.org/20050126_1/Europe/Madrid`,
/// Evolution, Thunderbird), or Windows' (CLDR's windowsZones), as an identifier or as shown to people.
pub(crate) fn named(tzid: &str) -> Option<Zone> {
    let tzid = tzid.trim().trim_matches('"');
    Zone::named(tzid).or_else(|| windows(tzid)).or_else(|| behind_a_path(tzid)).or_else(|| shown(tzid))
}

/// As Windows shows it to people: "(UTC-06:00) Central America", "(UTC-05:00) Bogota, Lima, Quito, Rio Branco".
fn shown(tzid: &str) -> Option<Zone> {
    let (offset, words) = tzid.strip_prefix('(')?.split_once(") ")?;
    let name = words.split(" Time (").next().unwrap_or(words);
    let city = |city: &str| {
        let city = city.trim().replace(' ', "_");
        ["America", "Europe"].iter().find_map(|part| Zone::named(&format!("{part}/{city}")))
    };
    let is_zone = offset.starts_with("UTC") || offset.starts_with("GMT");
    is_zone.then(|| windows(&format!("{name} Standard Time")).or_else(|| words.split(',').find_map(city)))?
}

fn windows(tzid: &str) -> Option<Zone> {
    let known = tzid.parse::<windows_timezones::WindowsTimezone>().ok()?;
    Zone::named(known.tzdb_id())
}

fn behind_a_path(tzid: &str) -> Option<Zone> {
    tzid.match_indices('/').find_map(|(at, _)| Zone::named(&tzid[at + 1..]))
}

/// Seconds to the east of UTC, as the calendar itself defines the zone: its clocks may change by a rule of each
/// year (RFC 5545 §3.6.5); else as the name says it ("GMT-0600", "UTC+05:30").
pub(crate) fn offset_at(calendar: &Component<'_>, tzid: &str, local: NaiveDateTime) -> Option<i32> {
    let definitions = calendar.components.iter().filter(|part| part.name == "VTIMEZONE");
    let defined =
        definitions.into_iter().find(|part| value(part, "TZID").is_some_and(|defined| unquoted(defined) == unquoted(tzid)));
    let Some(defined) = defined else { return in_name(tzid) };
    let observances: Vec<Observance> = defined.components.iter().filter_map(Observance::of).collect();
    // What began last holds; before all of them, what the first began from.
    let began = observances.iter().filter_map(|observance| Some((observance.last_until(local)?, observance.to)));
    let holds = began.max_by_key(|(began, _)| *began).map(|(_, to)| to);
    holds.or_else(|| observances.iter().min_by_key(|observance| observance.first).map(|first| first.from.unwrap_or(first.to)))
}

fn value<'a>(part: &'a Component<'_>, name: &str) -> Option<&'a str> {
    part.properties.iter().find(|property| property.name == name).map(|property| property.val.as_str().trim())
}

fn unquoted(tzid: &str) -> &str {
    tzid.trim().trim_matches('"')
}

fn in_name(tzid: &str) -> Option<i32> {
    let written = unquoted(tzid).to_ascii_uppercase();
    let written = written.strip_prefix("GMT").or_else(|| written.strip_prefix("UTC"))?;
    let digits = written.replace(':', "");
    // "UTC-6".
    let (sign, hours) = digits.split_at_checked(1)?;
    offset(&if hours.len() < 3 { format!("{sign}{hours:0>2}00") } else { digits })
}

/// A time of the year from which clocks go so.
struct Observance {
    first: NaiveDateTime,
    from: Option<i32>,
    to: i32,
    /// `None` where it began once.
    yearly: Option<Yearly>,
    until: Option<NaiveDateTime>,
}

/// A day of each year.
struct Yearly {
    month: u32,
    /// "the second Sunday", "the last Sunday" (−1), or every Sunday (0).
    weekday: Option<(i32, Weekday)>,
    /// Days of the month on one of which the weekday falls.
    days: Vec<u32>,
}

impl Observance {
    fn of(part: &Component<'_>) -> Option<Observance> {
        // Where clocks never change, some programs do not say since when.
        let first = value(part, "DTSTART").and_then(moment).unwrap_or(NaiveDateTime::MIN);
        let rule = value(part, "RRULE");
        let in_rule = |key: &str| {
            let parts = rule.into_iter().flat_map(|rule| rule.split(';'));
            parts.filter_map(|part| part.split_once('=')).find(|(name, _)| name.eq_ignore_ascii_case(key)).map(|(_, value)| value)
        };
        let is_yearly = in_rule("FREQ").is_some_and(|word| word.eq_ignore_ascii_case("YEARLY"));
        let yearly = is_yearly.then(|| Yearly {
            month: in_rule("BYMONTH").and_then(|month| month.parse().ok()).unwrap_or_else(|| first.month()),
            weekday: in_rule("BYDAY").and_then(weekday),
            days: in_rule("BYMONTHDAY").into_iter().flat_map(|days| days.split(',')).filter_map(|day| day.parse().ok()).collect(),
        });
        let from = value(part, "TZOFFSETFROM").and_then(offset);
        Some(Observance {
            first,
            from,
            to: offset(value(part, "TZOFFSETTO")?)?,
            yearly,
            until: in_rule("UNTIL").and_then(moment),
        })
    }

    /// When it last began until then.
    fn last_until(&self, local: NaiveDateTime) -> Option<NaiveDateTime> {
        let in_year = |year| Some(self.yearly.as_ref()?.day(year, self.first.date())?.and_time(self.first.time()));
        let years = [local.year(), local.year() - 1].into_iter().filter_map(in_year);
        let began = years.chain([self.first]).filter(|began| *began <= local && *began >= self.first);
        began.filter(|began| self.until.is_none_or(|until| *began <= until)).max()
    }
}

impl Yearly {
    fn day(&self, year: i32, first: NaiveDate) -> Option<NaiveDate> {
        let day = |day| NaiveDate::from_ymd_opt(year, self.month, day);
        let Some((nth, weekday)) = self.weekday else {
            return day(self.days.first().copied().unwrap_or_else(|| first.day()));
        };
        let mut days = (1..=31).filter_map(day).filter(|day| day.weekday() == weekday);
        match usize::try_from(nth) {
            Ok(0) if self.days.is_empty() => days.next(),
            Ok(0) => days.find(|day| self.days.contains(&day.day())),
            Ok(nth) => days.nth(nth - 1),
            Err(_) => days.rev().nth(usize::try_from(-nth - 1).ok()?),
        }
    }
}

/// "2SU", "-1SU", "SU"
fn weekday(written: &str) -> Option<(i32, Weekday)> {
    let at = written.len().checked_sub(2).filter(|at| written.is_char_boundary(*at))?;
    let days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    let day = days.iter().position(|day| day.eq_ignore_ascii_case(&written[at..]))?;
    let nth = if at == 0 { 0 } else { written[..at].parse().ok().filter(|nth| *nth != 0)? };
    Some((nth, Weekday::try_from(u8::try_from(day).ok()?).ok()?))
}

/// A local time, or one of UTC, which is near enough for the end of a rule.
fn moment(written: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(written.trim_end_matches(['Z', 'z']), "%Y%m%dT%H%M%S").ok()
}

/// UTC-OFFSET (RFC 5545 §3.3.14).
fn offset(written: &str) -> Option<i32> {
    let (sign, digits) = match written.as_bytes().first()? {
        b'+' => (1, &written[1..]),
        b'-' => (-1, &written[1..]),
        _ => return None,
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let pair = |at: usize| digits.get(at..at + 2).map_or(Some(0), |pair| pair.parse::<i32>().ok());
    Some(sign * (pair(0)? * 3600 + pair(2)? * 60 + pair(4)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_program_has_its_names() {
        for (tzid, name) in [
            ("America/Guatemala", "America/Guatemala"),
            ("\"Central America Standard Time\"", "America/Guatemala"),
            ("SA Pacific Standard Time", "America/Bogota"),
            ("/mozilla.org/20050126_1/America/Panama", "America/Panama"),
            ("/freeassociation.sourceforge.net/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ] {
            assert_eq!(named(tzid).unwrap().name(), name, "{tzid}");
        }
        assert!(named("Mi zona").is_none());
        for (tzid, name) in [
            ("(UTC-06:00) Central America", "America/Guatemala"),
            ("(UTC-05:00) Bogota, Lima, Quito, Rio Branco", "America/Bogota"),
            ("(UTC-05:00) Eastern Time (US & Canada)", "America/New_York"),
            ("(UTC-06:00) Guadalajara, Mexico City, Monterrey", "America/Mexico_City"),
            ("(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna", "Europe/Amsterdam"),
        ] {
            assert_eq!(named(tzid).unwrap().name(), name, "{tzid}");
        }
    }

    #[test]
    fn a_zone_that_the_calendar_defines_changes_its_clocks_by_its_rule() {
        let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Mine\r\n\
            BEGIN:STANDARD\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\n\
            RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11\r\nEND:STANDARD\r\n\
            BEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\n\
            RRULE:FREQ=YEARLY;BYDAY=SU;BYMONTHDAY=8,9,10,11,12,13,14;BYMONTH=3\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n";
        let calendar = &icalendar::parser::read_components(calendar).unwrap()[0];
        let hours =
            |tzid: &str, day: &str| offset_at(calendar, tzid, moment(&format!("{day}T100000")).unwrap()).map(|at| at / 3600);
        // 14 March and 7 November 2027 are Sundays; each day as the IANA rules of New York have it.
        for (day, expected) in
            [("20270101", -5), ("20270313", -5), ("20270314", -4), ("20270701", -4), ("20271106", -4), ("20271107", -5)]
        {
            assert_eq!(hours("\"Mine\"", day), Some(expected), "{day}");
        }
        for (tzid, expected) in [("GMT-0600", Some(-6)), ("UTC+05:00", Some(5)), ("\"UTC-06:00\"", Some(-6)), ("Other", None)] {
            assert_eq!(hours(tzid, "20270101"), expected, "{tzid}");
        }
        assert_eq!(weekday("-1SU"), Some((-1, Weekday::Sun)));
        assert_eq!((weekday("0SU"), weekday("ñ"), weekday("U")), (None, None, None));
    }

    #[test]
    fn offsets() {
        assert_eq!(offset("-0600"), Some(-21600));
        assert_eq!(offset("+053000"), Some(19800));
        assert_eq!(offset("0600"), None);
        assert_eq!(offset("-é00"), None);
    }
}
