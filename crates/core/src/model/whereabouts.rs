//! Where and when people of the group work: what it says of them, then what their country has.

use chrono::NaiveDate;

use super::{Actor, Group, Location, Party, PartyId, WorkingHours};
use crate::locale::Lang;
use crate::time::{Day, DayOff, public_holiday};

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
