//! What decides on which days and in which hours somebody works: holidays that the group adds, working hours, and
//! stated absences.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::PartyId;
use crate::locale::Text;
use crate::time::Zone;

/// A day that the group adds to the tables or takes out of them.
#[derive(Clone, Debug)]
pub struct AddedHoliday {
    pub date: NaiveDate,
    pub yearly: bool,
    pub name: Text,
    pub countries: Vec<&'static str>,
    pub parties: Vec<PartyId>,
    /// The hour from which it is free, for half a day.
    pub from: Option<NaiveTime>,
    /// Worked after all.
    pub working: bool,
}

impl AddedHoliday {
    pub(super) fn is_on(&self, day: NaiveDate) -> bool {
        match self.yearly {
            true => (self.date.month(), self.date.day()) == (day.month(), day.day()),
            false => self.date == day,
        }
    }

    pub(super) fn holds_for(&self, location: &Location<'_>) -> bool {
        let everywhere = self.countries.is_empty() && self.parties.is_empty();
        everywhere
            || location.country.is_some_and(|country| self.countries.contains(&country))
            || location.party.is_some_and(|party| self.parties.contains(&party))
    }
}

/// The hours in which somebody can be asked to attend, by their own clock.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct WorkingHours {
    pub start: NaiveTime,
    pub end: NaiveTime,
    pub weekdays: Vec<Weekday>,
}

impl WorkingHours {
    /// Usual office hours: eight to five from Monday to Friday in Central America, an hour later in
    /// Mexico and Spain.
    pub fn usual(country: Option<&str>) -> WorkingHours {
        let (start, end) = match country {
            Some("MX" | "ES") => (9, 18),
            Some("CH") => (8, 18),
            _ => (8, 17),
        };
        let hour = |hour| NaiveTime::from_hms_opt(hour, 0, 0).unwrap_or_default();
        let weekdays = vec![Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
        WorkingHours { start: hour(start), end: hour(end), weekdays }
    }

    pub fn is_workday(&self, day: NaiveDate) -> bool {
        self.weekdays.contains(&day.weekday())
    }
}

/// When somebody has said that they cannot attend, by their own clock; `None` holds for all.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Absence {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub weekdays: Vec<Weekday>,
    pub start: Option<NaiveTime>,
    pub end: Option<NaiveTime>,
    pub reason: Option<String>,
}

impl Absence {
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day)
            && self.to.is_none_or(|to| day <= to)
            && (self.weekdays.is_empty() || self.weekdays.contains(&day.weekday()))
    }
}

/// Where somebody with a role is, as far as the group says.
#[derive(Clone, Copy, Debug)]
pub struct Location<'g> {
    pub party: Option<PartyId>,
    /// ISO 3166-1 alpha-2.
    pub country: Option<&'static str>,
    pub zone: Option<&'g Zone>,
}
