//! One instant as the clocks of several places show it, places that agree together.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};

use super::Zone;
use crate::locale::Text;

/// Somewhere that people join from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    pub name: Text,
    pub zone: Zone,
}

/// A stretch of time by the clocks of the places that agree on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalHour<'a> {
    pub start: NaiveDateTime,
    pub end: NaiveDateTime,
    /// Days from the day of reference to the local one: 1 where it is already tomorrow.
    pub day_shift: i64,
    /// Seconds to the east of UTC at the start.
    pub offset: i32,
    pub places: Vec<&'a Place>,
}

/// The local hours of an event at every place, in the order of the places; `day` is the day on which
/// the agenda puts it.
pub fn local_hours<'a>(
    places: impl IntoIterator<Item = &'a Place>,
    start: DateTime<Utc>,
    end: DateTime<Utc>,
    day: NaiveDate,
) -> Vec<LocalHour<'a>> {
    let mut hours: Vec<LocalHour<'a>> = Vec::new();
    for place in places {
        let local = place.zone.local(start);
        let until = place.zone.local(end).time;
        match hours.iter_mut().find(|hour| hour.start == local.time && hour.end == until) {
            Some(hour) => hour.places.push(place),
            None => hours.push(LocalHour {
                start: local.time,
                end: until,
                day_shift: TimeDelta::num_days(&(local.time.date() - day)),
                offset: local.offset,
                places: vec![place],
            }),
        }
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(name: &str, zone: &str) -> Place {
        Place { name: Text::same(name), zone: Zone::named(zone).unwrap() }
    }

    #[test]
    fn places_that_agree_stand_together_and_another_day_is_told() {
        let places = [
            place("Guatemala", "America/Guatemala"),
            place("Panamá", "America/Panama"),
            place("Honduras", "America/Tegucigalpa"),
            place("Tokio", "Asia/Tokyo"),
        ];
        let start = "2022-10-27T16:00:00Z".parse().unwrap();
        let day = NaiveDate::from_ymd_opt(2022, 10, 27).unwrap();
        let hours = local_hours(&places, start, start + TimeDelta::minutes(90), day);
        let told: Vec<(String, usize, i64)> =
            hours.iter().map(|h| (h.start.format("%H:%M").to_string(), h.places.len(), h.day_shift)).collect();
        assert_eq!(told, [("10:00".into(), 2, 0), ("11:00".into(), 1, 0), ("01:00".into(), 1, 1)]);
    }
}
