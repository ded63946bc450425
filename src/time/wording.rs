//! Hours as the people of a place write them.

use chrono::{NaiveTime, Timelike};

use super::Zone;
use super::country::country_of;
use crate::locale::{Lang, dates};

/// Countries that write hours of twelve (Unicode CLDR 47, short time of their Spanish or English).
const TWELVE_HOURS: [&str; 24] = [
    "AR", "AU", "CA", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "IN", "JM", "MX", "NI", "NZ", "PA", "PE", "PH", "PK", "PR", "SV",
    "TT", "US", "VE",
];

/// An hour in the words of the zone's country: "10:00 a. m." in Guatemala, "18:00 h" in Spain.
///
/// ```
/// use convoca::{locale::Lang, time::{Zone, worded_hour}};
/// let hour = |lang, zone, time: &str| worded_hour(lang, &Zone::named(zone).unwrap(), time.parse().unwrap());
/// assert_eq!(hour(Lang::Es, "America/Guatemala", "10:00:00"), "10:00\u{a0}a.\u{a0}m.");
/// assert_eq!(hour(Lang::Es, "America/Panama", "12:00:00"), "12:00\u{a0}m.");
/// assert_eq!(hour(Lang::En, "America/New_York", "00:30:00"), "12:30\u{a0}a.m.");
/// assert_eq!(hour(Lang::Es, "Europe/Madrid", "18:00:00"), "18:00\u{a0}h");
/// assert_eq!(hour(Lang::En, "Europe/Zurich", "18:00:00"), "18:00");
/// ```
pub fn worded_hour(lang: Lang, zone: &Zone, time: NaiveTime) -> String {
    if country_of(zone).is_none_or(|country| !TWELVE_HOURS.contains(&country.code)) {
        let hour = dates::clock(time);
        return if lang == Lang::Es { format!("{hour}\u{a0}h") } else { hour };
    }
    let (afternoon, hour) = time.hour12();
    let half = match (lang, time.hour(), time.minute(), afternoon) {
        (Lang::Es, 12, 0, _) => "m.",
        (Lang::En, 12, 0, _) => "noon",
        (Lang::Es, _, _, false) => "a.\u{a0}m.",
        (Lang::Es, _, _, true) => "p.\u{a0}m.",
        (Lang::En, _, _, false) => "a.m.",
        (Lang::En, _, _, true) => "p.m.",
    };
    format!("{hour}:{:02}\u{a0}{half}", time.minute())
}
