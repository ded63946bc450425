//! The zone of a time that another program wrote. Each calls zones by names of its own.

use icalendar::parser::Component;

use crate::time::Zone;

/// A zone by the names that calendars use: IANA's, also behind a path (`/mozilla.org/20050126_1/Europe/Madrid`,
/// Evolution, Thunderbird), or Windows' (CLDR's windowsZones), as an identifier or as shown to people.
pub fn named(tzid: &str) -> Option<Zone> {
    let tzid = tzid.trim().trim_matches('"');
    Zone::named(tzid).or_else(|| windows(tzid)).or_else(|| behind_a_path(tzid))
}

fn windows(tzid: &str) -> Option<Zone> {
    let known = tzid.parse::<windows_timezones::WindowsTimezone>().ok()?;
    Zone::named(known.tzdb_id())
}

fn behind_a_path(tzid: &str) -> Option<Zone> {
    tzid.match_indices('/').find_map(|(at, _)| Zone::named(&tzid[at + 1..]))
}

/// Seconds to the east of UTC, where the calendar defines a zone of its own whose clocks never change.
pub fn constant_offset(calendar: &Component<'_>, tzid: &str) -> Option<i32> {
    let value = |part: &Component<'_>, name: &str| {
        part.properties.iter().find(|property| property.name == name).map(|property| property.val.as_str().to_owned())
    };
    let defined = calendar
        .components
        .iter()
        .find(|part| part.name == "VTIMEZONE" && value(part, "TZID").is_some_and(|defined| defined == tzid))?;
    let offsets = defined.components.iter().map(|observance| offset(&value(observance, "TZOFFSETTO")?));
    let offsets: Vec<i32> = offsets.collect::<Option<_>>()?;
    let first = *offsets.first()?;
    offsets.iter().all(|offset| *offset == first).then_some(first)
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
    }

    #[test]
    fn offsets() {
        assert_eq!(offset("-0600"), Some(-21600));
        assert_eq!(offset("+053000"), Some(19800));
        assert_eq!(offset("0600"), None);
        assert_eq!(offset("-é00"), None);
    }
}
