//! Clocks that change between two events, so that people elsewhere must come at another hour.

use chrono::{DateTime, NaiveDateTime, Utc};

use super::Zone;

/// The difference between two zones' clocks changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shift {
    /// The local times of the two events.
    pub earlier: NaiveDateTime,
    pub later: NaiveDateTime,
    /// The local time, in the zone whose clocks change, at which they do; by the clock before the change.
    pub change: NaiveDateTime,
}

/// How the clocks of a zone shift against those of the events' own zone between two events, if they do.
///
/// ```
/// use convoca_core::time::{Zone, shift};
/// let zone = |name| Zone::named(name).unwrap();
/// let (friday, monday) = ("2022-10-28T16:00:00Z".parse().unwrap(), "2022-10-31T16:00:00Z".parse().unwrap());
/// let madrid = shift(&zone("Europe/Madrid"), &zone("America/Guatemala"), friday, monday).unwrap();
/// assert_eq!((madrid.earlier.to_string().as_str(), madrid.later.to_string().as_str()), ("2022-10-28 18:00:00", "2022-10-31 17:00:00"));
/// assert_eq!(madrid.change.to_string(), "2022-10-30 03:00:00");
/// assert!(shift(&zone("America/Panama"), &zone("America/Guatemala"), friday, monday).is_none());
/// ```
pub fn shift(zone: &Zone, own: &Zone, earlier: DateTime<Utc>, later: DateTime<Utc>) -> Option<Shift> {
    let difference = |instant| zone.local(instant).offset - own.local(instant).offset;
    if difference(earlier) == difference(later) {
        return None;
    }
    let changes_of = |zone: &Zone| zone.transitions(earlier, later).pop();
    let change = changes_of(zone).or_else(|| changes_of(own))?;
    Some(Shift {
        earlier: zone.local(earlier).time,
        later: zone.local(later).time,
        change: change.at.naive_utc() + chrono::TimeDelta::seconds(change.from.into()),
    })
}
