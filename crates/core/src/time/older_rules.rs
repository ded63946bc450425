//! The rules of an older IANA release, as many phones and programs still carry them, to warn where
//! they show another hour. chrono-tz carries them; nothing else may ask it for a local time.

use chrono::{DateTime, NaiveDateTime, Utc};
use chrono_tz::Tz;

use super::Zone;

/// The release that the older rules are of ("2025b").
pub fn older_release() -> &'static str {
    chrono_tz::IANA_TZDB_VERSION
}

/// The local time by the older rules; `None` for a zone that they do not know.
pub fn older_local(zone: &Zone, instant: DateTime<Utc>) -> Option<NaiveDateTime> {
    let older: Tz = zone.name().parse().ok()?;
    Some(instant.with_timezone(&older).naive_local())
}
