//! Hours as the people of a place write them.

use chrono::{DateTime, NaiveTime, Timelike, Utc};

use super::country::country_of;
use super::{Place, Zone};
use crate::locale::{Lang, dates};

/// Countries that write hours of twelve (Unicode CLDR 47, short time of their Spanish or English).
const TWELVE_HOURS: [&str; 24] = [
    "AR", "AU", "CA", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "IN", "JM", "MX", "NI", "NZ", "PA", "PE", "PH", "PK", "PR", "SV",
    "TT", "US", "VE",
];

/// An hour in the words of the zone's country: "10:00 a. m." in Guatemala, "18:00 h" in Spain.
///
/// ```
/// use convoca_core::{locale::Lang, time::{Zone, worded_hour}};
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

/// By whose clock hours are told: "Panama time, UTC−5".
///
/// ```
/// use convoca_core::{locale::{Lang, Text}, time::{Place, Zone, clock_of}};
/// let panama = Place { name: Text::fixed("Panama", "Panamá"), zone: Zone::named("America/Panama").unwrap() };
/// let at = "2027-03-02T16:00:00Z".parse().unwrap();
/// assert_eq!(clock_of(&panama, at, Lang::Es), "hora de Panamá, UTC−5");
/// assert_eq!(clock_of(&panama, at, Lang::En), "Panama time, UTC−5");
/// ```
pub fn clock_of(place: &Place, at: DateTime<Utc>, lang: Lang) -> String {
    if place.zone.is_utc() {
        return "UTC".to_owned();
    }
    let (name, offset) = (place.name.get(lang), dates::utc_offset(place.zone.local(at).offset));
    match lang {
        Lang::Es => format!("hora de {name}, {offset}"),
        Lang::En => format!("{name} time, {offset}"),
    }
}
