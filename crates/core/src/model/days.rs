//! On which days and in which hours somebody works: the tables of holidays with what the group says of
//! them, working hours, and stated absences.

use chrono::{Datelike, NaiveDate, NaiveTime, Weekday};

use super::{Actor, Group, Party, PartyId};
use crate::locale::{Lang, Text};
use crate::time::{Day, DayOff, Zone, public_holiday};

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
    fn is_on(&self, day: NaiveDate) -> bool {
        match self.yearly {
            true => (self.date.month(), self.date.day()) == (day.month(), day.day()),
            false => self.date == day,
        }
    }

    fn holds_for(&self, location: &Location<'_>) -> bool {
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

impl Group {
    pub fn location(&self, actor: &Actor) -> Location<'_> {
        let of_party = |id: PartyId| {
            let party = self.party(id);
            Location { party: Some(id), country: party.country_code(), zone: party.zone.as_ref() }
        };
        match actor {
            Actor::Party(id) => of_party(*id),
            Actor::Person(id) => {
                let person = self.person(*id);
                let party = person.party.map(of_party);
                let country = person.zone.as_ref().and_then(crate::time::country_of).map(|country| country.code);
                Location {
                    party: person.party,
                    country: country.or(party.and_then(|party| party.country)),
                    zone: person.zone.as_ref().or(party.and_then(|party| party.zone)),
                }
            }
            Actor::Described(_) => Location { party: None, country: None, zone: None },
        }
    }

    /// What a day is for somebody: what the group says, then what the table of their country says.
    pub fn day(&self, location: &Location<'_>, day: NaiveDate) -> Day {
        let said = self.holidays.iter().filter(|holiday| holiday.is_on(day) && holiday.holds_for(location));
        if let Some(holiday) = said.max_by_key(|holiday| (!holiday.parties.is_empty(), holiday.working)) {
            return match holiday.working {
                true => Day::Working,
                false => Day::Off(DayOff { from: holiday.from, ..DayOff::holiday(holiday.name.clone()) }),
            };
        }
        location.country.map_or(Day::Unknown, |country| public_holiday(country, day))
    }

    /// The working hours of somebody: their party's own, else those of their country.
    pub fn working_hours(&self, location: &Location<'_>) -> WorkingHours {
        let own = location.party.and_then(|id| self.party(id).working_hours.as_ref());
        let of_country = || self.working_hours.iter().find(|(code, _)| Some(*code) == location.country).map(|(_, hours)| hours);
        own.or_else(of_country).cloned().unwrap_or_else(|| WorkingHours::usual(location.country))
    }

    /// The name of a country by its code.
    pub fn country_name(&self, code: &str, lang: Lang) -> String {
        crate::time::country(code).map_or_else(|| code.to_owned(), |country| country.name.get(lang).to_owned())
    }
}

impl Party {
    /// Where it is: as written, else the country of its zone.
    pub fn country_code(&self) -> Option<&'static str> {
        let of_zone = || self.zone.as_ref().and_then(crate::time::country_of).map(|country| country.code);
        self.country.as_ref().map(|(code, _)| *code).or_else(of_zone)
    }
}
